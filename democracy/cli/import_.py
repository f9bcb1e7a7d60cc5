"""`democracy import`: the register from CSV files, a look first and nothing by halves; and a look at a document."""

import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import click

from democracy.app import Application
from democracy.cli._document_preview import as_list, preview
from democracy.cli._import_report import in_words
from democracy.cli._running import run
from democracy.cli._statutes_file import STATUTES
from democracy.errors import NotFoundError
from democracy.formats.csv_rows import UnusableFileError
from democracy.formats.documents.faults import DocumentFileError
from democracy.formats.documents.incoming import MOST_BYTES, format_of, read_document
from democracy.services.register import Register
from democracy.services.register_intake import Progress
from democracy.services.register_report import ImportRefusedError, Report
from workflows.statutes import Statutes

_MISSING = {
    "unit": "Registret har inga enheter än. Läs in dem först: democracy import units FIL.csv --apply",
    "statutes": "Inga stadgar är antagna, så det går inte att räkna när en avgift ger rättigheter. Anta stadgar,"
    " eller ange --statutes.",
}

Work = Callable[[Register, Progress], Awaitable[Report]]

FILE = click.argument(
    "path", metavar="FIL.csv", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)
)
APPLY = click.option("--apply", is_flag=True, help="Skriv till registret. Utan den visas bara vad som skulle hända.")


@click.group(
    help="Läs in enheter, medlemmar, uppdrag eller anställda från CSV (kolumnerna står i docs/guides/register.md),"
    " eller se hur ett dokument skulle läsas in."
)
def command() -> None:
    """Hold the kinds of files together."""


@command.command(help="Enheter med kod, namn, typ och överordnad enhet.")
@FILE
@APPLY
def units(path: Path, apply: bool) -> None:
    """Import units."""
    _carry_in(path, lambda register, progress: register.import_units(path, apply=apply, progress=progress))


@command.command(help="Medlemmar och var de hör hemma.")
@FILE
@APPLY
@click.option("--statutes", type=STATUTES, help="Stadgar att räkna medlemskapet efter, om inga är antagna än.")
def members(path: Path, apply: bool, statutes: Statutes | None) -> None:
    """Import members and memberships."""
    _carry_in(
        path,
        lambda register, progress: register.import_members(path, statutes=statutes, apply=apply, progress=progress),
    )


@command.command(help="Uppdrag: vem som sitter i vilket organ.")
@FILE
@APPLY
def mandates(path: Path, apply: bool) -> None:
    """Import mandates."""
    _carry_in(path, lambda register, progress: register.import_mandates(path, apply=apply, progress=progress))


@command.command(help="Anställda och var de arbetar.")
@FILE
@APPLY
def staff(path: Path, apply: bool) -> None:
    """Import staff."""
    _carry_in(path, lambda register, progress: register.import_staff(path, apply=apply, progress=progress))


@command.command(help="Visa hur ett dokument (Markdown, DOCX eller ren text) delas i numrerade stycken. Inget sparas.")
@click.argument("path", metavar="FIL", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Skriv styckena som JSON.")
def document(path: Path, as_json: bool) -> None:
    """Preview a document's paragraphs."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
        reading = read_document(data, format_of(path.name, data))
    except DocumentFileError as error:
        raise click.ClickException(str(error)) from error
    click.echo(as_list(reading) if as_json else preview(reading, path.name))


def _carry_in(path: Path, work: Work) -> None:
    size, watched = path.stat().st_size, sys.stderr.isatty()
    with click.progressbar(length=size, label=path.name, file=sys.stderr, hidden=not watched) as bar:

        async def inside(application: Application) -> Report:
            register = Register(application.database, application.now())
            try:
                return await work(register, lambda position: bar.update(max(0, position - bar.pos)))
            except ImportRefusedError as refused:
                return refused.report
            except UnusableFileError as error:
                raise click.ClickException(str(error)) from error
            except NotFoundError as error:
                raise click.ClickException(_MISSING[error.noun]) from error

        report = run(inside)
    click.echo(in_words(report, path.name))
    sys.exit(1 if report.errors else 0)
