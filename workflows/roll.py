"""The roll (röstlängd): who may vote now, as it is fixed (justerad) at one moment and kept."""

from dataclasses import dataclass
from enum import Enum

from workflows.engine import Awaited, Force, Guard, Role, Rule, Workflow


class RollState(Enum):
    """A roll is drawn up from those present, and kept as it was fixed."""

    DRAFT = "draft"
    FIXED = "fixed"


@dataclass(frozen=True)
class RollFacts:
    """What the rules know of a roll that is to be fixed."""

    meeting_open: bool = True
    voters: int = 0
    """Present with a right to vote."""


ROLL: Workflow[RollState, RollFacts] = Workflow(
    name="roll",
    states=RollState,
    initial=RollState.DRAFT,
    rules=(
        Rule(
            "adjust",
            (RollState.DRAFT,),
            RollState.FIXED,
            "meeting-opening",
            frozenset({Role.PRESIDIUM, Role.MEETING_SECRETARY}),
            (
                Guard("meeting_not_open", lambda facts, now: facts.meeting_open, force=Force.INTEGRITY),
                Guard("nobody_votes", lambda facts, now: facts.voters > 0, force=Force.INTEGRITY),
            ),
        ),
    ),
    awaits={RollState.DRAFT: Awaited(Role.MEETING_SECRETARY, "adjust")},
    final=frozenset({RollState.FIXED}),
)
