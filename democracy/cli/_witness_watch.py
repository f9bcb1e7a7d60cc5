"""A witness that goes and looks at the public files of a ledger or of an urn's log, instead of waiting to be asked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

import click

from democracy.ballotbox.checkpoint import Checkpoint, CheckpointError, opened
from democracy.ballotbox.merkle import Tree, leaf_hash
from democracy.ballotbox.note import Note, NoteError, SignatureLine
from democracy.ballotbox.tiles import WIDTH, Tile, tiles, unpack
from democracy.ballotbox.witness import RefusedError, Request
from democracy.cli._witness_folder import Folder

_SECONDS = 30
_MOST_BYTES = 1 << 24

Fetch = Callable[[str], bytes]
"""One of the log's files by its name; raises OSError."""


class ForkError(Exception):
    """The log has two pasts: the two notes that prove it, which have been kept."""


def over_http(address: str, log: str = "ledger") -> Fetch:
    """The files of one of a server's logs."""
    if urlsplit(address).scheme not in {"http", "https"}:
        raise click.ClickException("Skriv serverns adress, till exempel https://vote.example.")

    def fetch(name: str) -> bytes:
        with urlopen(f"{address.rstrip('/')}/{log}/{name}", timeout=_SECONDS) as answer:  # noqa: S310 - http(s), see above
            data: bytes = answer.read(_MOST_BYTES)
        return data

    return fetch


@dataclass(frozen=True)
class Watch:
    """One look at one log."""

    folder: Folder
    fetch: Fetch

    def look(self, seen: Sequence[str] = ()) -> SignatureLine:
        """Cosign the newest checkpoint and keep all leaves under it. `seen` are checkpoints that others were shown.

        Raises ForkError, RefusedError where the witness does not sign, and click's own for what cannot be read.
        """
        note = self._note()
        origin = note.text.partition("\n")[0]
        new = self._opened(note, origin)
        leaves = self._leaves(origin, new)
        tree = Tree(leaf_hash(each) for each in leaves)
        last = self.folder.last(origin)
        for each in [*([last] if last is not None else []), *(_parsed(text) for text in seen)]:
            self._hold(origin, tree, each, note)
        old = Checkpoint.parse(last.text).size if last is not None else 0
        if old > new.size:
            raise RefusedError(409, f"the server shows {new.size} steps; {old} have been witnessed", size=old)
        line = self.folder.cosign(Request(old, tuple(tree.consistency(old)), note))
        self.folder.copy(origin, leaves)
        return line

    def _hold(self, origin: str, tree: Tree, known: Note, note: Note) -> None:
        """Hold the tree to a checkpoint; one that is larger than the tree is held to the copy that lies here."""
        held = self._opened(known, origin)
        if held.size > tree.size:
            now = Checkpoint.parse(note.text)
            longer = Tree(leaf_hash(each) for each in self.folder.copied(origin))
            fits = longer.size < now.size or longer.root_at(now.size) == now.root
        else:
            fits = tree.root_at(held.size) == held.root
        if not fits:
            self.folder.keep_evidence(origin, str(known), str(note))
            raise ForkError(f"{known}\n{note}")

    def _note(self) -> Note:
        try:
            return Note.parse(self.fetch("checkpoint").decode())
        except HTTPError as error:
            said = f"Ingen sådan logg finns på servern ({error.code}). Pröva adressen och --urn."
            raise click.ClickException(said) from None
        except (OSError, URLError) as error:
            raise click.ClickException(f"Servern svarar inte: {error}") from None
        except (NoteError, UnicodeDecodeError):
            raise click.ClickException("Servern gav ingen kontrollpunkt.") from None

    def _opened(self, note: Note, origin: str) -> Checkpoint:
        try:
            return opened(note, self.folder.log_key(origin))
        except CheckpointError:
            raise click.ClickException("Kontrollpunkten är inte undertecknad av loggens nyckel.") from None

    def _leaves(self, origin: str, new: Checkpoint) -> list[bytes]:
        """All leaves of a checkpoint: those that are new since the copy, or all where the copy does not fit."""
        copied = self.folder.copied(origin)[: new.size]
        known = copied[: len(copied) - len(copied) % WIDTH]
        for kept in [known, []] if known else [[]]:
            leaves = [
                *kept,
                *(leaf for tile in tiles(new.size, None) if tile.first >= len(kept) for leaf in self._bundle(tile)),
            ]
            if len(leaves) == new.size and Tree(leaf_hash(each) for each in leaves).root == new.root:
                return leaves
        raise click.ClickException("Serverns filer är inte de som kontrollpunkten gäller. Försök igen om en stund.")

    def _bundle(self, tile: Tile) -> list[bytes]:
        try:
            return unpack(self.fetch(f"tile/{tile}"))
        except (OSError, URLError, ValueError) as error:
            raise click.ClickException(f"Filen tile/{tile} går inte att hämta: {error}") from None


def _parsed(text: str) -> Note:
    try:
        return Note.parse(text)
    except NoteError:
        raise click.ClickException("Filen är ingen kontrollpunkt.") from None
