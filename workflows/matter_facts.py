"""Where a point to be decided stands, and what the rules know of it."""

from dataclasses import dataclass
from enum import Enum


class MatterState(Enum):
    """Where a point to be decided stands."""

    OPEN = "open"
    DEBATE_CLOSED = "debate_closed"
    ORDERED = "ordered"
    DECIDED = "decided"
    LAPSED = "lapsed"


@dataclass(frozen=True)
class MatterFacts:
    """What the rules know of a point to be decided."""

    meeting_sits: bool = False
    """The meeting is opened, and not adjourned."""
    item_open: bool = False
    standing: int = 0
    """Proposals that stand: made, and neither withdrawn nor replaced."""
    reconciling: int = 0
    """Reconciliations (jämkningar) that some mover has not answered."""
    # The order of questions
    chair_order: bool = False
    """The chair has proposed an order of questions."""
    orders: int = 0
    """Orders that stand against each other."""
    order_fits: bool = True
    """The order in question holds every proposal that stands, each once, with the main one among the rivals."""
    chair_proposes: bool = True
    """The order in question is the chair's, not a rival's."""
    questions_put: int = 0
    """Questions on which something has been named, asked or decided."""
    questions_left: int = 0
    """Questions of the approved order that are not decided."""
    # Decided without questions put one at a time
    winner_fits: bool = True
    """What is to be decided is a proposal that stands on this matter, and each addition one of its additions."""
    in_block: bool = False
    """Its item belongs to a block, and nobody has lifted it out."""
    recommended: bool = False
    """The board's own proposal stands."""
    contested: int = 0
    """Proposals made at the meeting besides what stood from the start."""
    # Taken up again
    reopening_carried: bool = True
    """The vote on reopening, where it was counted, reached the majority of the meeting's order."""
    reason_given: bool = True
