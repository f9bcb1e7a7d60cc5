"""Who sees the minutes of a meeting: before they are published those who write, sign or prepare them; then everybody
who sees the meeting.
"""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, exists, false, or_, select, true
from sqlalchemy.orm import aliased

from democracy.domain.actors import Actor, Clock, Member, Operator, Staff
from democracy.domain.kinds import BodyKind
from democracy.storage.in_force import employed_above, holds, holds_in
from democracy.storage.officers import is_officer, keeps_minutes, presides
from democracy.storage.prepared import local_day
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.minutes import MinutesRow, MinutesSignatoryRow
from democracy.storage.visibility import meeting_visible_to
from workflows.minutes_facts import MinutesState

# Made once: an alias of a table costs as much as the rest of its predicate. Never used twice in one FROM.
_SIGNATORY = aliased(MinutesSignatoryRow)


def minutes_visible_to(actor: Actor, at: datetime, zone: ZoneInfo) -> ColumnElement[bool]:
    """The statement must join the minutes' meeting."""
    day = local_day(at, zone)
    if isinstance(actor, Clock | Operator):
        return true()
    if isinstance(actor, Staff):
        return employed_above(actor.id, MeetingRow.unit_id, day)
    if not isinstance(actor, Member):
        return false()
    published = and_(MinutesRow.state == MinutesState.PUBLISHED, meeting_visible_to(actor, at, zone))
    return or_(
        published,
        holds(actor.id, MeetingRow.board_id, day),
        holds_in(actor.id, MeetingRow.unit_id, BodyKind.AUDITORS, day),
        is_officer(actor.id),
        presides(actor.id, day),
        keeps_minutes(actor.id, day),
        is_signatory(actor.id),
    )


def is_signatory(member_id: UUID) -> ColumnElement[bool]:
    """The member is asked to sign the minutes or a part of them, and has not been left out or replaced."""
    return exists(
        select(1).where(
            _SIGNATORY.minutes_id == MinutesRow.id,
            _SIGNATORY.member_id == member_id,
            _SIGNATORY.left_out_at.is_(None),
            _SIGNATORY.replaced_by.is_(None),
        )
    )
