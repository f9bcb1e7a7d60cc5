"""`democracy backup`: a copy of the whole database in one file."""

from pathlib import Path

import click

from democracy.cli._running import refusals, settings
from democracy.storage.backup import backup

FILE = click.Path(dir_okay=False, path_type=Path)


@click.command(
    help="Skriv en säkerhetskopia till FIL. Servern kan vara igång. Kopian innehåller allt: förvara den säkert."
)
@click.argument("file", metavar="FIL", type=FILE)
@click.option("--force", is_flag=True, help="Ersätt en fil som redan finns.")
def command(file: Path, force: bool) -> None:
    """Copy, and read the copy back."""
    if file.exists() and not force:
        raise click.ClickException(f"{file} finns redan. Välj ett annat namn eller ange --force.")
    if not file.parent.is_dir():
        raise click.ClickException(f"Mappen {file.parent} finns inte.")
    chosen = settings()
    with refusals():
        backup(chosen.database_url, file, programs=chosen.postgres_folder)
    click.echo(f"Säkerhetskopian är skriven och läst tillbaka: {file} ({file.stat().st_size // 1024} kB).")
