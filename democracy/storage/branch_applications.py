"""Applications to form a branch as they are written."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import aliased

from democracy.domain.actors import Actor
from democracy.domain.ids import new_id
from democracy.domain.kinds import BodyKind, UnitKind
from democracy.domain.swedish import sort_key
from democracy.domain.unit_tree import standard_bodies
from democracy.errors import NotFoundError
from democracy.storage.branch_case import BranchApplicationCase, branch_application_cases
from democracy.storage.in_force import membership_in_force
from democracy.storage.tables.branch_application import BranchApplicationRow, ConsultationRow, FounderRow
from democracy.storage.tables.member import MembershipRow
from democracy.storage.tables.unit import BodyRow, UnitAncestorRow, UnitRow
from democracy.storage.unit_of_work import Unit


async def opened(unit: Unit, application_id: UUID, *, actor: Actor) -> BranchApplicationCase:
    """Lock an application and judge it; NotFoundError when the actor sees none such."""
    locked = select(BranchApplicationRow.id).where(BranchApplicationRow.id == application_id).with_for_update()
    await unit.session.execute(locked)
    return await case(unit, application_id, actor=actor)


async def case(unit: Unit, application_id: UUID, *, actor: Actor) -> BranchApplicationCase:
    """The application as it stands in this transaction."""
    await unit.session.flush()
    cases = await branch_application_cases(unit.session, [application_id], actor=actor, at=unit.now, zone=unit.zone)
    if application_id not in cases:
        raise NotFoundError("branch_application", application_id)
    return cases[application_id]


async def row(unit: Unit, application_id: UUID) -> BranchApplicationRow:
    """The row itself, to be changed."""
    await unit.session.flush()
    found = await unit.session.get(BranchApplicationRow, application_id, populate_existing=True)
    if found is None:
        raise NotFoundError("branch_application", application_id)
    return found


async def founders(unit: Unit, application_id: UUID) -> Sequence[FounderRow]:
    """Everybody who was asked, in that order."""
    await unit.session.flush()
    statement = select(FounderRow).where(FounderRow.application_id == application_id).order_by(FounderRow.id)
    return (await unit.session.execute(statement)).scalars().all()


async def standing(unit: Unit, application_id: UUID) -> list[UUID]:
    """Those who have signed and stand."""
    asked = await founders(unit, application_id)
    return [each.member_id for each in asked if each.confirmed_at is not None and each.left_at is None]


async def consultations(unit: Unit, application_id: UUID) -> Sequence[ConsultationRow]:
    """Every unit that was asked."""
    await unit.session.flush()
    statement = select(ConsultationRow).where(ConsultationRow.application_id == application_id)
    return (await unit.session.execute(statement.order_by(ConsultationRow.id))).scalars().all()


async def affected(unit: Unit, application_id: UUID) -> list[UUID]:
    """The branches in which the founders vote."""
    statement = (
        select(MembershipRow.unit_id)
        .distinct()
        .join(FounderRow, FounderRow.member_id == MembershipRow.member_id)
        .where(
            FounderRow.application_id == application_id,
            FounderRow.confirmed_at.is_not(None),
            FounderRow.left_at.is_(None),
            MembershipRow.voting,
            MembershipRow.ended_on.is_(None),
        )
    )
    return sorted((await unit.session.execute(statement)).scalars())


async def board_of(unit: Unit, unit_id: UUID) -> UUID | None:
    """The board of a unit."""
    statement = select(BodyRow.id).where(
        BodyRow.unit_id == unit_id, BodyRow.kind == BodyKind.BOARD, BodyRow.ended_on.is_(None)
    )
    return (await unit.session.execute(statement.limit(1))).scalar_one_or_none()


async def found_unit(unit: Unit, parent_id: UUID, kind: UnitKind, name: str, day: date) -> dict[BodyKind, UUID]:
    """Make the unit under its parent, with its standard bodies. Returns these, and the unit's board among them."""
    made = new_id()
    code = f"founded-{made.hex}"
    unit.session.add(
        UnitRow(id=made, parent_id=parent_id, kind=kind, code=code, name=name, sort_key=sort_key(name), founded_on=day)
    )
    await unit.session.flush()
    above = await unit.session.execute(
        select(UnitAncestorRow.ancestor_id, UnitAncestorRow.distance).where(UnitAncestorRow.unit_id == parent_id)
    )
    unit.session.add(UnitAncestorRow(unit_id=made, ancestor_id=made, distance=0))
    unit.session.add_all(
        UnitAncestorRow(unit_id=made, ancestor_id=each.ancestor_id, distance=each.distance + 1) for each in above.all()
    )
    bodies = {}
    for body, called in standard_bodies(kind).items():
        bodies[body] = new_id()
        row = BodyRow(
            id=bodies[body],
            unit_id=made,
            kind=body,
            code=f"{code}/{body.value}",
            name=called,
            sort_key=sort_key(called),
        )
        unit.session.add(row)
    await unit.session.flush()
    return bodies


async def unit_of_body(unit: Unit, body_id: UUID) -> UUID:
    """The unit that a body is of."""
    return (await unit.session.execute(select(BodyRow.unit_id).where(BodyRow.id == body_id))).scalar_one()


async def memberships_below(unit: Unit, member_id: UUID, above: UUID) -> Sequence[MembershipRow]:
    """A member's memberships in force, in units under one, the voting one first."""
    ancestor = aliased(UnitAncestorRow)
    statement = (
        select(MembershipRow)
        .join(ancestor, ancestor.unit_id == MembershipRow.unit_id)
        .where(
            MembershipRow.member_id == member_id,
            ancestor.ancestor_id == above,
            membership_in_force(MembershipRow, unit.today),
        )
        .order_by(MembershipRow.voting.desc(), MembershipRow.id)
    )
    return (await unit.session.execute(statement)).scalars().all()


async def belongs_below(unit: Unit, member_id: UUID, above: UUID) -> bool:
    """Whether a member belongs to a unit or to one below it, even if the membership has not taken effect."""
    ancestor = aliased(UnitAncestorRow)
    statement = (
        select(MembershipRow.id)
        .join(ancestor, ancestor.unit_id == MembershipRow.unit_id)
        .where(MembershipRow.member_id == member_id, ancestor.ancestor_id == above, MembershipRow.ended_on.is_(None))
    )
    return (await unit.session.execute(statement.limit(1))).first() is not None
