"""A key holder's folder: the seed, and the record of what was accepted and mixed with it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click

from democracy.ballotbox.bundle import Bundle
from democracy.ballotbox.faults import FileError, UrnError
from democracy.ballotbox.keys import Seed
from democracy.ballotbox.trust import Trust
from democracy.ballotbox.trustee import Record, RefusedError, read_record
from democracy.cli._secret_files import alone, erase, store
from democracy.cli._urn_files import keys_in, urn_in
from democracy.cli._urn_words import ERRORS

FOLDER = click.Path(file_okay=False, path_type=Path)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
NEW_FILE = click.Path(dir_okay=False, path_type=Path)

REFUSALS = {
    "not_a_mixer": "Din nyckel är inte med i urnan {urn}.",
    "not_backed_up": "Säkerhetskopian är inte prövad. Kör democracy mix backup med delarna först.",
    "not_rehearsed": "Du har inte övat med den här nyckeln. Öva först, eller ange --unrehearsed om det är så beslutat.",
    "accepted_another": "Nyckeln är redan använd för en annan urna ({accepted}). Gör en ny nyckel för varje urna.",
    "not_accepted": "Du har inte godtagit den här urnan. Kör democracy mix accept.",
    "mixed_another_list": "Du har redan blandat den här urnan från en annan lista. En gång till skulle avslöja röster. "
    "Behåll nyckeln, blanda inte, och säg till granskarna.",
    "not_my_turn": "Det är inte din tur, eller så saknas listan till nyckelhållare {mixer} i filen.",
    "too_few": "Det är {number} röster. Färre än {least} öppnas aldrig.",
    "not_finished": "Urnan är inte färdig, eller så är den inte din. Behåll nyckeln tills resultatet är fastställt.",
}


@dataclass(frozen=True)
class Folder:
    """Where a key holder keeps what is secret."""

    path: Path

    @property
    def seed(self) -> Seed:
        """The seed; refuses if it is not there."""
        try:
            return Seed(bytes.fromhex((self.path / "seed").read_text("ascii").strip()))
        except (OSError, ValueError):
            raise click.ClickException(f"Det finns ingen nyckel i {self.path}.") from None

    @property
    def record(self) -> Record:
        """What was done with it; refuses if the record is damaged."""
        try:
            return read_record((self.path / "record.json").read_bytes())
        except (OSError, FileError):
            raise click.ClickException(
                f"Minnet av vad du har gjort ({self.path / 'record.json'}) saknas eller är skadat. Blanda inte."
            ) from None

    def create(self, seed: Seed, record: Record) -> None:
        """Put a new key in a folder; refuses to touch one that is there."""
        if (self.path / "seed").exists() or (self.path / "record.json").exists():
            raise click.ClickException(f"Det finns redan en nyckel i {self.path}. Välj en annan mapp.")
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        store(self.path / "seed", seed.secret.hex().encode() + b"\n")
        self.keep(record)

    def keep(self, record: Record) -> None:
        """Store the record. Nothing that rests on it may leave before."""
        store(self.path / "record.json", record.write())

    def forget(self) -> None:
        """Erase the seed."""
        erase(self.path / "seed")


@contextmanager
def refusals() -> Iterator[None]:
    """What is refused, in words."""
    try:
        yield
    except RefusedError as error:
        raise click.ClickException(REFUSALS[error.code].format(**error.values)) from None
    except UrnError as error:
        raise click.ClickException(f"Urnan godtas inte. {error}\n{ERRORS[error.code]}") from None
    except FileError as error:
        raise click.ClickException(f"Filen går inte att läsa: {error}") from None


@contextmanager
def at_work(path: Path) -> Iterator[Folder]:
    """A key holder's folder for one piece of work, with refusals in words."""
    with alone(path), refusals():
        yield Folder(path)


def read_both(bundle: Path, trust: Path) -> tuple[Bundle, Trust]:
    """An urn and the keys to hold it against; raises FileError."""
    return urn_in(bundle), keys_in(trust)


def out(path: Path, data: bytes) -> None:
    """Write what is to be handed in. It is not secret."""
    path.write_bytes(data)
    click.echo(f"Skrivet: {path}. Lämna in den filen.")
