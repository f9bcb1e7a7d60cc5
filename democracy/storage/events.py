"""What has happened, read from the ledger in its order; and being woken when there is more."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Protocol
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from democracy.storage.chain import CHANNEL
from democracy.storage.engines import lone_engine, parse
from democracy.storage.tables.step import ChainRow, StepRow
from democracy.storage.unit_of_work import Database
from workflows.meeting import MEETING

POLL = 1.0
"""Seconds after which to look whether or not anybody has called: the safety net."""
SQLITE_POLL = 0.05
"""Seconds between two looks at SQLite's counter of changes, which costs some microseconds."""


@dataclass(frozen=True)
class Event:
    """One step of one case, at its place in the ledger. Says nothing about who did it, nor what they wrote."""

    position: int
    workflow: str
    case_id: UUID
    rule: str
    source: str
    dest: str
    at: datetime
    meeting_id: UUID | None
    """The meeting in which it was taken."""

    def is_of(self, meeting_id: UUID) -> bool:
        """Whether it is a step of a meeting itself, or one taken in it."""
        return self.meeting_id == meeting_id or (self.workflow == MEETING.name and self.case_id == meeting_id)


_EVENTS = (
    select(ChainRow.position, *(getattr(StepRow, each.name) for each in fields(Event)[1:]))
    .join(StepRow, StepRow.id == ChainRow.step_id)
    .order_by(ChainRow.position)
)


async def events_after(database: Database, position: int, limit: int) -> list[Event]:
    """Up to `limit` events after a position, in order. Positions are given in order, so none comes in between later."""
    async with database.read() as reader:
        rows = await reader.execute(_EVENTS.where(ChainRow.position > position).limit(limit))
        return [Event(*row) for row in rows]


async def events_of_meeting(database: Database, meeting_id: UUID, position: int, limit: int) -> list[Event]:
    """The same of one meeting: its own steps and those taken in it. Found by index, however long the ledger is."""
    own = select(StepRow.id).where(StepRow.case_id == meeting_id, StepRow.workflow == MEETING.name)
    within = select(StepRow.id).where(StepRow.meeting_id == meeting_id)
    # UNION, for a step of the meeting may be marked as taken in it too.
    of_meeting = _EVENTS.where(StepRow.id.in_(own.union(within)), ChainRow.position > position)
    async with database.read() as reader:
        return [Event(*row) for row in await reader.execute(of_meeting.limit(limit))]


async def newest_position(database: Database) -> int:
    """The last position; 0 in an empty ledger."""
    async with database.read() as reader:
        return (await reader.execute(select(func.coalesce(func.max(ChainRow.position), 0)))).scalar_one()


class Bell(Protocol):
    """Tells when there may be more to read."""

    async def wait(self) -> None:
        """Return when the ledger may have grown: soon after it has, and every second in any case."""


@asynccontextmanager
async def bell(database: Database) -> AsyncIterator[Bell]:
    """A connection of its own that listens as long as the block lasts."""
    if database.dialect == "sqlite":
        async with database.reader.connect() as connection:
            yield _SqliteBell(connection)
        return
    engine = lone_engine(parse(database.url)).execution_options(isolation_level="AUTOCOMMIT")
    try:
        async with engine.connect() as connection:
            await connection.execute(text(f"LISTEN {CHANNEL}"))
            yield _PostgresqlBell(connection)
    finally:
        await engine.dispose()


class _PostgresqlBell:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def wait(self) -> None:
        raw = (await self._connection.get_raw_connection()).driver_connection
        assert raw is not None  # noqa: S101 - it is open
        async for _ in raw.notifies(timeout=POLL, stop_after=1):
            pass


class _SqliteBell:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._seen = -1

    async def wait(self) -> None:
        loop = asyncio.get_running_loop()
        end = loop.time() + POLL
        while loop.time() < end:
            version = (await self._connection.execute(text("PRAGMA data_version"))).scalar_one()
            if version != self._seen:
                self._seen = version
                return
            await asyncio.sleep(SQLITE_POLL)
