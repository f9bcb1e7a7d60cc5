"""A log's tree and leaves as files (C2SP tlog-tiles): whoever has the checkpoint's size knows which there are.

A tile of level L holds up to 256 hashes of nodes of level 8·L, one after the other. A bundle of entries holds up to 256
leaves, each as two bytes of length and its data. Only the last of a level is partial: its name ends with `.p/WIDTH`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from democracy.ballotbox.merkle import HASH_BYTES, Node, leaf_hash

WIDTH = 256
_HEIGHT = 8
_NAME = re.compile(r"(entries|[0-5])/((?:x[0-9]{3}/){0,3}[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?")


@dataclass(frozen=True, slots=True)
class Tile:
    """One file. `level` None for a bundle of entries."""

    level: int | None
    at: int
    width: int

    @classmethod
    def parse(cls, name: str) -> Self | None:
        """Read what comes after `tile/`, such as `0/x001/067` or `entries/000.p/17`; None for anything else."""
        found = _NAME.fullmatch(name)
        width = int(found[3] or WIDTH) if found else 0
        if found is None or width > WIDTH or (found[3] and width == WIDTH):
            return None
        at = int(found[2].replace("x", "").replace("/", ""))
        tile = cls(None if found[1] == "entries" else int(found[1]), at, width)
        return tile if str(tile) == name else None

    def __str__(self) -> str:
        digits = f"{self.at:03d}"
        digits = digits.zfill(-(-len(digits) // 3) * 3)
        parts = [digits[i : i + 3] for i in range(0, len(digits), 3)]
        number = "/".join([*(f"x{each}" for each in parts[:-1]), parts[-1]])
        partial = f".p/{self.width}" if self.width < WIDTH else ""
        return f"{'entries' if self.level is None else self.level}/{number}{partial}"

    @property
    def first(self) -> int:
        """The first of its nodes or leaves."""
        return self.at * WIDTH

    def within(self, size: int) -> bool:
        """Whether a tree of this size has all of it."""
        return self.first + self.width <= size >> (_HEIGHT * (self.level or 0))

    @property
    def nodes(self) -> list[Node]:
        """Whose hashes it holds; none for a bundle of entries."""
        if self.level is None:
            return []
        return [Node(_HEIGHT * self.level, self.first + at) for at in range(self.width)]


def tiles(size: int, level: int | None = 0) -> list[Tile]:
    """Every tile, or every bundle of entries, of a tree of this size at one level, the partial one last."""
    count = size >> (_HEIGHT * (level or 0))
    whole = [Tile(level, at, WIDTH) for at in range(count // WIDTH)]
    return [*whole, Tile(level, count // WIDTH, count % WIDTH)] if count % WIDTH else whole


def hashes(data: bytes, width: int) -> list[bytes]:
    """A tile's hashes; raises ValueError for a file of another length."""
    if len(data) != width * HASH_BYTES:
        raise ValueError(f"a tile of {width} hashes is not {len(data)} bytes")
    return [data[at : at + HASH_BYTES] for at in range(0, len(data), HASH_BYTES)]


def pack(entries: Sequence[bytes]) -> bytes:
    """Leaves as one file."""
    return b"".join(len(each).to_bytes(2, "big") + each for each in entries)


def unpack(data: bytes) -> list[bytes]:
    """The leaves of one file; raises ValueError for one that is cut short."""
    entries, at = [], 0
    while at < len(data):
        end = at + 2 + int.from_bytes(data[at : at + 2], "big")
        if end > len(data) or at + 2 > len(data):
            raise ValueError("a bundle of entries that is cut short")
        entries.append(data[at + 2 : end])
        at = end
    return entries


def matches(entries: Sequence[bytes], hashed: Sequence[bytes]) -> bool:
    """Whether the leaves are those whose hashes a tile of level 0 holds."""
    return [leaf_hash(each) for each in entries] == list(hashed)
