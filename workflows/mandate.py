"""A place in a body: held, left to a substitute for a while, extended, given up when those who elected grant it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from workflows.engine import Awaited, Force, Guard, Role, Rule, Workflow


class MandateState(Enum):
    """Where a mandate stands. A leave changes who acts, not who holds it."""

    HELD = "held"
    RESIGNED = "resigned"
    """Its holder has asked to be released; the duty remains."""
    RELEASED = "released"


@dataclass(frozen=True)
class MandateFacts:
    """What the rules know of a mandate on the day."""

    over: bool = False
    """Its last day has passed."""
    on_leave: bool = False
    """A leave runs or lies ahead."""
    decision_given: bool = True
    """The decision of the body that elected: meeting and paragraph."""
    dates_in_order: bool = True
    ends_at: datetime | None = None
    """The first moment after its last day; None until further notice."""
    remind_days: int = 60
    """So many days before that its holder is reminded."""
    reminded: bool = False
    """Its holder has been reminded of this last day."""
    already_in: bool = False
    """Whoever would be co-opted, or step in, acts in the body already."""

    @property
    def remind_at(self) -> datetime | None:
        """When the reminder of its last day is due."""
        return None if self.ends_at is None else self.ends_at - timedelta(days=self.remind_days)


_HELD = (MandateState.HELD,)
_OPEN = (MandateState.HELD, MandateState.RESIGNED)
_HOLDER = frozenset({Role.RESPONSIBLE, Role.SECRETARY})
"""The holder, or the secretary who records it for them."""
_OFFICE = frozenset({Role.SECRETARY})
"""Whoever records what the body that elects, or that co-opts, has decided."""

_RUNS = Guard[MandateFacts]("mandate_over", lambda facts, now: not facts.over, force=Force.INTEGRITY)
_ORDER = Guard[MandateFacts]("dates_out_of_order", lambda facts, now: facts.dates_in_order, force=Force.INTEGRITY)
_DECISION = Guard[MandateFacts]("decision_missing", lambda facts, now: facts.decision_given, force=Force.INTEGRITY)
_LAST_DAY = Guard[MandateFacts]("no_last_day", lambda facts, now: facts.ends_at is not None, force=Force.INTEGRITY)
_NEW_THERE = Guard[MandateFacts]("already_in", lambda facts, now: not facts.already_in, force=Force.INTEGRITY)

MANDATE: Workflow[MandateState, MandateFacts] = Workflow(
    name="mandate",
    states=MandateState,
    initial=MandateState.HELD,
    rules=(
        Rule(
            "take_leave",
            _OPEN,
            None,
            "elections",
            _HOLDER,
            (_RUNS, _ORDER, Guard("leave_taken", lambda facts, now: not facts.on_leave)),
        ),
        Rule(
            "end_leave",
            _OPEN,
            None,
            "elections",
            _HOLDER,
            (_RUNS, _ORDER, Guard("no_leave", lambda facts, now: facts.on_leave, force=Force.INTEGRITY)),
        ),
        Rule("resign", _HELD, MandateState.RESIGNED, "elections", _HOLDER, (_RUNS,)),
        Rule("stay", (MandateState.RESIGNED,), MandateState.HELD, "elections", _HOLDER, (_RUNS,)),
        Rule(
            "release",
            (MandateState.RESIGNED,),
            MandateState.RELEASED,
            "elections",
            _OFFICE,
            (_DECISION, _ORDER),
        ),
        Rule("co_opt", _HELD, None, "elections", _OFFICE, (_DECISION, _ORDER, _NEW_THERE)),
        Rule("stand_in", _HELD, None, "elections", _HOLDER, (_NEW_THERE,)),
        Rule("stand_down", _OPEN, None, "elections", _HOLDER),
        Rule("extend", _OPEN, None, "elections", _OFFICE, (_RUNS, _LAST_DAY, _DECISION, _ORDER)),
        Rule("end", _OPEN, MandateState.RELEASED, "elections", _OFFICE, (_RUNS, _DECISION, _ORDER)),
        Rule(
            "remind",
            _OPEN,
            None,
            "elections",
            frozenset({Role.CLOCK}),
            (
                _RUNS,
                _LAST_DAY,
                Guard(
                    "too_early",
                    lambda facts, now: facts.remind_at is None or now >= facts.remind_at,
                    opens_at=lambda facts: facts.remind_at,
                    force=Force.INTEGRITY,
                ),
                Guard("reminded_before", lambda facts, now: not facts.reminded, force=Force.INTEGRITY),
            ),
        ),
    ),
    awaits={
        MandateState.HELD: Awaited(Role.RESPONSIBLE, "resign"),
        MandateState.RESIGNED: Awaited(Role.SECRETARY, "release"),
    },
    final=frozenset({MandateState.RELEASED}),
)
