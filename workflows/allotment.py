"""How the seats of one meeting are shared out among the units that send delegates (ombudsfördelning)."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from workflows.engine import Awaited, Force, Guard, Role, Rule, Workflow


class AllotmentState(Enum):
    """Whether the seats have been shared out."""

    OPEN = "open"
    FROZEN = "frozen"


@dataclass(frozen=True)
class AllotmentFacts:
    """What the rules know of an allotment that is to be frozen."""

    meeting_coming: bool = True
    rule_given: bool = True
    """The statutes say how the seats of such a meeting are shared out."""
    counted_after: datetime | None = None
    """The first moment after the day on which members are counted."""
    countable: bool = True
    """There are units with members, and seats for their minimum."""
    lot_drawn: bool = True
    """No lot is needed, or it has been drawn."""
    reports_fit: bool = True
    """No unit has reported more delegates than it would have seats."""
    reason_given: bool = True
    roll_fixed: bool = False


_G = Guard[AllotmentFacts]
_COUNTED = (
    _G("meeting_over", lambda facts, now: facts.meeting_coming, force=Force.INTEGRITY),
    _G("no_rule", lambda facts, now: facts.rule_given, force=Force.INTEGRITY),
    _G(
        "counting_day_not_over",
        lambda facts, now: facts.counted_after is None or now >= facts.counted_after,
        opens_at=lambda facts: facts.counted_after,
        says=lambda facts, now: {"day": facts.counted_after},
    ),
    _G("not_countable", lambda facts, now: facts.countable, force=Force.INTEGRITY),
    _G("lot_needed", lambda facts, now: facts.lot_drawn, force=Force.INTEGRITY),
)
_BY = frozenset({Role.SECRETARY, Role.STAFF})
"""Counting by a rule is no decision: the office may do it."""

ALLOTMENT: Workflow[AllotmentState, AllotmentFacts] = Workflow(
    name="allotment",
    states=AllotmentState,
    initial=AllotmentState.OPEN,
    rules=(
        Rule("freeze", (AllotmentState.OPEN,), AllotmentState.FROZEN, "delegates", _BY, _COUNTED),
        Rule(
            "count_anew",
            (AllotmentState.FROZEN,),
            None,
            "delegates",
            _BY,
            (
                *_COUNTED,
                _G("reason_missing", lambda facts, now: facts.reason_given, force=Force.INTEGRITY),
                _G("roll_is_fixed", lambda facts, now: not facts.roll_fixed, force=Force.INTEGRITY),
                _G("fewer_seats_than_reported", lambda facts, now: facts.reports_fit, force=Force.CUSTOM),
            ),
        ),
    ),
    awaits={AllotmentState.OPEN: Awaited(Role.SECRETARY, "freeze")},
    final=frozenset({AllotmentState.FROZEN}),
)
