"""Loaders of matters, proposals and questions. One statement for all the keys of one level."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar
from uuid import UUID

from strawberry.dataloader import DataLoader

from democracy.storage.chains import Chain, chains_of
from democracy.storage.matter_case import MatterCase, matter_cases
from democracy.storage.proposal_case import ProposalCase, proposal_cases
from democracy.storage.question_case import QuestionCase, question_cases
from democracy.storage.reads import matters
from democracy.storage.reads.reader import Reader
from democracy.storage.unit_of_work import Database

T = TypeVar("T")
Read = Callable[..., Awaitable[dict[UUID, T]]]


class DecidingLoaders:
    """What one operation reads of what a meeting decides."""

    def __init__(self, database: Database, reader: Reader) -> None:
        self._database, self._reader = database, reader
        self.matter: DataLoader[UUID, matters.MatterView | None] = self._seen(matters.matters_by_ids)
        self.proposal: DataLoader[UUID, matters.ProposalView | None] = self._seen(matters.proposals_by_ids)
        self.question: DataLoader[UUID, matters.QuestionView | None] = self._seen(matters.questions_by_ids)
        self.matter_case: DataLoader[UUID, MatterCase | None] = self._judged(matter_cases)
        self.proposal_case: DataLoader[UUID, ProposalCase | None] = self._judged(proposal_cases)
        self.question_case: DataLoader[UUID, QuestionCase | None] = self._judged(question_cases)
        self.of_item: DataLoader[UUID, list[matters.MatterView]] = DataLoader(self._of_items)
        self.proposals: DataLoader[UUID, list[matters.ProposalView]] = self._of(matters.proposals_of)
        self.questions: DataLoader[UUID, list[matters.QuestionView]] = self._of(matters.questions_of)
        self.orders: DataLoader[UUID, list[matters.OrderView]] = self._of(matters.orders_of)
        self.decisions: DataLoader[UUID, list[matters.MatterDecisionView]] = self._of(matters.decisions_of)
        self.movers: DataLoader[UUID, list[matters.MoverView]] = self._of(matters.movers_of, "proposal_id")
        self.nominees: DataLoader[UUID, list[matters.NomineeView]] = self._of(matters.nominees_of, "proposal_id")
        self.chains: DataLoader[UUID, list[Chain]] = DataLoader(self._chains)

    def _seen(self, read: "Read[T]") -> "DataLoader[UUID, T | None]":
        async def load(keys: list[UUID]) -> list[T | None]:
            async with self._database.read() as connection:
                found = await read(connection, self._reader, keys)
            return [found.get(key) for key in keys]

        return DataLoader(load)

    def _judged(self, read: "Read[T]") -> "DataLoader[UUID, T | None]":
        reader = self._reader

        async def load(keys: list[UUID]) -> list[T | None]:
            async with self._database.read() as connection:
                found = await read(connection, keys, actor=reader.actor, at=reader.at, zone=reader.zone)
            return [found.get(key) for key in keys]

        return DataLoader(load)

    def _of(
        self, read: Callable[[Any, Sequence[UUID]], Awaitable[list[Any]]], key_name: str = "matter_id"
    ) -> "DataLoader[UUID, list[Any]]":
        async def load(keys: list[UUID]) -> list[list[Any]]:
            grouped: dict[UUID, list[Any]] = defaultdict(list)
            async with self._database.read() as connection:
                for row in await read(connection, keys):
                    grouped[getattr(row, key_name)].append(row)
            return [grouped[key] for key in keys]

        return DataLoader(load)

    async def _of_items(self, keys: list[UUID]) -> list[list[matters.MatterView]]:
        grouped: dict[UUID, list[matters.MatterView]] = defaultdict(list)
        async with self._database.read() as connection:
            for block, view in await matters.matters_of_items(connection, self._reader, keys):
                grouped[view.item_id].append(view)
                if block is not None:
                    grouped[block].append(view)
        return [grouped[key] for key in keys]

    async def _chains(self, keys: list[UUID]) -> list[list[Chain]]:
        async with self._database.read() as connection:
            found = await chains_of(connection, keys)
        return [[chain for chain in found.values() if chain.matter_id == key] for key in keys]
