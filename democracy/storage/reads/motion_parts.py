"""What belongs to motions, for many motions at once. The caller has seen the motions: these ask no more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from democracy.domain.kinds import Channel, Fault, Outcome
from democracy.storage.reads.reader import views
from democracy.storage.tables.member import MemberRow
from democracy.storage.tables.motion import (
    ClauseRow,
    CorrectionRow,
    DecisionRow,
    FaultNoteRow,
    FollowUpRow,
    MoverRow,
    RecommendationRow,
    ReplyRow,
    ReservationRow,
)
from democracy.storage.tables.unit import BodyRow, UnitRow
from democracy.storage.types import any_of


@dataclass(frozen=True, slots=True)
class ClauseView:
    """An att-sats."""

    id: UUID
    motion_id: UUID
    number: int
    text: str
    anchor_document: str | None
    anchor_place: str | None
    fault: Fault | None
    fault_note: str | None
    stopped_by: str | None


@dataclass(frozen=True, slots=True)
class MoverView:
    """Somebody who stands, or was asked to stand, behind a motion."""

    id: UUID
    motion_id: UUID
    member_id: UUID | None
    unit_id: UUID | None
    decision: str | None
    decided_on: date | None
    channel: Channel
    confirmed_at: datetime | None
    declined_at: datetime | None
    left_at: datetime | None
    given_name: str | None
    family_name: str | None
    erased_at: datetime | None
    protected: bool | None
    unit_name: str | None


@dataclass(frozen=True, slots=True)
class ReplyView:
    """The board's reply."""

    id: UUID
    motion_id: UUID
    body_id: UUID
    body_name: str
    reasons: str
    decision: str
    present: int
    adopted_at: datetime
    reservation_until: datetime | None


@dataclass(frozen=True, slots=True)
class RecommendationView:
    """A recommendation on one att-sats."""

    clause_id: UUID
    outcome: Outcome
    wording: str | None
    recipient: str | None


@dataclass(frozen=True, slots=True)
class ReservationView:
    """A board member's reservation."""

    id: UUID
    reply_id: UUID
    number: int
    text: str
    at: datetime
    given_name: str
    family_name: str
    protected: bool


@dataclass(frozen=True, slots=True)
class DecisionView:
    """A decision on one att-sats."""

    id: UUID
    clause_id: UUID
    meeting_id: UUID
    outcome: Outcome
    wording: str | None
    recipient: str | None
    deferred_to_id: UUID | None
    reservation_id: UUID | None
    as_recommended: bool
    paragraph: str | None
    votes_for: int | None
    votes_against: int | None
    votes_abstained: int | None
    decided_at: datetime
    replaced_at: datetime | None
    replaced_reason: str | None


@dataclass(frozen=True, slots=True)
class FollowUpView:
    """A task."""

    id: UUID
    clause_id: UUID
    body_id: UUID
    body_name: str
    due_on: date
    report: str | None
    reported_at: datetime | None


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """A clerical error put right."""

    motion_id: UUID
    part: str
    before: str
    after: str
    reason: str
    approved_by: str
    erratum: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class FaultNoteView:
    """A formal fault that somebody has noted."""

    motion_id: UUID
    fault: Fault
    note: str
    at: datetime


async def clauses(connection: AsyncConnection, motions: Sequence[UUID]) -> list[ClauseView]:
    """Att-satser in their order."""
    statement = select(*_own(ClauseRow, ClauseView)).where(any_of(ClauseRow.motion_id, motions))
    return views(ClauseView, await connection.execute(statement.order_by(ClauseRow.number)))


