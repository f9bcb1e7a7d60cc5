"""What several rules of a matter before a council share: who acts, when, and what is always asked."""

from datetime import datetime
from typing import TypeAlias

from workflows.council_decision_facts import CouncilDecisionFacts, CouncilDecisionState
from workflows.engine import Force, Guard, Role, Rule

Rules: TypeAlias = tuple[Rule[CouncilDecisionState, CouncilDecisionFacts], ...]
G = Guard[CouncilDecisionFacts]
_S = CouncilDecisionState
OFFICERS = frozenset({Role.PRESIDIUM, Role.SECRETARY})
"""Chair and secretary of the deciding body or of the executive committee: they record what was decided."""
OFFICE = frozenset({Role.PRESIDIUM, Role.SECRETARY, Role.STAFF})
CLOCK = frozenset({Role.CLOCK, Role.PRESIDIUM, Role.SECRETARY})
PERSON = frozenset({Role.DELEGATE, Role.SECRETARY})
"""A delegate for themselves, or the secretary for somebody who called or wrote."""
EARLY = (_S.RAISED, _S.PREPARED)
LIVE = (_S.RAISED, _S.PREPARED, _S.ASKING, _S.CALLED)
UNDONE = (_S.RAISED, _S.PREPARED, _S.CALLED)


def reached(at: datetime | None, now: datetime) -> bool:
    """Whether a moment that is set has come."""
    return at is not None and now >= at


DECISION = G("decision_missing", lambda facts, now: facts.decision_given, force=Force.INTEGRITY)
REASON = G("reason_missing", lambda facts, now: facts.reason_given, force=Force.INTEGRITY)
ENTITLED = G("not_entitled", lambda facts, now: facts.entitled)
NOT_BARRED = G("barred", lambda facts, now: not facts.barred, paragraph="conflict-of-interest", force=Force.INTEGRITY)
# What was received in time was in time, whenever the secretary writes it in before the procedure is closed.
WINDOW = G(
    "window_closed",
    lambda facts, now: not reached(facts.closes_at, facts.received_at or now),
    force=Force.INTEGRITY,
    closes_at=lambda facts: facts.closes_at,
    says=lambda facts, now: {"closes": facts.closes_at},
)
WINDOW_OVER = G(
    "window_open",
    lambda facts, now: reached(facts.closes_at, now),
    force=Force.INTEGRITY,
    opens_at=lambda facts: facts.closes_at,
    says=lambda facts, now: {"closes": facts.closes_at},
)
