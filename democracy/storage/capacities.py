"""In what capacities people take part in a meeting: every one of them, for any number of people, in one statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, cast
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, or_, select
from sqlalchemy.orm import aliased

from democracy.domain.kinds import BodyKind, MandateRole
from democracy.storage.in_force import (
    VOTING_ROLES,
    belongs_under,
    holds,
    holds_in,
    mandate_in_force,
    membership_in_force,
)
from democracy.storage.prepared import DAY, IDS
from democracy.storage.statutes import Connected
from democracy.storage.tables.agenda import MeetingOfficerRow
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.member import MandateRow, MemberRow, MembershipRow
from democracy.storage.tables.motion import MotionRow, MoverRow
from democracy.storage.tables.roll import AllotmentRow, DelegateRow
from democracy.storage.tables.unit import BodyRow, UnitAncestorRow
from democracy.storage.types import IdArray, any_of
from workflows.delegate import DelegateState
from workflows.motion import MotionState
from workflows.proceedings import OfficerRole
from workflows.statutes.kinds import Participant

_ROLE, _MEMBER = aliased(MandateRow), cast("UUID", MemberRow.id)
ELECTED = (MandateRole.DELEGATE, MandateRole.MEMBER)
"""Roles by which somebody sits in a body that is elected for a term."""


_MEETINGS = bindparam("meeting_ids", type_=IdArray())


@dataclass(frozen=True)
class Capacity:
    """Everything that somebody is in relation to a meeting."""

    capacities: frozenset[Participant]
    votes_here: bool
    """Their voting unit is the meeting's own, or below it."""
    born: date | None


async def capacities(
    connection: Connected, meeting_id: UUID, members: Sequence[UUID], day: date
) -> dict[UUID, Capacity]:
    """The capacities of each of the members in the meeting on that day."""
    found = await capacities_in(connection, [meeting_id], members, day)
    return {member_id: each for (_, member_id), each in found.items()}


async def capacities_in(
    connection: Connected, meetings: Sequence[UUID], members: Sequence[UUID], day: date
) -> dict[tuple[UUID, UUID], Capacity]:
    """The same for several meetings, by meeting and member."""
    statement, columns = _statement()
    values = {"meeting_ids": list(meetings), "ids": list(members), "day": day}
    rows = await connection.execute(statement, values)
    return {
        (row.meeting_id, row.id): Capacity(
            frozenset(each for each in columns if getattr(row, each.name)), row.votes_here, row.birth_date
        )
        for row in rows
    }


@cache
def _statement() -> tuple[Select[Any], tuple[Participant, ...]]:
    columns = {**_by_report(), **_by_mandate(), **_by_meeting()}
    statement = (
        select(
            MemberRow.id,
            MeetingRow.id.label("meeting_id"),
            MemberRow.birth_date,
            _votes_here().label("votes_here"),
            *(column.label(each.name) for each, column in columns.items()),
        )
        .select_from(MemberRow)
        .join(MeetingRow, any_of(MeetingRow.id, _MEETINGS))
        .where(any_of(MemberRow.id, IDS))
    )
    return cast("Select[Any]", statement), tuple(columns)


def _by_report() -> dict[Participant, ColumnElement[bool]]:
    """Where seats have been shared out those who were reported are delegates, otherwise those elected for a term."""
    by_term = ~exists(select(1).where(AllotmentRow.meeting_id == MeetingRow.id))
    return {
        Participant.DELEGATE: or_(
            _reported(Participant.DELEGATE), and_(by_term, holds(_MEMBER, MeetingRow.body_id, DAY, *ELECTED))
        ),
        Participant.SUBSTITUTE: or_(
            _reported(Participant.SUBSTITUTE), holds(_MEMBER, MeetingRow.body_id, DAY, MandateRole.SUBSTITUTE)
        ),
    }


