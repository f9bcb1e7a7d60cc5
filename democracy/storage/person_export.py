"""Everything that the installation holds on one person (GDPR, article 15)."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from enum import Enum
from typing import Any
from uuid import UUID

from sqlalchemy import Executable, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from democracy.storage.person_cases import of_cases
from democracy.storage.tables.account import AccountRow, PasswordLinkRow, SessionRow
from democracy.storage.tables.candidate_list import CandidateListRow, ListPlaceRow
from democracy.storage.tables.council import (
    CouncilAccessRow,
    CouncilAskedRow,
    CouncilConflictRow,
    CouncilDecisionRow,
)
from democracy.storage.tables.division import DemandRow, DivisionRow, StatementRow, VoteRow
from democracy.storage.tables.document import AmendmentRow, DocumentRow
from democracy.storage.tables.election import (
    CandidacyRow,
    ElectionDemandRow,
    ElectionRow,
    NominationNoteRow,
    NominationRow,
)
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.member import MandateRow, MemberRow, MembershipRow
from democracy.storage.tables.minutes import MinutesRow, MinutesSignatureRow
from democracy.storage.tables.motion import ClauseRow, MotionRow, MoverRow, ReservationRow
from democracy.storage.tables.outbox import OutboxRow
from democracy.storage.tables.post import HandoverLineRow, HandoverRow
from democracy.storage.tables.roll import DelegateRow, PresenceRow, RollEntryRow, RollRow
from democracy.storage.tables.step import KeptTextRow, StepRow
from democracy.storage.tables.unit import BodyRow, UnitRow

Section = list[dict[str, Any]]

_INTERNAL = frozenset({"id", "sort_key", "email_key"})


async def member_by_number(connection: AsyncConnection, number: str) -> UUID | None:
    """The id of the member with a number."""
    found: UUID | None = (
        await connection.execute(select(MemberRow.id).where(MemberRow.number == number))
    ).scalar_one_or_none()
    return found


async def everything_about(connection: AsyncConnection, member_id: UUID) -> dict[str, Section]:
    """Every row about a person by its kind, as plain JSON values. Secrets of their account are not among them."""
    return {name: await _section(connection, statement) for name, statement in _statements(member_id).items()}


def _statements(member_id: UUID) -> dict[str, Executable]:
    return {
        "register": select(MemberRow.__table__).where(MemberRow.id == member_id),
        **_places(member_id),
        **_motions(member_id),
        **_meetings(member_id),
        **_elections(member_id),
        **_councils(member_id),
        **of_cases(member_id),
        **_account(member_id),
        **_traces(member_id),
    }


def _places(member_id: UUID) -> dict[str, Executable]:
    m, d = MembershipRow, MandateRow
    return {
        "memberships": select(
            UnitRow.code, UnitRow.name, m.voting, m.fee_paid_on, m.effective_on, m.lapses_on, m.ended_on
        )
        .join(UnitRow, UnitRow.id == m.unit_id)
        .where(m.member_id == member_id)
        .order_by(UnitRow.sort_key),
        "mandates": select(
            BodyRow.code, BodyRow.name, d.role, d.position, d.starts_on, d.ends_on, d.leave_from, d.leave_until,
            d.resigned_on, d.released_on, d.decision,
        )
        .join(BodyRow, BodyRow.id == d.body_id)
        .where(d.member_id == member_id)
        .order_by(d.starts_on, d.id),
        "handovers": select(BodyRow.name, HandoverLineRow.kind, HandoverLineRow.text, HandoverLineRow.ticked_at)
        .join(HandoverRow, HandoverRow.id == HandoverLineRow.handover_id)
        .join(d, d.id == HandoverRow.mandate_id)
        .join(BodyRow, BodyRow.id == d.body_id)
        .where(d.member_id == member_id)
        .order_by(HandoverLineRow.id),
    }  # fmt: skip


def _motions(member_id: UUID) -> dict[str, Executable]:
    mine = or_(
        MotionRow.id.in_(select(MoverRow.motion_id).where(MoverRow.member_id == member_id)),
        MotionRow.created_by == member_id,
    )
    mover = MoverRow
    return {
        "motions": select(
            MotionRow.id.label("motion"), MeetingRow.name.label("meeting"), MotionRow.state, MotionRow.title,
            MotionRow.reasoning, MotionRow.created_at, MotionRow.received_at, MotionRow.channel,
        ).join(MeetingRow, MeetingRow.id == MotionRow.meeting_id).where(mine).order_by(MotionRow.created_at),
        "clauses": select(ClauseRow.motion_id.label("motion"), ClauseRow.number, ClauseRow.text)
        .join(MotionRow, MotionRow.id == ClauseRow.motion_id).where(mine).order_by(MotionRow.id, ClauseRow.number),
        "moved": select(
            mover.motion_id.label("motion"), mover.channel, mover.invited_at, mover.confirmed_at, mover.declined_at,
            mover.left_at,
        ).where(mover.member_id == member_id).order_by(mover.invited_at),
        "amendments": select(
            AmendmentRow.number, DocumentRow.title.label("document"), AmendmentRow.state, AmendmentRow.operation,
            AmendmentRow.text, AmendmentRow.reasons, AmendmentRow.channel, AmendmentRow.received_at,
        ).join(DocumentRow, DocumentRow.id == AmendmentRow.document_id)
        .where(AmendmentRow.mover_member_id == member_id).order_by(AmendmentRow.received_at),
        "reservations": select(ReservationRow.number, ReservationRow.text, ReservationRow.at)
        .where(ReservationRow.member_id == member_id).order_by(ReservationRow.at),
    }  # fmt: skip


def _meetings(member_id: UUID) -> dict[str, Executable]:
    """Where they were sent and have been, what they asked for, answered by name and had noted. Answers from devices are
    not kept.
    """
    division, vote, demand, noted = DivisionRow, VoteRow, DemandRow, StatementRow
    signed, sent, there, listed = MinutesSignatureRow, DelegateRow, PresenceRow, RollEntryRow
    return {
        "delegate_for": select(
            MeetingRow.name.label("meeting"), UnitRow.name.label("unit"), sent.participant, sent.position, sent.state,
            sent.decision, sent.decided_on, sent.received_at, sent.ended_at,
        ).join(MeetingRow, MeetingRow.id == sent.meeting_id).join(UnitRow, UnitRow.id == sent.unit_id)
        .where(sent.member_id == member_id).order_by(sent.received_at),
        "attended": select(
            MeetingRow.name.label("meeting"), there.participant, there.voting, there.remote, there.in_at, there.out_at
        ).join(MeetingRow, MeetingRow.id == there.meeting_id).where(there.member_id == member_id).order_by(there.in_at),
        "on_rolls": select(MeetingRow.name.label("meeting"), RollRow.number, RollRow.fixed_at, listed.votes)
        .join(RollRow, RollRow.id == listed.roll_id).join(MeetingRow, MeetingRow.id == RollRow.meeting_id)
        .where(listed.member_id == member_id).order_by(RollRow.fixed_at),
        "division_demands": select(MeetingRow.name.label("meeting"), demand.received_at, demand.channel)
        .join(division, division.id == demand.division_id).join(MeetingRow, MeetingRow.id == division.meeting_id)
        .where(demand.member_id == member_id).order_by(demand.received_at),
        "answers_by_name": select(MeetingRow.name.label("meeting"), division.yes_means, division.no_means, vote.choice)
        .join(division, division.id == vote.division_id).join(MeetingRow, MeetingRow.id == division.meeting_id)
        .where(vote.member_id == member_id).order_by(vote.at),
        "statements": select(
            MeetingRow.name.label("meeting"), noted.kind, noted.text, noted.received_at, noted.withdrawn_at
        ).join(MeetingRow, MeetingRow.id == noted.meeting_id).where(noted.member_id == member_id)
        .order_by(noted.received_at),
        "minutes_signed": select(
            MeetingRow.name.label("meeting"), signed.role, signed.signed_at, signed.place, signed.dissent,
            signed.channel,
        ).join(MinutesRow, MinutesRow.id == signed.minutes_id).join(MeetingRow, MeetingRow.id == MinutesRow.meeting_id)
        .where(signed.member_id == member_id).order_by(signed.signed_at),
    }  # fmt: skip


def _councils(member_id: UUID) -> dict[str, Executable]:
    """What they raised, were asked, declared and opened in councils and boards."""
    matter, asked, conflict, access = CouncilDecisionRow, CouncilAskedRow, CouncilConflictRow, CouncilAccessRow
    return {
        "council_matters": select(matter.title, matter.summary, matter.raised_at)
        .where(matter.raised_by == member_id).order_by(matter.raised_at),
        "council_answers": select(matter.title, asked.answer, asked.answered_at, asked.reservation)
        .join(matter, matter.id == asked.decision_id).where(asked.member_id == member_id).order_by(asked.id),
        "council_conflicts": select(matter.title, conflict.reason, conflict.at)
        .join(matter, matter.id == conflict.decision_id).where(conflict.member_id == member_id).order_by(conflict.at),
        "council_papers_opened": select(matter.title, access.at)
        .join(matter, matter.id == access.decision_id).where(access.member_id == member_id).order_by(access.at),
    }  # fmt: skip


def _elections(member_id: UUID) -> dict[str, Executable]:
    """What they have stood for, whom they nominated, what they noted in a committee. Votes are not kept."""
    election, own, named, note = ElectionRow, CandidacyRow, NominationRow, NominationNoteRow
    asked, place = ElectionDemandRow, ListPlaceRow
    return {
        "candidacies": select(
            election.title, own.state, own.asked_at, own.answered_at, own.presentation, own.proposed_reasons,
            own.position, own.named_at,
        ).join(election, election.id == own.election_id).where(own.member_id == member_id).order_by(own.asked_at),
        "public_lists": select(
            CandidateListRow.title, CandidateListRow.assembly, place.position, place.asked_at, place.consented_at,
            place.declined_at,
        ).join(CandidateListRow, CandidateListRow.id == place.list_id).where(place.member_id == member_id)
        .order_by(place.asked_at),
        "nominations": select(election.title, named.received_at)
        .join(own, own.id == named.candidacy_id).join(election, election.id == own.election_id)
        .where(named.member_id == member_id).order_by(named.received_at),
        "committee_notes": select(note.text, note.at).where(note.member_id == member_id).order_by(note.at),
        "secret_elections_asked_for": select(election.title, asked.at)
        .join(election, election.id == asked.election_id).where(asked.member_id == member_id).order_by(asked.at),
    }  # fmt: skip


def _account(member_id: UUID) -> dict[str, Executable]:
    own = AccountRow.member_id == member_id
    return {
        "account": select(AccountRow.password_set_at).where(own),
        "sessions": select(SessionRow.created_at, SessionRow.expires_at, SessionRow.revoked_at)
        .join(AccountRow, AccountRow.id == SessionRow.account_id).where(own).order_by(SessionRow.created_at),
        "password_links": select(PasswordLinkRow.created_at, PasswordLinkRow.expires_at, PasswordLinkRow.used_at)
        .join(AccountRow, AccountRow.id == PasswordLinkRow.account_id).where(own).order_by(PasswordLinkRow.created_at),
        "messages": select(
            OutboxRow.channel, OutboxRow.purpose, OutboxRow.subject, OutboxRow.created_at, OutboxRow.due_at,
            OutboxRow.sent_at, OutboxRow.error,
        ).where(OutboxRow.member_id == member_id).order_by(OutboxRow.created_at),
    }  # fmt: skip


def _traces(member_id: UUID) -> dict[str, Executable]:
    """What they did, and what was written of them, as the ledger keeps it."""
    step, kept = StepRow, KeptTextRow
    return {
        "kept_texts": select(kept.noun, kept.noun_id, kept.content, kept.erased_at, step.rule, step.at)
        .join(step, step.id == kept.step_id).where(kept.about_id == member_id).order_by(step.at, kept.id),
        "steps": select(step.workflow, step.rule, step.case_id, step.source, step.dest, step.paragraph, step.at)
        .where(or_(step.actor_id == member_id, step.case_id == member_id)).order_by(step.at, step.id),
    }  # fmt: skip


async def _section(connection: AsyncConnection, statement: Executable) -> Section:
    rows = await connection.execute(statement)
    names: Sequence[str] = [name for name in rows.keys() if name not in _INTERNAL]  # noqa: SIM118 - no mapping
    return [{name: _plain(name, getattr(row, name)) for name in names} for row in rows]


def _plain(name: str, value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if name == "content" and isinstance(value, str):
        return json.loads(value)
    return str(value) if isinstance(value, UUID) else value
