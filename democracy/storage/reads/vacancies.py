"""Posts that must be filled and are not: by the statutes, by role templates, and by elections."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from democracy.domain.kinds import VacancyGround
from democracy.storage.election_case import seated_on
from democracy.storage.election_visibility import election_visible_to
from democracy.storage.in_force import mandate_in_force
from democracy.storage.reads import mandates
from democracy.storage.reads.reader import Reader
from democracy.storage.role_templates import IN_FORCE, applies_to_unit
from democracy.storage.tables.election import ElectionRow
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.member import MandateRow, StaffRow
from democracy.storage.tables.post import RoleTemplateRow
from democracy.storage.tables.unit import BodyRow, UnitAncestorRow, UnitRow
from democracy.storage.types import any_of
from workflows.election import ElectionState

MOST_UNITS = 2_000
"""Units that one report looks at: a district's or the whole party's."""


@dataclass(frozen=True, slots=True)
class Vacancy:
    """A post, how many of its places nobody fills, and on what ground they must be filled."""

    ground: VacancyGround
    unit_id: UUID
    body_id: UUID | None
    role: str
    title: str
    missing: int
    election_id: UUID | None = None
    template_id: UUID | None = None


async def within(connection: AsyncConnection, unit_id: UUID) -> list[UUID]:
    """A unit and every unit below it that is active."""
    statement = (
        select(UnitRow.id)
        .join(UnitAncestorRow, UnitAncestorRow.unit_id == UnitRow.id)
        .where(UnitAncestorRow.ancestor_id == unit_id, UnitRow.ended_on.is_(None), UnitRow.paused_on.is_(None))
        .order_by(UnitAncestorRow.distance, UnitRow.sort_key, UnitRow.id)
        .limit(MOST_UNITS)
    )
    return list((await connection.execute(statement)).scalars())


async def report(
    connection: AsyncConnection, reader: Reader, unit_ids: Sequence[UUID], required: Collection[str]
) -> list[Vacancy]:
    """Every vacancy of these units, in their order. A post that two grounds ask for is named once."""
    day = reader.today
    by_template = [
        *await _bodies(connection, unit_ids, day),
        *await _offices(connection, unit_ids, day),
    ]
    named = {(each.body_id, each.role) for each in by_template}
    by_statutes = [
        Vacancy(VacancyGround.STATUTES, each.unit_id, each.body_id, each.role, "", 1)
        for each in await mandates.vacancies(connection, unit_ids, required, day)
        if (each.body_id, each.role) not in named
    ]
    named |= {(each.body_id, each.role) for each in by_statutes}
    elected = [
        each for each in await _elections(connection, reader, unit_ids) if (each.body_id, each.role) not in named
    ]
    place = {unit_id: at for at, unit_id in enumerate(unit_ids)}
    return sorted([*by_statutes, *by_template, *elected], key=lambda each: place[each.unit_id])


async def _bodies(connection: AsyncConnection, unit_ids: Sequence[UUID], day: date) -> list[Vacancy]:
    """Templates for posts in bodies."""
    row = RoleTemplateRow
    statement = (
        select(UnitRow.id.label("unit_id"), BodyRow.id.label("body_id"), row.id, row.role, row.title, row.holders,
               func.count(MandateRow.id).label("held"))
        .select_from(row)
        .join(UnitAncestorRow, UnitAncestorRow.ancestor_id == row.unit_id)
        .join(UnitRow, UnitRow.id == UnitAncestorRow.unit_id)
        .join(BodyRow, and_(BodyRow.unit_id == UnitRow.id, BodyRow.kind == row.body_kind, BodyRow.ended_on.is_(None)))
        .outerjoin(MandateRow, and_(MandateRow.body_id == BodyRow.id, MandateRow.role == row.role,
                                    mandate_in_force(MandateRow, day)))
        .where(any_of(UnitRow.id, unit_ids), IN_FORCE, row.must_be_filled, applies_to_unit())
        .group_by(UnitRow.id, BodyRow.id, row.id, row.role, row.title, row.holders)
        .having(func.count(MandateRow.id) < row.holders)
        .order_by(row.title, BodyRow.sort_key, BodyRow.id)
    )  # fmt: skip
    return [
        Vacancy(VacancyGround.TEMPLATE, each.unit_id, each.body_id, each.role.value, each.title,
                each.holders - each.held, template_id=each.id)
        for each in await connection.execute(statement)
    ]  # fmt: skip


async def _offices(connection: AsyncConnection, unit_ids: Sequence[UUID], day: date) -> list[Vacancy]:
    """Templates for roles of the office: somebody employed there has that title."""
    row, staff = RoleTemplateRow, StaffRow
    employed = and_(
        staff.unit_id == UnitRow.id,
        func.lower(staff.title) == func.lower(row.title),
        staff.starts_on <= day,
        or_(staff.ends_on.is_(None), staff.ends_on >= day),
        staff.erased_at.is_(None),
    )
    statement = (
        select(UnitRow.id.label("unit_id"), row.id, row.title, row.holders, func.count(staff.id).label("held"))
        .select_from(row)
        .join(UnitAncestorRow, UnitAncestorRow.ancestor_id == row.unit_id)
        .join(UnitRow, UnitRow.id == UnitAncestorRow.unit_id)
        .outerjoin(staff, employed)
        .where(any_of(UnitRow.id, unit_ids), IN_FORCE, row.must_be_filled, row.body_kind.is_(None), applies_to_unit())
        .group_by(UnitRow.id, row.id, row.title, row.holders)
        .having(func.count(staff.id) < row.holders)
        .order_by(row.title)
    )
    return [
        Vacancy(VacancyGround.TEMPLATE, each.unit_id, None, "staff", each.title, each.holders - each.held,
                template_id=each.id)
        for each in await connection.execute(statement)
    ]  # fmt: skip


async def _elections(connection: AsyncConnection, reader: Reader, unit_ids: Sequence[UUID]) -> list[Vacancy]:
    """Elections to posts that must be filled, by-elections counted in. One whose term is over counts until the next."""
    row = ElectionRow
    statement: Any = (
        select(row.id, row.body_id, row.role, row.title, row.seats, row.ends_on, BodyRow.unit_id,
               seated_on(reader.today).label("seated"))
        .join(BodyRow, BodyRow.id == row.body_id)
        .join(MeetingRow, MeetingRow.id == row.meeting_id)
        .where(
            any_of(BodyRow.unit_id, unit_ids), row.state == ElectionState.ELECTED, row.seated_at.is_not(None),
            row.must_be_filled, row.fills_id.is_(None), election_visible_to(reader.actor, reader.at, reader.zone),
        )
        .order_by(row.seated_at, row.id)
    )  # fmt: skip
    found = list(await connection.execute(statement))
    last = {(each.body_id, each.role): each.id for each in found}
    return [
        Vacancy(VacancyGround.ELECTION, each.unit_id, each.body_id, each.role.value, each.title,
                each.seats - each.seated, election_id=each.id)
        for each in found
        if each.seated < each.seats
        and (each.ends_on is None or each.ends_on >= reader.today or last[each.body_id, each.role] == each.id)
    ]  # fmt: skip
