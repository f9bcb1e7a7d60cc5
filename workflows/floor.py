"""How the floor is given in a meeting: the order that it has decided, time limits, streck."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from workflows.engine import Force, Guard, Rule, Workflow
from workflows.proceedings_guards import BY_CHAIR, IN_SESSION, MEETING_SITS


class FloorState(Enum):
    """The floor of a meeting has one state: what changes are its rules."""

    HELD = "held"


@dataclass(frozen=True)
class FloorFacts:
    """What the rules know of the floor, and of what is to be decided about it."""

    meeting_sits: bool = False
    item_open: bool = False
    closes_at: datetime | None = None
    """Streck that has been drawn in the open item."""
    wanted: datetime | None = None
    """Streck that is to be drawn: first moment too late to ask for the floor."""
    preference_switched: bool = False
    """Another gender is to go first than the one that went first earlier in the meeting."""


_HELD = (FloorState.HELD,)

FLOOR: Workflow[FloorState, FloorFacts] = Workflow(
    name="floor",
    states=FloorState,
    initial=FloorState.HELD,
    rules=(
        Rule(
            "decide_rules",
            _HELD,
            None,
            "meeting-order",
            BY_CHAIR,
            (
                MEETING_SITS,
                # Moved in both orders, or in neither, somebody would be seen to have left their gender undeclared.
                Guard(
                    "preference_switched",
                    lambda facts, now: not facts.preference_switched,
                    paragraph="personal-data",
                    force=Force.INTEGRITY,
                ),
            ),
        ),
        Rule("set_speech_time", _HELD, None, "meeting-order", BY_CHAIR, IN_SESSION),
        Rule(
            "draw_streck",
            _HELD,
            None,
            "meeting-order",
            BY_CHAIR,
            (
                *IN_SESSION,
                Guard(
                    "streck_passed",
                    lambda facts, now: facts.wanted is None or facts.wanted >= now,
                    force=Force.INTEGRITY,
                ),
            ),
        ),
        Rule(
            "lift_streck",
            _HELD,
            None,
            "meeting-order",
            BY_CHAIR,
            (
                *IN_SESSION,
                Guard("no_streck", lambda facts, now: facts.closes_at is not None, force=Force.INTEGRITY),
            ),
        ),
    ),
    awaits={},
    final=frozenset(_HELD),
)
