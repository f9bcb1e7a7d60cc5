"""A seat by right (självskriven plats) in a nomination committee: it goes with a place in another body."""

from dataclasses import dataclass
from enum import Enum

from workflows.engine import Awaited, Force, Guard, Role, Rule, Workflow


class SeatByRightState(Enum):
    """Whether the seat is there."""

    IN_FORCE = "in_force"
    ENDED = "ended"


@dataclass(frozen=True)
class SeatByRightFacts:
    """What the rules know of it."""

    decision_given: bool = True
    of_committee: bool = True
    """The body is a nomination committee, and the seat does not go with a place in itself."""
    granted_before: bool = False
    """The same place gives a seat there already."""


_S = SeatByRightState
_OFFICE = frozenset({Role.SECRETARY})
_DECISION = Guard[SeatByRightFacts]("decision_missing", lambda facts, now: facts.decision_given, force=Force.INTEGRITY)

SEAT_BY_RIGHT: Workflow[SeatByRightState, SeatByRightFacts] = Workflow(
    name="seat_by_right",
    states=SeatByRightState,
    initial=SeatByRightState.IN_FORCE,
    rules=(
        Rule("grant", (_S.IN_FORCE,), None, "elections", _OFFICE, (
            _DECISION,
            Guard("no_committee", lambda facts, now: facts.of_committee, force=Force.INTEGRITY),
            Guard("granted_before", lambda facts, now: not facts.granted_before, force=Force.INTEGRITY),
        )),
        Rule("end", (_S.IN_FORCE,), _S.ENDED, "elections", _OFFICE, (_DECISION,)),
    ),
    awaits={_S.IN_FORCE: Awaited(Role.SECRETARY, "end")},
    final=frozenset({_S.ENDED}),
)  # fmt: skip
