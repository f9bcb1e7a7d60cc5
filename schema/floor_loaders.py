"""Loaders of the speakers' list. One statement for all the keys of one level."""

from collections import defaultdict
from uuid import UUID

from strawberry.dataloader import DataLoader

from democracy.storage.floor_case import FloorCase, floor_cases
from democracy.storage.reads import floor
from democracy.storage.reads.floor import SpeechView
from democracy.storage.reads.reader import Reader
from democracy.storage.unit_of_work import Database


class FloorLoaders:
    """What one operation reads of the floor."""

    def __init__(self, database: Database, reader: Reader) -> None:
        self._database, self._reader = database, reader
        self.case: DataLoader[UUID, FloorCase | None] = DataLoader(self._cases)
        """By meeting: the floor, with what the reader may ask for."""
        self.speech: DataLoader[UUID, SpeechView | None] = DataLoader(self._speeches)
        self.on_list: DataLoader[UUID, list[SpeechView]] = DataLoader(self._on_list)
        """By meeting: who speaks, then who waits in order. For meetings that the reader has been found to see."""

    async def _cases(self, keys: list[UUID]) -> list[FloorCase | None]:
        reader = self._reader
        async with self._database.read() as connection:
            found = await floor_cases(connection, keys, actor=reader.actor, at=reader.at, zone=reader.zone)
        return [found.get(key) for key in keys]

    async def _speeches(self, keys: list[UUID]) -> list[SpeechView | None]:
        async with self._database.read() as connection:
            found = await floor.by_ids(connection, self._reader, keys)
        return [found.get(key) for key in keys]

    async def _on_list(self, keys: list[UUID]) -> list[list[SpeechView]]:
        grouped: dict[UUID, list[SpeechView]] = defaultdict(list)
        async with self._database.read() as connection:
            for view in await floor.on_the_list(connection, keys):
                grouped[view.meeting_id].append(view)
        return [grouped[key] for key in keys]
