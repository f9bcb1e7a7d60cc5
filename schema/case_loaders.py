"""Loaders of what boards decide: applications, decisions that can be appealed, appeals."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from typing import Any
from uuid import UUID

from strawberry.dataloader import DataLoader

from democracy.storage.appeal_case import AppealCase, appeal_cases
from democracy.storage.branch_case import BranchApplicationCase, branch_application_cases
from democracy.storage.reads import appeals, branch_applications
from democracy.storage.reads.reader import Reader
from democracy.storage.ruling_case import RulingCase, ruling_cases
from democracy.storage.unit_of_work import Database


class CaseLoaders:
    """What one operation reads of such cases."""

    def __init__(self, database: Database, reader: Reader) -> None:
        self._database, self._reader = database, reader
        one, many, cases = self._one, self._many, self._cases
        self.application: DataLoader[UUID, branch_applications.BranchApplicationView | None] = one(
            branch_applications.by_ids
        )
        self.ruling: DataLoader[UUID, appeals.RulingView | None] = one(appeals.rulings)
        self.appeal: DataLoader[UUID, appeals.AppealView | None] = one(appeals.appeals)
        self.application_case: DataLoader[UUID, BranchApplicationCase | None] = cases(branch_application_cases)
        self.ruling_case: DataLoader[UUID, RulingCase | None] = cases(ruling_cases)
        self.appeal_case: DataLoader[UUID, AppealCase | None] = cases(appeal_cases)
        self.founders: DataLoader[UUID, list[branch_applications.FounderView]] = many(
            branch_applications.founders, "application_id"
        )
        self.consultations: DataLoader[UUID, list[branch_applications.ConsultationView]] = many(
            branch_applications.consultations, "application_id"
        )
        self.notices: DataLoader[UUID, list[appeals.NoticeView]] = many(appeals.notices, "ruling_id")
        self.appellants: DataLoader[UUID, list[appeals.AppellantView]] = many(appeals.appellants, "appeal_id")
        self.conflicts: DataLoader[UUID, list[appeals.ConflictView]] = many(appeals.conflicts, "case_id")
        self.attachments: DataLoader[UUID, list[appeals.AttachmentView]] = many(appeals.attachments, "case_id")

    def _cases(self, read: Callable[..., Awaitable[dict[UUID, Any]]]) -> "DataLoader[UUID, Any]":
        async def load(keys: list[UUID]) -> list[Any]:
            reader = self._reader
            async with self._database.read() as connection:
                found = await read(connection, keys, actor=reader.actor, at=reader.at, zone=reader.zone)
            return [found.get(key) for key in keys]

        return DataLoader(load)

    def _one(self, read: Callable[..., Awaitable[dict[UUID, Any]]]) -> "DataLoader[UUID, Any]":
        async def load(keys: list[UUID]) -> list[Any]:
            async with self._database.read() as connection:
                found = await read(connection, self._reader, keys)
            return [found.get(key) for key in keys]

        return DataLoader(load)

    def _many(
        self, read: Callable[[Any, Sequence[UUID]], Awaitable[list[Any]]], key_name: str
    ) -> "DataLoader[UUID, list[Any]]":
        async def load(keys: list[UUID]) -> list[list[Any]]:
            grouped: dict[UUID, list[Any]] = defaultdict(list)
            async with self._database.read() as connection:
                for row in await read(connection, keys):
                    grouped[getattr(row, key_name)].append(row)
            return [grouped[key] for key in keys]

        return DataLoader(load)
