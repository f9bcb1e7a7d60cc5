"""Who sees a mandate: whoever sees its holder, while it is in force; at all times, holder, successor and secretary."""

from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, true
from sqlalchemy.orm import aliased

from democracy.domain.actors import Actor, Clock, Member, Operator
from democracy.domain.kinds import BodyKind
from democracy.storage.in_force import OFFICERS, holds, holds_in, mandate_in_force
from democracy.storage.member_visibility import member_visible_to
from democracy.storage.tables.member import MandateRow
from democracy.storage.tables.unit import BodyRow

_NEXT = aliased(MandateRow)


def mandate_visible_to(actor: Actor, at: datetime, zone: ZoneInfo) -> ColumnElement[bool]:
    """The statement must join the member who holds it, and the body."""
    if isinstance(actor, Clock | Operator):
        return true()
    day, seen = at.astimezone(zone).date(), member_visible_to(actor, at, zone)
    now = and_(mandate_in_force(MandateRow, day), seen)
    if not isinstance(actor, Member):
        return now
    kept = and_(seen, keeps_body(actor.id, day))
    return or_(now, MandateRow.member_id == actor.id, kept, succeeds(actor.id, day))


def keeps_body(member_id: UUID, day: date) -> ColumnElement[bool]:
    """Chair or secretary of the body, or of its unit's board. The statement must have the body."""
    return or_(
        holds(member_id, BodyRow.id, day, *OFFICERS),
        holds_in(member_id, BodyRow.unit_id, BodyKind.BOARD, day, *OFFICERS),
    )


def succeeds(member_id: UUID, day: date) -> ColumnElement[bool]:
    """Holds the same place from the day that it was left, or later."""
    left_on = func.coalesce(MandateRow.released_on, MandateRow.ends_on)
    return exists(
        select(1).where(
            _NEXT.member_id == member_id,
            _NEXT.body_id == MandateRow.body_id,
            _NEXT.role == MandateRow.role,
            _NEXT.id != MandateRow.id,
            _NEXT.starts_on >= left_on,
            mandate_in_force(_NEXT, day),
        )
    )
