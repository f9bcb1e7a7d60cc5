"""What holds on a day or at a moment, as SQL predicates that repositories share."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import aliased

from democracy.domain.kinds import BodyKind, MandateRole
from democracy.storage.tables.member import MandateRow, MembershipRow, StaffRow
from democracy.storage.tables.unit import BodyRow, UnitAncestorRow

VOTING_ROLES = (
    MandateRole.CHAIR, MandateRole.VICE_CHAIR, MandateRole.SECRETARY, MandateRole.TREASURER, MandateRole.MEMBER,
)  # fmt: skip
OFFICERS = (MandateRole.CHAIR, MandateRole.SECRETARY)

# Made once: an alias of a table costs as much as the rest of its predicate. Never used twice in one FROM.
_HELD, _BODY, _ABOVE = aliased(MandateRow), aliased(BodyRow), aliased(UnitAncestorRow)
_MEMBERSHIP, _STAFF = aliased(MembershipRow), aliased(StaffRow)


def mandate_in_force(mandate: Any, day: date) -> ColumnElement[bool]:
    """The mandate has begun, has not ended or been released, and its holder is not on leave."""
    return and_(
        mandate.starts_on <= day,
        or_(mandate.ends_on.is_(None), mandate.ends_on >= day),
        or_(mandate.released_on.is_(None), mandate.released_on > day),
        or_(
            mandate.leave_from.is_(None),
            mandate.leave_from > day,
            and_(mandate.leave_until.is_not(None), mandate.leave_until < day),
        ),
    )


def membership_in_force(membership: Any, day: date) -> ColumnElement[bool]:
    """The membership has taken effect, its fee has not lapsed, and it has not ended."""
    return and_(
        membership.effective_on <= day,
        or_(membership.lapses_on.is_(None), membership.lapses_on > day),
        or_(membership.ended_on.is_(None), membership.ended_on > day),
    )


def holds(member_id: UUID, body_id: Any, day: date, *roles: MandateRole) -> ColumnElement[bool]:
    """The member has a mandate in the body on that day, in one of the roles (any, when none is named)."""
    mandate = _HELD
    wanted = [mandate.role.in_(roles)] if roles else []
    return exists(
        select(1).where(
            mandate.member_id == member_id, mandate.body_id == body_id, mandate_in_force(mandate, day), *wanted
        )
    )


def holds_in(member_id: UUID, unit_id: Any, kind: BodyKind, day: date, *roles: MandateRole) -> ColumnElement[bool]:
    """The member has such a mandate in the unit's body of that kind."""
    mandate, body = _HELD, _BODY
    wanted = [mandate.role.in_(roles)] if roles else []
    return exists(
        select(1)
        .select_from(mandate)
        .join(body, body.id == mandate.body_id)
        .where(
            mandate.member_id == member_id,
            body.unit_id == unit_id,
            body.kind == kind,
            mandate_in_force(mandate, day),
            *wanted,
        )
    )


def belongs_under(member_id: UUID, unit_id: Any, day: date) -> ColumnElement[bool]:
    """The member belongs to the unit, or to one below it."""
    membership, above = _MEMBERSHIP, _ABOVE
    return exists(
        select(1)
        .select_from(membership)
        .join(above, above.unit_id == membership.unit_id)
        .where(
            membership.member_id == member_id,
            above.ancestor_id == unit_id,
            membership_in_force(membership, day),
        )
    )


def employed_above(staff_id: UUID, unit_id: Any, day: date) -> ColumnElement[bool]:
    """The employee works for the unit, or for one above it."""
    staff, above = _STAFF, _ABOVE
    return exists(
        select(1)
        .select_from(staff)
        .join(above, above.ancestor_id == staff.unit_id)
        .where(
            staff.id == staff_id,
            above.unit_id == unit_id,
            staff.starts_on <= day,
            or_(staff.ends_on.is_(None), staff.ends_on >= day),
            staff.erased_at.is_(None),
        )
    )
