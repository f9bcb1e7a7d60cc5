"""`democracy migrate`: makes the database what this version of the program expects."""

import sys

import click

from democracy.app import Application
from democracy.cli._running import refusals, run, settings
from democracy.storage import condition
from democracy.storage.migrate import migrate


@click.command(help="Gör databasen färdig för den här versionen av programmet. Du kan köra det flera gånger.")
@click.option("--check", is_flag=True, help="Ändra ingenting. Avslutas med 1 om det finns något att göra.")
def command(check: bool) -> None:
    """Upgrade, or only tell."""
    if check:
        found, expected = run(revisions)
        if found != expected:
            click.echo(f"Databasen är på steg {found or 0}, programmet väntar sig {expected}. Kör `democracy migrate`.")
            sys.exit(1)
        click.echo(f"Databasen är färdig, på steg {found}.")
        return
    with refusals():
        reached = migrate(settings().database_url)
    click.echo(f"Databasen är färdig, på steg {reached}.")


async def revisions(application: Application) -> tuple[str | None, str]:
    """What the database has come to, and what this program expects."""
    return await condition.revision(application.database), condition.expected_revision()
