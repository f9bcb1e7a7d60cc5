"""Conditions that several rules of a motion share, and who follows those rules."""

from datetime import datetime
from typing import TypeAlias

from workflows.engine import Force, Guard, Role, Rule
from workflows.motion_facts import MotionFacts, MotionState

Rules: TypeAlias = tuple[Rule[MotionState, MotionFacts], ...]

BY_MOVERS = frozenset({Role.MOVER, Role.SECRETARY})
BY_OFFICE = frozenset({Role.SECRETARY, Role.STAFF})
BY_SECRETARY = frozenset({Role.SECRETARY})
BY_MEETING = frozenset({Role.PRESIDIUM, Role.MEETING_SECRETARY, Role.SECRETARY})
_S = MotionState
HANDED_IN = (_S.SUBMITTED, _S.RETURNED, _S.ADMITTED, _S.NOT_ADMISSIBLE, _S.PREPARED, _S.SCHEDULED)
"""It has come in and has not been decided."""


def before(deadline: datetime | None, at: datetime | None) -> bool:
    """Whether `at` comes before the first moment too late; without either there is nothing to be late for."""
    return deadline is None or at is None or at < deadline


HAS_TEXT = (
    Guard[MotionFacts]("title_missing", lambda facts, now: facts.has_title, paragraph="motion-form"),
    Guard[MotionFacts]("reasoning_missing", lambda facts, now: facts.has_reasoning, paragraph="motion-form"),
    Guard[MotionFacts]("clause_missing", lambda facts, now: facts.clauses > 0, paragraph="motion-form"),
)

IN_TIME = Guard[MotionFacts](
    "deadline_passed",
    lambda facts, now: before(facts.deadline, facts.received_at or now),
    paragraph="motion-deadline",
    # What came in before it is in time for good: then nothing closes.
    closes_at=lambda facts: None if facts.received_at and before(facts.deadline, facts.received_at) else facts.deadline,
    next_chance=lambda facts: facts.next_deadline,
    says=lambda facts, now: {"deadline": facts.deadline},
)

MEETING_TAKES = Guard[MotionFacts]("meeting_closed_to_motions", lambda facts, now: facts.meeting_takes_motions)

MAY_COME_IN: tuple[Guard[MotionFacts], ...] = (
    *HAS_TEXT,
    Guard("mover_missing", lambda facts, now: facts.movers > 0, paragraph="motion-movers"),
    Guard(
        "mover_without_right",
        lambda facts, now: facts.movers_with_right == facts.movers,
        says=lambda facts, now: {"count": facts.movers - facts.movers_with_right},
    ),
    Guard(
        "completion_late",
        lambda facts, now: before(facts.completion_due, now),
        paragraph="motion-form",
        closes_at=lambda facts: facts.completion_due,
        says=lambda facts, now: {"deadline": facts.completion_due},
    ),
    MEETING_TAKES,
    Guard(
        "co_mover_unconfirmed",
        lambda facts, now: facts.invited == 0,
        paragraph="motion-movers",
        force=Force.CUSTOM,
        says=lambda facts, now: {"count": facts.invited},
    ),
)

RECEIVED = Guard[MotionFacts](
    "received_in_future",
    lambda facts, now: facts.received_at is None or facts.received_at <= now,
    force=Force.INTEGRITY,
)

ASKED = Guard[MotionFacts](
    "mover_did_not_ask", lambda facts, now: facts.mover_consents, paragraph="motion-movers", force=Force.INTEGRITY
)

REASON = Guard[MotionFacts](
    "reason_missing", lambda facts, now: facts.reason_given, paragraph="correction", force=Force.INTEGRITY
)

MEETING_OPEN = Guard[MotionFacts](
    "meeting_not_open", lambda facts, now: facts.meeting_open, paragraph="meeting-decision", force=Force.INTEGRITY
)

QUORUM = Guard[MotionFacts](
    "board_not_quorate",
    lambda facts, now: facts.board_present >= facts.board_quorum,
    paragraph="board-quorum",
    says=lambda facts, now: {"present": facts.board_present, "quorum": facts.board_quorum},
)

BOARD_DECISION = Guard[MotionFacts](
    "board_decision_missing",
    lambda facts, now: facts.board_decided,
    paragraph="motion-admissibility",
    force=Force.INTEGRITY,
)

# A draft has come to nobody: it stays its writers' own whatever the meeting does.
MOVERS_OWN = Guard[MotionFacts](
    "belongs_to_meeting",
    lambda facts, now: facts.received_at is None or facts.withdrawable,
    paragraph="motion-withdrawal",
)

MEETING_TREATS = Guard[MotionFacts](
    "meeting_closed_to_motions", lambda facts, now: facts.meeting_takes_motions or facts.meeting_open
)

NAMED_MEETING = Guard[MotionFacts](
    "named_meeting_unfit", lambda facts, now: facts.named_meeting_fits, force=Force.INTEGRITY
)

NOT_TAKEN_UP = Guard[MotionFacts](
    "under_proceedings", lambda facts, now: not facts.under_proceedings, force=Force.INTEGRITY
)
