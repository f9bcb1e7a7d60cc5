"""Applications to form a branch, to be shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Select, String, and_, cast, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from democracy.domain.actors import Actor
from democracy.domain.kinds import BodyKind, Channel, MandateRole, UnitKind
from democracy.storage.branch_visibility import branch_application_roles, branch_application_visible_to
from democracy.storage.in_force import OFFICERS, mandate_in_force
from democracy.storage.paging import Asked, Order, Page, page
from democracy.storage.prepared import AT, IDS
from democracy.storage.reads.members import shown_name
from democracy.storage.reads.reader import Reader, views
from democracy.storage.tables.branch_application import BranchApplicationRow, ConsultationRow, FounderRow
from democracy.storage.tables.member import MandateRow, MemberRow
from democracy.storage.tables.unit import BodyRow, UnitRow
from democracy.storage.types import any_of
from workflows.branch_application import BRANCH_APPLICATION
from workflows.branch_application_facts import BranchApplicationState, Position

_ROW = BranchApplicationRow


@dataclass(frozen=True, slots=True)
class BranchApplicationView:
    """An application's own columns."""

    id: UUID
    unit_id: UUID
    body_id: UUID
    next_caller_id: UUID | None
    statutes_digest: str
    state: BranchApplicationState
    version: int
    kind: UnitKind
    name: str
    area: str
    reasons: str
    proposed_statutes: str
    created_at: datetime
    received_at: datetime | None
    decide_by: datetime | None
    answers_due_at: datetime | None
    draft: str | None
    decision: str | None
    decision_reasons: str | None
    reservations: str | None
    present: int | None
    votes_for: int | None
    votes_against: int | None
    decided_at: datetime | None
    ruling_id: UUID | None
    form_by: datetime | None
    meeting_at: datetime | None
    meeting_place: str | None
    called_by_id: UUID | None
    founded_at: datetime | None
    founding_decision: str | None
    formed_id: UUID | None
    withdrawn_signatures: int


@dataclass(frozen=True, slots=True)
class FounderView:
    """Somebody who was asked to found."""

    application_id: UUID
    member_id: UUID
    name: str
    interim_role: MandateRole | None
    invited_at: datetime
    confirmed_at: datetime | None
    declined_at: datetime | None
    left_at: datetime | None
    channel: Channel
    recorded: bool


@dataclass(frozen=True, slots=True)
class ConsultationView:
    """A unit that was asked."""

    application_id: UUID
    unit_id: UUID
    unit_name: str
    asked_at: datetime
    due_at: datetime
    position: Position | None
    answer: str | None
    decision: str | None
    answered_at: datetime | None
    reply: str | None
    replied_at: datetime | None


_OWN = [getattr(_ROW, name) for name in BranchApplicationView.__slots__]


async def by_ids(connection: AsyncConnection, reader: Reader, ids: Sequence[UUID]) -> dict[UUID, BranchApplicationView]:
    """Those of `ids` that may be seen."""
    statement = _visible(reader.stand_in, reader.zone).where(any_of(_ROW.id, IDS))
    rows = await connection.execute(statement, reader.values(ids))
    return {view.id: view for view in views(BranchApplicationView, rows)}


async def listed(connection: AsyncConnection, reader: Reader, asked: Asked) -> Page[BranchApplicationView]:
    """A page of applications, the newest first."""
    order = Order((cast(_ROW.id, String),), descending=True)
    found = await page(connection, _visible(reader.stand_in, reader.zone), order, asked, reader.values())
    shown = views(BranchApplicationView, (row[:-1] for row in found.rows))
    return Page(shown, found.cursors, found.has_next, found.has_previous)


async def counted(connection: AsyncConnection, reader: Reader) -> int:
    """How many there are in all."""
    statement = _visible(reader.stand_in, reader.zone).with_only_columns(func.count(_ROW.id))
    total: int = (await connection.execute(statement, reader.values())).scalar_one()
    return total


async def waiting(connection: AsyncConnection, reader: Reader, most: int) -> list[UUID]:
    """Applications in which the reader has a part and that are not over."""
    roles = branch_application_roles(reader.actor, reader.today)
    if not roles:
        return []
    statement = (
        select(_ROW.id)
        .where(
            _ROW.state.not_in(tuple(BRANCH_APPLICATION.final)),
            or_(*roles.values()),
            branch_application_visible_to(reader.actor, reader.at, reader.zone),
        )
        .order_by(_ROW.id)
        .limit(most)
    )
    return list((await connection.execute(statement)).scalars())


async def of_body(connection: AsyncConnection, reader: Reader, body_id: UUID, most: int) -> list[UUID]:
    """Applications that wait for one board, as far as the reader may see them."""
    statement = _visible(reader.stand_in, reader.zone).with_only_columns(_ROW.id).where(
        _ROW.state.not_in(tuple(BRANCH_APPLICATION.final)), or_(_ROW.body_id == body_id, _ROW.next_caller_id == body_id)
    )  # fmt: skip
    return list((await connection.execute(statement.limit(most), reader.values())).scalars())


async def founders(connection: AsyncConnection, ids: Sequence[UUID]) -> list[FounderView]:
    """Everybody who was asked, with names."""
    row = FounderRow
    statement = (
        select(
            row.application_id, row.member_id,
            shown_name().label("name"),
            row.interim_role, row.invited_at, row.confirmed_at, row.declined_at, row.left_at, row.channel,
            row.recorded_by.is_not(None).label("recorded"),
        )
        .join(MemberRow, MemberRow.id == row.member_id)
        .where(any_of(row.application_id, ids))
        .order_by(row.application_id, row.id)
    )  # fmt: skip
    return views(FounderView, await connection.execute(statement))


async def consultations(connection: AsyncConnection, ids: Sequence[UUID]) -> list[ConsultationView]:
    """Every unit that was asked."""
    row = ConsultationRow
    statement = (
        select(
            row.application_id, row.unit_id, UnitRow.name, row.asked_at, row.due_at, row.position, row.answer,
            row.decision, row.answered_at, row.reply, row.replied_at,
        )
        .join(UnitRow, UnitRow.id == row.unit_id)
        .where(any_of(row.application_id, ids))
        .order_by(row.application_id, UnitRow.sort_key, row.id)
    )  # fmt: skip
    return views(ConsultationView, await connection.execute(statement))


async def own_units(connection: AsyncConnection, member_id: UUID, ids: Sequence[UUID], day: date) -> set[UUID]:
    """Units of `ids` that the member leads."""
    statement = (
        select(BodyRow.unit_id)
        .join(MandateRow, and_(MandateRow.body_id == BodyRow.id, MandateRow.role.in_(OFFICERS)))
        .where(
            any_of(BodyRow.unit_id, ids),
            BodyRow.kind == BodyKind.BOARD,
            MandateRow.member_id == member_id,
            mandate_in_force(MandateRow, day),
        )
    )
    return set((await connection.execute(statement)).scalars())


@cache
def _visible(actor: Actor, zone: ZoneInfo) -> Select[Any]:
    return select(*_OWN).where(branch_application_visible_to(actor, AT, zone))
