"""A step of the ledger as a leaf of its tree: it binds the whole record, and shows nobody what they may not see.

    leaf   = {"record": H(salt("record") ‖ record), "shown": H(shown), "t": "step", "v": 1}
    shown  = {"at", "by", "case", "from", "paragraph", "rule", "salt", "statutes", "t", "to", "v", "workflow"}
    salt(label) = the first 16 bytes of HMAC-SHA-256(key, label ‖ 00 ‖ position in eight bytes)

Both are canonical JSON, hashes and salts in hex. `shown` is what everybody who sees the step sees of it; its `salt` is
salt("shown"), so the leaf of a step that somebody may not see tells them nothing, however little there is to guess.
The record (who acted, on what facts) has another salt, so that whoever sees the step cannot guess the rest of it.
The key lies in the database, and every salt can be made again from it. This form can never change: a tree of years
rests on it. A new one would be `"v": 2`.
"""

import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import UTC, datetime

from democracy.ballotbox.merkle import leaf_hash

KEY_BYTES = 32
_SALT_BYTES = 16
_encoder = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))

GAP = b'{"t":"gap","v":1}'
"""The leaf of a position whose step was already gone when the tree was made over a plain chain."""


@dataclass(frozen=True, slots=True)
class StepLeaf:
    """A leaf, and the text that everybody who sees the step may have."""

    data: bytes
    shown: bytes

    @property
    def hash(self) -> bytes:
        """As the tree has it."""
        return leaf_hash(self.data)


def step_leaf(key: bytes, position: int, record: str) -> StepLeaf:
    """The leaf of a step at its position (from 1), given its record; one that cannot be read shows nothing."""
    digest = hashlib.sha256(salt(key, "record", position) + record.encode()).hexdigest()
    shown = _shown(record, salt(key, "shown", position).hex())
    data = f'{{"record":"{digest}","shown":"{hashlib.sha256(shown).hexdigest()}","t":"step","v":1}}'
    return StepLeaf(data.encode(), shown)


def salt(key: bytes, label: str, position: int) -> bytes:
    """What hides one part of one leaf."""
    return hmac.digest(key, label.encode() + b"\x00" + position.to_bytes(8, "big"), "sha256")[:_SALT_BYTES]


def _shown(record: str, hidden: str) -> bytes:
    try:
        held = json.loads(record)
        value = {
            "at": datetime.fromisoformat(held["now"]).astimezone(UTC).isoformat(timespec="microseconds"),
            "by": sorted(str(role) for role in held["roles"]),
            "case": str(held["case"]),
            "from": str(held["source"]),
            "paragraph": str(held["paragraph"]),
            "rule": str(held["rule"]),
            "salt": hidden,
            "statutes": str(held["statutes"] or ""),
            "t": "shown",
            "to": str(held["dest"]),
            "v": 1,
            "workflow": str(held["workflow"]),
        }
        return _encoder.encode(value).encode()
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError):
        return b""
