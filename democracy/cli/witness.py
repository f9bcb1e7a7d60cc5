"""`democracy witness`: somebody outside who sees to it that a log has only one past."""

import secrets
import sys
from pathlib import Path
from urllib.parse import quote

import click

from democracy.ballotbox.bundle import Bundle, read_bundle, write_bundle
from democracy.ballotbox.faults import FileError
from democracy.ballotbox.keys import SEED_BYTES, Seed
from democracy.ballotbox.note import NoteError, VerifierKey
from democracy.ballotbox.witness import RefusedError, Request
from democracy.cli._secret_files import alone
from democracy.cli._witness_folder import Folder
from democracy.cli._witness_server import serving
from democracy.cli._witness_watch import ForkError, Watch, over_http

FOLDER = click.Path(file_okay=False, path_type=Path)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FORKED = 3
NEW_FILE = click.Path(dir_okay=False, path_type=Path)


@click.group(help="För dig som är vittne: intyga att en logg bara växer. Ett vittne ser inga röster.")
def command() -> None:
    """Hold the commands of a witness together."""


@command.command(help="Gör ett vittne i MAPP och skriv ut dess öppna nyckel.")
@click.argument("folder", metavar="MAPP", type=FOLDER)
@click.option("--name", required=True, help="Vittnets namn, till exempel vittne.example/1.")
def key(folder: Path, name: str) -> None:
    """Make a witness."""
    if not name or any(each.isspace() or each == "+" for each in name):
        raise click.ClickException("Ett namn har varken mellanslag eller plustecken.")
    Folder(folder).create(name, Seed(secrets.token_bytes(SEED_BYTES)))
    click.echo(str(Folder(folder).key.verifier))


@command.command(help="Börja bevittna en logg: LOGG är dess öppna nyckel, namn+id+nyckel.")
@click.argument("folder", metavar="MAPP", type=FOLDER)
@click.argument("log", metavar="LOGG")
def trust(folder: Path, log: str) -> None:
    """Add a log."""
    try:
        found = VerifierKey.parse(log)
    except NoteError as error:
        raise click.ClickException(f"Det är ingen öppen nyckel: {error}") from None
    with alone(folder):
        Folder(folder).trust(found)
    click.echo(f"{found.name} bevittnas.")


@command.command(help="Bevittna en kontrollpunkt: FIL är en begäran (C2SP add-checkpoint). Skriver ut underskriften.")
@click.argument("folder", metavar="MAPP", type=FOLDER)
@click.argument("file", metavar="FIL", type=FILE)
def cosign(folder: Path, file: Path) -> None:
    """Cosign from a file, without a network."""
    with alone(folder):
        try:
            line = Folder(folder).cosign(Request.parse(file.read_text("utf-8")))
        except RefusedError as refusal:
            raise click.ClickException(f"Inte bevittnad ({refusal.status}): {refusal}") from None
    click.echo(str(line))


@command.command(help="Bevittna över nätet: svara på POST /add-checkpoint. Avbryt med Ctrl-C.")
@click.argument("folder", metavar="MAPP", type=FOLDER)
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8090, show_default=True, type=click.IntRange(0, 65535))
def serve(folder: Path, host: str, port: int) -> None:
    """Answer logs over HTTP."""
    with alone(folder), serving(Folder(folder), host, port) as server:
        click.echo(f"Vittnar på http://{host}:{server.server_port}/add-checkpoint")
        server.serve_forever()


@command.command(
    help="Se efter själv: hämta liggaren, eller en urnas logg, från servern på ADRESS, jämför den med vad du har sett"
    " förut, bevittna den och spara en kopia. Avslutas med 3 om loggen har två förflutna."
)
@click.argument("folder", metavar="MAPP", type=FOLDER)
@click.argument("address", metavar="ADRESS")
@click.option("--seen", "seen", multiple=True, type=FILE, metavar="FIL",
              help="En kontrollpunkt som någon annan har fått se. Kan anges flera gånger.")  # fmt: skip
@click.option("--urn", metavar="ID", help="En urnas logg i stället för liggaren: urnans id i API:t.")
def watch(folder: Path, address: str, seen: tuple[Path, ...], urn: str | None) -> None:
    """Look at a log, and at what others were shown of it."""
    log = "ledger" if urn is None else f"urns/{quote(urn, safe='')}"
    with alone(folder):
        try:
            line = Watch(Folder(folder), over_http(address, log)).look([each.read_text("utf-8") for each in seen])
        except ForkError as fork:
            click.echo(f"Loggen har två förflutna. Beviset är sparat; visa det för revisorerna:\n\n{fork}", err=True)
            sys.exit(FORKED)
        except RefusedError as refusal:
            raise click.ClickException(f"Inte bevittnad ({refusal.status}): {refusal}") from None
    click.echo(str(line))


@command.command(help="Spara en kopia av loggen i URNA, så långt som du har bevittnat den.")
@click.argument("folder", metavar="MAPP", type=FOLDER)
@click.argument("urn", metavar="URNA", type=FILE)
@click.argument("origin", metavar="LOGGNAMN")
def copy(folder: Path, urn: Path, origin: str) -> None:
    """Keep the leaves."""
    try:
        bundle = read_bundle(urn)
    except FileError as error:
        raise click.ClickException(f"Filen går inte att läsa: {error}") from None
    with alone(folder):
        number = Folder(folder).copy(origin, bundle.leaves)
    click.echo(f"{number} rader sparade.")


@command.command(help="Skriv ut den sparade kopian av en logg, när servern har förlorat sin.")
@click.argument("folder", metavar="MAPP", type=FOLDER)
@click.argument("origin", metavar="LOGGNAMN")
@click.option("--out", "target", type=NEW_FILE, required=True)
def restore(folder: Path, origin: str, target: Path) -> None:
    """Give the leaves back, as a bundle with the note that was cosigned."""
    leaves, note = Folder(folder).restored(origin)
    write_bundle(Bundle(tuple(leaves), (note,)), target)
    click.echo(f"{len(leaves)} rader skrivna till {target}.")
