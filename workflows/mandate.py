"""A place in a body: held, on leave, given up when the body that elected grants it."""

from dataclasses import dataclass
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


_HELD = (MandateState.HELD,)
_OPEN = (MandateState.HELD, MandateState.RESIGNED)
_HOLDER = frozenset({Role.RESPONSIBLE, Role.SECRETARY})
"""The holder, or the secretary who records it for them."""

_RUNS = Guard[MandateFacts]("mandate_over", lambda facts, now: not facts.over, force=Force.INTEGRITY)
_ORDER = Guard[MandateFacts]("dates_out_of_order", lambda facts, now: facts.dates_in_order, force=Force.INTEGRITY)

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
            frozenset({Role.SECRETARY}),
            (Guard("decision_missing", lambda facts, now: facts.decision_given, force=Force.INTEGRITY), _ORDER),
        ),
    ),
    awaits={
        MandateState.HELD: Awaited(Role.RESPONSIBLE, "resign"),
        MandateState.RESIGNED: Awaited(Role.SECRETARY, "release"),
    },
    final=frozenset({MandateState.RELEASED}),
)
