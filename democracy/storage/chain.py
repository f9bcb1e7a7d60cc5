"""The ledger's order: committed steps get their position and their leaf in the tree, in batches of one transaction."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Protocol

from sqlalchemy import delete, exists, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from democracy.domain.chain import Head
from democracy.storage import ledger_tree
from democracy.storage.engines import lone_engine, parse
from democracy.storage.ledger_tree import Connected
from democracy.storage.tables.step import ChainRow, StepRow, UnchainedRow
from democracy.storage.types import any_of
from democracy.storage.unit_of_work import Database

CHANNEL = "democracy_ledger"
"""Where PostgreSQL is told that the ledger has grown."""

_LEADER = 0x6C656467_6572
"""The advisory lock of the one sequencer that leads: "ledger" in ASCII."""


class Sequence(Protocol):
    """The right to give positions."""

    async def lead(self) -> bool:
        """Whether this is the one that may give positions, having tried to become it."""

    async def place(self, limit: int) -> int:
        """Give up to `limit` waiting steps their positions; returns how many there were."""


@asynccontextmanager
async def sequence(database: Database) -> AsyncIterator[Sequence]:
    """A candidate for giving positions. Leaving the block, or dying, lets another lead."""
    if database.dialect == "sqlite":
        yield _SqliteSequence(database)
        return
    engine = lone_engine(parse(database.url))
    try:
        async with engine.connect() as connection:
            candidate = _PostgresqlSequence(connection)
            yield candidate
            await candidate.resign()
    finally:
        await engine.dispose()


class _SqliteSequence:
    """The write lock makes whoever holds it the leader."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def lead(self) -> bool:
        return True

    async def place(self, limit: int) -> int:
        # Looking first leaves the write lock alone while nothing waits.
        async with self._database.read() as reader:
            if not (await reader.execute(select(exists().select_from(UnchainedRow)))).scalar_one():
                return 0
        async with self._database.unit(datetime.now(UTC)) as unit:
            _, placed = await _place(await unit.session.connection(), limit)
            return placed


class _PostgresqlSequence:
    """Lock, batches and NOTIFY share one connection: whoever loses it can no longer write, so two never lead."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._leads = False

    async def lead(self) -> bool:
        if not self._leads:
            taken = await self._connection.execute(select(func.pg_try_advisory_lock(_LEADER)))
            self._leads = bool(taken.scalar_one())
            await self._connection.commit()
        return self._leads

    async def resign(self) -> None:
        """Let another lead at once: the server takes a moment to notice that a connection has gone."""
        if self._leads:
            await self._connection.execute(select(func.pg_advisory_unlock(_LEADER)))
            await self._connection.commit()

    async def place(self, limit: int) -> int:
        leads, self._leads = self._leads, False  # until this has gone well: a connection made anew holds no lock
        async with self._connection.begin():
            position, placed = await _place(self._connection, limit)
        if placed:
            # After the commit and by itself: a NOTIFY inside it would make every writer's commit wait in line.
            await self._connection.execute(select(func.pg_notify(CHANNEL, str(position))))
            await self._connection.commit()
        self._leads = leads
        return placed


async def newest(connection: AsyncConnection) -> Head:
    """How far the ledger has come; raises KeyError with the node of the tree that is missing."""
    size = await length(connection)
    return Head(size, await ledger_tree.root_at(connection, size))


async def length(connection: AsyncConnection) -> int:
    """How many steps have a position."""
    return (await connection.execute(select(func.coalesce(func.max(ChainRow.position), 0)))).scalar_one()


async def records(connection: Connected, after: int, last: int) -> dict[int, str]:
    """The steps from the position after `after` up to `last`, by their positions."""
    statement = select(ChainRow.position, StepRow.record).join(StepRow, StepRow.id == ChainRow.step_id)
    found = await connection.execute(statement.where(ChainRow.position > after, ChainRow.position <= last))
    return {row.position: row.record for row in found}


async def old_length(connection: AsyncConnection) -> int:
    """The last position that has a link of the plain chain; 0 for a ledger that began with a tree."""
    statement = select(func.coalesce(func.max(ChainRow.position), 0)).where(ChainRow.hash.is_not(None))
    return (await connection.execute(statement)).scalar_one()


async def _place(connection: AsyncConnection, limit: int) -> tuple[int, int]:
    waiting = (await connection.execute(_WAITING.limit(limit))).all()
    if not waiting:
        return 0, 0
    size = await length(connection)
    rows = [{"position": size + at, "step_id": step.id} for at, step in enumerate(waiting, 1)]
    await connection.execute(insert(ChainRow), rows)
    await ledger_tree.append(connection, size, [step.record for step in waiting])
    await connection.execute(delete(UnchainedRow).where(any_of(UnchainedRow.step_id, [row.id for row in waiting])))
    return size + len(rows), len(rows)


_WAITING = (
    select(StepRow.id, StepRow.record)
    .join(UnchainedRow, UnchainedRow.step_id == StepRow.id)
    # A step that already has its place is left to `verify`: it must not stop the others.
    .where(~exists().where(ChainRow.step_id == StepRow.id))
    .order_by(UnchainedRow.number)
)


async def lag(connection: AsyncConnection) -> tuple[int, datetime | None]:
    """How many steps wait for their position, and when the oldest was taken."""
    found = await connection.execute(select(func.count(), func.min(StepRow.at)).select_from(UnchainedRow).join(StepRow))
    row = found.one()
    return row[0], row[1]
