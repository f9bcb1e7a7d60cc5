"""Who sees the names on a meeting's roll: those who take part in it or prepare it, and each their own.

That somebody is a delegate tells a political opinion. Other members see figures. A protected identity stands in no
list: only the person and their own unit's chair and secretary see it.
"""

from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, exists, false, or_, select, true
from sqlalchemy.orm import aliased

from democracy.domain.actors import Actor, Clock, Member, Operator, Staff
from democracy.domain.kinds import BodyKind
from democracy.storage.in_force import OFFICERS, employed_above, holds, holds_in
from democracy.storage.officers import is_officer
from democracy.storage.prepared import local_day
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.member import MemberRow
from democracy.storage.tables.roll import DelegateRow, PresenceRow, RollEntryRow
from workflows.delegate import DelegateState

# Made once: an alias costs as much as the rest of its predicate. Each stands in one FROM, never inside itself.
_PRESENT, _REPORTED = aliased(PresenceRow), aliased(DelegateRow)


def roll_visible_to(actor: Actor, at: datetime, zone: ZoneInfo) -> ColumnElement[bool]:
    """The names on the roll, for a statement over the meeting."""
    day = local_day(at, zone)
    if isinstance(actor, Clock | Operator):
        return true()
    if isinstance(actor, Staff):
        return employed_above(actor.id, MeetingRow.unit_id, day)
    if not isinstance(actor, Member):
        return false()
    return or_(
        holds(actor.id, MeetingRow.board_id, day),
        holds(actor.id, MeetingRow.body_id, day),
        holds_in(actor.id, MeetingRow.unit_id, BodyKind.AUDITORS, day),
        is_officer(actor.id),
        _takes_part(actor.id),
    )


def delegate_visible_to(actor: Actor, at: datetime, zone: ZoneInfo) -> ColumnElement[bool]:
    """Somebody's report, for a statement over it, its meeting and the member."""
    return _seen(actor, at, zone, DelegateRow.member_id, DelegateRow.unit_id)


def presence_visible_to(actor: Actor, at: datetime, zone: ZoneInfo) -> ColumnElement[bool]:
    """Somebody's presence, for a statement over it, its meeting, the member, and the report where there is one."""
    return _seen(actor, at, zone, PresenceRow.member_id, DelegateRow.unit_id)


def entry_visible_to(actor: Actor, at: datetime, zone: ZoneInfo) -> ColumnElement[bool]:
    """A voter of a fixed roll, for a statement over the entry, its meeting and the member."""
    return _seen(actor, at, zone, RollEntryRow.member_id, RollEntryRow.unit_id)


def _seen(actor: Actor, at: datetime, zone: ZoneInfo, member: Any, unit: Any) -> ColumnElement[bool]:
    everybody = and_(MemberRow.protected.is_(False), roll_visible_to(actor, at, zone))
    if isinstance(actor, Clock | Operator):
        return true()
    if not isinstance(actor, Member):
        return everybody
    leads = holds_in(actor.id, unit, BodyKind.BOARD, local_day(at, zone), *OFFICERS)
    return or_(everybody, member == actor.id, leads)


def _takes_part(member_id: UUID) -> ColumnElement[bool]:
    """Has been there, or is reported to come."""
    there = exists(select(1).where(_PRESENT.meeting_id == MeetingRow.id, _PRESENT.member_id == member_id))
    reported = exists(
        select(1).where(
            _REPORTED.meeting_id == MeetingRow.id,
            _REPORTED.member_id == member_id,
            _REPORTED.state == DelegateState.ACCEPTED,
        )
    )
    return or_(there, reported)
