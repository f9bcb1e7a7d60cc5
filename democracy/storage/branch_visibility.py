"""Who sees an application to form a branch, and what they are in relation to it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, exists, false, or_, select, true
from sqlalchemy.orm import aliased

from democracy.domain.actors import Actor, Clock, Member, Operator, Staff
from democracy.domain.kinds import BodyKind, MandateRole
from democracy.storage.in_force import OFFICERS, VOTING_ROLES, belongs_under, employed_above, holds, mandate_in_force
from democracy.storage.prepared import local_day
from democracy.storage.roles import Columns
from democracy.storage.tables.branch_application import BranchApplicationRow, ConsultationRow, FounderRow
from democracy.storage.tables.member import MandateRow
from democracy.storage.tables.ruling import RulingRow
from democracy.storage.tables.unit import BodyRow
from workflows.branch_application_facts import BranchApplicationState
from workflows.engine import Role

# Made once: an alias of a table costs as much as the rest of its predicate.
_FOUNDER, _ASKED, _BODY, _LEADS, _RULING = (
    aliased(FounderRow), aliased(ConsultationRow), aliased(BodyRow), aliased(MandateRow), aliased(RulingRow),
)  # fmt: skip
_S = BranchApplicationState
PUBLISHED = (_S.APPROVED, _S.CALLED, _S.FORMED)
"""A branch that may be formed concerns every member under the board."""


def branch_application_visible_to(actor: Actor, at: datetime, zone: ZoneInfo) -> ColumnElement[bool]:
    """While it gathers names: its founders', invited and standing, and that of whoever wrote it in for them.

    Once handed in, also the deciding board's, the office's, the branches' that are heard, and that of the body that
    tries an appeal. Once approved, every member's under the board, without the founders' names.
    """
    if isinstance(actor, Clock | Operator):
        return true()
    day = local_day(at, zone)
    handed_in = BranchApplicationRow.received_at.is_not(None)
    if isinstance(actor, Staff):
        return and_(handed_in, employed_above(actor.id, BranchApplicationRow.unit_id, day))
    if not isinstance(actor, Member):
        return false()
    return or_(
        founds(actor.id),
        is_asked_to_found(actor.id),
        BranchApplicationRow.created_by == actor.id,
        and_(handed_in, holds(actor.id, BranchApplicationRow.body_id, day)),
        and_(handed_in, holds(actor.id, BranchApplicationRow.next_caller_id, day)),
        and_(handed_in, leads_consulted(actor.id, day)),
        exists(
            select(1).where(
                _RULING.id == BranchApplicationRow.ruling_id, holds(actor.id, _RULING.appeal_office_id, day)
            )
        ),
        and_(BranchApplicationRow.state.in_(PUBLISHED), belongs_under(actor.id, BranchApplicationRow.unit_id, day)),
    )


def branch_application_roles(actor: Actor, day: date) -> Columns:
    """One boolean column for each role that the actor may have in an application."""
    if isinstance(actor, Staff):
        return {Role.STAFF: employed_above(actor.id, BranchApplicationRow.unit_id, day)}
    if not isinstance(actor, Member):
        return {}
    board = BranchApplicationRow.body_id
    return {
        Role.APPLICANT: founds(actor.id),
        Role.INVITED: is_asked_to_found(actor.id),
        Role.BOARD: holds(actor.id, board, day, *VOTING_ROLES, MandateRole.SUBSTITUTE),
        Role.SECRETARY: holds(actor.id, board, day, MandateRole.SECRETARY),
        Role.NEXT_CALLER: holds(actor.id, BranchApplicationRow.next_caller_id, day, *OFFICERS),
        Role.BRANCH_OFFICER: leads_consulted(actor.id, day),
    }


def founds(member_id: UUID) -> ColumnElement[bool]:
    """The member has confirmed, and stands."""
    return _founder(member_id, and_(_FOUNDER.confirmed_at.is_not(None), _FOUNDER.left_at.is_(None)))


def is_asked_to_found(member_id: UUID) -> ColumnElement[bool]:
    """The member has been asked, and has not answered."""
    return _founder(
        member_id, and_(_FOUNDER.confirmed_at.is_(None), _FOUNDER.declined_at.is_(None), _FOUNDER.left_at.is_(None))
    )


def _founder(member_id: UUID, stands: Any) -> ColumnElement[bool]:
    return exists(
        select(1).where(_FOUNDER.application_id == BranchApplicationRow.id, _FOUNDER.member_id == member_id, stands)
    )


def leads_consulted(member_id: UUID, day: date) -> ColumnElement[bool]:
    """The member leads a unit that is heard."""
    return exists(
        select(1)
        .select_from(_ASKED)
        .join(_BODY, and_(_BODY.unit_id == _ASKED.unit_id, _BODY.kind == BodyKind.BOARD))
        .join(_LEADS, _LEADS.body_id == _BODY.id)
        .where(
            _ASKED.application_id == BranchApplicationRow.id,
            _LEADS.member_id == member_id,
            _LEADS.role.in_(OFFICERS),
            mandate_in_force(_LEADS, day),
        )
    )
