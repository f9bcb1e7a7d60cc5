"""Along the ledger: each position with its step, its leaf, and what others say of the ledger at that size."""

from collections.abc import Callable, Mapping

from democracy.ballotbox.merkle import Node, count, number
from democracy.ballotbox.step_leaf import step_leaf
from democracy.domain.chain import EMPTY, Head
from democracy.domain.verdict import Fault, Finding, LedgerReport
from democracy.services.verifying.marks import Marks
from democracy.services.verifying.old_chain import OldChain
from democracy.services.verifying.tree import TreeWalk
from democracy.storage import chain, ledger_rows, ledger_tree
from democracy.storage.ledger_rows import Link, Reader, StoredStep

Check = Callable[[LedgerReport, StoredStep, int], None]

_WINDOW = 1000
"""Positions whose nodes are in memory at a time."""


class Walk:
    """One way through the ledger, from the tree's present size on."""

    def __init__(self, reader: Reader, report: LedgerReport, tree: TreeWalk, marks: Marks, check: Check) -> None:
        self._reader, self._report, self._tree, self._marks, self._check = reader, report, tree, marks, check
        self._at = tree.size
        self._stored: Mapping[int, bytes] = {}
        self._loaded = tree.size
        self._old: OldChain | None = None

    async def whole(self) -> None:
        """From the beginning, the plain chain's hashes included."""
        self._old = OldChain(self._report, await chain.old_length(self._reader))
        self._marks.compare(0, {EMPTY.hash}, None)
        await self.onwards(after=-(2**62))

    async def onwards(self, after: int) -> None:
        """Every position above `after`."""
        try:
            key = await ledger_tree.salt_key(self._reader)
        except (ledger_tree.NoSaltError, ValueError):
            self._report.add(Finding(Fault.SALT_MISSING))
            return
        async for row in ledger_rows.links(self._reader, after):
            if row.position < 1:
                self._report.add(Finding(Fault.POSITION_BEFORE_FIRST, row.position, row.step_id))
            else:
                await self._take(key, row)
        self._tree.end()
        self._report.head = Head(self._tree.size, self._tree.root)
        await self._check_end()
        self._marks.end()

    async def _take(self, key: bytes, row: Link) -> None:
        await self._gap(row.position)
        if row.step is None:
            self._report.add(Finding(Fault.STEP_MISSING, row.position, row.step_id))
        altered = not await self._leaf(key, row)
        if row.step is not None:
            self._report.steps += 1
            self._check(self._report, row.step, row.position)
        if self._old is not None:
            self._old.take(row.position, row.hash, row.step.record if row.step else None, altered=altered)
        self._at = row.position
        self._compare()

    async def _gap(self, position: int) -> None:
        missing = position - self._at - 1
        if missing:
            self._report.add(Finding(Fault.POSITIONS_MISSING, self._at + 1, detail=str(missing)))
        while self._tree.size < position - 1 and await self._in_tree():
            self._tree.take(None, self._stored)
            self._compare()

    async def _leaf(self, key: bytes, row: Link) -> bool:
        """Whether the tree has the step."""
        if self._tree.size != row.position - 1 or not await self._in_tree():
            self._report.add(Finding(Fault.LEAF_MISSING, row.position, row.step_id))
            return False
        right = step_leaf(key, row.position, row.step.record).hash if row.step is not None else None
        return self._tree.take(right, self._stored, row.step_id)

    async def _in_tree(self) -> bool:
        """Whether the tree has a next leaf, or has lost it among others."""
        size = self._tree.size
        if size >= self._loaded:
            self._loaded = size + _WINDOW
            self._stored = await ledger_tree.numbered(self._reader, count(size), count(self._loaded))
        leaf = number(Node(0, size))
        return leaf in self._stored or await ledger_tree.nodes_end(self._reader) > leaf

    def _compare(self) -> None:
        if self._marks.at(self._tree.size):
            old = self._old.made if self._old is not None and self._at == self._tree.size else None
            self._marks.compare(self._tree.size, self._tree.roots(), old)

    async def _check_end(self) -> None:
        # In this order: what is appended meanwhile only makes the second larger.
        nodes = await ledger_tree.nodes_end(self._reader)
        size = await chain.length(self._reader)
        leaves = _leaves(nodes)
        if leaves > size:
            self._report.add(Finding(Fault.LEAVES_LEFT, size + 1, detail=str(leaves - size)))


def _leaves(nodes: int) -> int:
    """How many leaves so many nodes have."""
    size = nodes // 2
    while count(size + 1) <= nodes:
        size += 1
    return size
