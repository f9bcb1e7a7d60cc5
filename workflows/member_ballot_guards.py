"""What several rules of a member ballot share: who acts, when, and what is always asked."""

from datetime import datetime
from typing import TypeAlias

from workflows.engine import Force, Guard, Role, Rule
from workflows.member_ballot_facts import MemberBallotFacts, MemberBallotState

Rules: TypeAlias = tuple[Rule[MemberBallotState, MemberBallotFacts], ...]
_S = MemberBallotState
OFFICE = frozenset({Role.SECRETARY, Role.STAFF})
BODY = frozenset({Role.SECRETARY})
"""Whoever records the ordering body's decisions: staff prepare and execute, they never decide."""
OFFICERS = frozenset({Role.SECRETARY, Role.BOARD, Role.SCRUTINEER})
"""Two of them, together, correct an electorate that has been announced."""
BRANCH = frozenset({Role.BRANCH_OFFICER, Role.SECRETARY})
CLOCK = frozenset({Role.CLOCK, Role.SECRETARY})
LIVE = (_S.ANNOUNCED, _S.OPEN)
BEFORE = (_S.DRAFT, _S.COLLECTING, _S.ORDERED, _S.ANNOUNCED)


def reached(at: datetime | None, now: datetime) -> bool:
    """Whether a moment that is set has come."""
    return at is not None and now >= at


DECISION = Guard[MemberBallotFacts]("decision_missing", lambda facts, now: facts.decision_given, force=Force.INTEGRITY)
REASON = Guard[MemberBallotFacts]("reason_missing", lambda facts, now: facts.reason_given, force=Force.INTEGRITY)
TWO_OFFICERS = Guard[MemberBallotFacts](
    "second_officer_missing",
    lambda facts, now: facts.officers >= 2,
    force=Force.INTEGRITY,
    says=lambda facts, now: {"count": 2 - facts.officers},
)
OPEN_YET = Guard[MemberBallotFacts](
    "not_yet_time",
    lambda facts, now: reached(facts.opens_at, now),
    force=Force.INTEGRITY,
    opens_at=lambda facts: facts.opens_at,
    says=lambda facts, now: {"opens": facts.opens_at},
)
NOT_CLOSED = Guard[MemberBallotFacts](
    "closing_passed",
    lambda facts, now: not reached(facts.closes_at, now),
    force=Force.INTEGRITY,
    closes_at=lambda facts: facts.closes_at,
    says=lambda facts, now: {"closes": facts.closes_at},
)
ELECTOR = Guard[MemberBallotFacts]("not_an_elector", lambda facts, now: facts.is_elector, paragraph="voting-unit")
ANSWERED = Guard[MemberBallotFacts](
    "objections_unanswered",
    lambda facts, now: facts.objections_open == 0,
    says=lambda facts, now: {"count": facts.objections_open},
)
DIGEST_AGREES = Guard[MemberBallotFacts](
    "electorate_differs", lambda facts, now: facts.digest_agrees, force=Force.INTEGRITY
)
URN_READY = Guard[MemberBallotFacts]("urn_not_ready", lambda facts, now: facts.urn_ready, force=Force.INTEGRITY)
SENDER = Guard[MemberBallotFacts](
    "sender_not_an_elector", lambda facts, now: facts.is_elector, paragraph="voting-unit", force=Force.INTEGRITY
)
NOT_VOTED = Guard[MemberBallotFacts]("voted_already", lambda facts, now: not facts.slot_used, force=Force.INTEGRITY)
IN_TIME = Guard[MemberBallotFacts](
    "envelope_late",
    lambda facts, now: facts.envelope_in_time,
    force=Force.INTEGRITY,
    says=lambda facts, now: {"closes": facts.closes_at},
)
BEFORE_THE_LISTS = Guard[MemberBallotFacts](
    "lists_made", lambda facts, now: not facts.lists_made, force=Force.INTEGRITY
)
# An envelope counts by voiding its sender's slot in the log: without one it could never be counted.
SLOT_THERE = Guard[MemberBallotFacts](
    "sender_without_slot", lambda facts, now: not facts.slot_struck, force=Force.INTEGRITY
)
NOT_TWICE = Guard[MemberBallotFacts](
    "envelope_marked_already", lambda facts, now: not facts.slot_void, force=Force.INTEGRITY
)
