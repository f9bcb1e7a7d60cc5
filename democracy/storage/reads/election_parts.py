"""What belongs to elections: who stands, how it was voted, the committee's work, the pledge to sign."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Select, and_, func, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from democracy.domain.actors import Actor, Member
from democracy.domain.kinds import Gender
from democracy.storage.election_visibility import candidacy_visible_to, work_visible_to
from democracy.storage.prepared import AT, IDS
from democracy.storage.reads.members import PROTECTED
from democracy.storage.reads.reader import Reader, views
from democracy.storage.tables.election import (
    CandidacyRow,
    ElectionReferralRow,
    ElectionRoundRow,
    ElectionRow,
    NominationDraftRow,
    NominationNoteRow,
    NominationRow,
    NominationWorkRow,
    PledgeRow,
)
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.member import MemberRow
from democracy.storage.tables.unit import UnitAncestorRow, UnitRow
from democracy.storage.types import any_of
from workflows.candidacy import CandidacyState
from workflows.election import VoteMethod
from workflows.nomination_work import NominationWorkState
from workflows.pledge import PledgeState


@dataclass(frozen=True, slots=True)
class CandidacyView:
    """A candidacy's own columns, with the candidate's name."""

    id: UUID
    election_id: UUID
    member_id: UUID
    state: CandidacyState
    from_floor: bool
    asked_at: datetime
    answered_at: datetime | None
    presentation: str | None
    pledge_id: UUID | None
    proposed: int | None
    proposed_reasons: str | None
    position: int | None
    given_name: str
    family_name: str
    gender: Gender | None
    """Shown only as totals."""
    hidden: bool
    """A protected identity that has not agreed to be named to whoever reads."""

    @property
    def name(self) -> str:
        """Given name and family name."""
        return PROTECTED if self.hidden else f"{self.given_name} {self.family_name}"


@dataclass(frozen=True, slots=True)
class RoundView:
    """A ballot of an election."""

    election_id: UUID
    number: int
    method: VoteMethod
    secret: bool
    entitled: int
    seats: int
    candidates: str
    urn_id: UUID | None
    opened_at: datetime
    closed_at: datetime | None
    content: str | None


@dataclass(frozen=True, slots=True)
class ReferralView:
    """A decision to leave an election to a coming meeting."""

    election_id: UUID
    from_meeting_id: UUID
    to_meeting_id: UUID
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class NominatorView:
    """A unit that nominated; None for a member."""

    candidacy_id: UUID
    unit_name: str | None


@dataclass(frozen=True, slots=True)
class WorkView:
    """A committee's work."""

    id: UUID
    election_id: UUID
    state: NominationWorkState


@dataclass(frozen=True, slots=True)
class DraftView:
    """A line of the draft."""

    work_id: UUID
    candidacy_id: UUID
    position: int
    reasons: str


@dataclass(frozen=True, slots=True)
class NoteView:
    """A note of the committee's."""

    work_id: UUID
    text: str
    at: datetime
    given_name: str
    family_name: str


@dataclass(frozen=True, slots=True)
class PledgeView:
    """A version of a pledge."""

    id: UUID
    unit_id: UUID
    number: int
    state: PledgeState
    text: str
    decision: str
    adopted_at: datetime


_CANDIDACY = [getattr(CandidacyRow, name) for name in CandidacyView.__slots__[:-4]]
_PLEDGE = [getattr(PledgeRow, name) for name in PledgeView.__slots__]


async def candidacies(connection: AsyncConnection, reader: Reader, ids: Sequence[UUID]) -> dict[UUID, CandidacyView]:
    """Those of `ids` that may be seen."""
    statement = _seen(reader.stand_in, reader.zone).where(any_of(CandidacyRow.id, IDS))
    return {view.id: view for view in views(CandidacyView, await connection.execute(statement, reader.values(ids)))}


async def standing(connection: AsyncConnection, reader: Reader, ids: Sequence[UUID]) -> list[CandidacyView]:
    """Those of some elections that may be seen: elected and proposed in their order, then as they were asked."""
    row = CandidacyRow
    statement = _seen(reader.stand_in, reader.zone).where(any_of(row.election_id, IDS))
    found = views(CandidacyView, await connection.execute(statement, reader.values(ids)))
    return sorted(found, key=lambda view: (view.position or 999, view.proposed or 999, view.asked_at, view.id))


async def mine(connection: AsyncConnection, reader: Reader, member_id: UUID) -> list[CandidacyView]:
    """Somebody's own, the newest first."""
    statement = _seen(reader.stand_in, reader.zone).where(CandidacyRow.member_id == member_id)
    found = views(CandidacyView, await connection.execute(statement, reader.values()))
    return sorted(found, key=lambda view: (view.asked_at, view.id), reverse=True)


