"""Loaders of posts: role templates, and mandates as cases. One statement for all the keys of one level."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any
from uuid import UUID

from strawberry.dataloader import DataLoader

from democracy.storage.handover_case import HandoverCase
from democracy.storage.mandate_case import MandateCase, mandate_cases
from democracy.storage.reads import handovers, role_templates, seats_by_right
from democracy.storage.reads.reader import Reader
from democracy.storage.unit_of_work import Database


class PostLoaders:
    """What one operation reads of posts."""

    def __init__(self, database: Database, reader: Reader) -> None:
        self._database, self._reader = database, reader
        self.template: DataLoader[UUID, role_templates.RoleTemplateView | None] = self._one(role_templates.by_ids)
        self.seat: DataLoader[UUID, seats_by_right.SeatByRightView | None] = self._one(seats_by_right.by_ids)
        self.seats: DataLoader[UUID, list[seats_by_right.SeatByRightView] | None] = self._one(seats_by_right.of_bodies)
        self.handover: DataLoader[UUID, HandoverCase | None] = self._one(handovers.of_mandates)
        self.handover_lines: DataLoader[UUID, list[handovers.HandoverLineView] | None] = self._one(handovers.lines)
        self.mandate_case: DataLoader[UUID, MandateCase | None] = self._one(_cases)

    def _one(self, read: Callable[..., Awaitable[dict[UUID, Any]]]) -> "DataLoader[UUID, Any]":
        async def load(keys: list[UUID]) -> list[Any]:
            async with self._database.read() as connection:
                found = await read(connection, self._reader, keys)
            return [found.get(key) for key in keys]

        return DataLoader(load)


async def _cases(connection: Any, reader: Reader, keys: Sequence[UUID]) -> dict[UUID, MandateCase]:
    return await mandate_cases(connection, keys, actor=reader.actor, at=reader.at, zone=reader.zone)
