"""A mandate as a case: locked, judged, changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import false, select

from democracy.domain.actors import Actor, Clock, Member
from democracy.domain.kinds import MandateRole
from democracy.errors import NotFoundError
from democracy.storage import statutes
from democracy.storage.elections import knows_unit
from democracy.storage.mandate_visibility import keeps_body, mandate_visible_to
from democracy.storage.statutes import Connected
from democracy.storage.tables.election import ElectionRow, ElectionSeatRow
from democracy.storage.tables.member import MandateRow, MemberRow
from democracy.storage.tables.post import RoleTemplateRow
from democracy.storage.tables.unit import BodyRow
from democracy.storage.types import any_of
from democracy.storage.unit_of_work import Unit
from workflows.engine import Role
from workflows.mandate import MandateFacts, MandateState

_COLUMNS = (
    "id", "member_id", "body_id", "role", "starts_on", "ends_on", "leave_from", "leave_until", "resigned_on",
    "released_on", "reminded_of",
)  # fmt: skip
PLAIN = MandateFacts()


@dataclass(frozen=True)
class MandateCase:
    """A mandate with what the rules ask, and what its dates are."""

    id: UUID
    member_id: UUID
    body_id: UUID
    unit_id: UUID
    role: MandateRole
    starts_on: date
    ends_on: date | None
    leave_from: date | None
    state: MandateState
    facts: MandateFacts
    roles: frozenset[Role]


async def mandate_cases(
    connection: Connected, ids: Sequence[UUID], *, actor: Actor, at: datetime, zone: ZoneInfo
) -> dict[UUID, MandateCase]:
    """Every mandate of `ids` that the actor may see, by id."""
    day = at.astimezone(zone).date()
    keeps = keeps_body(actor.id, day) if isinstance(actor, Member) else false()
    statement = (
        select(
            *(getattr(MandateRow, name) for name in _COLUMNS),
            BodyRow.unit_id,
            keeps.label("keeps"),
            remind_days().label("remind_days"),
        )
        .join(MemberRow, MemberRow.id == MandateRow.member_id)
        .join(BodyRow, BodyRow.id == MandateRow.body_id)
        .where(any_of(MandateRow.id, ids), mandate_visible_to(actor, at, zone))
    )
    return {
        row.id: MandateCase(
            row.id, row.member_id, row.body_id, row.unit_id, row.role, row.starts_on, row.ends_on, row.leave_from,
            _state(row), _facts(row, day, zone), _roles(row, actor),
        )
        for row in await connection.execute(statement)
    }  # fmt: skip


async def open_mandate(unit: Unit, mandate_id: UUID, *, actor: Actor) -> tuple[MandateCase, MandateRow]:
    """Lock a mandate and judge it; NotFoundError when there is none that the actor may see."""
    statement = (
        select(MandateRow)
        .where(MandateRow.id == mandate_id)
        .with_for_update(of=MandateRow)
        .execution_options(populate_existing=True)
    )
    row = (await unit.session.scalars(statement)).one_or_none()
    cases = await mandate_cases(unit.session, [mandate_id], actor=actor, at=unit.now, zone=unit.zone)
    if row is None or mandate_id not in cases:
        raise NotFoundError("mandate", mandate_id)
    return cases[mandate_id], row


@dataclass(frozen=True)
class BodyCase:
    """A body for which something is recorded, and what the actor is there."""

    id: UUID
    unit_id: UUID
    roles: frozenset[Role]
    statutes: str


async def open_body(unit: Unit, body_id: UUID, *, actor: Actor) -> BodyCase:
    """NotFoundError when there is no such body in a unit that the actor belongs under or works for."""
    keeps = keeps_body(actor.id, unit.today) if isinstance(actor, Member) else false()
    statement = select(BodyRow.unit_id, keeps.label("keeps")).where(BodyRow.id == body_id)
    found = (await unit.session.execute(statement)).one_or_none()
    if found is None or not await knows_unit(unit, found.unit_id, actor):
        raise NotFoundError("body", body_id)
    roles = frozenset({Role.SECRETARY}) if found.keeps else frozenset[Role]()
    return BodyCase(body_id, found.unit_id, roles, await digest_of(unit, found.unit_id))


async def digest_of(unit: Unit, unit_id: UUID) -> str:
    """The statutes that a step in a unit is tried by today."""
    return await statutes.keep(unit.session, await statutes.in_force(unit.session, unit_id, unit.today))


def remind_days() -> Any:
    """What the role template says that its election read."""
    return (
        select(RoleTemplateRow.remind_days)
        .select_from(ElectionSeatRow)
        .join(ElectionRow, ElectionRow.id == ElectionSeatRow.election_id)
        .join(RoleTemplateRow, RoleTemplateRow.id == ElectionRow.template_id)
        .where(ElectionSeatRow.mandate_id == MandateRow.id)
        .limit(1)
        .correlate(MandateRow)
        .scalar_subquery()
    )


def _state(row: Any) -> MandateState:
    if row.released_on is not None:
        return MandateState.RELEASED
    return MandateState.HELD if row.resigned_on is None else MandateState.RESIGNED


def _facts(row: Any, day: date, zone: ZoneInfo) -> MandateFacts:
    leave = row.leave_from is not None and (row.leave_until is None or row.leave_until >= day)
    ends = row.ends_on
    return MandateFacts(
        over=ends is not None and ends < day,
        on_leave=leave,
        ends_at=datetime.combine(ends + timedelta(days=1), time(), tzinfo=zone) if ends else None,
        remind_days=PLAIN.remind_days if row.remind_days is None else row.remind_days,
        reminded=ends is not None and row.reminded_of == ends,
    )


def _roles(row: Any, actor: Actor) -> frozenset[Role]:
    """The holder is responsible; the officers of the body, or of its unit's board, record what it decides."""
    if isinstance(actor, Clock):
        return frozenset({Role.CLOCK})
    if not isinstance(actor, Member):
        return frozenset()
    own = {Role.RESPONSIBLE} if row.member_id == actor.id else set()
    return frozenset(own | ({Role.SECRETARY} if row.keeps else set()))
