"""`democracy restore`: puts a copy back in the place of the database."""

import sys
from pathlib import Path

import click

from democracy.app import Application
from democracy.cli._running import refusals, run, settings
from democracy.cli.backup import FILE
from democracy.cli.verify import in_words
from democracy.services.verify import verify_ledger
from democracy.storage.backup import restore
from democracy.storage.condition import expected_revision


@click.command(help="Återställ databasen från säkerhetskopian FIL. Stoppa servern först.")
@click.argument("file", metavar="FIL", type=FILE)
@click.option("--force", is_flag=True, help="Ersätt en databas som har innehåll. Det som finns där försvinner.")
def command(file: Path, force: bool) -> None:
    """Put back, then verify the ledger."""
    if not file.exists():
        raise click.ClickException(f"{file} finns inte.")
    chosen = settings()
    with refusals():
        found = restore(chosen.database_url, file, force=force, programs=chosen.postgres_folder)
    click.echo("Databasen är återställd.")
    if found != expected_revision():
        click.echo(
            "Kopian är från en äldre version av programmet. Kör `democracy migrate` och `democracy verify ledger`."
        )
        return
    report = run(lambda application: verify_ledger(application.database))
    click.echo(in_words(report))
    signed = run(_signed)
    if signed > report.head.position:
        click.echo(
            f"Liggaren är undertecknad till plats {signed}, längre än kopian. Den undertecknas inte igen förrän du kör"
            " `democracy ledger new-key`, och då syns det för alla att den är återställd."
        )
    sys.exit(1 if report.found else 0)


async def _signed(application: Application) -> int:
    last = application.ledger_key.last_signed if application.ledger_key.exists else None
    return last.size if last is not None else 0
