"""What an actor is in relation to a meeting and to a motion: the roles that rules ask for, as columns."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import aliased

from democracy.domain.actors import Actor, Clock, Member, Operator, Staff
from democracy.domain.kinds import BodyKind, MandateRole
from democracy.storage.in_force import OFFICERS, VOTING_ROLES, employed_above, holds, holds_in, mandate_in_force
from democracy.storage.officers import is_officer, keeps_minutes, presides
from democracy.storage.rights import is_delegate, item_rights, meeting_rights
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.member import MandateRow
from democracy.storage.tables.motion import FollowUpRow, MotionRow, MoverRow
from democracy.storage.tables.unit import BodyRow
from workflows.engine import Role
from workflows.proceedings import OfficerRole

Columns = dict[Role, ColumnElement[bool]]

# Made once: an alias of a table costs as much as the rest of its predicate. Never used twice in one FROM.
_MOVER, _LED, _BODY, _LEADS = aliased(MoverRow), aliased(MoverRow), aliased(BodyRow), aliased(MandateRow)
_FOLLOW_UP = aliased(FollowUpRow)


def meeting_roles(actor: Actor, day: date) -> Columns:
    """One boolean column for each role that the actor may have in a meeting."""
    if isinstance(actor, Staff):
        return {Role.STAFF: employed_above(actor.id, MeetingRow.unit_id, day)}
    if not isinstance(actor, Member):
        return {}
    board, body = MeetingRow.board_id, MeetingRow.body_id
    return {
        Role.BOARD: holds(actor.id, board, day, *VOTING_ROLES, MandateRole.SUBSTITUTE),
        Role.SECRETARY: holds(actor.id, board, day, MandateRole.SECRETARY),
        Role.PRESIDIUM: presides(actor.id, day),
        Role.MEETING_SECRETARY: keeps_minutes(actor.id, day),
        Role.VERIFIER: is_officer(actor.id, OfficerRole.VERIFIER),
        Role.TELLER: is_officer(actor.id, OfficerRole.TELLER),
        Role.DELEGATE: or_(holds(actor.id, body, day, MandateRole.DELEGATE), is_delegate(actor.id)),
        Role.AUDITOR: holds_in(actor.id, MeetingRow.unit_id, BodyKind.AUDITORS, day),
        **meeting_rights(actor.id),
    }


def item_roles(actor: Actor, day: date) -> Columns:
    """The same for an item of the agenda, whose meeting must be in the statement too."""
    columns = meeting_roles(actor, day)
    return columns | item_rights(actor.id) if isinstance(actor, Member) else columns


def motion_roles(actor: Actor, day: date) -> Columns:
    """The same for a motion, whose meeting must be in the statement too."""
    columns = meeting_roles(actor, day)
    if isinstance(actor, Member):
        columns[Role.MOVER] = moves(actor.id, day)
        columns[Role.INVITED] = is_invited(actor.id, day)
        columns[Role.RESPONSIBLE] = is_responsible(actor.id, day)
    return columns


def always(actor: Actor) -> frozenset[Role]:
    """Roles that an actor has in every case."""
    if isinstance(actor, Clock):
        return frozenset({Role.CLOCK})
    if isinstance(actor, Operator):
        return frozenset({Role.OPERATOR})
    return frozenset({Role.MEMBER}) if isinstance(actor, Member) else frozenset()


def found(row: Any, columns: Columns, actor: Actor) -> frozenset[Role]:
    """The roles of one row that selected `columns` under their roles' names."""
    return always(actor) | {role for role in columns if getattr(row, f"role_{role.value}")}


def labelled(columns: Columns) -> list[ColumnElement[bool]]:
    """The columns under their names, to be selected."""
    return [column.label(f"role_{role.value}") for role, column in columns.items()]


def moves(member_id: UUID, day: date) -> ColumnElement[bool]:
    """The member stands behind the motion, or leads a unit that does."""
    return _behind(member_id, day, lambda mover: and_(mover.confirmed_at.is_not(None), mover.left_at.is_(None)))


def is_invited(member_id: UUID, day: date) -> ColumnElement[bool]:
    """The member, or a unit that they lead, has been invited and has not answered."""
    return _behind(member_id, day, lambda mover: and_(mover.confirmed_at.is_(None), mover.declined_at.is_(None)))


def was_asked(member_id: UUID) -> ColumnElement[bool]:
    """The member is, was or was invited to be a mover of their own, whatever became of it."""
    mover = aliased(MoverRow)
    return exists(select(1).where(mover.motion_id == MotionRow.id, mover.member_id == member_id))


def _behind(member_id: UUID, day: date, stands: Any) -> ColumnElement[bool]:
    mover, led, body, mandate = _MOVER, _LED, _BODY, _LEADS
    own = exists(select(1).where(mover.motion_id == MotionRow.id, mover.member_id == member_id, stands(mover)))
    for_unit = exists(
        select(1)
        .select_from(led)
        .join(body, and_(body.unit_id == led.unit_id, body.kind == BodyKind.BOARD))
        .join(mandate, mandate.body_id == body.id)
        .where(
            led.motion_id == MotionRow.id,
            stands(led),
            mandate.member_id == member_id,
            mandate.role.in_(OFFICERS),
            mandate_in_force(mandate, day),
        )
    )
    return or_(own, for_unit)


def is_responsible(member_id: UUID, day: date) -> ColumnElement[bool]:
    """The member leads a body that follows up something in the motion."""
    follow_up, mandate = _FOLLOW_UP, _LEADS
    return exists(
        select(1)
        .select_from(follow_up)
        .join(mandate, mandate.body_id == follow_up.body_id)
        .where(
            follow_up.motion_id == MotionRow.id,
            mandate.member_id == member_id,
            mandate.role.in_(OFFICERS),
            mandate_in_force(mandate, day),
        )
    )
