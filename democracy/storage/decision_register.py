"""Entering decisions in the register, in the transaction in which they are made; searching it in Swedish."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, select
from sqlalchemy.ext.asyncio import AsyncSession

from democracy.domain.ids import unordered_id
from democracy.domain.kinds import Outcome
from democracy.domain.swedish import query_terms, stem_list
from democracy.storage.tables.agenda import AgendaItemRow
from democracy.storage.tables.decision_register import RegisteredDecisionRow
from democracy.storage.tables.matter import MatterDecisionRow, MatterRow
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.motion import ClauseRow, DecisionRow, MotionRow
from workflows.proceedings import MatterKind

_R = RegisteredDecisionRow
_ELSEWHERE = frozenset({MatterKind.FORMALITY, MatterKind.CLAUSE})
"""A meeting's own forms are in its minutes alone; an att-sats is entered with its motion."""


@dataclass(frozen=True)
class Entry:
    """What is entered."""

    kind: str
    case_id: UUID
    unit_id: UUID
    body_id: UUID
    title: str
    text: str
    decided_at: datetime
    part_id: UUID | None = None
    meeting_id: UUID | None = None
    outcome: Outcome | None = None
    ground: str | None = None
    waits: bool = False
    """It is not in force yet."""


async def enter(session: AsyncSession, entry: Entry) -> None:
    """Enter a decision; an earlier one on the same matter is no longer in force."""
    await session.flush()
    same = (_R.kind == entry.kind, _R.case_id == entry.case_id, _R.part_id.is_not_distinct_from(entry.part_id))
    earlier = (await session.scalars(select(_R).where(*same, _R.in_force_until.is_(None)))).one_or_none()
    if earlier is not None:
        earlier.in_force_until = entry.decided_at
    session.add(
        RegisteredDecisionRow(
            id=unordered_id(), kind=entry.kind, case_id=entry.case_id, part_id=entry.part_id, unit_id=entry.unit_id,
            body_id=entry.body_id, meeting_id=entry.meeting_id, outcome=entry.outcome, title=entry.title,
            text=entry.text, ground=entry.ground, decided_at=entry.decided_at,
            in_force_from=None if entry.waits else entry.decided_at,
            replaces_id=earlier.id if earlier else None,
            stems="".join(f" {stem}" for stem in stem_list(f"{entry.title} {entry.text}")),
        )
    )  # fmt: skip


async def now_in_force(session: AsyncSession, kind: str, case_id: UUID, at: datetime) -> None:
    """A decision that waited for something is in force from now on."""
    found = select(_R).where(_R.kind == kind, _R.case_id == case_id, _R.in_force_from.is_(None))
    for row in await session.scalars(found):
        row.in_force_from = at


async def enter_clause(session: AsyncSession, clause: ClauseRow, decision: DecisionRow) -> None:
    """What a meeting decided on an att-sats."""
    motion = await session.get_one(MotionRow, clause.motion_id)
    meeting = await session.get_one(MeetingRow, decision.meeting_id)
    await enter(
        session,
        Entry(
            "motion", motion.id, meeting.unit_id, meeting.body_id, motion.title, decision.wording or clause.text,
            decision.decided_at, part_id=clause.id, meeting_id=meeting.id, outcome=decision.outcome,
            ground=_ground(meeting.name, decision.paragraph),
        ),
    )  # fmt: skip


async def enter_matter(session: AsyncSession, matter: MatterRow, decision: MatterDecisionRow, text: str) -> None:
    """What a meeting decided on a matter of its agenda."""
    if matter.kind in _ELSEWHERE:
        return
    meeting = await session.get_one(MeetingRow, matter.meeting_id)
    item = await session.get_one(AgendaItemRow, matter.item_id)
    await enter(
        session,
        Entry(
            "matter", matter.id, meeting.unit_id, meeting.body_id, matter.title, decision.wording or text,
            decision.decided_at, meeting_id=meeting.id, outcome=decision.outcome,
            ground=_ground(meeting.name, f"§ {item.number}" if item.number else None),
        ),
    )  # fmt: skip


def decision_matches(words: str) -> ColumnElement[bool]:
    """The decision holds every word, each by its stem or its beginning. Words without a letter match nothing."""
    terms = query_terms(words)
    if not terms:
        return false()
    return and_(*(_R.stems.contains(f" {term}", autoescape=True) for term in terms))


def _ground(meeting: str, paragraph: str | None) -> str:
    return f"{meeting}, {paragraph}" if paragraph else meeting
