"""A witness's folder: its key, one state per log, copies of the leaves, and evidence of forks."""

import hashlib
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import msgspec

from democracy.ballotbox.checkpoint import Checkpoint, cosign
from democracy.ballotbox.keys import Seed
from democracy.ballotbox.merkle import Tree, leaf_hash
from democracy.ballotbox.note import KeyKind, Note, NoteError, SignatureLine, SignerKey, VerifierKey
from democracy.ballotbox.witness import NOT_FOUND, RefusedError, Request, admit, parse_last
from democracy.cli._secret_files import store


class State(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One log: its key, and the last note that was cosigned (empty before the first)."""

    log: str
    note: str = ""


@dataclass(frozen=True)
class Folder:
    """Where a witness keeps what it must never forget."""

    path: Path

    @property
    def key(self) -> SignerKey:
        """The witness's key; refuses if there is none."""
        try:
            name, seed = (self.path / "key").read_text("utf-8").split()
            return SignerKey(name, KeyKind.COSIGNATURE, Seed(bytes.fromhex(seed)).sign)
        except (OSError, ValueError):
            raise click.ClickException(f"Det finns inget vittne i {self.path}.") from None

    def create(self, name: str, seed: Seed) -> None:
        """A new witness; refuses to touch one that is there."""
        if (self.path / "key").exists():
            raise click.ClickException(f"Det finns redan ett vittne i {self.path}.")
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        store(self.path / "key", f"{name} {seed.secret.hex()}\n".encode())

    def trust(self, log: VerifierKey) -> None:
        """Begin to witness a log; its key cannot be changed afterwards."""
        known = self._read(log.name)
        if known is not None and known.log != str(log):
            raise click.ClickException(f"{log.name} har redan en annan nyckel här.")
        if known is None:
            self._keep(log.name, State(str(log)))

    def log_key(self, origin: str) -> VerifierKey:
        """A log's key; refuses if the log is unknown."""
        return VerifierKey.parse(self._state(origin).log)

    def cosign(self, request: Request) -> SignatureLine:
        """Cosign a checkpoint that goes on from the last one. The state is on the disk before the answer is given."""
        state = self._read(request.origin)
        if state is None:
            raise RefusedError(NOT_FOUND, f"{request.origin} is not a log that is witnessed here")
        try:
            admit(request, VerifierKey.parse(state.log), parse_last(state.note))
        except RefusedError as refusal:
            if refusal.forked:
                self.keep_evidence(request.origin, state.note, str(request.note))
            raise
        self._keep(request.origin, State(state.log, str(request.note)))
        return cosign(request.note, self.key, int(time.time()))

    def copy(self, origin: str, leaves: Sequence[bytes]) -> int:
        """Keep the leaves of the last checkpoint that was cosigned; refuses any others. Returns how many there are."""
        last = parse_last(self._state(origin).note)
        if last is None:
            raise click.ClickException("Ingen kontrollpunkt har bevittnats än.")
        seen = Checkpoint.parse(last.text)
        tree = Tree(leaf_hash(each) for each in leaves[: seen.size])
        if (tree.size, tree.root) != (seen.size, seen.root):
            raise click.ClickException(f"Loggen är inte den som bevittnades vid {seen.size} rader.")
        store(self._named(origin, "leaves"), b"".join(each + b"\n" for each in leaves[: seen.size]))
        store(self._named(origin, "leaves.note"), str(last).encode())
        return seen.size

    def restored(self, origin: str) -> tuple[list[bytes], str]:
        """The copy of the leaves, and the note that they were cosigned under."""
        try:
            leaves = self._named(origin, "leaves").read_bytes().split(b"\n")[:-1]
            return leaves, self._named(origin, "leaves.note").read_text("utf-8")
        except OSError:
            raise click.ClickException(f"Det finns ingen kopia av {origin} här.") from None

    def last(self, origin: str) -> Note | None:
        """The last note that was cosigned; refuses if the log is unknown."""
        return parse_last(self._state(origin).note)

    def copied(self, origin: str) -> list[bytes]:
        """The copy of the leaves, empty where there is none."""
        path = self._named(origin, "leaves")
        return path.read_bytes().split(b"\n")[:-1] if path.exists() else []

    def _state(self, origin: str) -> State:
        state = self._read(origin)
        if state is None:
            raise click.ClickException(f"{origin} bevittnas inte här.")
        return state

    def _read(self, origin: str) -> State | None:
        path = self._named(origin, "json")
        try:
            return msgspec.json.decode(path.read_bytes(), type=State) if path.exists() else None
        except (msgspec.DecodeError, NoteError):
            raise click.ClickException(f"{path} är skadad. Vittna inte om den loggen.") from None

    def _keep(self, origin: str, state: State) -> None:
        self._named(origin, "json").parent.mkdir(exist_ok=True)
        store(self._named(origin, "json"), msgspec.json.encode(state))

    def keep_evidence(self, origin: str, one: str, other: str) -> None:
        """Two notes of one log that cannot both be true."""
        both = f"{one}\n{other}".encode()
        store(self._named(origin, f"fork-{hashlib.sha256(both).hexdigest()[:16]}"), both)

    def _named(self, origin: str, kind: str) -> Path:
        return self.path / "logs" / f"{hashlib.sha256(origin.encode()).hexdigest()[:32]}.{kind}"
