"""Loaders of the register: units, bodies, mandates, members. One statement for all the keys of one level."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, TypeVar
from uuid import UUID

from strawberry.dataloader import DataLoader

from democracy.storage.reads import mandates, members, units
from democracy.storage.reads.mandates import MandateView
from democracy.storage.reads.members import MemberView
from democracy.storage.reads.reader import Reader
from democracy.storage.reads.units import BodyView, UnitView
from democracy.storage.standing import Standing, standings
from democracy.storage.unit_of_work import Database

T = TypeVar("T")
Read = Callable[[Any, Reader, Sequence[UUID]], Awaitable[Mapping[UUID, T]]]


class RegisterLoaders:
    """What one operation reads of the register."""

    def __init__(self, database: Database, reader: Reader) -> None:
        self._database, self._reader = database, reader
        self.unit: DataLoader[UUID, UnitView | None] = self._by_key(_open(units.by_ids))
        self.body: DataLoader[UUID, BodyView | None] = self._by_key(_open(units.bodies_by_ids))
        self.member: DataLoader[UUID, MemberView | None] = self._by_key(members.by_ids)
        self.children: DataLoader[UUID, list[UnitView] | None] = self._by_key(_open(units.children))
        self.above: DataLoader[UUID, list[UnitView] | None] = self._by_key(_open(units.above))
        self.called_for: DataLoader[UUID, list[UnitView] | None] = self._by_key(_open(units.called_for))
        self.bodies: DataLoader[UUID, list[BodyView] | None] = self._by_key(_open(units.bodies_of))
        self.mandate: DataLoader[UUID, MandateView | None] = self._by_key(mandates.by_ids)
        self.body_mandates: DataLoader[UUID, list[MandateView] | None] = self._by_key(mandates.of_bodies)
        self.member_mandates: DataLoader[UUID, list[MandateView] | None] = self._by_key(mandates.of_members)
        self.standing: DataLoader[UUID, Standing | None] = self._by_key(_standings)

    def _by_key(self, read: "Read[T]") -> "DataLoader[UUID, T | None]":
        async def load(keys: list[UUID]) -> list[T | None]:
            async with self._database.read() as connection:
                found = await read(connection, self._reader, keys)
            return [found.get(key) for key in keys]

        return DataLoader(load)


def _open(read: Callable[[Any, Sequence[UUID]], Awaitable[Mapping[UUID, T]]]) -> "Read[T]":
    """Units and bodies are no secret: whoever reads gets the same."""

    async def opened(connection: Any, reader: Reader, keys: Sequence[UUID]) -> Mapping[UUID, T]:
        return await read(connection, keys)

    return opened


async def _standings(connection: Any, reader: Reader, keys: Sequence[UUID]) -> Mapping[UUID, Standing]:
    return await standings(connection, keys, reader.today)
