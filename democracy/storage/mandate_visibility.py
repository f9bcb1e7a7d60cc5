"""Who sees a mandate: whoever sees its holder, while it is in force; at all times, the holder and the secretary."""

from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, or_, true

from democracy.domain.actors import Actor, Clock, Member, Operator
from democracy.domain.kinds import BodyKind
from democracy.storage.in_force import OFFICERS, holds, holds_in, mandate_in_force
from democracy.storage.member_visibility import member_visible_to
from democracy.storage.tables.member import MandateRow
from democracy.storage.tables.unit import BodyRow


def mandate_visible_to(actor: Actor, at: datetime, zone: ZoneInfo) -> ColumnElement[bool]:
    """The statement must join the member who holds it, and the body."""
    if isinstance(actor, Clock | Operator):
        return true()
    day, seen = at.astimezone(zone).date(), member_visible_to(actor, at, zone)
    now = and_(mandate_in_force(MandateRow, day), seen)
    if not isinstance(actor, Member):
        return now
    return or_(now, MandateRow.member_id == actor.id, and_(seen, keeps_body(actor.id, day)))


def keeps_body(member_id: UUID, day: date) -> ColumnElement[bool]:
    """Chair or secretary of the body, or of its unit's board. The statement must have the body."""
    return or_(
        holds(member_id, BodyRow.id, day, *OFFICERS),
        holds_in(member_id, BodyRow.unit_id, BodyKind.BOARD, day, *OFFICERS),
    )
