"""Who may see whom. Membership tells a political opinion: a name is shown only where somebody needs it.

A member sees themselves, and whoever has been elected in the units that the member belongs under. Boards see the
members of their own unit and of those below it, and so do the office and the operator. A protected identity is seen
by the person, by the chair and the secretary of their own unit's board, and by the operator: in no list otherwise.
"""

from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, exists, false, or_, select, true
from sqlalchemy.orm import aliased

from democracy.domain.actors import Actor, Clock, Member, Operator, Staff
from democracy.domain.kinds import BodyKind, MandateRole
from democracy.storage.in_force import OFFICERS, VOTING_ROLES, belongs_under, employed_above, mandate_in_force
from democracy.storage.tables.member import MandateRow, MemberRow, MembershipRow
from democracy.storage.tables.unit import BodyRow, UnitAncestorRow

# Made once: an alias costs as much as the rest of its predicate. Each stands in one FROM, never inside itself.
_MEMBERSHIP, _ABOVE = aliased(MembershipRow), aliased(UnitAncestorRow)
_BODY, _HELD = aliased(BodyRow), aliased(MandateRow)
_BOARD = (*VOTING_ROLES, MandateRole.SUBSTITUTE)


def member_visible_to(actor: Actor, at: datetime, zone: ZoneInfo) -> ColumnElement[bool]:
    """The name, for a statement over `member`."""
    if not isinstance(actor, Member):
        return contact_visible_to(actor, at, zone)
    elected = and_(MemberRow.protected.is_(False), _elected_for(actor.id, at.astimezone(zone).date()))
    return or_(contact_visible_to(actor, at, zone), elected)


def contact_visible_to(actor: Actor, at: datetime, zone: ZoneInfo) -> ColumnElement[bool]:
    """The ways to reach them: for themselves, for the boards and the office that they belong to."""
    day = at.astimezone(zone).date()
    if isinstance(actor, Clock | Operator):
        return true()
    if isinstance(actor, Staff):
        return and_(MemberRow.protected.is_(False), _employed_for(actor.id, day))
    if not isinstance(actor, Member):
        return false()
    return or_(
        MemberRow.id == actor.id,
        and_(MemberRow.protected.is_(False), _governed_by(actor.id, day, _BOARD)),
        _governed_by(actor.id, day, OFFICERS, own_unit=True),
    )


def _governed_by(
    member_id: UUID, day: date, roles: tuple[MandateRole, ...], *, own_unit: bool = False
) -> ColumnElement[bool]:
    """The actor sits in the board of a unit that the member belongs to, or of one above it."""
    membership, above, body, mandate = _MEMBERSHIP, _ABOVE, _BODY, _HELD
    own = [above.distance == 0] if own_unit else []
    return exists(
        select(1)
        .select_from(membership)
        .join(above, above.unit_id == membership.unit_id)
        .join(body, and_(body.unit_id == above.ancestor_id, body.kind == BodyKind.BOARD))
        .join(mandate, mandate.body_id == body.id)
        .where(
            membership.member_id == MemberRow.id,
            or_(membership.ended_on.is_(None), membership.ended_on > day),
            mandate.member_id == member_id,
            mandate.role.in_(roles),
            mandate_in_force(mandate, day),
            *own,
        )
    )


def _employed_for(staff_id: UUID, day: date) -> ColumnElement[bool]:
    membership, body, mandate = _MEMBERSHIP, _BODY, _HELD
    belongs = exists(
        select(1).where(
            membership.member_id == MemberRow.id,
            or_(membership.ended_on.is_(None), membership.ended_on > day),
            employed_above(staff_id, membership.unit_id, day),
        )
    )
    serves = exists(
        select(1)
        .select_from(mandate)
        .join(body, body.id == mandate.body_id)
        .where(
            mandate.member_id == MemberRow.id,
            mandate_in_force(mandate, day),
            employed_above(staff_id, body.unit_id, day),
        )
    )
    return or_(belongs, serves)


def _elected_for(member_id: UUID, day: date) -> ColumnElement[bool]:
    """The member holds a place in a body of a unit that the actor belongs under."""
    body, mandate = _BODY, _HELD
    return exists(
        select(1)
        .select_from(mandate)
        .join(body, body.id == mandate.body_id)
        .where(
            mandate.member_id == MemberRow.id,
            mandate_in_force(mandate, day),
            belongs_under(member_id, body.unit_id, day),
        )
    )
