"""Loaders of a meeting's agenda. One statement for all the keys of one level."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from typing import Any
from uuid import UUID

from strawberry.dataloader import DataLoader

from democracy.storage.item_case import ItemCase, item_cases
from democracy.storage.reads import agenda
from democracy.storage.reads.reader import Reader
from democracy.storage.unit_of_work import Database


class AgendaLoaders:
    """What one operation reads of agendas."""

    def __init__(self, database: Database, reader: Reader) -> None:
        self._database, self._reader = database, reader
        self.item: DataLoader[UUID, agenda.ItemView | None] = DataLoader(self._items)
        self.case: DataLoader[UUID, ItemCase | None] = DataLoader(self._cases)
        self.items: DataLoader[UUID, list[agenda.ItemView]] = DataLoader(self._of_meetings)
        self.barred: DataLoader[UUID, list[agenda.BarredView]] = self._of(agenda.barred, "item_id")
        self.officers: DataLoader[UUID, list[agenda.OfficerView]] = self._of(agenda.officers)
        self.gavels: DataLoader[UUID, list[agenda.OfficerView]] = self._of(agenda.gavels)
        self.interpretations: DataLoader[UUID, list[agenda.InterpretationView]] = self._of(agenda.interpretations)
        self.waivers: DataLoader[UUID, list[agenda.WaiverView]] = self._of(agenda.waivers)

    async def _items(self, keys: list[UUID]) -> list[agenda.ItemView | None]:
        async with self._database.read() as connection:
            found = await agenda.by_ids(connection, self._reader, keys)
        return [found.get(key) for key in keys]

    async def _of_meetings(self, keys: list[UUID]) -> list[list[agenda.ItemView]]:
        async with self._database.read() as connection:
            found = await agenda.of_meetings(connection, self._reader, keys)
        return _grouped(found, keys, "meeting_id")

    async def _cases(self, keys: list[UUID]) -> list[ItemCase | None]:
        reader = self._reader
        async with self._database.read() as connection:
            found = await item_cases(connection, keys, actor=reader.actor, at=reader.at, zone=reader.zone)
        return [found.get(key) for key in keys]

    def _of(
        self, read: Callable[[Any, Sequence[UUID]], Awaitable[list[Any]]], key_name: str = "meeting_id"
    ) -> "DataLoader[UUID, list[Any]]":
        async def load(keys: list[UUID]) -> list[list[Any]]:
            async with self._database.read() as connection:
                return _grouped(await read(connection, keys), keys, key_name)

        return DataLoader(load)


def _grouped(rows: list[Any], keys: list[UUID], key_name: str) -> list[list[Any]]:
    grouped: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        grouped[getattr(row, key_name)].append(row)
    return [grouped[key] for key in keys]
