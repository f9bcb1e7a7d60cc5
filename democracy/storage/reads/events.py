"""Which events somebody may see: those of cases that they may see."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from democracy.domain.actors import Anonymous, Clock, Member, Operator
from democracy.storage.appeal_case import appeal_visible_to
from democracy.storage.ballot_visibility import ballot_visible_to
from democracy.storage.branch_visibility import branch_application_visible_to
from democracy.storage.candidate_lists import list_visible_to
from democracy.storage.council_visibility import council_visible_to
from democracy.storage.document_visibility import amendment_visible_to, document_visible_to
from democracy.storage.election_visibility import candidacy_visible_to, election_visible_to
from democracy.storage.events import Event
from democracy.storage.item_case import item_visible_to
from democracy.storage.mandate_visibility import keeps_body
from democracy.storage.matter_case import matter_visible_to
from democracy.storage.minutes_visibility import minutes_visible_to
from democracy.storage.reads.reader import Reader
from democracy.storage.roll_visibility import delegate_visible_to, presence_visible_to
from democracy.storage.ruling_case import ruling_visible_to
from democracy.storage.tables.agenda import AgendaItemRow
from democracy.storage.tables.appeal import AppealRow
from democracy.storage.tables.ballot import MemberBallotRow
from democracy.storage.tables.branch_application import BranchApplicationRow
from democracy.storage.tables.candidate_list import CandidateListRow
from democracy.storage.tables.council import CouncilDecisionRow
from democracy.storage.tables.division import DivisionRow, StatementRow
from democracy.storage.tables.document import AmendmentRow, DocumentRow
from democracy.storage.tables.election import CandidacyRow, ElectionRow
from democracy.storage.tables.floor import SpeechRow
from democracy.storage.tables.matter import MatterRow, ProposalRow, QuestionRow
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.member import MandateRow, MemberRow
from democracy.storage.tables.minutes import MinutesRow
from democracy.storage.tables.motion import MotionRow
from democracy.storage.tables.post import RoleTemplateRow, SeatByRightRow
from democracy.storage.tables.roll import DelegateRow, PresenceRow, RollRow
from democracy.storage.tables.ruling import RulingRow
from democracy.storage.tables.unit import BodyRow
from democracy.storage.types import any_of
from democracy.storage.visibility import meeting_visible_to, motion_visible_to
from workflows.council_readers import UNTOLD


def _motions(reader: Reader, ids: Sequence[UUID]) -> Select[Any]:
    seen = motion_visible_to(reader.actor, reader.at, reader.zone)
    return select(MotionRow.id).join(MeetingRow).where(any_of(MotionRow.id, ids), seen)


def _meetings(reader: Reader, ids: Sequence[UUID]) -> Select[Any]:
    return select(MeetingRow.id).where(
        any_of(MeetingRow.id, ids), meeting_visible_to(reader.actor, reader.at, reader.zone)
    )


def _ballots(reader: Reader, ids: Sequence[UUID]) -> Select[Any]:
    seen = ballot_visible_to(reader.actor, reader.at, reader.zone)
    return select(MemberBallotRow.id).where(any_of(MemberBallotRow.id, ids), seen)


def _within(table: Any) -> Callable[[Reader, Sequence[UUID]], Select[Any]]:
    """What is seen by whoever sees its meeting."""

    def cases(reader: Reader, ids: Sequence[UUID]) -> Select[Any]:
        seen = meeting_visible_to(reader.actor, reader.at, reader.zone)
        within = select(table.id).join(MeetingRow, MeetingRow.id == table.meeting_id)
        return within.where(any_of(table.id, ids), seen)

    return cases


def _speeches(reader: Reader, ids: Sequence[UUID]) -> Select[Any]:
    seen = meeting_visible_to(reader.actor, reader.at, reader.zone)
    return select(SpeechRow.id).join(MeetingRow).where(any_of(SpeechRow.id, ids), seen)


def _items(reader: Reader, ids: Sequence[UUID]) -> Select[Any]:
    seen = item_visible_to(reader.actor, reader.at, reader.zone)
    return select(AgendaItemRow.id).join(MeetingRow).where(any_of(AgendaItemRow.id, ids), seen)


def _minutes(reader: Reader, ids: Sequence[UUID]) -> Select[Any]:
    seen = minutes_visible_to(reader.actor, reader.at, reader.zone)
    return select(MinutesRow.id).join(MeetingRow).where(any_of(MinutesRow.id, ids), seen)


def _documents(reader: Reader, ids: Sequence[UUID]) -> Select[Any]:
    seen = document_visible_to(reader.actor, reader.at, reader.zone)
    placed = select(DocumentRow.id).outerjoin(MeetingRow, MeetingRow.id == DocumentRow.meeting_id)
    return placed.where(any_of(DocumentRow.id, ids), seen)


def _amendments(reader: Reader, ids: Sequence[UUID]) -> Select[Any]:
    seen = amendment_visible_to(reader.actor, reader.at, reader.zone)
    placed = select(AmendmentRow.id).join(DocumentRow, DocumentRow.id == AmendmentRow.document_id)
    meeting = placed.outerjoin(MeetingRow, MeetingRow.id == DocumentRow.meeting_id)
    return meeting.where(any_of(AmendmentRow.id, ids), seen)


def _delegates(reader: Reader, ids: Sequence[UUID]) -> Select[Any]:
    return (
        select(DelegateRow.id)
        .join(MeetingRow, MeetingRow.id == DelegateRow.meeting_id)
        .join(MemberRow, MemberRow.id == DelegateRow.member_id)
        .where(any_of(DelegateRow.id, ids), delegate_visible_to(reader.actor, reader.at, reader.zone))
    )


def _presences(reader: Reader, ids: Sequence[UUID]) -> Select[Any]:
    return (
        select(PresenceRow.id)
        .join(MeetingRow, MeetingRow.id == PresenceRow.meeting_id)
        .join(MemberRow, MemberRow.id == PresenceRow.member_id)
        .outerjoin(DelegateRow, DelegateRow.id == PresenceRow.delegate_id)
        .where(any_of(PresenceRow.id, ids), presence_visible_to(reader.actor, reader.at, reader.zone))
    )


def _rolls(reader: Reader, ids: Sequence[UUID]) -> Select[Any]:
    seen = meeting_visible_to(reader.actor, reader.at, reader.zone)
    return select(RollRow.id).join(MeetingRow, MeetingRow.id == RollRow.meeting_id).where(any_of(RollRow.id, ids), seen)


def _of_matter(table: Any) -> Callable[[Reader, Sequence[UUID]], Select[Any]]:
    """What belongs to a matter, or is one: seen once the meeting has been opened."""

    def cases(reader: Reader, ids: Sequence[UUID]) -> Select[Any]:
        within = select(table.id)
        if table is not MatterRow:
            within = within.join(MatterRow, MatterRow.id == table.matter_id)
        seen = matter_visible_to(reader.actor, reader.at, reader.zone)
        return within.join(MeetingRow, MeetingRow.id == MatterRow.meeting_id).where(any_of(table.id, ids), seen)

    return cases


def _branch_applications(reader: Reader, ids: Sequence[UUID]) -> Select[Any]:
    seen = branch_application_visible_to(reader.actor, reader.at, reader.zone)
    return select(BranchApplicationRow.id).where(any_of(BranchApplicationRow.id, ids), seen)


def _rulings(reader: Reader, ids: Sequence[UUID]) -> Select[Any]:
    seen = ruling_visible_to(reader.actor, reader.at, reader.zone)
    return select(RulingRow.id).where(any_of(RulingRow.id, ids), seen)


def _appeals(reader: Reader, ids: Sequence[UUID]) -> Select[Any]:
    seen = appeal_visible_to(reader.actor, reader.at, reader.zone)
    within = select(AppealRow.id).join(RulingRow, RulingRow.id == AppealRow.ruling_id)
    return within.where(any_of(AppealRow.id, ids), seen)


def _elections(reader: Reader, ids: Sequence[UUID]) -> Select[Any]:
    seen = election_visible_to(reader.actor, reader.at, reader.zone)
    within = select(ElectionRow.id).join(MeetingRow, MeetingRow.id == ElectionRow.meeting_id)
    return within.where(any_of(ElectionRow.id, ids), seen)


def _candidate_lists(reader: Reader, ids: Sequence[UUID]) -> Select[Any]:
    seen = list_visible_to(reader.actor, reader.at, reader.zone)
    within = select(CandidateListRow.id).join(MeetingRow, MeetingRow.id == CandidateListRow.meeting_id)
    return within.where(any_of(CandidateListRow.id, ids), seen)


def _candidacies(reader: Reader, ids: Sequence[UUID]) -> Select[Any]:
    seen = candidacy_visible_to(reader.actor, reader.at, reader.zone)
    within = select(CandidacyRow.id).join(ElectionRow, ElectionRow.id == CandidacyRow.election_id)
    within = within.join(MeetingRow, MeetingRow.id == ElectionRow.meeting_id)
    return within.join(MemberRow, MemberRow.id == CandidacyRow.member_id).where(any_of(CandidacyRow.id, ids), seen)


def _mandates(reader: Reader, ids: Sequence[UUID]) -> Select[Any]:
    """For the holder, and for those who keep the body: nobody else hears of a leave."""
    if not isinstance(reader.actor, Member):
        return select(MandateRow.id).where(
            any_of(MandateRow.id, ids), literal(isinstance(reader.actor, Clock | Operator))
        )
    mine = or_(MandateRow.member_id == reader.actor.id, keeps_body(reader.actor.id, reader.today))
    placed = select(MandateRow.id).join(BodyRow, BodyRow.id == MandateRow.body_id)
    return placed.where(any_of(MandateRow.id, ids), mine)


def _templates(reader: Reader, ids: Sequence[UUID]) -> Select[Any]:
    signed_in = not isinstance(reader.actor, Anonymous)
    return select(RoleTemplateRow.id).where(any_of(RoleTemplateRow.id, ids), literal(signed_in))


def _council(reader: Reader, ids: Sequence[UUID]) -> Select[Any]:
    seen = council_visible_to(reader.actor, reader.at, reader.zone)
    return select(CouncilDecisionRow.id).where(any_of(CouncilDecisionRow.id, ids), seen)


def _seats(reader: Reader, ids: Sequence[UUID]) -> Select[Any]:
    signed_in = not isinstance(reader.actor, Anonymous)
    return select(SeatByRightRow.id).where(any_of(SeatByRightRow.id, ids), literal(signed_in))


_NOUNS: dict[str, Callable[[Reader, Sequence[UUID]], Select[Any]]] = {
    "motion": _motions,
    "meeting": _meetings,
    "member_ballot": _ballots,
    "matter": _of_matter(MatterRow),
    "proposal": _of_matter(ProposalRow),
    "question": _of_matter(QuestionRow),
    "division": _within(DivisionRow),
    "statement": _within(StatementRow),
    "floor": _meetings,
    "speech": _speeches,
    "item": _items,
    "minutes": _minutes,
    "document": _documents,
    "amendment": _amendments,
    "delegate": _delegates,
    "presence": _presences,
    "roll": _rolls,
    "mandate": _mandates,
    "seat_by_right": _seats,
    "role_template": _templates,
    "election": _elections,
    "candidacy": _candidacies,
    "council_decision": _council,
    "branch_application": _branch_applications,
    "ruling": _rulings,
    "appeal": _appeals,
    "candidate_list": _candidate_lists,
}
"""The cases of which anybody hears, by their workflow. What is not here stays in the ledger."""

WORKFLOWS = frozenset(_NOUNS)


async def visible(connection: AsyncConnection, reader: Reader, events: Sequence[Event]) -> list[Event]:
    """Those of some events whose case the reader may see. One statement for each kind of case."""
    seen: set[tuple[str, UUID]] = set()
    for workflow, cases in _NOUNS.items():
        ids = sorted({event.case_id for event in events if event.workflow == workflow})
        if ids:
            found = await connection.execute(cases(reader, ids))
            seen |= {(workflow, case_id) for case_id in found.scalars()}
    return [event for event in events if (event.workflow, event.case_id) in seen and not _untold(event)]


def _untold(event: Event) -> bool:
    """Nobody hears how a written procedure goes."""
    return event.workflow == "council_decision" and event.rule in UNTOLD
