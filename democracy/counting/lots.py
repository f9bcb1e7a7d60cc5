"""Lots that anyone can check: drawn from a seed that nobody could choose, or by hand before two witnesses.

A seed is mixed from shares that several people committed to before the ballots were opened, and from the digest of the
locked result, so that no one can steer it. The first item of a draw is the one that the lot falls on.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from democracy.counting.faults import CountError

_SPACE = 2**256
_WITNESSES = 2
SEED_BYTES = 32


class LotNeededError(Exception):
    """A tie that only a lot can settle, and there is neither a seed nor a physical lot for it."""

    def __init__(self, label: str, items: Sequence[str]) -> None:
        super().__init__(f"a lot is needed: {label} between {', '.join(items)}")
        self.label = label
        self.items = tuple(items)


def commit(share: bytes) -> str:
    """What is published before the ballots open, so that the share cannot be changed afterwards (hexadecimal)."""
    return hashlib.sha256(b"LOT1-COMMIT\0" + share).hexdigest()


def fallback(commitment: str) -> bytes:
    """The fixed share that stands in for one that was committed to and then withheld."""
    return hashlib.sha256(b"LOT1-WITHHELD\0" + bytes.fromhex(commitment)).digest()


def seed(shares: Iterable[bytes], result: bytes) -> bytes:
    """Mix the revealed shares with the digest of the locked result."""
    return hashlib.sha256(b"LOT1-SEED\0" + b"\0".join(sorted(shares)) + b"\0" + result).digest()


def draw(seed: bytes, label: str, items: Iterable[str]) -> tuple[str, ...]:
    """The items in drawn order. Their order of entry does not matter: they are sorted first."""
    left, drawn, counter = sorted(items), [], 0
    while left:
        number, counter = _uniform(seed, label, counter, len(left))
        drawn.append(left.pop(number))
    return tuple(drawn)


def _uniform(seed: bytes, label: str, counter: int, size: int) -> tuple[int, int]:
    limit = _SPACE // size * size
    while True:
        block = b"LOT1\0" + seed + b"\0" + label.encode() + b"\0" + counter.to_bytes(4, "big")
        number, counter = int.from_bytes(hashlib.sha256(block).digest(), "big"), counter + 1
        if number < limit:
            return number % size, counter


@dataclass(frozen=True, slots=True)
class PhysicalLot:
    """A lot drawn by hand: the order in which the names came up, entered by the chair before two witnesses."""

    label: str
    order: tuple[str, ...]
    chair: str
    witnesses: tuple[str, ...]

    def __post_init__(self) -> None:
        people = {self.chair.strip(), *(name.strip() for name in self.witnesses)}
        if "" in people or len(self.witnesses) != _WITNESSES or len(people) != _WITNESSES + 1:
            raise CountError("lot_needs_chair_and_two_witnesses", label=self.label)


@dataclass(slots=True)
class Lots:
    """Where a count takes its lots from, and every lot it has taken.

    Without a seed and without a physical lot for a tie, `order` raises LotNeededError: no tie is settled in silence.
    """

    seed: bytes | None = None
    physical: Mapping[str, PhysicalLot] = field(default_factory=dict)
    evidence: Mapping[str, Any] = field(default_factory=dict)
    drawn: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.seed is not None and len(self.seed) != SEED_BYTES:
            raise CountError("seed_length", bytes=len(self.seed), wanted=SEED_BYTES)

    def order(self, label: str, items: Iterable[str]) -> tuple[str, ...]:
        """The items in the order that the lot gives them; one label names one tie and is used once."""
        names = sorted(items)
        if any(lot["label"] == label for lot in self.drawn):
            raise CountError("label_used_twice", label=label)
        entry = self._by_hand(label, names) or self._by_seed(label, names)
        self.drawn.append(entry)
        return tuple(entry["order"])

    def one(self, label: str, items: Iterable[str]) -> str:
        """The one that the lot falls on."""
        return self.order(label, items)[0]

    def _by_hand(self, label: str, names: list[str]) -> dict[str, Any] | None:
        lot = self.physical.get(label)
        if lot is None:
            return None
        if sorted(lot.order) != names:
            raise CountError("physical_lot_names", label=label, names=", ".join(names))
        by = {"by": "hand", "chair": lot.chair, "witnesses": list(lot.witnesses)}
        return {"label": label, "items": names, "order": list(lot.order), **by}

    def _by_seed(self, label: str, names: list[str]) -> dict[str, Any]:
        if self.seed is None:
            raise LotNeededError(label, names)
        order = list(draw(self.seed, label, names))
        return {"label": label, "items": names, "order": order, "by": "seed", "seed": self.seed.hex()}


def reveal(commitments: Sequence[str], shares: Iterable[bytes], result: bytes) -> Lots:
    """Lots seeded by the shares that were committed to; a withheld share is named and replaced by its fallback.

    Raises CountError `share_without_commitment` for a share that nobody committed to.
    """
    known = {commit(share): share for share in shares}
    if strangers := sorted(set(known) - set(commitments)):
        raise CountError("share_without_commitment", commitment=strangers[0])
    if len(set(commitments)) != len(commitments) or not commitments:
        raise CountError("commitments", number=len(commitments))
    used = [known.get(each, fallback(each)) for each in commitments]
    withheld = [each for each in commitments if each not in known]
    revealed = {each: known[each].hex() for each in commitments if each in known}
    mixed = seed(used, result)
    told = {"commitments": list(commitments), "shares": revealed, "withheld": withheld, "result": result.hex()}
    return Lots(mixed, evidence={**told, "seed": mixed.hex()})
