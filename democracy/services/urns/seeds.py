"""The seeds that the installation holds, one file each, outside the database and its backups.

FOLDER/<urn>/api     signs for the server and hides the roll: read by the process that takes ballots
FOLDER/<urn>/log     signs checkpoints; `log-state` beside it is the last one that was signed
FOLDER/<urn>/lock    the urn's own key: read once, when the urn is opened

Of a meeting's urn also `mixer`, `officer-1` and `officer-2`. All but `log` are destroyed once it has been counted.
"""

import secrets
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from democracy.ballotbox.checkpoint import Checkpoint
from democracy.ballotbox.keys import SEED_BYTES, Seed
from democracy.ballotbox.note import KeyKind, SignerKey
from democracy.formats.secret_files import erase, store

API, LOG, LOCK = "api", "log", "lock"
MIXER, OFFICERS = "mixer", ("officer-1", "officer-2")
"""A meeting's urn: the installation holds these too, until the vote has been counted."""


@dataclass(frozen=True)
class Seeds:
    """A folder with a folder for each urn. Nothing else of the installation lies there."""

    folder: Path

    def make(self, urn_id: UUID, *more: str) -> None:
        """Make the seeds of an urn, and `more` beside; those that are there stay."""
        own = self._of(urn_id)
        own.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name in (API, LOG, LOCK, *more):
            if not (own / name).exists():
                store(own / name, secrets.token_hex(SEED_BYTES).encode())

    def has(self, urn_id: UUID, name: str) -> bool:
        """Whether a seed is there."""
        return (self._of(urn_id) / name).exists()

    def read(self, urn_id: UUID, name: str) -> Seed:
        """A seed; raises FileNotFoundError where it is not."""
        return Seed(bytes.fromhex((self._of(urn_id) / name).read_text("ascii").strip()))

    def destroy(self, urn_id: UUID, name: str) -> None:
        """Overwrite a seed and remove it."""
        if self.has(urn_id, name):
            erase(self._of(urn_id) / name)

    def of_meetings(self) -> list[UUID]:
        """Urns of meetings whose seeds have not been destroyed yet."""
        return [UUID(hex=each.parent.name) for each in self.folder.glob(f"*/{MIXER}")]

    def forget(self, urn_id: UUID) -> None:
        """Destroy the seeds of a meeting's urn: then nobody can tell any more whose slot was whose."""
        for name in (API, LOCK, *OFFICERS, MIXER):
            self.destroy(urn_id, name)

    def log_key(self, urn_id: UUID, origin: str) -> SignerKey:
        """What signs the checkpoints of an urn's log."""
        return SignerKey(origin, KeyKind.ED25519, self.read(urn_id, LOG).sign)

    def last_signed(self, urn_id: UUID) -> Checkpoint | None:
        """The last checkpoint that was signed, whatever the database has been restored to since."""
        path = self._of(urn_id) / "log-state"
        return Checkpoint.parse(path.read_text("utf-8")) if path.exists() else None

    def remember_signed(self, urn_id: UUID, checkpoint: Checkpoint) -> None:
        """Keep what is about to be signed: on the disk before the note leaves."""
        store(self._of(urn_id) / "log-state", checkpoint.text.encode())

    def _of(self, urn_id: UUID) -> Path:
        return self.folder / urn_id.hex
