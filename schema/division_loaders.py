"""Loaders of divisions and of what is noted beside a decision."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar
from uuid import UUID

from strawberry.dataloader import DataLoader

from democracy.storage.division_case import DivisionCase, division_cases
from democracy.storage.reads import divisions as reads
from democracy.storage.reads.reader import Reader
from democracy.storage.statement_case import StatementCase, statement_cases
from democracy.storage.unit_of_work import Database
from workflows.proceedings import Choice

T = TypeVar("T")


class DivisionLoaders:
    """Those of one operation, or of one mutation in it."""

    def __init__(self, database: Database, reader: Reader) -> None:
        self._database, self._reader = database, reader
        one, many, plain = self._one, self._many, self._plain
        self.division: DataLoader[UUID, reads.DivisionView | None] = one(reads.by_ids)
        self.of_matter: DataLoader[UUID, list[reads.DivisionView]] = many(reads.of_matters, "matter_id")
        self.of_item: DataLoader[UUID, list[reads.DivisionView]] = many(reads.of_items, "item_id")
        self.going_on: DataLoader[UUID, list[reads.DivisionView]] = many(reads.going_on, "meeting_id")
        self.case: DataLoader[UUID, DivisionCase | None] = DataLoader(self._cases)
        self.own_answer: DataLoader[UUID, Choice | None] = one(reads.own_answers)
        self.answered: DataLoader[UUID, int | None] = plain(reads.answered)
        self.roll_call: DataLoader[UUID, list[reads.AnswerView]] = many(reads.roll_calls, "division_id")
        self.corrections: DataLoader[UUID, list[reads.CorrectionView]] = many(reads.corrections, "division_id")
        self.shares: DataLoader[UUID, list[reads.ShareView]] = many(reads.shares, "division_id")
        self.statement: DataLoader[UUID, reads.StatementView | None] = one(reads.statements_by_ids)
        self.statements_of: DataLoader[UUID, list[reads.StatementView]] = many(reads.statements_of, "item_id")
        self.statement_case: DataLoader[UUID, StatementCase | None] = DataLoader(self._statement_cases)

    def _one(self, read: Callable[..., Awaitable[dict[UUID, T]]]) -> "DataLoader[UUID, T | None]":
        async def load(keys: list[UUID]) -> list[T | None]:
            async with self._database.read() as connection:
                found = await read(connection, self._reader, keys)
            return [found.get(key) for key in keys]

        return DataLoader(load)

    def _plain(self, read: Callable[..., Awaitable[dict[UUID, T]]]) -> "DataLoader[UUID, T | None]":
        async def load(keys: list[UUID]) -> list[T | None]:
            async with self._database.read() as connection:
                found = await read(connection, keys)
            return [found.get(key) for key in keys]

        return DataLoader(load)

    def _many(
        self, read: Callable[[Any, Sequence[UUID]], Awaitable[list[Any]]], name: str
    ) -> "DataLoader[UUID, list[Any]]":
        async def load(keys: list[UUID]) -> list[list[Any]]:
            async with self._database.read() as connection:
                rows = await read(connection, keys)
            grouped: dict[UUID, list[Any]] = defaultdict(list)
            for row in rows:
                grouped[getattr(row, name)].append(row)
            return [grouped[key] for key in keys]

        return DataLoader(load)

    async def _cases(self, keys: list[UUID]) -> list[DivisionCase | None]:
        reader = self._reader
        async with self._database.read() as connection:
            found = await division_cases(connection, keys, actor=reader.actor, at=reader.at, zone=reader.zone)
        return [found.get(key) for key in keys]

    async def _statement_cases(self, keys: list[UUID]) -> list[StatementCase | None]:
        reader = self._reader
        async with self._database.read() as connection:
            found = await statement_cases(connection, keys, actor=reader.actor, at=reader.at, zone=reader.zone)
        return [found.get(key) for key in keys]
