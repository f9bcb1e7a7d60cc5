"""The ledger's tree made anew from the steps, where nodes were damaged and what was signed proves the steps."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from democracy.ballotbox.checkpoint import CheckpointError, opened
from democracy.ballotbox.merkle import Grown, Node, count, grow, number
from democracy.ballotbox.note import Note, NoteError
from democracy.ballotbox.step_leaf import step_leaf
from democracy.services.ledger.log_key import LedgerKey
from democracy.storage import ledger_repair, ledger_rows, ledger_tree
from democracy.storage.ledger_repair import Repair
from democracy.storage.unit_of_work import Database

_BATCH = 1000
"""Steps in memory at a time."""


class Unproven(Enum):
    """Why nothing was rebuilt."""

    NOTHING_SIGNED = "nothing_signed"
    STEP_MISSING = "step_missing"
    ANOTHER_PAST = "another_past"
    TAIL_DIFFERS = "tail_differs"


class UnprovenError(Exception):
    """The steps are not shown to be those that were signed; nothing has been written."""

    def __init__(self, reason: Unproven, position: int = 0) -> None:
        super().__init__(f"{reason.value} at {position}")
        self.reason, self.position = reason, position


@dataclass(frozen=True)
class Rebuilt:
    """How many steps the tree has, and how many of its nodes were put right or removed."""

    size: int
    replaced: int


async def rebuild_tree(database: Database, key: LedgerKey, at: datetime) -> Rebuilt:
    """Make the tree anew in one transaction; raises UnprovenError, and then nothing has changed.

    The roots that were signed are the judges: those of the notes in the database that the key here signed, and the last
    one that lies beside the key. A step that came after it must have the hash that is stored for it.
    """
    async with database.unit(at) as unit:
        connection = await unit.session.connection()
        await ledger_repair.begin(connection)
        signed = await _signed(connection, key)
        grown, replaced = Grown(0, b"", {}, {}), 0
        async for leaves in _leaves(connection, sorted(signed), max(signed)):
            before = grown.size
            grown = grow(before, grown.peaks, leaves)
            if signed.get(grown.size, grown.root) != grown.root:
                raise UnprovenError(Unproven.ANOTHER_PAST, grown.size)
            right = {number(node): hashed for node, hashed in grown.new.items()}
            replaced += await ledger_repair.put(connection, count(before), count(grown.size), right)
        if grown.size < max(signed):
            raise UnprovenError(Unproven.STEP_MISSING, grown.size + 1)
        replaced += await ledger_repair.cut(connection, count(grown.size))
        await ledger_repair.end(connection)
        return Rebuilt(grown.size, replaced)


async def _signed(connection: Repair, key: LedgerKey) -> Mapping[int, bytes]:
    """The root at each size that was signed by the key on this machine."""
    last = key.last_signed if key.exists else None
    if last is None or last.size == 0:
        raise UnprovenError(Unproven.NOTHING_SIGNED)
    found = {last.size: last.root}
    for _, raw in await ledger_tree.checkpoints(connection):
        try:
            seen = opened(Note.parse(raw), key.signer.verifier)
        except (NoteError, CheckpointError):  # by a former key, or altered: it proves nothing here
            continue
        if found.setdefault(seen.size, seen.root) != seen.root:
            raise UnprovenError(Unproven.ANOTHER_PAST, seen.size)
    return found


async def _leaves(connection: Repair, ends: list[int], signed: int) -> AsyncIterator[list[bytes]]:
    """Hashes of leaves in their order, in batches that end wherever something was signed."""
    key, batch, size, stops = await _salt(connection), list[bytes](), 0, set(ends)
    async for row in ledger_rows.links(connection, -(2**62)):
        if row.position != size + 1 or row.step is None:
            raise UnprovenError(Unproven.STEP_MISSING, size + 1)
        size, hashed = row.position, step_leaf(key, row.position, row.step.record).hash
        if size > signed:
            await _check_tail(connection, size, hashed)
        batch.append(hashed)
        if size in stops or len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


async def _check_tail(connection: Repair, position: int, hashed: bytes) -> None:
    at = number(Node(0, position - 1))
    if (await ledger_tree.numbered(connection, at, at + 1)).get(at) != hashed:
        raise UnprovenError(Unproven.TAIL_DIFFERS, position)


async def _salt(connection: Repair) -> bytes:
    try:
        return await ledger_tree.salt_key(connection)
    except (ledger_tree.NoSaltError, ValueError):
        raise UnprovenError(Unproven.ANOTHER_PAST) from None
