"""The tree as it is stored, held against the steps as they are stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from democracy.ballotbox.merkle import EMPTY_ROOT, Node, leaf_hash, node_hash, number, peaks
from democracy.ballotbox.step_leaf import GAP
from democracy.domain.verdict import Fault, Finding, LedgerReport


@dataclass(frozen=True, slots=True)
class _Top:
    """A subtree whose parent has not been seen: the hash that is stored, and the one that it should have had."""

    node: Node
    held: bytes
    right: bytes
    suspect: Finding | None = None

    @property
    def hashes(self) -> tuple[bytes, ...]:
        return (self.held,) if self.held == self.right else (self.held, self.right)


class TreeWalk:
    """Goes from leaf to leaf. Each node is judged by the stored ones below it, so that one fraud gives one finding."""

    def __init__(self, report: LedgerReport, size: int = 0, known: Mapping[Node, bytes] | None = None) -> None:
        self._report = report
        known = known or {}
        self._tops = [_Top(node, known[node], known[node]) for node in peaks(size)]
        self.size = size

    def take(self, right: bytes | None, stored: Mapping[int, bytes], step: str | None = None) -> bool:
        """Judge the next leaf; `right` is what it should be, None where no step tells. Returns whether it was that."""
        node = Node(0, self.size)
        self.size += 1
        held = stored.get(number(node))
        top = self._leaf(node, held, right, step)
        while top.node.at & 1:
            top = self._join(self._tops.pop(), top, stored)
        self._tops.append(top)
        return held == right

    def roots(self) -> set[bytes]:
        """The root, as it is stored and as it should be."""
        return {_folded([each.held for each in self._tops]), _folded([each.right for each in self._tops])}

    @property
    def root(self) -> bytes:
        """As it is stored."""
        return _folded([each.held for each in self._tops])

    def end(self) -> None:
        """At the end nothing lies above the last leaf that could tell its record from its hash."""
        last = self._tops[-1] if self._tops else None
        if last is not None and last.suspect is not None:
            self._report.rename(last.suspect, Fault.RECORD_OR_HASH_ALTERED)

    def _leaf(self, node: Node, held: bytes | None, right: bytes | None, step: str | None) -> _Top:
        if right is None or held is None:
            found = held or right or leaf_hash(GAP)
            if held is None:
                self._report.add(Finding(Fault.LEAF_MISSING, self.size, step))
            return _Top(node, found, found)
        if held == right:
            return _Top(node, held, right)
        suspect = Finding(Fault.RECORD_ALTERED, self.size, step)
        self._report.add(suspect)
        return _Top(node, held, right, suspect)

    def _join(self, left: _Top, last: _Top, stored: Mapping[int, bytes]) -> _Top:
        node = Node(left.node.level + 1, left.node.at >> 1)
        held = stored.get(number(node))
        for one in left.hashes:
            for other in last.hashes:
                if node_hash(one, other) == held:
                    self._settle(left, one)
                    self._settle(last, other)
                    return _Top(node, held, held)
        right = node_hash(left.held, last.held)
        below = f"{(node.at << node.level) + 1}-{self.size}"
        self._report.add(Finding(Fault.NODE_MISSING if held is None else Fault.NODE_ALTERED, self.size, detail=below))
        return _Top(node, held or right, right)

    def _settle(self, top: _Top, proven: bytes) -> None:
        if top.suspect is not None and proven == top.right:
            self._report.rename(top.suspect, Fault.HASH_ALTERED)


def _folded(hashes: Sequence[bytes]) -> bytes:
    if not hashes:
        return EMPTY_ROOT
    folded = hashes[-1]
    for left in reversed(hashes[:-1]):
        folded = node_hash(left, folded)
    return folded
