"""Loaders of elections. One statement for all the keys of one level."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from typing import Any
from uuid import UUID

from strawberry.dataloader import DataLoader

from democracy.storage.candidacy_case import CandidacyCase, candidacy_cases
from democracy.storage.candidate_lists import CandidateListCase, cases
from democracy.storage.election_case import ElectionCase, election_cases
from democracy.storage.reads import candidate_lists, election_parts, elections
from democracy.storage.reads.reader import Reader
from democracy.storage.unit_of_work import Database

_Many = Callable[[Any, Sequence[UUID]], Awaitable[list[Any]]]


class ElectionLoaders:
    """What one operation reads of elections."""

    def __init__(self, database: Database, reader: Reader) -> None:
        self._database, self._reader = database, reader
        self.election: DataLoader[UUID, elections.ElectionView | None] = self._one(elections.by_ids)
        self.candidacy: DataLoader[UUID, election_parts.CandidacyView | None] = self._one(election_parts.candidacies)
        self.work: DataLoader[UUID, election_parts.WorkView | None] = self._one(election_parts.works)
        self.pledge: DataLoader[UUID, election_parts.PledgeView | None] = DataLoader(self._pledges)
        self.case: DataLoader[UUID, ElectionCase | None] = DataLoader(self._cases)
        self.candidacy_case: DataLoader[UUID, CandidacyCase | None] = DataLoader(self._candidacy_cases)
        self.standing: DataLoader[UUID, list[election_parts.CandidacyView]] = self._many(self._standing, "election_id")
        self.rounds: DataLoader[UUID, list[election_parts.RoundView]] = self._many(election_parts.rounds, "election_id")
        self.candidate_list: DataLoader[UUID, candidate_lists.CandidateListView | None] = self._one(
            candidate_lists.by_ids
        )
        self.list_case: DataLoader[UUID, CandidateListCase | None] = DataLoader(self._list_cases)
        self.places: DataLoader[UUID, list[candidate_lists.ListPlaceView]] = self._many(self._places, "list_id")
        self.referrals: DataLoader[UUID, list[election_parts.ReferralView]] = self._many(
            election_parts.referrals, "election_id"
        )
        self.nominators: DataLoader[UUID, list[election_parts.NominatorView]] = self._many(
            election_parts.nominators, "candidacy_id"
        )
        self.drafts: DataLoader[UUID, list[election_parts.DraftView]] = self._many(election_parts.drafts, "work_id")
        self.notes: DataLoader[UUID, list[election_parts.NoteView]] = self._many(election_parts.notes, "work_id")

    async def _standing(self, connection: Any, keys: Sequence[UUID]) -> list[election_parts.CandidacyView]:
        return await election_parts.standing(connection, self._reader, keys)

    async def _pledges(self, keys: list[UUID]) -> list[election_parts.PledgeView | None]:
        async with self._database.read() as connection:
            found = await election_parts.pledges(connection, keys)
        return [found.get(key) for key in keys]

    async def _cases(self, keys: list[UUID]) -> list[ElectionCase | None]:
        reader = self._reader
        async with self._database.read() as connection:
            found = await election_cases(connection, keys, actor=reader.actor, at=reader.at, zone=reader.zone)
        return [found.get(key) for key in keys]

    async def _places(self, connection: Any, keys: Sequence[UUID]) -> list[candidate_lists.ListPlaceView]:
        return await candidate_lists.places(connection, self._reader, keys)

    async def _list_cases(self, keys: list[UUID]) -> list[CandidateListCase | None]:
        reader = self._reader
        async with self._database.read() as connection:
            found = await cases(connection, keys, actor=reader.actor, at=reader.at, zone=reader.zone)
        return [found.get(key) for key in keys]

    async def _candidacy_cases(self, keys: list[UUID]) -> list[CandidacyCase | None]:
        reader = self._reader
        async with self._database.read() as connection:
            found = await candidacy_cases(connection, keys, actor=reader.actor, at=reader.at, zone=reader.zone)
        return [found.get(key) for key in keys]

    def _one(self, read: Callable[..., Awaitable[dict[UUID, Any]]]) -> "DataLoader[UUID, Any]":
        async def load(keys: list[UUID]) -> list[Any]:
            async with self._database.read() as connection:
                found = await read(connection, self._reader, keys)
            return [found.get(key) for key in keys]

        return DataLoader(load)

    def _many(self, read: _Many, key_name: str) -> "DataLoader[UUID, list[Any]]":
        async def load(keys: list[UUID]) -> list[list[Any]]:
            grouped: dict[UUID, list[Any]] = defaultdict(list)
            async with self._database.read() as connection:
                for row in await read(connection, keys):
                    grouped[getattr(row, key_name)].append(row)
            return [grouped[key] for key in keys]

        return DataLoader(load)
