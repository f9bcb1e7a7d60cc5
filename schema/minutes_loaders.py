"""Loaders of minutes and of what belongs to them."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar
from uuid import UUID

from strawberry.dataloader import DataLoader

from democracy.services.proceedings.minutes_reading import Shown, shown
from democracy.storage.minutes_case import MinutesCase, minutes_cases
from democracy.storage.reads import minutes
from democracy.storage.reads.reader import Reader
from democracy.storage.unit_of_work import Database

T = TypeVar("T")


class MinutesLoaders:
    """The loaders of one operation, or of one mutation in it."""

    def __init__(self, database: Database, reader: Reader) -> None:
        self._database, self._reader = database, reader
        self.minutes: DataLoader[UUID, minutes.MinutesView | None] = self._one(minutes.by_ids)
        self.of_meeting: DataLoader[UUID, minutes.MinutesView | None] = self._one(minutes.of_meetings)
        self.case: DataLoader[UUID, MinutesCase | None] = DataLoader(self._cases)
        self.shown: DataLoader[UUID, Shown] = DataLoader(self._shown)

    def _one(self, read: Callable[..., Awaitable[dict[UUID, T]]]) -> "DataLoader[UUID, T | None]":
        async def load(keys: list[UUID]) -> list[Any]:
            async with self._database.read() as connection:
                found = await read(connection, self._reader, keys)
            return [found.get(key) for key in keys]

        return DataLoader(load)

    async def _cases(self, keys: list[UUID]) -> list[MinutesCase | None]:
        reader = self._reader
        async with self._database.read() as connection:
            found = await minutes_cases(connection, keys, actor=reader.actor, at=reader.at, zone=reader.zone)
        return [found.get(key) for key in keys]

    async def _shown(self, keys: list[UUID]) -> list[Shown]:
        # Each is a text of its own, written out from a meeting: nobody asks for many at once.
        async with self._database.read() as connection:
            return [await shown(connection, key, self._reader.zone) for key in keys]
