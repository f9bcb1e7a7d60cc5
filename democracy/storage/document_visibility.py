"""Who sees a document and the amendments to it, and what somebody is in relation to them."""

from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, exists, false, or_, select, true
from sqlalchemy.orm import aliased

from democracy.domain.actors import Actor, Clock, Member, Operator, Staff
from democracy.domain.kinds import BodyKind, MandateRole
from democracy.storage.in_force import (
    OFFICERS,
    VOTING_ROLES,
    belongs_under,
    employed_above,
    holds,
    holds_in,
    mandate_in_force,
)
from democracy.storage.officers import holds_gavel, is_officer, keeps_minutes, presides
from democracy.storage.prepared import local_day
from democracy.storage.rights import meeting_rights
from democracy.storage.roles import Columns
from democracy.storage.tables.document import AmendmentRow, DocumentProposerRow, DocumentRow
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.member import MandateRow
from democracy.storage.tables.unit import BodyRow
from workflows.document_facts import DocumentState
from workflows.engine import Role

LAID = (DocumentState.PROPOSED, DocumentState.ADOPTED, DocumentState.PUBLISHED, DocumentState.REJECTED)
"""States in which everybody below the unit reads it: a proposal is sent out so that amendments can be written."""

_PROPOSER, _LEADS, _BODY = aliased(DocumentProposerRow), aliased(MandateRow), aliased(BodyRow)


def document_visible_to(actor: Actor, at: datetime, zone: ZoneInfo) -> ColumnElement[bool]:
    """Until it is laid before its meeting a document is the board's, its co-proposers', the auditors' and the office's.

    The statement outer-joins the meeting.
    """
    day = local_day(at, zone)
    if isinstance(actor, Clock | Operator):
        return true()
    if isinstance(actor, Staff):
        return employed_above(actor.id, DocumentRow.unit_id, day)
    if not isinstance(actor, Member):
        return false()
    return or_(_prepares(actor.id, day), and_(DocumentRow.state.in_(LAID), _reads(actor.id, day)))


def amendment_visible_to(actor: Actor, at: datetime, zone: ZoneInfo) -> ColumnElement[bool]:
    """An amendment is its mover's, and that of those who prepare the meeting; with the papers it is everybody's who
    sees the document.

    The statement joins the document and outer-joins the meeting.
    """
    day = local_day(at, zone)
    if isinstance(actor, Clock | Operator):
        return true()
    if isinstance(actor, Staff):
        return employed_above(actor.id, DocumentRow.unit_id, day)
    if not isinstance(actor, Member):
        return false()
    out = or_(MeetingRow.papers_sent_at <= at, MeetingRow.opened_at <= at)
    return or_(moves_amendment(actor.id, day), _prepares(actor.id, day), and_(out, _reads(actor.id, day)))


def document_roles(actor: Actor, day: date) -> Columns:
    """One boolean column for each role that the actor may have in a document."""
    if isinstance(actor, Staff):
        return {Role.STAFF: employed_above(actor.id, DocumentRow.unit_id, day)}
    if not isinstance(actor, Member):
        return {}
    board = DocumentRow.board_id
    return {
        Role.BOARD: holds(actor.id, board, day, *VOTING_ROLES, MandateRole.SUBSTITUTE),
        Role.SECRETARY: holds(actor.id, board, day, MandateRole.SECRETARY),
        Role.AUDITOR: holds_in(actor.id, DocumentRow.unit_id, BodyKind.AUDITORS, day),
        Role.PRESIDIUM: presides(actor.id, day),
        Role.MEETING_SECRETARY: keeps_minutes(actor.id, day),
        **meeting_rights(actor.id),
    }


def amendment_roles(actor: Actor, day: date) -> Columns:
    """The same for an amendment."""
    columns = document_roles(actor, day)
    if isinstance(actor, Member):
        columns[Role.MOVER] = moves_amendment(actor.id, day)
    return columns


def moves_amendment(member_id: UUID, day: date) -> ColumnElement[bool]:
    """The member moved it, or leads the unit that did."""
    for_unit = exists(
        select(1)
        .select_from(_LEADS)
        .join(_BODY, and_(_BODY.id == _LEADS.body_id, _BODY.kind == BodyKind.BOARD))
        .where(
            _BODY.unit_id == AmendmentRow.mover_unit_id,
            _LEADS.member_id == member_id,
            _LEADS.role.in_(OFFICERS),
            mandate_in_force(_LEADS, day),
        )
    )
    return or_(AmendmentRow.mover_member_id == member_id, for_unit)


def _prepares(member_id: UUID, day: date) -> ColumnElement[bool]:
    proposes = exists(
        select(1).where(_PROPOSER.document_id == DocumentRow.id, holds(member_id, _PROPOSER.body_id, day))
    )
    return or_(
        holds(member_id, DocumentRow.board_id, day),
        holds_in(member_id, DocumentRow.unit_id, BodyKind.AUDITORS, day),
        proposes,
    )


def _reads(member_id: UUID, day: date) -> ColumnElement[bool]:
    """Members below the unit, and those from elsewhere who take part in the meeting."""
    return or_(
        belongs_under(member_id, DocumentRow.unit_id, day),
        holds(member_id, MeetingRow.body_id, day),
        is_officer(member_id),
        holds_gavel(member_id),
    )
