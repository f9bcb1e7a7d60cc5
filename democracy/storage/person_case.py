"""A person as a case: locked, judged, changed."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import and_, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from democracy.domain.actors import Actor, Member, Operator, Staff
from democracy.domain.kinds import BodyKind, MandateRole
from democracy.errors import NotFoundError
from democracy.storage.in_force import employed_above, mandate_in_force
from democracy.storage.member_visibility import contact_visible_to
from democracy.storage.tables.member import MandateRow, MemberRow, MembershipRow
from democracy.storage.tables.unit import BodyRow, UnitAncestorRow, UnitRow
from democracy.storage.unit_of_work import Unit
from workflows.engine import Role
from workflows.person import PersonFacts, PersonState


@dataclass(frozen=True)
class PersonCase:
    """A person with what the rules ask."""

    id: UUID
    state: PersonState
    facts: PersonFacts
    roles: frozenset[Role]


async def open_person(
    unit: Unit, member_id: UUID, *, actor: Actor, there: UUID | None = None, reason_given: bool = True
) -> PersonCase:
    """Lock a person and judge them, and the unit `there` if the step is about one.

    NotFoundError when there is nobody by that id whom the actor may reach.
    """
    session, day = unit.session, unit.today
    seen = contact_visible_to(actor, unit.now, unit.zone)
    await session.execute(select(MemberRow.id).where(MemberRow.id == member_id).with_for_update())
    row = (await session.execute(select(MemberRow.erased_at).where(MemberRow.id == member_id, seen))).first()
    if row is None:
        raise NotFoundError("member", member_id)
    standing = and_(
        MembershipRow.member_id == member_id, or_(MembershipRow.ended_on.is_(None), MembershipRow.ended_on > day)
    )
    found = (await session.execute(select(MembershipRow.unit_id, MembershipRow.voting).where(standing))).all()
    facts = PersonFacts(
        memberships=len(found),
        mandates=await _mandates(session, member_id, day),
        belongs_there=any(each.unit_id == there for each in found),
        votes_there=any(each.unit_id == there and each.voting for each in found),
        reason_given=reason_given,
    )
    state = PersonState.ERASED if row.erased_at else PersonState.KNOWN
    return PersonCase(member_id, state, facts, await _roles(session, member_id, there, actor, day))


async def choose_voting_unit(unit: Unit, member_id: UUID, unit_id: UUID) -> None:
    """Let the person vote in that unit and in no other."""
    own = update(MembershipRow).where(MembershipRow.member_id == member_id)
    await unit.session.execute(own.values(voting=False))
    await unit.session.execute(own.where(MembershipRow.unit_id == unit_id).values(voting=True))


async def leave_unit(unit: Unit, member_id: UUID, unit_id: UUID) -> None:
    """End the membership today."""
    own = update(MembershipRow).where(MembershipRow.member_id == member_id, MembershipRow.unit_id == unit_id)
    await unit.session.execute(own.values(ended_on=unit.today, voting=False))


async def _mandates(session: AsyncSession, member_id: UUID, day: date) -> int:
    """Places held now or later, those on leave too."""
    kept = and_(
        MandateRow.member_id == member_id,
        or_(MandateRow.ends_on.is_(None), MandateRow.ends_on >= day),
        or_(MandateRow.released_on.is_(None), MandateRow.released_on > day),
    )
    return (await session.execute(select(func.count()).select_from(MandateRow).where(kept))).scalar_one()


async def _roles(
    session: AsyncSession, member_id: UUID, there: UUID | None, actor: Actor, day: date
) -> frozenset[Role]:
    """What the actor is to the person: the person, the operator, the office, or the secretary who keeps the register.

    That is the board's secretary of the unit concerned or of one above it; where no unit is, of the topmost one.
    """
    if isinstance(actor, Operator):
        return frozenset({Role.OPERATOR})
    if isinstance(actor, Staff) and there is not None:
        employed = (await session.execute(select(employed_above(actor.id, there, day)))).scalar_one()
        return frozenset({Role.STAFF}) if employed else frozenset()
    if not isinstance(actor, Member):
        return frozenset()
    own = {Role.MEMBER} if actor.id == member_id else set()
    return frozenset(own | ({Role.SECRETARY} if await _keeps_register(session, actor.id, there, day) else set()))


async def _keeps_register(session: AsyncSession, actor_id: UUID, there: UUID | None, day: date) -> bool:
    body, mandate, above = aliased(BodyRow), aliased(MandateRow), aliased(UnitAncestorRow)
    if there is None:
        where = body.unit_id.in_(select(UnitRow.id).where(UnitRow.parent_id.is_(None)))
    else:
        where = body.unit_id.in_(select(above.ancestor_id).where(above.unit_id == there))
    holds = exists(
        select(1)
        .select_from(mandate)
        .join(body, body.id == mandate.body_id)
        .where(
            mandate.member_id == actor_id,
            mandate.role == MandateRole.SECRETARY,
            body.kind == BodyKind.BOARD,
            mandate_in_force(mandate, day),
            where,
        )
    )
    return bool((await session.execute(select(holds))).scalar_one())
