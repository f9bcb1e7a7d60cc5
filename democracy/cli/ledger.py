"""`democracy ledger`: the ledger's key and its signed checkpoints."""

from pathlib import Path

import click

from democracy.app import Application
from democracy.ballotbox.checkpoint import Checkpoint
from democracy.ballotbox.log_key import ForkError
from democracy.ballotbox.merkle import consistency
from democracy.ballotbox.note import Note, NoteError, SignatureLine
from democracy.ballotbox.witness import Request
from democracy.cli._running import run
from democracy.services.ledger.rebuilding import Unproven, UnprovenError, rebuild_tree
from democracy.services.ledger.signing import NotOursError, add_cosignature, renew_key
from democracy.storage import ledger_tree

NEW_FILE = click.Path(dir_okay=False, path_type=Path)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)

_FORKED = (
    "Liggaren fortsätter inte från det som senast undertecknades. Är databasen återställd från en äldre kopia? Kör"
    " `democracy verify ledger`. Om allt annat stämmer: `democracy ledger new-key`."
)
_UNPROVEN = {
    Unproven.NOTHING_SIGNED: "Ingen undertecknad kontrollpunkt finns på den här maskinen, så ingenting visar att stegen"
    " är de rätta. Kör kommandot där liggarens nyckel ligger, eller återställ en säkerhetskopia.",
    Unproven.STEP_MISSING: "Steget på plats {} är borta. Återställ en säkerhetskopia: democracy restore.",
    Unproven.ANOTHER_PAST: "Stegen fram till plats {} är inte de som undertecknades. Kör democracy verify ledger, och"
    " återställ en säkerhetskopia.",
    Unproven.TAIL_DIFFERS: "Steget på plats {} kom efter den senaste undertecknade kontrollpunkten och stämmer inte med"
    " sin nod. Återställ en säkerhetskopia.",
}
_NOT_OURS = "Liggaren undertecknas med en annan nyckel, som inte finns här: {}"


@click.group(help="Liggarens nyckel och dess undertecknade kontrollpunkter.")
def command() -> None:
    """Hold the ledger's commands together."""


@command.command(help="Skriv ut liggarens öppna nyckel. Ge den till dem som ska kontrollera och bevittna.")
def key() -> None:
    """Whose signature counts."""

    async def read(application: Application) -> str | None:
        async with application.database.read() as connection:
            return await ledger_tree.setting(connection, ledger_tree.LOG)

    found = run(read)
    if found is None:
        raise click.ClickException("Liggaren har ingen nyckel än. Den får en när den undertecknas första gången.")
    click.echo(found)


@command.command(help="Underteckna liggaren nu. Spara kontrollpunkten på ett annat ställe än databasen.")
@click.option("--out", "target", type=NEW_FILE, help="Skriv till en fil i stället för till skärmen.")
@click.option("--witness-since", "old", type=click.IntRange(0), metavar="STORLEK",
              help="Skriv en begäran till ett vittne, som senast skrev under STORLEK (0 första gången).")  # fmt: skip
def checkpoint(target: Path | None, old: int | None) -> None:
    """Sign on demand."""

    async def sign(application: Application) -> str | None:
        note = await application.sign_ledger()
        if note is None or old is None:
            return note
        size = Checkpoint.parse(Note.parse(note).text).size
        if old > size:
            raise click.ClickException(f"Liggaren har {size} steg, inte {old}.")
        async with application.database.read() as connection:
            proof = await ledger_tree.proof(connection, consistency(old, size))
        return str(Request(old, tuple(proof), Note.parse(note)))

    try:
        found = run(sign)
    except NotOursError as error:
        raise click.ClickException(_NOT_OURS.format(error)) from None
    except ForkError:
        raise click.ClickException(_FORKED) from None
    if found is None:
        raise click.ClickException("Liggaren är tom: det finns inget att underteckna.")
    if target is None:
        click.echo(found, nl=False)
    else:
        target.write_text(found, "utf-8")


@command.command(help="Lägg till ett vittnes underskrift, som den skrevs ut av `democracy witness cosign`, ur FIL.")
@click.argument("file", metavar="FIL", type=FILE)
@click.option("--size", required=True, type=click.IntRange(1), help="Kontrollpunktens storlek.")
def cosigned(file: Path, size: int) -> None:
    """Take in a witness's line."""
    try:
        line = SignatureLine.parse(file.read_text("utf-8").strip())
    except (NoteError, UnicodeDecodeError):
        raise click.ClickException("Det är ingen underskrift.") from None
    if not run(lambda application: add_cosignature(application.database, size, line, application.now())):
        raise click.ClickException(f"Det finns ingen kontrollpunkt av storlek {size}.")
    click.echo("Underskriften är sparad.")


@command.command(
    help="Gör om liggarens träd ur stegen, när noder har skadats. Inget skrivs om stegen inte är de undertecknade."
)
def rebuild() -> None:
    """For a tree that was damaged, over steps that were not."""
    try:
        done = run(lambda application: rebuild_tree(application.database, application.ledger_key, application.now()))
    except UnprovenError as error:
        raise click.ClickException(f"Inget har ändrats. {_UNPROVEN[error.reason].format(error.position)}") from None
    click.echo(f"{done.size} steg stämmer med det som undertecknats. {done.replaced} noder gjordes om. Kör democracy"
               " verify ledger.")  # fmt: skip


@command.command("new-key", help="Börja underteckna med en ny nyckel. Det syns för alla, och vittnen måste godta den.")
@click.confirmation_option(prompt="Alla som kontrollerar liggaren ser att nyckeln är ny. Fortsätta?")
def new_key() -> None:
    """For a key that was lost, or a database that was restored."""
    made = run(
        lambda application: renew_key(
            application.database, application.ledger_key, application.settings.base_url, application.now()
        )
    )
    click.echo(str(made))
