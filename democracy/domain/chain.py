"""How far the ledger has come, and the arithmetic of the plain chain that it once was.

A head is a number of steps and the root of the Merkle tree (RFC 6962) over them: `democracy.ballotbox.merkle`.

Installations from before the tree have steps that were linked one to another:

    hash(0) = SHA-256("democracy.ledger.start.v1" ‖ 00)
    hash(p) = SHA-256("democracy.ledger.link.v1" ‖ 00 ‖ p ‖ hash(p-1) ‖ digest(p))
    digest(p) = SHA-256("democracy.ledger.record.v1" ‖ 00 ‖ record)

`p` is eight bytes, most significant first; `record` is the step's canonical JSON in UTF-8. Those hashes stay where they
are and are verified beside the tree, so that a place and sum noted down then can still be compared.
"""

import hashlib
import re
from dataclasses import dataclass
from typing import Self

_LINK = b"democracy.ledger.link.v1\x00"
_RECORD = b"democracy.ledger.record.v1\x00"
_HEAD = re.compile(r"([0-9]{1,18}):([0-9a-f]{64})")

START = hashlib.sha256(b"democracy.ledger.start.v1\x00").digest()
"""The hash of position 0 in the plain chain, before the first step."""


def link(position: int, previous: bytes, record: str) -> bytes:
    """The hash of `position` (from 1), given the hash before it and the step's record."""
    digest = hashlib.sha256(_RECORD + record.encode()).digest()
    return hashlib.sha256(_LINK + position.to_bytes(8, "big") + previous + digest).digest()


@dataclass(frozen=True)
class Head:
    """How far the ledger has come. Noted down outside the database, it proves all that lies before it."""

    position: int
    """The number of steps."""
    hash: bytes
    """The root of the tree over them; in a note from before the tree, the plain chain's hash."""

    def __str__(self) -> str:
        return f"{self.position}:{self.hash.hex()}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `POSITION:HASH`, the hash as 64 hex digits; raises ValueError that says so."""
        match = _HEAD.fullmatch(text.strip().lower())
        if match is None:
            raise ValueError(f"{text!r} is not POSITION:HASH with 64 hex digits")
        return cls(int(match[1]), bytes.fromhex(match[2]))


EMPTY = Head(0, hashlib.sha256(b"").digest())
"""The ledger before its first step."""
