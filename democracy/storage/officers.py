"""Who presides over a meeting, keeps its minutes, verifies them and counts its votes, as SQL predicates."""

from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import aliased

from democracy.domain.kinds import MandateRole
from democracy.storage.in_force import holds
from democracy.storage.tables.agenda import AgendaItemRow, BarredRow, GavelRow, MeetingOfficerRow
from democracy.storage.tables.meeting import MeetingRow
from workflows.item import ItemState
from workflows.proceedings import OfficerRole

# Made once: an alias of a table costs as much as the rest of its predicate. Never used twice in one FROM.
_OFFICER, _GAVEL = aliased(MeetingOfficerRow), aliased(GavelRow)
_BARRED, _ITEM = aliased(BarredRow), aliased(AgendaItemRow)


def is_officer(member_id: UUID, *roles: OfficerRole) -> ColumnElement[bool]:
    """The meeting has elected the member to one of the roles (any, when none is named), and they have not left it."""
    wanted = [_OFFICER.role.in_(roles)] if roles else []
    return exists(
        select(1).where(
            _OFFICER.meeting_id == MeetingRow.id, _OFFICER.member_id == member_id, _OFFICER.until.is_(None), *wanted
        )
    )


def holds_gavel(member_id: UUID) -> ColumnElement[bool]:
    """The gavel is with the member now."""
    return exists(
        select(1).where(_GAVEL.meeting_id == MeetingRow.id, _GAVEL.member_id == member_id, _GAVEL.until.is_(None))
    )


def has_served(member_id: UUID) -> ColumnElement[bool]:
    """The meeting has at some time elected the member to something, or given them the gavel."""
    elected = exists(select(1).where(_OFFICER.meeting_id == MeetingRow.id, _OFFICER.member_id == member_id))
    given = exists(select(1).where(_GAVEL.meeting_id == MeetingRow.id, _GAVEL.member_id == member_id))
    return or_(elected, given)


def presides(member_id: UUID, day: date) -> ColumnElement[bool]:
    """Whoever holds the gavel, or was elected to; until somebody has been, the body's chair and the board's chair.

    Nobody presides over an item from which they are barred (jäv).
    """
    opens = or_(
        holds(member_id, MeetingRow.body_id, day, MandateRole.CHAIR, MandateRole.VICE_CHAIR),
        holds(member_id, MeetingRow.board_id, day, MandateRole.CHAIR, MandateRole.VICE_CHAIR),
    )
    chosen = or_(holds_gavel(member_id), is_officer(member_id, OfficerRole.CHAIR))
    return and_(or_(chosen, and_(~_elected(OfficerRole.CHAIR), opens)), ~_barred_now(member_id))


def keeps_minutes(member_id: UUID, day: date) -> ColumnElement[bool]:
    """The meeting's elected secretary; until there is one, the body's and the board's."""
    begins = or_(
        holds(member_id, MeetingRow.body_id, day, MandateRole.SECRETARY),
        holds(member_id, MeetingRow.board_id, day, MandateRole.SECRETARY),
    )
    return or_(is_officer(member_id, OfficerRole.SECRETARY), and_(~_elected(OfficerRole.SECRETARY), begins))


def _elected(role: OfficerRole) -> ColumnElement[bool]:
    return exists(
        select(1).where(_OFFICER.meeting_id == MeetingRow.id, _OFFICER.role == role, _OFFICER.until.is_(None))
    )


def _barred_now(member_id: UUID) -> ColumnElement[bool]:
    """The member is barred from the item that is open."""
    return exists(
        select(1)
        .select_from(_BARRED)
        .join(_ITEM, _ITEM.id == _BARRED.item_id)
        .where(
            _ITEM.meeting_id == MeetingRow.id,
            _ITEM.state == ItemState.OPEN,
            _BARRED.member_id == member_id,
            _BARRED.lifted_at.is_(None),
        )
    )
