"""One point that a meeting decides: proposals, the order of questions, acclamation, division, gavel."""

from enum import Enum


class MatterState(Enum):
    """Where a point to be decided stands."""

    OPEN = "open"
    DEBATE_CLOSED = "debate_closed"
    ORDERED = "ordered"
    DECIDED = "decided"
    LAPSED = "lapsed"
