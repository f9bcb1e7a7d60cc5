"""The Merkle tree of RFC 6962: growing it, and proving that a leaf is in it or that a smaller tree is its beginning.

Only *perfect* subtrees are kept, each as a node (level, index) that covers the leaves from index·2^level; a node never
changes once it is there, so a store needs nothing but insertion. Level 0 holds the leaves' own hashes. A tree of n
leaves has under 2n nodes, and every question below names the few that it needs (at most two per level), so that a
caller fetches them in one statement, in whatever way it likes, and holds nothing else in memory:

    grown = grow(size, {node: stored[node] for node in peaks(size)}, [leaf_hash(data), …])   # → new nodes, size, root
    ranges = consistency(old, new)                                                           # or inclusion(index, size)
    proof = resolve(ranges, {node: stored[node] for node in needed(ranges)})
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

HASH_BYTES = 32


class Node(NamedTuple):
    """A perfect subtree of 2^level leaves, number `at` among those of its level."""

    level: int
    at: int


class Range(NamedTuple):
    """The leaves from `start` up to, not with, `end`."""

    start: int
    end: int


Known: TypeAlias = Mapping[Node, bytes]


def number(node: Node) -> int:
    """A node's place in the order in which nodes become whole: 0 the first leaf, 1 the second, 2 the two together …"""
    last = ((node.at + 1) << node.level) - 1
    return count(last) + node.level


def count(size: int) -> int:
    """How many nodes a tree of this size has: they are the numbers below it."""
    return 2 * size - size.bit_count()


EMPTY_ROOT = hashlib.sha256(b"").digest()
"""The root of a tree without leaves."""


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf, H(00 ‖ data)."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node, H(01 ‖ left ‖ right)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def cover(wanted: Range) -> list[Node]:
    """The perfect subtrees that a range is made of, from left to right, for a range that begins as the RFC cuts it."""
    nodes, at = [], wanted.start
    while at < wanted.end:
        level = (wanted.end - at).bit_length() - 1
        nodes.append(Node(level, at >> level))
        at += 1 << level
    return nodes


def peaks(size: int) -> list[Node]:
    """The perfect subtrees of a whole tree: all that is needed to grow it."""
    return cover(Range(0, size))


def needed(ranges: Iterable[Range]) -> list[Node]:
    """Every node that `resolve` will ask for."""
    return [node for each in ranges for node in cover(each)]


def resolve(ranges: Iterable[Range], known: Known) -> list[bytes]:
    """The hash of each range; raises KeyError with the node that is missing."""
    return [_folded([known[node] for node in cover(each)]) for each in ranges]


def root(size: int, known: Known) -> bytes:
    """The root of the tree of this size, given its peaks."""
    return resolve([Range(0, size)], known)[0]


def _folded(hashes: Sequence[bytes]) -> bytes:
    if not hashes:
        return EMPTY_ROOT
    folded = hashes[-1]
    for left in reversed(hashes[:-1]):
        folded = node_hash(left, folded)
    return folded


@dataclass(frozen=True, slots=True)
class Grown:
    """A tree after leaves were added: its new size and root, its peaks, and the nodes to store."""

    size: int
    root: bytes
    peaks: dict[Node, bytes]
    new: dict[Node, bytes]


def grow(size: int, known: Known, leaves: Iterable[bytes]) -> Grown:
    """Add leaf hashes to a tree of `size` leaves whose peaks are known."""
    tops = [(node, known[node]) for node in peaks(size)]
    new: dict[Node, bytes] = {}
    for hashed in leaves:
        node = Node(0, size)
        new[node] = hashed
        while node.at & 1:
            _, left = tops.pop()
            hashed = node_hash(left, hashed)
            node = Node(node.level + 1, node.at >> 1)
            new[node] = hashed
        tops.append((node, hashed))
        size += 1
    return Grown(size, _folded([each for _, each in tops]), dict(tops), new)


def _split(count: int) -> int:
    """The largest power of two smaller than `count`."""
    return 1 << ((count - 1).bit_length() - 1)


def inclusion(index: int, size: int) -> list[Range]:
    """The ranges whose hashes prove that leaf `index` is in a tree of `size`; raises ValueError if it cannot be."""
    if not 0 <= index < size:
        raise ValueError(f"leaf {index} is not in a tree of {size}")
    path, start, end = [], 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(Range(middle, end))
            end = middle
        else:
            path.append(Range(start, middle))
            start = middle
    return path[::-1]


def consistency(old: int, new: int) -> list[Range]:
    """The ranges whose hashes prove that the tree of `old` leaves is the beginning of that of `new`.

    Raises ValueError for a tree that would shrink. Nothing has to be proved from 0 or between equal sizes.
    """
    if not 0 <= old <= new:
        raise ValueError(f"a tree of {new} does not go on from {old}")
    if old in {0, new}:
        return []
    path, start, end = [], 0, new
    while old != end:
        middle = start + _split(end - start)
        if old <= middle:
            path.append(Range(middle, end))
            end = middle
        else:
            path.append(Range(start, middle))
            start = middle
    return ([Range(start, end)] if start else []) + path[::-1]


def includes(hashed: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether the path proves that the leaf with this hash has this index in the tree (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    at, last, found = index, size - 1, hashed
    for sibling in path:
        if last == 0:
            return False
        if at & 1 or at == last:
            found = node_hash(sibling, found)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and found == root


def extends(old: int, old_root: bytes, new: int, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether the proof shows the old tree to be the beginning of the new one (RFC 9162, 2.1.4.2)."""
    if old == 0:
        return not proof and old_root == EMPTY_ROOT
    if old == new:
        return not proof and old_root == new_root
    if not 0 < old < new or not proof:
        return False
    path = list(proof) if old & (old - 1) else [old_root, *proof]
    at, last = old - 1, new - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    before = after = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            before, after = node_hash(sibling, before), node_hash(sibling, after)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            after = node_hash(after, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and before == old_root and after == new_root


class Tree:
    """A whole tree in memory: for a roll, a test, or a log that is read from a file."""

    def __init__(self, leaves: Iterable[bytes] = ()) -> None:
        self.size = 0
        self.root = EMPTY_ROOT
        self._nodes: dict[Node, bytes] = {}
        self.add(leaves)

    def add(self, leaves: Iterable[bytes]) -> None:
        """Add leaf hashes."""
        grown = grow(self.size, self._nodes, leaves)
        self._nodes.update(grown.new)
        self.size, self.root = grown.size, grown.root

    def root_at(self, size: int) -> bytes:
        """The root when the tree had so many leaves; raises ValueError for more than it has."""
        if not 0 <= size <= self.size:
            raise ValueError(f"the tree has {self.size} leaves, not {size}")
        return root(size, self._nodes)

    def inclusion(self, index: int, size: int | None = None) -> list[bytes]:
        """The proof that leaf `index` is in the tree, at this size or another."""
        return resolve(inclusion(index, self.size if size is None else size), self._nodes)

    def consistency(self, old: int, new: int | None = None) -> list[bytes]:
        """The proof that the tree has only grown since it had `old` leaves."""
        return resolve(consistency(old, self.size if new is None else new), self._nodes)
