"""Who may attend, speak, propose and vote in a meeting now: columns for the statement that selects it.

Checking in settles what somebody may do (docs/decisions/135): each of these is one look at the index of those present.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import aliased

from democracy.storage.tables.agenda import AgendaItemRow, BarredRow
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.motion import MoverRow
from democracy.storage.tables.roll import DelegateRow, PresenceRow
from workflows.delegate import DelegateState
from workflows.engine import Role
from workflows.statutes.kinds import Participant

# Made once: an alias of a table costs as much as the rest of its predicate. Never used twice in one FROM.
_HERE, _BARRED, _MOVER = aliased(PresenceRow), aliased(BarredRow), aliased(MoverRow)
_REPORTED = aliased(DelegateRow)


def meeting_rights(member_id: UUID) -> dict[Role, ColumnElement[bool]]:
    """What a member may do in the meeting that the statement selects."""
    return {
        Role.ATTENDEE: _here(member_id),
        Role.SPEAKER: _here(member_id, _HERE.speaks),
        Role.PROPOSER: _here(member_id, _HERE.proposes),
        Role.VOTER: _here(member_id, _HERE.voting),
    }


def item_rights(member_id: UUID) -> dict[Role, ColumnElement[bool]]:
    """The same for an item of the agenda, with its meeting in the statement too.

    Whoever is barred (jäv) takes no part in it; a mover may speak on a motion of their own.
    """
    rights, takes_part = meeting_rights(member_id), ~is_barred(member_id, AgendaItemRow.id)
    own = and_(_here(member_id, _HERE.speaks_as_mover), _moves_it(member_id))
    return {
        Role.ATTENDEE: rights[Role.ATTENDEE],
        Role.SPEAKER: and_(or_(rights[Role.SPEAKER], own), takes_part),
        Role.PROPOSER: and_(rights[Role.PROPOSER], takes_part),
        Role.VOTER: and_(rights[Role.VOTER], takes_part),
    }


def is_delegate(member_id: UUID) -> ColumnElement[bool]:
    """The member has been reported as a delegate to the meeting that the statement selects."""
    return exists(
        select(1).where(
            _REPORTED.meeting_id == MeetingRow.id,
            _REPORTED.member_id == member_id,
            _REPORTED.participant == Participant.DELEGATE,
            _REPORTED.state == DelegateState.ACCEPTED,
        )
    )


def is_barred(member_id: Any, item_id: Any) -> ColumnElement[bool]:
    """Whether somebody takes no part in an item because of a conflict of interest."""
    barred = _BARRED
    return exists(select(1).where(barred.item_id == item_id, barred.member_id == member_id, barred.lifted_at.is_(None)))


def _here(member_id: UUID, *which: Any) -> ColumnElement[bool]:
    return exists(
        select(1).where(_HERE.meeting_id == MeetingRow.id, _HERE.member_id == member_id, _HERE.out_at.is_(None), *which)
    )


def _moves_it(member_id: UUID) -> ColumnElement[bool]:
    mover = _MOVER
    return exists(
        select(1).where(
            mover.motion_id == AgendaItemRow.motion_id,
            mover.member_id == member_id,
            mover.confirmed_at.is_not(None),
            mover.left_at.is_(None),
        )
    )