async def movers(connection: AsyncConnection, motions: Sequence[UUID]) -> list[MoverView]:
    """Movers in their order, with their names."""
    own = [getattr(MoverRow, name) for name in MoverView.__slots__[:10]]
    person = [getattr(MemberRow, name) for name in MoverView.__slots__[10:14]]
    statement = (
        select(*own, *person, UnitRow.name)
        .outerjoin(MemberRow, MemberRow.id == MoverRow.member_id)
        .outerjoin(UnitRow, UnitRow.id == MoverRow.unit_id)
        .where(any_of(MoverRow.motion_id, motions))
        .order_by(MoverRow.position)
    )
    return views(MoverView, await connection.execute(statement))


async def replies(connection: AsyncConnection, motions: Sequence[UUID]) -> list[ReplyView]:
    """The board's replies."""
    statement = (
        select(
            ReplyRow.id,
            ReplyRow.motion_id,
            ReplyRow.body_id,
            BodyRow.name,
            ReplyRow.reasons,
            ReplyRow.decision,
            ReplyRow.present,
            ReplyRow.adopted_at,
            ReplyRow.reservation_until,
        )
        .join(BodyRow, BodyRow.id == ReplyRow.body_id)
        .where(any_of(ReplyRow.motion_id, motions))
    )
    return views(ReplyView, await connection.execute(statement))


async def recommendations(connection: AsyncConnection, clause_ids: Sequence[UUID]) -> list[RecommendationView]:
    """What boards recommend."""
    columns = _own(RecommendationRow, RecommendationView)
    rows = await connection.execute(select(*columns).where(any_of(RecommendationRow.clause_id, clause_ids)))
    return views(RecommendationView, rows)


async def reservations(connection: AsyncConnection, reply_ids: Sequence[UUID]) -> list[ReservationView]:
    """Reservations in their order, with names."""
    statement = (
        select(
            ReservationRow.id,
            ReservationRow.reply_id,
            ReservationRow.number,
            ReservationRow.text,
            ReservationRow.at,
            MemberRow.given_name,
            MemberRow.family_name,
            MemberRow.protected,
        )
        .join(MemberRow, MemberRow.id == ReservationRow.member_id)
        .where(any_of(ReservationRow.reply_id, reply_ids))
        .order_by(ReservationRow.number)
    )
    return views(ReservationView, await connection.execute(statement))


async def decisions(connection: AsyncConnection, clause_ids: Sequence[UUID]) -> list[DecisionView]:
    """Every decision on att-satser, the replaced ones too, in the order in which they were made."""
    statement = select(*_own(DecisionRow, DecisionView)).where(any_of(DecisionRow.clause_id, clause_ids))
    return views(DecisionView, await connection.execute(statement.order_by(DecisionRow.id)))


async def follow_ups(connection: AsyncConnection, clause_ids: Sequence[UUID]) -> list[FollowUpView]:
    """Tasks, with the bodies that carry them out."""
    statement = (
        select(
            FollowUpRow.id,
            FollowUpRow.clause_id,
            FollowUpRow.body_id,
            BodyRow.name,
            FollowUpRow.due_on,
            FollowUpRow.report,
            FollowUpRow.reported_at,
        )
        .join(BodyRow, BodyRow.id == FollowUpRow.body_id)
        .where(any_of(FollowUpRow.clause_id, clause_ids))
    )
    return views(FollowUpView, await connection.execute(statement))


async def corrections(connection: AsyncConnection, motions: Sequence[UUID]) -> list[CorrectionView]:
    """Corrections in their order."""
    statement = select(*_own(CorrectionRow, CorrectionView)).where(any_of(CorrectionRow.motion_id, motions))
    return views(CorrectionView, await connection.execute(statement.order_by(CorrectionRow.id)))


async def fault_notes(connection: AsyncConnection, motions: Sequence[UUID]) -> list[FaultNoteView]:
    """Noted faults in their order."""
    statement = select(*_own(FaultNoteRow, FaultNoteView)).where(any_of(FaultNoteRow.motion_id, motions))
    return views(FaultNoteView, await connection.execute(statement.order_by(FaultNoteRow.id)))


def _own(table: Any, view: Any) -> list[Any]:
    return [getattr(table, name) for name in view.__slots__]
