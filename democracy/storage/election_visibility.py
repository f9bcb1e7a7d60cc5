"""Who sees an election, a candidacy, and a nomination committee's work."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, exists, false, or_, select, true
from sqlalchemy.orm import aliased

from democracy.domain.actors import Actor, Clock, Member, Operator
from democracy.domain.kinds import BodyKind, MandateRole
from democracy.storage.in_force import OFFICERS, holds, mandate_in_force
from democracy.storage.prepared import local_day
from democracy.storage.seats_by_right import in_committee
from democracy.storage.tables.election import CandidacyRow, ElectionRow, NominationRow
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.member import MandateRow, MemberRow
from democracy.storage.tables.unit import BodyRow
from democracy.storage.visibility import meeting_visible_to
from workflows.candidacy import CandidacyState

# Made once: an alias of a table costs as much as the rest of its predicate.
_NOMINATED, _BODY, _LEADS = aliased(NominationRow), aliased(BodyRow), aliased(MandateRow)


def election_visible_to(actor: Actor, at: datetime, zone: ZoneInfo) -> ColumnElement[bool]:
    """Whoever sees the meeting, and the nomination committee. The statement must join the meeting."""
    seen = meeting_visible_to(actor, at, zone)
    if not isinstance(actor, Member):
        return seen
    return or_(seen, in_committee(actor.id, ElectionRow.committee_id, local_day(at, zone)))


def candidacy_visible_to(actor: Actor, at: datetime, zone: ZoneInfo) -> ColumnElement[bool]:
    """Until the names are out: the nominee's, that of whoever nominated or wrote it in, and the committee's.

    Where there is no committee, also that of the secretary who prepares the election. Whoever declined before that is
    named to nobody else afterwards either. A protected identity that is asked and has not agreed to be named stays
    with those whom it was known to. The statement must join the election, its meeting and the member.
    """
    if isinstance(actor, Clock | Operator):
        return true()
    stood = or_(CandidacyRow.from_floor, CandidacyRow.state != CandidacyState.DECLINED)
    named = or_(
        MemberRow.protected.is_(False), CandidacyRow.named_at.is_not(None), CandidacyRow.state != CandidacyState.ASKED
    )
    out = and_(ElectionRow.names_out_at <= at, stood, named, meeting_visible_to(actor, at, zone))
    if not isinstance(actor, Member):
        return out
    day = local_day(at, zone)
    return or_(
        out,
        CandidacyRow.member_id == actor.id,
        in_committee(actor.id, ElectionRow.committee_id, day),
        and_(ElectionRow.committee_id.is_(None), holds(actor.id, MeetingRow.board_id, day, MandateRole.SECRETARY)),
        exists(
            select(1).where(
                _NOMINATED.candidacy_id == CandidacyRow.id,
                or_(
                    _NOMINATED.member_id == actor.id,
                    _NOMINATED.recorded_by == actor.id,
                    _leads(actor.id, _NOMINATED.unit_id, day),
                ),
            )
        ),
    )


def work_visible_to(actor: Actor, at: datetime, zone: ZoneInfo) -> ColumnElement[bool]:
    """The committee's own, always. The statement must join the election."""
    if isinstance(actor, Clock | Operator):
        return true()
    if not isinstance(actor, Member):
        return false()
    return in_committee(actor.id, ElectionRow.committee_id, local_day(at, zone))


def _leads(member_id: UUID, unit_id: object, day: object) -> ColumnElement[bool]:
    return exists(
        select(1)
        .select_from(_LEADS)
        .join(_BODY, and_(_BODY.id == _LEADS.body_id, _BODY.kind == BodyKind.BOARD))
        .where(
            _BODY.unit_id == unit_id,
            _LEADS.member_id == member_id,
            _LEADS.role.in_(OFFICERS),
            mandate_in_force(_LEADS, day),  # type: ignore[arg-type]
        )
    )
