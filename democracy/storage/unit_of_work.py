"""One use case, one unit of work, one transaction."""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession

from democracy.storage.documents import DocumentRepository
from democracy.storage.engines import parse, read_engine, write_engine
from democracy.storage.floor import FloorRepository
from democracy.storage.items import ItemRepository
from democracy.storage.ledger import Ledger
from democracy.storage.matters import MatterRepository
from democracy.storage.meetings import MeetingRepository
from democracy.storage.minutes import MinutesRepository
from democracy.storage.motions import MotionRepository

T = TypeVar("T")
STOCKHOLM = ZoneInfo("Europe/Stockholm")

_BEGIN_PATIENCE = 30.0
"""Seconds to wait for another process on SQLite before giving up."""

_RETRYABLE = frozenset({"40P01", "40001"})
"""PostgreSQL: a deadlock, a serialisation failure. The same work may be tried again from its beginning."""


class Unit(Ledger):
    """A transaction in progress, with the time that its request was read.

    Leaving the block commits; leaving it by an exception undoes everything. Nothing but the database is awaited inside.
    """

    def __init__(self, session: AsyncSession, now: datetime, zone: ZoneInfo) -> None:
        super().__init__(session)
        self.session = session
        self.now = now
        self.zone = zone
        self.motions = MotionRepository(session, now, zone)
        self.meetings = MeetingRepository(session, now, zone)
        self.floor = FloorRepository(session, now, zone)
        self.items = ItemRepository(session, now, zone)
        self.matters = MatterRepository(session, now, zone)
        self.minutes = MinutesRepository(session, now, zone)
        self.documents = DocumentRepository(session, now, zone)

    @property
    def today(self) -> date:
        """The local day of `now`."""
        return self.now.astimezone(self.zone).date()


@dataclass
class Database:
    """Both engines of one database, and the queue that lets one unit at a time into SQLite."""

    url: str
    pool_size: int = 10
    zone: ZoneInfo = STOCKHOLM
    """Where the organisation counts its days."""
    durable: bool = True
    """Whether a commit waits for the disk. Only what is thrown away when its making breaks off can do without."""

    def __post_init__(self) -> None:
        parsed = parse(self.url)
        self.dialect = parsed.get_backend_name()
        self.writer: AsyncEngine = write_engine(parsed, pool_size=self.pool_size, durable=self.durable)
        self.reader: AsyncEngine = read_engine(parsed, pool_size=self.pool_size)
        # SQLite lets one writer in at a time and picks the next at random; a queue serves them in order.
        self._queue = asyncio.Lock() if self.dialect == "sqlite" else None

    @asynccontextmanager
    async def unit(self, now: datetime) -> AsyncIterator[Unit]:
        """Open a unit of work that began at `now`."""
        if self._queue is None:
            async with self._transaction(now) as unit:
                yield unit
        else:
            async with self._queue, self._transaction(now) as unit:
                yield unit

    @asynccontextmanager
    async def _transaction(self, now: datetime) -> AsyncIterator[Unit]:
        async with AsyncSession(self.writer, expire_on_commit=False, autoflush=False) as session:
            await self._begin(session)
            unit = Unit(session, now, self.zone)
            yield unit
            await session.flush()
            await unit.write_steps()
            await session.commit()

    async def _begin(self, session: AsyncSession) -> None:
        """Begin; where another process holds SQLite's lock, try again with jitter."""
        patience_ends = asyncio.get_running_loop().time() + _BEGIN_PATIENCE
        while True:
            try:
                await session.connection()
            except OperationalError as error:
                await session.rollback()
                if "locked" not in str(error) or asyncio.get_running_loop().time() > patience_ends:
                    raise
                await asyncio.sleep(random.uniform(0.01, 0.1))  # noqa: S311 - jitter, not a secret
            else:
                return

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A connection for reading, each statement by itself."""
        async with self.reader.connect() as connection:
            yield connection

    async def close(self) -> None:
        """Give every connection back."""
        await self.writer.dispose()
        await self.reader.dispose()


async def retrying(work: Callable[[], Awaitable[T]], tries: int = 4) -> T:
    """Do the work; where the database broke it off through no fault of its own, do it again from its beginning."""
    for left in range(tries, 0, -1):
        try:
            return await work()
        except DBAPIError as error:
            if left == 1 or getattr(error.orig, "sqlstate", None) not in _RETRYABLE:
                raise
            await asyncio.sleep(random.uniform(0.005, 0.05))  # noqa: S311 - jitter, not a secret
    raise AssertionError("unreachable: the last try returns or raises")
