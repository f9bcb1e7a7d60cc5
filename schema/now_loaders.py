"""Loaders of what goes on in a meeting now. A fixed number of statements for all the meetings of one level."""

from uuid import UUID

from strawberry.dataloader import DataLoader

from democracy.storage.forgotten import Forgotten, forgotten_gavel
from democracy.storage.item_case import ItemCase, item_cases
from democracy.storage.matter_case import MatterCase, matter_cases
from democracy.storage.question_case import QuestionCase, question_cases
from democracy.storage.reads import now
from democracy.storage.reads.now import Now
from democracy.storage.reads.reader import Reader
from democracy.storage.unit_of_work import Database


class NowLoaders:
    """What one operation reads of meetings in progress."""

    def __init__(self, database: Database, reader: Reader) -> None:
        self._database, self._reader = database, reader
        self.now: DataLoader[UUID, Now | None] = DataLoader(self._now)
        """By meeting."""
        self.item_case: DataLoader[UUID, ItemCase | None] = DataLoader(self._item_cases)
        self.matter_case: DataLoader[UUID, MatterCase | None] = DataLoader(self._matter_cases)
        self.question_case: DataLoader[UUID, QuestionCase | None] = DataLoader(self._question_cases)

    async def _now(self, keys: list[UUID]) -> list[Now | None]:
        async with self._database.read() as connection:
            found = await now.of_meetings(connection, self._reader, keys)
        return [found.get(key) for key in keys]

    async def _item_cases(self, keys: list[UUID]) -> list[ItemCase | None]:
        reader = self._reader
        async with self._database.read() as connection:
            found = await item_cases(connection, keys, actor=reader.actor, at=reader.at, zone=reader.zone)
        return [found.get(key) for key in keys]

    async def _matter_cases(self, keys: list[UUID]) -> list[MatterCase | None]:
        reader = self._reader
        async with self._database.read() as connection:
            found = await matter_cases(connection, keys, actor=reader.actor, at=reader.at, zone=reader.zone)
        return [found.get(key) for key in keys]

    async def _question_cases(self, keys: list[UUID]) -> list[QuestionCase | None]:
        reader = self._reader
        async with self._database.read() as connection:
            found = await question_cases(connection, keys, actor=reader.actor, at=reader.at, zone=reader.zone)
        return [found.get(key) for key in keys]

    async def forgotten(self, meeting_id: UUID) -> Forgotten | None:
        """The question whose gavel is missing in a meeting that the reader has been found to see."""
        async with self._database.read() as connection:
            return await forgotten_gavel(connection, meeting_id)
