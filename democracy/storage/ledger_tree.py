"""The tree over the ledger as it is stored: its nodes, its checkpoints, and the key that hides its leaves."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import LargeBinary, func, insert, select, type_coerce
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from democracy.ballotbox.merkle import Node, Range, grow, needed, number, peaks, resolve, root
from democracy.ballotbox.step_leaf import step_leaf
from democracy.domain.chain import Head
from democracy.storage.tables.ledger import LedgerCheckpointRow, LedgerNodeRow
from democracy.storage.tables.step import SettingRow
from democracy.storage.types import any_number

Connected = AsyncConnection | AsyncSession

SALT = "ledger.salt"
"""The setting that holds the key of the leaves' salts, in hex."""
LOG = "ledger.log"
"""The setting that says by whose key the ledger is signed: a verifier key."""
_SIGNING = 0x7369676E_6C6F67
"""The advisory lock of whoever signs: "signlog" in ASCII."""


class NoSaltError(Exception):
    """The key of the leaves' salts is gone: nothing can be added to the tree, and nothing in it proven."""


async def append(connection: AsyncConnection, size: int, records: Iterable[str]) -> Head:
    """Add steps, in their order, to a tree of `size`, which nobody else adds to. Costs two inserts for each."""
    key = await salt_key(connection)
    leaves = (step_leaf(key, size + at, record).hash for at, record in enumerate(records, 1))
    grown = grow(size, await nodes(connection, peaks(size)), leaves)
    rows = [{"number": number(node), "hash": hashed} for node, hashed in grown.new.items()]
    await connection.execute(insert(LedgerNodeRow), rows)
    return Head(grown.size, grown.root)


async def salt_key(connection: Connected) -> bytes:
    """The key of the leaves' salts; raises NoSaltError."""
    held = await setting(connection, SALT)
    if held is None:
        raise NoSaltError
    return bytes.fromhex(held)


async def nodes(connection: Connected, wanted: Iterable[Node]) -> dict[Node, bytes]:
    """The subtrees that are asked for, in one statement."""
    asked = {number(node): node for node in wanted}
    if not asked:
        return {}
    row = LedgerNodeRow
    found = await connection.execute(select(row.number, row.hash).where(any_number(row.number, list(asked))))
    return {asked[each.number]: each.hash for each in found}


async def numbered(connection: Connected, first: int, end: int) -> Mapping[int, bytes]:
    """The nodes with these numbers, `end` not among them; what is no hash at all is given as empty."""
    row = LedgerNodeRow
    held = type_coerce(row.hash, LargeBinary()).label("hash")
    found = await connection.execute(select(row.number, held).where(row.number >= first, row.number < end))
    return {each.number: each.hash if isinstance(each.hash, bytes) else b"" for each in found}


async def nodes_end(connection: Connected) -> int:
    """The number after the last node."""
    row = LedgerNodeRow
    return (await connection.execute(select(func.coalesce(func.max(row.number), -1)))).scalar_one() + 1


async def root_at(connection: Connected, size: int) -> bytes:
    """The root of the tree of this size; raises KeyError with the node that is missing."""
    return root(size, await nodes(connection, peaks(size)))


async def proof(connection: Connected, ranges: Sequence[Range]) -> list[bytes]:
    """The hashes of a proof, given the ranges that it is made of."""
    return resolve(ranges, await nodes(connection, needed(ranges)))


async def setting(connection: Connected, name: str) -> str | None:
    """A value that the ledger keeps for itself."""
    return (await connection.execute(select(SettingRow.value).where(SettingRow.key == name))).scalar_one_or_none()


async def keep_setting(session: AsyncSession, name: str, value: str) -> None:
    """Put a value in the place of the one before, if there is one."""
    await session.merge(SettingRow(key=name, value=value))
    await session.flush()


async def lock_signing(session: AsyncSession) -> None:
    """Until the unit ends, nobody else signs. On SQLite the unit itself is that lock."""
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(select(func.pg_advisory_xact_lock(_SIGNING)))


async def keep_checkpoint(session: AsyncSession, size: int, note: str) -> None:
    """Keep a checkpoint; one of the same size is replaced, for it may have more cosignatures."""
    await session.merge(LedgerCheckpointRow(size=size, note=note))
    await session.flush()


async def checkpoint_of(connection: Connected, size: int) -> str | None:
    """The checkpoint of one size."""
    statement = select(LedgerCheckpointRow.note).where(LedgerCheckpointRow.size == size)
    return (await connection.execute(statement)).scalar_one_or_none()


async def latest_checkpoint(connection: Connected) -> tuple[int, str] | None:
    """The largest checkpoint, if there is one."""
    row = LedgerCheckpointRow
    found = (await connection.execute(select(row.size, row.note).order_by(row.size.desc()).limit(1))).one_or_none()
    return None if found is None else (found.size, found.note)


async def checkpoints(connection: Connected) -> list[tuple[int, str]]:
    """Every checkpoint with its size, the smallest first."""
    row = LedgerCheckpointRow
    return [(size, note) for size, note in await connection.execute(select(row.size, row.note).order_by(row.size))]
