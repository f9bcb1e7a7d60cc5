"""`democracy mix`: for a key holder, on their own machine, without a network."""

import json
import secrets
from io import BytesIO
from pathlib import Path

import click
import msgspec

from democracy.ballotbox.handin import write_handin
from democracy.ballotbox.keys import SEED_BYTES, Seed
from democracy.ballotbox.shares import join_shares, split_seed
from democracy.ballotbox.trustee import Record, accept, destroy, mix_once, public_part
from democracy.cli._mix_watch import watch
from democracy.cli._secret_files import store
from democracy.cli._trustee_folder import FILE, FOLDER, NEW_FILE, Folder, at_work, out, read_both, refusals


@click.group(
    help="För dig som är nyckelhållare. Kör på din egen dator, utan nät. Ordningen: key, backup, accept och run med"
    " övningen, accept och run med den riktiga urnan, destroy."
)
def command() -> None:
    """Hold the steps of a key holder together."""


command.add_command(watch)
_TRUST = click.option(
    "--trust", type=FILE, required=True, help="Nycklar som du har fått på annat håll än från servern."
)
_OUT = click.option("--out", "target", type=NEW_FILE, required=True, help="Filen som du lämnar in.")


@command.command(help="Gör en nyckel i MAPP och skriv ut den öppna delen. Gör en ny för varje urna.")
@click.argument("folder", metavar="MAPP", type=FOLDER)
@click.option("--name", required=True, help="Ditt namn, som det ska stå i urnan.")
@click.option(
    "--shares", type=(int, int), default=(2, 3), show_default=True, help="Så många delar behövs, av så många."
)
def key(folder: Path, name: str, shares: tuple[int, int]) -> None:
    """Make the seed here, and its backup."""
    seed = Seed(secrets.token_bytes(SEED_BYTES))
    try:
        words = split_seed(seed, *shares)
    except ValueError:
        raise click.ClickException("Minst två delar ska behövas, av högst sexton.") from None
    Folder(folder).create(seed, Record(name=name))
    for number, share in enumerate(words, start=1):
        store(folder / f"del-{number}.txt", share.encode() + b"\n")
    click.echo(json.dumps(public_part(name, seed), ensure_ascii=False, indent=1))
    click.echo(f"Skriv av delarna {folder}/del-1.txt … del-{len(words)}.txt på papper och ge dem till olika personer.")
    click.echo("Ingen får ha delar från två nyckelhållare. Pröva sedan delarna med democracy mix backup.")


@command.command(help="Pröva delarna: de ska ge samma nyckel. Sedan tas del-filerna bort härifrån.")
@click.argument("folder", metavar="MAPP", type=FOLDER)
@click.argument("shares", metavar="DEL…", nargs=-1, type=FILE, required=True)
def backup(folder: Path, shares: tuple[Path, ...]) -> None:
    """A backup counts when it gave the key back."""
    with at_work(folder) as held:
        joined = join_shares([each.read_text("utf-8") for each in shares])
        record = held.record
        if public_part(record.name, joined) != public_part(record.name, held.seed):
            raise click.ClickException("Delarna ger en annan nyckel.")
        held.keep(msgspec.structs.replace(record, backed_up=True))
        for left in folder.glob("del-*.txt"):
            left.unlink()
    click.echo("Delarna ger samma nyckel. Säkerhetskopian räknas.")


@command.command(help="Få tillbaka en nyckel ur delarna, i en ny MAPP. Har du redan blandat: blanda inte igen.")
@click.argument("folder", metavar="MAPP", type=FOLDER)
@click.argument("shares", metavar="DEL…", nargs=-1, type=FILE, required=True)
@click.option("--name", required=True, help="Ditt namn, som det står i urnan.")
@click.option("--accepted", metavar="M", default="", help="Urnan som du har godtagit, om du har det.")
def restore(folder: Path, shares: tuple[Path, ...], name: str, accepted: str) -> None:
    """The seed of enough shares."""
    with refusals():
        seed = join_shares([each.read_text("utf-8") for each in shares])
    Folder(folder).create(seed, Record(name=name, backed_up=True, accepted=accepted))
    click.echo(json.dumps(public_part(name, seed), ensure_ascii=False, indent=1))
    click.echo("Minnet av vad du har blandat följer inte med. Har du blandat en urna får du inte blanda den igen.")


@command.command("accept", help="Godta URNA: en övning, eller den enda riktiga urnan för den här nyckeln.")
@click.argument("folder", metavar="MAPP", type=FOLDER)
@click.argument("urn", metavar="URNA", type=FILE)
@_TRUST
@_OUT
@click.option("--unrehearsed", is_flag=True, help="Utan övning, om det är beslutat (möten).")
def accept_urn(folder: Path, urn: Path, trust: Path, target: Path, unrehearsed: bool) -> None:
    """Sign that this urn will be mixed."""
    with at_work(folder) as held:
        leaf, record = accept(held.seed, held.record, *read_both(urn, trust), unrehearsed=unrehearsed)
        held.keep(record)
        out(target, leaf)


@command.command("run", help="Blanda URNA en gång, underteckna, och skriv det du lämnar in.")
@click.argument("folder", metavar="MAPP", type=FOLDER)
@click.argument("urn", metavar="URNA", type=FILE)
@_TRUST
@_OUT
def run(folder: Path, urn: Path, trust: Path, target: Path) -> None:
    """Mix once; the same list again gives the same file."""
    with at_work(folder) as held:
        handin, record = mix_once(held.seed, held.record, *read_both(urn, trust))
        held.keep(record)
        file = BytesIO()
        write_handin(handin, file)
        out(target, file.getvalue())


@command.command("destroy", help="Intyga att nyckeln är förstörd, och ta bort den. Delarna på papper förstör du själv.")
@click.argument("folder", metavar="MAPP", type=FOLDER)
@click.argument("urn", metavar="URNA", type=FILE)
@_TRUST
@_OUT
def destroy_key(folder: Path, urn: Path, trust: Path, target: Path) -> None:
    """Sign the statement, then erase the seed."""
    with at_work(folder) as held:
        leaf, record = destroy(held.seed, held.record, *read_both(urn, trust))
        out(target, leaf)
        held.forget()
        held.keep(record)
    click.echo("Nyckeln är borttagen härifrån. Intyget är ett löfte, inte ett bevis.")
