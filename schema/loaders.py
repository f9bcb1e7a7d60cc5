"""Loaders: one statement for all the keys that one level of a query asks for."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from functools import cached_property
from typing import Any, TypeVar
from uuid import UUID

from strawberry.dataloader import DataLoader

from democracy.storage import statutes
from democracy.storage.meeting_case import MeetingCase, meeting_cases
from democracy.storage.motion_case import MotionCase, motion_cases
from democracy.storage.reads import history, meetings, motion_parts, motions
from democracy.storage.reads.reader import Reader
from democracy.storage.unit_of_work import Database
from schema.agenda_loaders import AgendaLoaders
from schema.ballot_loaders import BallotLoaders
from schema.case_loaders import CaseLoaders
from schema.council_loaders import CouncilLoaders
from schema.deciding_loaders import DecidingLoaders
from schema.division_loaders import DivisionLoaders
from schema.document_loaders import DocumentLoaders
from schema.election_loaders import ElectionLoaders
from schema.floor_loaders import FloorLoaders
from schema.ledger_loaders import LedgerLoaders
from schema.minutes_loaders import MinutesLoaders
from schema.now_loaders import NowLoaders
from schema.post_loaders import PostLoaders
from schema.register_loaders import RegisterLoaders
from schema.roll_loaders import RollLoaders
from workflows.statutes import Resolved

T = TypeVar("T")
Grouped = Callable[[Any, Sequence[UUID]], Awaitable[list[Any]]]


class Loaders:
    """The loaders of one operation, or of one mutation in it. A group is made when it is first asked for: few
    operations use more than one or two."""

    def __init__(self, database: Database, reader: Reader) -> None:
        self._database, self._reader = database, reader
        self.register = RegisterLoaders(database, reader)
        self.minutes = MinutesLoaders(database, reader)
        self.ballots = BallotLoaders(database, reader)
        self.deciding = DecidingLoaders(database, reader)
        self.divisions = DivisionLoaders(database, reader)
        self.floor = FloorLoaders(database, reader)
        self.agenda = AgendaLoaders(database, reader)
        self.documents = DocumentLoaders(database, reader)
        self.roll = RollLoaders(database, reader)
        self.now = NowLoaders(database, reader)
        self.elections = ElectionLoaders(database, reader)
        self.council = CouncilLoaders(database, reader)
        self.ledger = LedgerLoaders(database)
        one, many = self._one, self._many
        self.motion: DataLoader[UUID, motions.MotionView | None] = one(motions.by_ids)
        self.meeting: DataLoader[UUID, meetings.MeetingView | None] = one(meetings.by_ids)
        self.meeting_parts: DataLoader[UUID, list[meetings.MeetingView] | None] = one(meetings.parts)
        self.motion_case: DataLoader[UUID, MotionCase | None] = DataLoader(self._motion_cases)
        self.meeting_case: DataLoader[UUID, MeetingCase | None] = DataLoader(self._meeting_cases)
        self.rules: DataLoader[str, Resolved | None] = DataLoader(self._rules)
        self.statutes: DataLoader[UUID, Resolved | None] = DataLoader(self._statutes)
        self.clauses: DataLoader[UUID, list[motion_parts.ClauseView]] = many(motion_parts.clauses, "motion_id")
        self.movers: DataLoader[UUID, list[motion_parts.MoverView]] = many(motion_parts.movers, "motion_id")
        self.replies: DataLoader[UUID, list[motion_parts.ReplyView]] = many(motion_parts.replies, "motion_id")
        self.recommendations: DataLoader[UUID, list[motion_parts.RecommendationView]] = many(
            motion_parts.recommendations, "clause_id"
        )
        self.reservations: DataLoader[UUID, list[motion_parts.ReservationView]] = many(
            motion_parts.reservations, "reply_id"
        )
        self.decisions: DataLoader[UUID, list[motion_parts.DecisionView]] = many(motion_parts.decisions, "clause_id")
        self.follow_ups: DataLoader[UUID, list[motion_parts.FollowUpView]] = many(motion_parts.follow_ups, "clause_id")
        self.corrections: DataLoader[UUID, list[motion_parts.CorrectionView]] = many(
            motion_parts.corrections, "motion_id"
        )
        self.fault_notes: DataLoader[UUID, list[motion_parts.FaultNoteView]] = many(
            motion_parts.fault_notes, "motion_id"
        )
        self.history: DataLoader[UUID, list[history.StepView]] = many(history.of_cases, "case_id")
        self.sent_on: DataLoader[UUID, list[motions.MotionView]] = DataLoader(self._sent_on)

    @cached_property
    def cases(self) -> CaseLoaders:
        """Applications, decisions that can be appealed, appeals."""
        return CaseLoaders(self._database, self._reader)

    @cached_property
    def register(self) -> RegisterLoaders:
        """People, units and mandates."""
        return RegisterLoaders(self._database, self._reader)

    @cached_property
    def minutes(self) -> MinutesLoaders:
        """Minutes."""
        return MinutesLoaders(self._database, self._reader)

    @cached_property
    def ballots(self) -> BallotLoaders:
        """Member ballots."""
        return BallotLoaders(self._database, self._reader)

    @cached_property
    def deciding(self) -> DecidingLoaders:
        """Matters, proposals, orders."""
        return DecidingLoaders(self._database, self._reader)

    @cached_property
    def divisions(self) -> DivisionLoaders:
        """Divisions and statements."""
        return DivisionLoaders(self._database, self._reader)

    @cached_property
    def floor(self) -> FloorLoaders:
        """The speakers' list."""
        return FloorLoaders(self._database, self._reader)

    @cached_property
    def agenda(self) -> AgendaLoaders:
        """The agenda."""
        return AgendaLoaders(self._database, self._reader)

    @cached_property
    def documents(self) -> DocumentLoaders:
        """Documents."""
        return DocumentLoaders(self._database, self._reader)

    @cached_property
    def posts(self) -> PostLoaders:
        """Role templates, and mandates as cases."""
        return PostLoaders(self._database, self._reader)

    @cached_property
    def roll(self) -> RollLoaders:
        """Delegates and the roll."""
        return RollLoaders(self._database, self._reader)

    @cached_property
    def now(self) -> NowLoaders:
        """What goes on now."""
        return NowLoaders(self._database, self._reader)

    @cached_property
    def elections(self) -> ElectionLoaders:
        """Elections."""
        return ElectionLoaders(self._database, self._reader)

    @cached_property
    def ledger(self) -> LedgerLoaders:
        """Proofs of the ledger."""
        return LedgerLoaders(self._database)

    def _one(self, read: Callable[..., Awaitable[dict[UUID, T]]]) -> "DataLoader[UUID, T | None]":
        async def load(keys: list[UUID]) -> list[T | None]:
            async with self._database.read() as connection:
                found = await read(connection, self._reader, keys)
            return [found.get(key) for key in keys]

        return DataLoader(load)

    def _many(self, read: Grouped, key_name: str) -> "DataLoader[UUID, list[Any]]":
        async def load(keys: list[UUID]) -> list[list[Any]]:
            async with self._database.read() as connection:
                rows = await read(connection, keys)
            grouped: dict[UUID, list[Any]] = defaultdict(list)
            for row in rows:
                grouped[getattr(row, key_name)].append(row)
            return [grouped[key] for key in keys]

        return DataLoader(load)

    async def _motion_cases(self, keys: list[UUID]) -> list[MotionCase | None]:
        reader = self._reader
        async with self._database.read() as connection:
            found = await motion_cases(connection, keys, actor=reader.actor, at=reader.at, zone=reader.zone)
        return [found.get(key) for key in keys]

    async def _meeting_cases(self, keys: list[UUID]) -> list[MeetingCase | None]:
        reader = self._reader
        async with self._database.read() as connection:
            found = await meeting_cases(connection, keys, actor=reader.actor, at=reader.at, zone=reader.zone)
        return [found.get(key) for key in keys]

    async def _statutes(self, units: list[UUID]) -> list[Resolved | None]:
        async with self._database.read() as connection:
            found = await statutes.in_force_for(connection, units, self._reader.today)
        return [found.get(unit) for unit in units]

    async def _rules(self, digests: list[str]) -> list[Resolved | None]:
        async with self._database.read() as connection:
            found = await statutes.by_digest(connection, *digests)
        return [found.get(digest) for digest in digests]

    async def _sent_on(self, keys: list[UUID]) -> list[list[motions.MotionView]]:
        async with self._database.read() as connection:
            pairs = await motions.sent_on(connection, self._reader, keys)
        grouped: dict[UUID, list[motions.MotionView]] = defaultdict(list)
        for origin, view in pairs:
            grouped[origin].append(view)
        return [grouped[key] for key in keys]
