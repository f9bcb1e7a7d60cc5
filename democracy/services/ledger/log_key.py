"""The key that signs the ledger: outside the database and its backups, in the folder of the urns' seeds.

FOLDER/ledger/log       the seed
FOLDER/ledger/name      the log's name, its origin in every checkpoint
FOLDER/ledger/state     the last checkpoint that was signed
FOLDER/ledger/former    verifier keys that were given up, one a line: what they signed still counts
"""

import hashlib
import secrets
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from democracy.ballotbox.checkpoint import Checkpoint
from democracy.ballotbox.keys import SEED_BYTES, Seed
from democracy.ballotbox.note import KeyKind, SignerKey, VerifierKey
from democracy.formats.secret_files import erase, store

_SEED, _NAME, _STATE, _FORMER = "log", "name", "state", "former"
_SHORT = 8


@dataclass(frozen=True)
class LedgerKey:
    """The folder of the key. Nothing of it is read from the database."""

    folder: Path

    @property
    def exists(self) -> bool:
        """Whether this machine holds a key."""
        return (self._own / _SEED).exists() and (self._own / _NAME).exists()

    @property
    def signer(self) -> SignerKey:
        """The key; raises FileNotFoundError where there is none."""
        seed = Seed(bytes.fromhex((self._own / _SEED).read_text("ascii").strip()))
        return SignerKey((self._own / _NAME).read_text("utf-8").strip(), KeyKind.ED25519, seed.sign)

    def make(self, base_url: str) -> SignerKey:
        """A key and a name for the log: the server's, and a digest of the key so that no two logs share one."""
        if self.exists:
            return self.signer
        self._own.mkdir(mode=0o700, parents=True, exist_ok=True)
        seed = Seed(secrets.token_bytes(SEED_BYTES))
        digest = hashlib.sha256(seed.sign_public).hexdigest()[:_SHORT]
        store(self._own / _SEED, seed.secret.hex().encode())
        store(self._own / _NAME, f"{urlsplit(base_url).netloc or 'localhost'}/ledger/{digest}".encode())
        return self.signer

    def give_up(self) -> None:
        """Put the key away for good; its verifier key and what it signed last stay to be compared with."""
        former = [*self.former, self.signer.verifier]
        store(self._own / _FORMER, "".join(f"{each}\n" for each in former).encode())
        if (self._own / _STATE).exists():
            (self._own / _STATE).rename(self._own / f"{_STATE}-{former[-1].id.hex()}")
        erase(self._own / _SEED)

    @property
    def former(self) -> list[VerifierKey]:
        """Keys that were given up."""
        path = self._own / _FORMER
        return [VerifierKey.parse(each) for each in path.read_text("utf-8").splitlines()] if path.exists() else []

    @property
    def verifiers(self) -> list[VerifierKey]:
        """Every key that has been the ledger's, as this machine knows."""
        return [*self.former, *([self.signer.verifier] if self.exists else [])]

    @property
    def last_signed(self) -> Checkpoint | None:
        """The last checkpoint that was signed, whatever the database has been restored to since."""
        path = self._own / _STATE
        return Checkpoint.parse(path.read_text("utf-8")) if path.exists() else None

    def remember(self, checkpoint: Checkpoint) -> None:
        """Keep what is about to be signed: on the disk before the note leaves."""
        store(self._own / _STATE, checkpoint.text.encode())

    @property
    def _own(self) -> Path:
        return self.folder / "ledger"
