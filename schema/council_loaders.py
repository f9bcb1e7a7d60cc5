"""Loaders of matters before councils. One statement for all the keys of one level."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from typing import Any
from uuid import UUID

from strawberry.dataloader import DataLoader

from democracy.storage.council_case import CouncilCase, council_cases
from democracy.storage.reads import council, council_parts, decision_register
from democracy.storage.reads.reader import Reader
from democracy.storage.unit_of_work import Database

_Many = Callable[[Any, Sequence[UUID]], Awaitable[list[Any]]]


class CouncilLoaders:
    """What one operation reads of them."""

    def __init__(self, database: Database, reader: Reader) -> None:
        self._database, self._reader = database, reader
        self.decision: DataLoader[UUID, council.CouncilView | None] = DataLoader(self._decisions)
        self.registered: DataLoader[UUID, decision_register.DecisionView | None] = DataLoader(self._registered)
        self.case: DataLoader[UUID, CouncilCase | None] = DataLoader(self._cases)
        self.papers: DataLoader[UUID, list[council_parts.PaperView]] = self._of(council_parts.papers)
        self.accesses: DataLoader[UUID, list[council_parts.AccessView]] = self._of(council_parts.accesses)
        self.opinions: DataLoader[UUID, list[council_parts.OpinionView]] = self._of(council_parts.opinions)
        self.asked: DataLoader[UUID, list[council_parts.AskedView]] = self._of(council_parts.asked)
        self.conflicts: DataLoader[UUID, list[council_parts.ConflictView]] = self._of(council_parts.conflicts)

    async def _decisions(self, keys: list[UUID]) -> list[council.CouncilView | None]:
        async with self._database.read() as connection:
            found = await council.by_ids(connection, self._reader, keys)
        return [found.get(key) for key in keys]

    async def _registered(self, keys: list[UUID]) -> list[decision_register.DecisionView | None]:
        async with self._database.read() as connection:
            found = await decision_register.by_ids(connection, self._reader, keys)
        return [found.get(key) for key in keys]

    async def _cases(self, keys: list[UUID]) -> list[CouncilCase | None]:
        reader = self._reader
        async with self._database.read() as connection:
            found = await council_cases(connection, keys, actor=reader.actor, at=reader.at, zone=reader.zone)
        return [found.get(key) for key in keys]

    def _of(self, read: _Many) -> "DataLoader[UUID, list[Any]]":
        async def load(keys: list[UUID]) -> list[list[Any]]:
            grouped: dict[UUID, list[Any]] = defaultdict(list)
            async with self._database.read() as connection:
                for row in await read(connection, keys):
                    grouped[row.decision_id].append(row)
            return [grouped[key] for key in keys]

        return DataLoader(load)
