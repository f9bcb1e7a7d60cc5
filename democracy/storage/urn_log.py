"""An urn's log as it is stored: leaves at their places, the tree over them, its checkpoints."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from democracy.ballotbox.merkle import Grown, Known, Node, Range, grow, leaf_hash, needed, peaks, resolve
from democracy.storage.arrays import insert_rows
from democracy.storage.tables.urn import LogLeafRow, LogNodeRow, UrnCheckpointRow, UrnRow

Connected = AsyncConnection | AsyncSession


async def append(session: AsyncSession, urn: UrnRow, leaves: Sequence[tuple[str, bytes]]) -> Grown:
    """Put leaves (kind and data) at the end of a log whose row the unit holds locked."""
    size = urn.log_size
    known = await nodes(session, urn.id, peaks(size))
    grown = grow(size, known, (leaf_hash(data) for _, data in leaves))
    rows = [{"urn_id": urn.id, "n": size + at, "kind": kind, "data": data} for at, (kind, data) in enumerate(leaves)]
    made = [{"urn_id": urn.id, "level": n.level, "at": n.at, "hash": hashed} for n, hashed in grown.new.items()]
    await insert_rows(session, LogLeafRow, rows)
    await insert_rows(session, LogNodeRow, made)
    urn.log_size = grown.size
    await session.flush()
    return grown


async def nodes(connection: Connected, urn_id: UUID, wanted: Iterable[Node]) -> dict[Node, bytes]:
    """The subtrees that are asked for, in one statement."""
    row, asked = LogNodeRow, list(wanted)
    if not asked:
        return {}
    places = or_(*(and_(row.level == node.level, row.at == node.at) for node in asked))
    found = await connection.execute(select(row.level, row.at, row.hash).where(row.urn_id == urn_id, places))
    return {Node(level, at): hashed for level, at, hashed in found}


async def proof(connection: Connected, urn_id: UUID, ranges: Sequence[Range]) -> list[bytes]:
    """The hashes of a proof, given the ranges that it is made of."""
    known: Known = await nodes(connection, urn_id, needed(ranges))
    return resolve(ranges, known)


async def leaves(connection: Connected, urn_id: UUID, first: int = 0, most: int | None = None) -> list[bytes]:
    """Leaves in the log's order, from one place on."""
    statement = select(LogLeafRow.data).where(LogLeafRow.urn_id == urn_id, LogLeafRow.n >= first)
    found = await connection.execute(statement.order_by(LogLeafRow.n).limit(most))
    return list(found.scalars())


async def leaves_but_ballots(connection: Connected, urn_id: UUID) -> list[bytes]:
    """The same without the ballots, which are many and are not signed."""
    statement = select(LogLeafRow.data).where(LogLeafRow.urn_id == urn_id, LogLeafRow.kind != "ballot")
    return list((await connection.execute(statement.order_by(LogLeafRow.n))).scalars())


async def number_of(connection: Connected, urn_id: UUID, kind: str) -> int:
    """How many leaves of a kind there are."""
    row = LogLeafRow
    statement = select(func.count()).select_from(row).where(row.urn_id == urn_id, row.kind == kind)
    return (await connection.execute(statement)).scalar_one()


async def last_place(connection: Connected, urn_id: UUID, kinds: Sequence[str]) -> int:
    """The place of the last leaf of some kinds; 0, the manifest's, where there is none."""
    row = LogLeafRow
    found = await connection.execute(select(func.max(row.n)).where(row.urn_id == urn_id, row.kind.in_(kinds)))
    return found.scalar_one() or 0


async def keep_checkpoint(session: AsyncSession, urn_id: UUID, size: int, note: str) -> None:
    """Keep a checkpoint; one of the same size is replaced, for it may have more cosignatures."""
    held = await session.get(UrnCheckpointRow, (urn_id, size))
    if held is None:
        session.add(UrnCheckpointRow(urn_id=urn_id, size=size, note=note))
    else:
        held.note = note
    await session.flush()


async def checkpoints(connection: Connected, urn_id: UUID) -> list[tuple[int, str]]:
    """Every checkpoint with its size, the smallest first."""
    statement = select(UrnCheckpointRow.size, UrnCheckpointRow.note).where(UrnCheckpointRow.urn_id == urn_id)
    return [(size, note) for size, note in await connection.execute(statement.order_by(UrnCheckpointRow.size))]


async def latest_checkpoint(connection: Connected, urn_id: UUID) -> tuple[int, str] | None:
    """The largest checkpoint, if there is one."""
    statement = select(UrnCheckpointRow.size, UrnCheckpointRow.note).where(UrnCheckpointRow.urn_id == urn_id)
    found = (await connection.execute(statement.order_by(UrnCheckpointRow.size.desc()).limit(1))).one_or_none()
    return None if found is None else (found.size, found.note)
