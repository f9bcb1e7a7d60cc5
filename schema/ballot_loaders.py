"""Loaders of member ballots. One statement for all the keys of one level."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from typing import Any
from uuid import UUID

from strawberry.dataloader import DataLoader

from democracy.storage import ballot_turnout
from democracy.storage.ballot_case import BallotCase, ballot_cases
from democracy.storage.reads import ballot_parts, ballots, urns
from democracy.storage.reads.reader import Reader
from democracy.storage.unit_of_work import Database


class BallotLoaders:
    """What one operation reads of ballots."""

    def __init__(self, database: Database, reader: Reader) -> None:
        self._database, self._reader = database, reader
        self.ballot: DataLoader[UUID, ballots.BallotView | None] = DataLoader(self._ballots)
        self.case: DataLoader[UUID, BallotCase | None] = DataLoader(self._cases)
        self.urn: DataLoader[UUID, urns.UrnView | None] = DataLoader(self._urns)
        self.urns: DataLoader[UUID, list[urns.UrnView]] = DataLoader(self._urns_of)
        self.questions: DataLoader[UUID, list[ballot_parts.QuestionView]] = self._of(ballot_parts.questions)
        self.options: DataLoader[UUID, list[ballot_parts.OptionView]] = self._of(ballot_parts.options, "question_id")
        self.sides: DataLoader[UUID, list[ballot_parts.SideView]] = self._of(ballot_parts.sides)
        self.supports: DataLoader[UUID, list[ballot_parts.SupportView]] = self._of(ballot_parts.supports)
        self.corrections: DataLoader[UUID, list[ballot_parts.CorrectionView]] = self._of(ballot_parts.corrections)
        self.taken_part: DataLoader[UUID, list[ballot_parts.TakenPart]] = self._of(ballot_parts.taken_part)
        self.turnout: DataLoader[UUID, list[ballot_turnout.TurnoutView]] = self._of(ballot_turnout.latest)
        self.objections: DataLoader[UUID, list[ballot_parts.ObjectionView]] = self._of(ballot_parts.objections)

    async def _ballots(self, keys: list[UUID]) -> list[ballots.BallotView | None]:
        async with self._database.read() as connection:
            found = await ballots.by_ids(connection, self._reader, keys)
        return [found.get(key) for key in keys]

    async def _urns(self, keys: list[UUID]) -> list[urns.UrnView | None]:
        async with self._database.read() as connection:
            found = await urns.by_ids(connection, self._reader, keys)
        return [found.get(key) for key in keys]

    async def _urns_of(self, keys: list[UUID]) -> list[list[urns.UrnView]]:
        async with self._database.read() as connection:
            found = await urns.of_ballots(connection, self._reader, keys)
        return [found.get(key, []) for key in keys]

    async def _cases(self, keys: list[UUID]) -> list[BallotCase | None]:
        reader = self._reader
        async with self._database.read() as connection:
            found = await ballot_cases(connection, keys, actor=reader.actor, at=reader.at, zone=reader.zone)
        return [found.get(key) for key in keys]

    def _of(
        self, read: Callable[[Any, Sequence[UUID]], Awaitable[list[Any]]], key_name: str = "ballot_id"
    ) -> "DataLoader[UUID, list[Any]]":
        async def load(keys: list[UUID]) -> list[list[Any]]:
            grouped: dict[UUID, list[Any]] = defaultdict(list)
            async with self._database.read() as connection:
                for row in await read(connection, keys):
                    grouped[getattr(row, key_name)].append(row)
            return [grouped[key] for key in keys]

        return DataLoader(load)
