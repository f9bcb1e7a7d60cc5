"""What belongs to a matter before a council: papers, who opened them, opinions, those who are asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from democracy.domain.kinds import Channel
from democracy.storage.reads.members import shown_name
from democracy.storage.reads.reader import views
from democracy.storage.tables.council import (
    CouncilAccessRow,
    CouncilAskedRow,
    CouncilAttemptRow,
    CouncilConflictRow,
    CouncilOpinionRow,
    CouncilPaperRow,
)
from democracy.storage.tables.member import MemberRow, StaffRow
from democracy.storage.tables.unit import UnitRow
from democracy.storage.types import any_of
from workflows.council_kinds import CouncilAnswer


@dataclass(frozen=True, slots=True)
class PaperView:
    """A paper."""

    id: UUID
    decision_id: UUID
    title: str
    text: str
    added_at: datetime


@dataclass(frozen=True, slots=True)
class AccessView:
    """That somebody opened a paper."""

    decision_id: UUID
    paper_id: UUID
    title: str
    name: str | None
    staff_id: UUID | None
    at: datetime


@dataclass(frozen=True, slots=True)
class OpinionView:
    """What a unit was asked and answered."""

    decision_id: UUID
    unit_id: UUID
    unit_name: str
    text: str | None
    received_at: datetime | None


@dataclass(frozen=True, slots=True)
class AskedView:
    """Somebody who is asked."""

    decision_id: UUID
    member_id: UUID
    name: str
    answer: CouncilAnswer | None
    channel: Channel | None
    reservation: str | None
    meeting_asked_at: datetime | None
    signed_at: datetime | None
    attempts: int


@dataclass(frozen=True, slots=True)
class ConflictView:
    """Somebody who takes no part."""

    decision_id: UUID
    name: str
    reason: str


async def papers(connection: AsyncConnection, ids: Sequence[UUID]) -> list[PaperView]:
    """The papers of matters, the first added first."""
    row = CouncilPaperRow
    statement: Any = select(row.id, row.decision_id, row.title, row.text, row.added_at)
    return views(PaperView, await connection.execute(statement.where(any_of(row.decision_id, ids)).order_by(row.id)))


async def paper(connection: AsyncConnection, key: UUID) -> PaperView:
    """One paper."""
    row = CouncilPaperRow
    statement: Any = select(row.id, row.decision_id, row.title, row.text, row.added_at).where(row.id == key)
    return views(PaperView, await connection.execute(statement))[0]


async def accesses(connection: AsyncConnection, ids: Sequence[UUID]) -> list[AccessView]:
    """Who opened which paper, the first first."""
    row = CouncilAccessRow
    statement: Any = (
        select(
            row.decision_id, row.paper_id, CouncilPaperRow.title, shown_name(),
            row.staff_id, row.at,
        )
        .join(CouncilPaperRow, CouncilPaperRow.id == row.paper_id)
        .outerjoin(MemberRow, MemberRow.id == row.member_id)
        .outerjoin(StaffRow, StaffRow.id == row.staff_id)
        .where(any_of(row.decision_id, ids))
        .order_by(row.at, row.id)
    )  # fmt: skip
    return views(AccessView, await connection.execute(statement))


async def opinions(connection: AsyncConnection, ids: Sequence[UUID]) -> list[OpinionView]:
    """The units that are asked, by name."""
    row = CouncilOpinionRow
    statement: Any = (
        select(row.decision_id, row.unit_id, UnitRow.name, row.text, row.received_at)
        .join(UnitRow, UnitRow.id == row.unit_id)
        .where(any_of(row.decision_id, ids))
        .order_by(UnitRow.sort_key, row.id)
    )
    return views(OpinionView, await connection.execute(statement))


async def asked(connection: AsyncConnection, ids: Sequence[UUID]) -> list[AskedView]:
    """Everybody who is asked, by name, with how often they have been sought."""
    row, attempt = CouncilAskedRow, CouncilAttemptRow
    tries = select(func.count()).where(attempt.decision_id == row.decision_id, attempt.member_id == row.member_id)
    statement: Any = (
        select(
            row.decision_id, row.member_id, shown_name(), row.answer, row.channel,
            row.reservation, row.meeting_asked_at, row.signed_at, tries.correlate(row).scalar_subquery(),
        )
        .join(MemberRow, MemberRow.id == row.member_id)
        .where(any_of(row.decision_id, ids))
        .order_by(MemberRow.sort_key, row.id)
    )  # fmt: skip
    return views(AskedView, await connection.execute(statement))


async def conflicts(connection: AsyncConnection, ids: Sequence[UUID]) -> list[ConflictView]:
    """Those who take no part, by name."""
    row = CouncilConflictRow
    statement: Any = (
        select(row.decision_id, shown_name(), row.reason)
        .join(MemberRow, MemberRow.id == row.member_id)
        .where(any_of(row.decision_id, ids))
        .order_by(MemberRow.sort_key, row.id)
    )
    return views(ConflictView, await connection.execute(statement))