async def nominators(connection: AsyncConnection, ids: Sequence[UUID]) -> list[NominatorView]:
    """Who nominated: units by name. The caller has seen the candidacies."""
    row = NominationRow
    statement = select(row.candidacy_id, UnitRow.name).outerjoin(UnitRow, UnitRow.id == row.unit_id)
    ordered = statement.where(any_of(row.candidacy_id, ids)).order_by(row.received_at, row.id)
    return views(NominatorView, await connection.execute(ordered))


async def rounds(connection: AsyncConnection, ids: Sequence[UUID]) -> list[RoundView]:
    """The ballots of some elections."""
    row = ElectionRoundRow
    columns = [getattr(row, name) for name in RoundView.__slots__]
    statement = select(*columns).where(any_of(row.election_id, ids)).order_by(row.election_id, row.number)
    return views(RoundView, await connection.execute(statement))


async def referrals(connection: AsyncConnection, ids: Sequence[UUID]) -> list[ReferralView]:
    """How some elections came from meeting to meeting. The caller has seen them."""
    row = ElectionReferralRow
    columns = [getattr(row, name) for name in ReferralView.__slots__]
    statement = select(*columns).where(any_of(row.election_id, ids)).order_by(row.at, row.id)
    return views(ReferralView, await connection.execute(statement))


async def works(connection: AsyncConnection, reader: Reader, ids: Sequence[UUID]) -> dict[UUID, WorkView]:
    """The committee's work on some elections, for its own members."""
    row = NominationWorkRow
    statement = (
        select(row.id, row.election_id, row.state)
        .join(ElectionRow, ElectionRow.id == row.election_id)
        .where(any_of(row.election_id, ids), work_visible_to(reader.actor, reader.at, reader.zone))
    )
    return {view.election_id: view for view in views(WorkView, await connection.execute(statement))}


async def drafts(connection: AsyncConnection, ids: Sequence[UUID]) -> list[DraftView]:
    """The drafts of some works. The caller has seen them."""
    row = NominationDraftRow
    statement = select(row.work_id, row.candidacy_id, row.position, row.reasons)
    return views(DraftView, await connection.execute(statement.where(any_of(row.work_id, ids)).order_by(row.position)))


async def notes(connection: AsyncConnection, ids: Sequence[UUID]) -> list[NoteView]:
    """The notes of some works. The caller has seen them."""
    row = NominationNoteRow
    statement = (
        select(row.work_id, row.text, row.at, MemberRow.given_name, MemberRow.family_name)
        .join(MemberRow, MemberRow.id == row.member_id)
        .where(any_of(row.work_id, ids))
        .order_by(row.at, row.id)
    )
    return views(NoteView, await connection.execute(statement))


async def pledges(connection: AsyncConnection, unit_ids: Sequence[UUID]) -> dict[UUID, PledgeView]:
    """The pledge in force for each unit: its own, or the nearest above it."""
    above = UnitAncestorRow
    nearest = func.row_number().over(partition_by=above.unit_id, order_by=above.distance).label("nearest")
    found = (
        select(above.unit_id.label("for_unit"), *_PLEDGE, nearest)
        .join(PledgeRow, PledgeRow.unit_id == above.ancestor_id)
        .where(any_of(above.unit_id, unit_ids), PledgeRow.state == PledgeState.IN_FORCE)
        .subquery()
    )
    rows = await connection.execute(select(found).where(found.c.nearest == 1))
    return {row[0]: PledgeView(*row[1:-1]) for row in rows}


async def pledge(connection: AsyncConnection, pledge_id: UUID) -> PledgeView:
    """One version."""
    (view,) = views(PledgeView, await connection.execute(select(*_PLEDGE).where(PledgeRow.id == pledge_id)))
    return view


@cache
def _seen(actor: Actor, zone: ZoneInfo) -> Select[Any]:
    another = CandidacyRow.member_id != actor.id if isinstance(actor, Member) else true()
    hidden = and_(MemberRow.protected, CandidacyRow.named_at.is_(None), another)
    return (
        select(*_CANDIDACY, MemberRow.given_name, MemberRow.family_name, MemberRow.gender, hidden)
        .join(ElectionRow, ElectionRow.id == CandidacyRow.election_id)
        .join(MeetingRow, MeetingRow.id == ElectionRow.meeting_id)
        .join(MemberRow, MemberRow.id == CandidacyRow.member_id)
        .where(candidacy_visible_to(actor, AT, zone))
    )
