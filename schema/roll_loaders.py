"""Loaders of the roll: delegates, those present, allotments. One statement for all the keys of one level."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, TypeVar
from uuid import UUID

from strawberry.dataloader import DataLoader

from democracy.domain.actors import Member
from democracy.domain.kinds import Gender
from democracy.storage.delegate_case import DelegateCase, PresenceCase, delegate_cases, presence_cases
from democracy.storage.reads import allotments, delegates, presences, rolls
from democracy.storage.reads.allotments import AllotmentView, SeatsView
from democracy.storage.reads.delegates import DelegateView
from democracy.storage.reads.own_place import OwnPlace, own_places
from democracy.storage.reads.presences import PresenceView
from democracy.storage.reads.reader import Reader
from democracy.storage.reads.rolls import HallView, RollView
from democracy.storage.unit_of_work import Database

T = TypeVar("T")
Read = Callable[[Any, Reader, Sequence[UUID]], Awaitable[Mapping[UUID, T]]]


class RollLoaders:
    """What one operation reads of the roll; by meeting where nothing else is said."""

    def __init__(self, database: Database, reader: Reader) -> None:
        self._database, self._reader = database, reader
        self.delegate: DataLoader[UUID, DelegateView | None] = self._by_key(delegates.by_ids)
        self.delegate_case: DataLoader[UUID, DelegateCase | None] = self._by_key(_delegate_cases)
        self.presence: DataLoader[UUID, PresenceView | None] = self._by_key(presences.by_ids)
        self.presence_case: DataLoader[UUID, PresenceCase | None] = self._by_key(_presence_cases)
        self.roll: DataLoader[UUID, RollView | None] = self._by_key(rolls.by_ids)
        self.rolls: DataLoader[UUID, list[RollView] | None] = self._by_key(rolls.of_meetings)
        self.hall: DataLoader[UUID, HallView | None] = self._by_key(rolls.halls)
        self.current: DataLoader[UUID, UUID | None] = self._by_key(rolls.current)
        self.genders: DataLoader[UUID, Mapping[Gender, int] | None] = self._by_key(_genders)
        """By roll."""
        self.allotment: DataLoader[UUID, AllotmentView | None] = self._by_key(allotments.of_meetings)
        self.seats: DataLoader[UUID, list[SeatsView] | None] = self._by_key(allotments.seats)
        self.own_place: DataLoader[UUID, OwnPlace | None] = self._by_key(_own_places)
        """The reader's own, for members."""

    def _by_key(self, read: "Read[T]") -> "DataLoader[UUID, T | None]":
        async def load(keys: list[UUID]) -> list[T | None]:
            async with self._database.read() as connection:
                found = await read(connection, self._reader, keys)
            return [found.get(key) for key in keys]

        return DataLoader(load)


async def _delegate_cases(connection: Any, reader: Reader, keys: Sequence[UUID]) -> Mapping[UUID, DelegateCase]:
    return await delegate_cases(connection, keys, actor=reader.actor, at=reader.at, zone=reader.zone)


async def _presence_cases(connection: Any, reader: Reader, keys: Sequence[UUID]) -> Mapping[UUID, PresenceCase]:
    return await presence_cases(connection, keys, actor=reader.actor, at=reader.at, zone=reader.zone)


async def _genders(connection: Any, reader: Reader, keys: Sequence[UUID]) -> Mapping[UUID, Mapping[Gender, int]]:
    return await rolls.genders(connection, keys)


async def _own_places(connection: Any, reader: Reader, keys: Sequence[UUID]) -> Mapping[UUID, OwnPlace]:
    if not isinstance(reader.actor, Member):
        return {}
    return await own_places(connection, reader, keys, reader.actor.id)
