"""Who sees what: one predicate for each noun, used by every read, search, count and subscription of it."""

from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, false, or_, true

from democracy.domain.actors import Actor, Clock, Member, Operator, Staff
from democracy.domain.kinds import BodyKind
from democracy.storage.in_force import belongs_under, employed_above, holds, holds_in
from democracy.storage.officers import has_served
from democracy.storage.prepared import local_day
from democracy.storage.roles import is_invited, is_responsible, moves, was_asked
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.motion import MotionRow
from workflows.meeting import MeetingState
from workflows.motion import MotionState

IN_PAPERS = (
    MotionState.ADMITTED, MotionState.NOT_ADMISSIBLE, MotionState.PREPARED, MotionState.SCHEDULED, MotionState.DECIDED,
    MotionState.CLOSED,
)  # fmt: skip
"""States in which a motion stands in the papers: the stopped ones too, with their reason."""


def motion_visible_to(actor: Actor, at: datetime, zone: ZoneInfo) -> ColumnElement[bool]:
    """A draft is its movers' (and that of whoever wrote it in for others); a submitted motion also the board's, the
    auditors' and the office's; from the moment the papers are out or the meeting opens, every member's below the unit.

    The statement must join the motion's meeting.
    """
    day = local_day(at, zone)
    if isinstance(actor, Clock | Operator):
        return true()
    # A draft that was withdrawn was never handed in either.
    handed_in = and_(MotionRow.state != MotionState.DRAFT, MotionRow.received_at.is_not(None))
    if isinstance(actor, Staff):
        return and_(handed_in, employed_above(actor.id, MeetingRow.unit_id, day))
    if not isinstance(actor, Member):
        return false()
    return or_(
        moves(actor.id, day),
        is_invited(actor.id, day),
        and_(MotionRow.created_by == actor.id, ~was_asked(actor.id)),
        and_(handed_in, _prepares(actor.id, day)),
        and_(
            MotionRow.state.in_(IN_PAPERS),
            or_(MeetingRow.papers_sent_at <= at, MeetingRow.opened_at <= at),
            _takes_part(actor.id, day),
        ),
        is_responsible(actor.id, day),
    )


def meeting_visible_to(actor: Actor, at: datetime, zone: ZoneInfo) -> ColumnElement[bool]:
    """A planned meeting is the board's and the office's; a called one every member's below the unit."""
    day = local_day(at, zone)
    if isinstance(actor, Clock | Operator):
        return true()
    if isinstance(actor, Staff):
        return employed_above(actor.id, MeetingRow.unit_id, day)
    if not isinstance(actor, Member):
        return false()
    called = and_(MeetingRow.state != MeetingState.PLANNED, _takes_part(actor.id, day))
    return or_(called, _prepares(actor.id, day))


def prepares_meeting(actor: Actor, at: datetime, zone: ZoneInfo) -> ColumnElement[bool]:
    """The board that prepares the meeting, the auditors, the office, and the machine itself."""
    day = local_day(at, zone)
    if isinstance(actor, Clock | Operator):
        return true()
    if isinstance(actor, Staff):
        return employed_above(actor.id, MeetingRow.unit_id, day)
    return _prepares(actor.id, day) if isinstance(actor, Member) else false()


def _prepares(member_id: UUID, day: date) -> ColumnElement[bool]:
    return or_(
        holds(member_id, MeetingRow.board_id, day),
        holds_in(member_id, MeetingRow.unit_id, BodyKind.AUDITORS, day),
    )


def _takes_part(member_id: UUID, day: date) -> ColumnElement[bool]:
    return or_(
        belongs_under(member_id, MeetingRow.unit_id, day),
        holds(member_id, MeetingRow.body_id, day),
        # Somebody from elsewhere whom the meeting has elected to preside, or to whom the gavel was given.
        has_served(member_id),
    )
