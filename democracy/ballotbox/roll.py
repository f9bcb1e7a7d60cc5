"""The roll of an urn: who may vote, as a tree whose root is published and whose leaves are not.

Slot = index in the tree. A leaf is JCS{member, salt, slot, t:"roll", v:1}; tag and salt are the first 16 bytes of
HMAC-SHA-256(roll key, domain ‖ `tag`|`salt` ‖ 00 ‖ member). The server keeps tag and slot, so that a stolen table does
not tell whose slot is whose; each member gets slot, salt and path, and checks them against the manifest.
"""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass

from democracy.ballotbox.canonical import canonical
from democracy.ballotbox.keys import DOMAIN
from democracy.ballotbox.merkle import Tree, includes, leaf_hash

_SHORT = 16


def tag(key: bytes, member: str) -> bytes:
    """What the server finds a member's slot by."""
    return _mac(key, b"tag", member)


def salt(key: bytes, member: str) -> bytes:
    """What hides a member's leaf from the neighbours in the tree."""
    return _mac(key, b"salt", member)


def former_tag(key: bytes, member: str, slot: int) -> bytes:
    """What the server finds a void slot by, once its member has got another."""
    return _mac(key, b"former", f"{member}:{slot}")


def roll_leaf(key: bytes, member: str, slot: int) -> bytes:
    """The leaf of a member."""
    return leaf_text(member, salt(key, member).hex(), slot)


def leaf_text(member: str, salt: str, slot: int) -> bytes:
    """The same, as the member can write it down."""
    return canonical({"member": member, "salt": salt, "slot": slot, "t": "roll", "v": 1})


@dataclass(frozen=True, slots=True)
class MyRoll:
    """What a member gets to see of the roll: the own row, and the path to the root."""

    member: str
    slot: int
    salt: str
    path: tuple[bytes, ...]

    def proves(self, size: int, root: bytes) -> bool:
        """Whether the member stands in the roll of this size and root."""
        hashed = leaf_hash(leaf_text(self.member, self.salt, self.slot))
        return includes(hashed, self.slot, size, self.path, root)


def roll_tree(leaves: Sequence[bytes]) -> Tree:
    """The tree over the roll's leaves, in the order of their slots."""
    return Tree(leaf_hash(each) for each in leaves)


def _mac(key: bytes, label: bytes, member: str) -> bytes:
    return hmac.digest(key, DOMAIN + label + b"\x00" + member.encode(), "sha256")[:_SHORT]