def _by_mandate() -> dict[Participant, ColumnElement[bool]]:
    unit, body, board = MeetingRow.unit_id, MeetingRow.body_id, MeetingRow.board_id
    return {
        Participant.MEMBER: belongs_under(_MEMBER, unit, DAY),
        Participant.BOARD_MEMBER: holds(_MEMBER, board, DAY, *VOTING_ROLES),
        Participant.HIGHER_BOARD_MEMBER: _holds_above(BodyKind.BOARD),
        Participant.ELECTED_REPRESENTATIVE: _holds_above(BodyKind.MUNICIPAL_GROUP),
        Participant.GROUP_MEMBER: _holds_below(BodyKind.MUNICIPAL_GROUP),
        Participant.AUDITOR: holds_in(_MEMBER, unit, BodyKind.AUDITORS, DAY),
        Participant.NOMINATION_COMMITTEE: holds_in(_MEMBER, unit, BodyKind.NOMINATION_COMMITTEE, DAY),
        Participant.CO_OPTED: or_(
            holds(_MEMBER, body, DAY, MandateRole.CO_OPTED), holds(_MEMBER, board, DAY, MandateRole.CO_OPTED)
        ),
    }


def _by_meeting() -> dict[Participant, ColumnElement[bool]]:
    body = MeetingRow.body_id
    return {
        Participant.PRESIDIUM: or_(
            _officer(OfficerRole.CHAIR), holds(_MEMBER, body, DAY, MandateRole.CHAIR, MandateRole.VICE_CHAIR)
        ),
        Participant.SECRETARY: or_(_officer(OfficerRole.SECRETARY), holds(_MEMBER, body, DAY, MandateRole.SECRETARY)),
        Participant.MOVER: _moves(),
    }


def _reported(participant: Participant) -> ColumnElement[bool]:
    return exists(
        select(1).where(
            DelegateRow.meeting_id == MeetingRow.id,
            DelegateRow.member_id == MemberRow.id,
            DelegateRow.participant == participant,
            DelegateRow.state == DelegateState.ACCEPTED,
        )
    )


def _officer(role: OfficerRole) -> ColumnElement[bool]:
    return exists(
        select(1).where(
            MeetingOfficerRow.meeting_id == MeetingRow.id,
            MeetingOfficerRow.member_id == MemberRow.id,
            MeetingOfficerRow.role == role,
            MeetingOfficerRow.until.is_(None),
        )
    )


def _moves() -> ColumnElement[bool]:
    return exists(
        select(1)
        .select_from(MoverRow)
        .join(MotionRow, MotionRow.id == MoverRow.motion_id)
        .where(
            MotionRow.meeting_id == MeetingRow.id,
            MotionRow.state != MotionState.DRAFT,
            MoverRow.member_id == MemberRow.id,
            MoverRow.confirmed_at.is_not(None),
            MoverRow.left_at.is_(None),
        )
    )


def _holds_above(kind: BodyKind) -> ColumnElement[bool]:
    """A place in such a body of a unit above the meeting's."""
    here = and_(UnitAncestorRow.ancestor_id == BodyRow.unit_id, UnitAncestorRow.unit_id == MeetingRow.unit_id)
    return _holds_elsewhere(kind, here, UnitAncestorRow.distance > 0)


def _holds_below(kind: BodyKind) -> ColumnElement[bool]:
    """A place in such a body of the meeting's own unit, or of one below it."""
    here = and_(UnitAncestorRow.unit_id == BodyRow.unit_id, UnitAncestorRow.ancestor_id == MeetingRow.unit_id)
    return _holds_elsewhere(kind, here)


def _holds_elsewhere(kind: BodyKind, *where: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists(
        select(1)
        .select_from(_ROLE)
        .join(BodyRow, BodyRow.id == _ROLE.body_id)
        .join(UnitAncestorRow, where[0])
        .where(
            _ROLE.member_id == MemberRow.id,
            BodyRow.kind == kind,
            _ROLE.role.in_(VOTING_ROLES),
            mandate_in_force(_ROLE, DAY),
            *where[1:],
        )
    )


def _votes_here() -> ColumnElement[bool]:
    return exists(
        select(1)
        .select_from(MembershipRow)
        .join(UnitAncestorRow, UnitAncestorRow.unit_id == MembershipRow.unit_id)
        .where(
            MembershipRow.member_id == MemberRow.id,
            MembershipRow.voting,
            membership_in_force(MembershipRow, DAY),
            UnitAncestorRow.ancestor_id == MeetingRow.unit_id,
        )
    )
