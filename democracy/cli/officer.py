"""`democracy officer`: two people sign what an urn may not do by itself: manifest, roll, voids, extensions, claims."""

import json
import secrets
from pathlib import Path
from typing import Any

import click

from democracy.ballotbox.canonical import CanonicalError
from democracy.ballotbox.keys import SEED_BYTES, Seed, with_sigs
from democracy.ballotbox.urn import finished
from democracy.cli._secret_files import alone, store

FOLDER = click.Path(file_okay=False, path_type=Path)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
NEW_FILE = click.Path(dir_okay=False, path_type=Path)
_SIGNED = {"manifest", "roll", "void", "extend", "claim"}
_PAPERS = {"m", "n", "figures"}
"""The figures of the papers, which stand in the protocol and are no leaf."""


@click.group(help="För dig som är funktionär: underteckna på din egen dator det som kräver två funktionärer.")
def command() -> None:
    """Hold the two steps together."""


@command.command(help="Gör en nyckel i MAPP och skriv ut den öppna delen.")
@click.argument("folder", metavar="MAPP", type=FOLDER)
def key(folder: Path) -> None:
    """Make an officer's key."""
    if (folder / "seed").exists():
        raise click.ClickException(f"Det finns redan en nyckel i {folder}.")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    seed = Seed(secrets.token_bytes(SEED_BYTES))
    store(folder / "seed", seed.secret.hex().encode() + b"\n")
    click.echo(seed.sign_public.hex())


@command.command(
    help="Läs vad FIL säger, och underteckna det. Den andra funktionären undertecknar sedan det du skriver."
)
@click.argument("folder", metavar="MAPP", type=FOLDER)
@click.argument("file", metavar="FIL", type=FILE)
@click.option("--out", "target", type=NEW_FILE, required=True, help="Filen med din underskrift.")
@click.option("--yes", is_flag=True, help="Fråga inte.")
def sign(folder: Path, file: Path, target: Path, yes: bool) -> None:
    """Show, ask, sign."""
    with alone(folder):
        value, seed = _read(file), _seed(folder)
        if any(each.get("key") == seed.sign_public.hex() for each in value.get("sigs", [])):
            raise click.ClickException("Du har redan undertecknat.")
        shown = {name: held for name, held in value.items() if name not in {"sig", "sigs"}}
        click.echo(json.dumps(shown, ensure_ascii=False, indent=1))
        if not yes:
            click.confirm("Undertecknar du det här?", abort=True)
        target.write_bytes(finished(with_sigs(value, seed.sign)))
    click.echo(f"Skrivet: {target}. Underskrifter: {len(value.get('sigs', [])) + 1}.")


def _seed(folder: Path) -> Seed:
    try:
        return Seed(bytes.fromhex((folder / "seed").read_text("ascii").strip()))
    except (OSError, ValueError):
        raise click.ClickException(f"Det finns ingen nyckel i {folder}.") from None


def _read(file: Path) -> dict[str, Any]:
    """What is to be signed; refuses what officers do not sign."""
    try:
        value = json.loads(file.read_bytes())
        signed = value.get("t") in _SIGNED or value.keys() - {"sigs"} == _PAPERS
        if signed and isinstance(value.get("sigs", []), list):
            finished(value)
            return dict(value)
    except (ValueError, KeyError, TypeError, AttributeError, CanonicalError):
        pass
    raise click.ClickException("Filen är ingenting som funktionärer undertecknar.")
