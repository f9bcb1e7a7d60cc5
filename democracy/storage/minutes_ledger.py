"""What the ledger holds of a meeting and of its minutes, beside the rows that say the same."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select

from democracy.storage.statutes import Connected
from democracy.storage.tables.division import DivisionRow, StatementRow
from democracy.storage.tables.election import ElectionRoundRow, ElectionRow
from democracy.storage.tables.matter import MatterDecisionRow, MatterRow, ProposalRow, QuestionRow
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.minutes import MinutesAddendumRow, MinutesRow
from democracy.storage.tables.step import KeptTextRow, StepRow


@dataclass(frozen=True, slots=True)
class Recorded:
    """A step, as its record has it: that is what is hashed."""

    id: UUID
    workflow: str
    case_id: UUID
    rule: str
    dest: str
    at: datetime
    outcome: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Kept:
    """A text as it stood at one step."""

    step_id: UUID
    noun: str
    noun_id: UUID
    content: Mapping[str, Any] | None
    """None once it has been erased."""


async def all_minutes(connection: Connected, meeting: str | None = None) -> Sequence[Any]:
    """Every minutes row with its meeting's name; of one meeting by its id or a part of its name."""
    statement = select(*MinutesRow.__table__.columns, MeetingRow.name).join(
        MeetingRow, MeetingRow.id == MinutesRow.meeting_id
    )
    if meeting is not None:
        statement = statement.where(or_(MeetingRow.name.contains(meeting, autoescape=True), *_by_id(meeting)))
    return (await connection.execute(statement.order_by(MeetingRow.starts_at, MinutesRow.id))).all()


def _by_id(meeting: str) -> list[Any]:
    try:
        return [MeetingRow.id == UUID(meeting)]
    except ValueError:
        return []


async def steps_of(connection: Connected, minutes_id: UUID, meeting_id: UUID) -> list[Recorded]:
    """Every step of the minutes, of their corrections and of the meeting, the oldest first."""
    addenda = select(MinutesAddendumRow.id).where(MinutesAddendumRow.minutes_id == minutes_id)
    mine = or_(StepRow.case_id == minutes_id, StepRow.case_id.in_(addenda), StepRow.meeting_id == meeting_id)
    statement = select(StepRow.id, StepRow.at, StepRow.record).where(mine).order_by(StepRow.at, StepRow.id)
    return [_recorded(row) for row in await connection.execute(statement)]


def _recorded(row: Any) -> Recorded:
    record = json.loads(row.record)
    return Recorded(
        row.id, record["workflow"], UUID(record["case"]), record["rule"], record["dest"], row.at, record["outcome"]
    )  # fmt: skip


async def kept_texts(connection: Connected, steps: Sequence[UUID]) -> list[Kept]:
    """The texts of these steps, in their order."""
    order = {step: place for place, step in enumerate(steps)}
    found: list[Kept] = []
    for start in range(0, len(steps), 500):
        some = list(steps[start : start + 500])
        statement = select(KeptTextRow.step_id, KeptTextRow.noun, KeptTextRow.noun_id, KeptTextRow.content)
        for row in await connection.execute(statement.where(KeptTextRow.step_id.in_(some)).order_by(KeptTextRow.id)):
            content = json.loads(row.content) if row.content else None
            found.append(Kept(row.step_id, row.noun, row.noun_id, content))
    return sorted(found, key=lambda text: order[text.step_id])


async def rows_of(connection: Connected, meeting_id: UUID) -> dict[str, Sequence[Any]]:
    """The rows of a meeting that the ledger says the same of, by kind."""
    d, q, s = DivisionRow, QuestionRow, StatementRow
    decided, proposal = MatterDecisionRow, ProposalRow
    statements = {
        "division": select(d.id, d.yes, d.no, d.abstained, d.blank, d.winner).where(d.meeting_id == meeting_id),
        "question": select(q.id, q.winner_id, q.gavel_at)
        .join(MatterRow, MatterRow.id == q.matter_id)
        .where(MatterRow.meeting_id == meeting_id),
        "decision": select(decided.matter_id, decided.outcome, decided.proposal_id)
        .where(decided.meeting_id == meeting_id)
        .order_by(decided.decided_at, decided.id),
        "proposal": select(proposal.id, proposal.text)
        .join(MatterRow, MatterRow.id == proposal.matter_id)
        .where(MatterRow.meeting_id == meeting_id),
        "election": select(ElectionRoundRow.election_id, ElectionRoundRow.number, ElectionRoundRow.content)
        .join(ElectionRow, ElectionRow.id == ElectionRoundRow.election_id)
        .where(ElectionRow.meeting_id == meeting_id)
        .order_by(ElectionRoundRow.election_id, ElectionRoundRow.number),
        "statement": select(s.id, s.text).where(s.meeting_id == meeting_id),
    }
    return {kind: (await connection.execute(statement)).all() for kind, statement in statements.items()}
