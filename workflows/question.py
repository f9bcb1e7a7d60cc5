"""A question put to the meeting, and the outcome that the chair names."""

from enum import Enum


class QuestionState(Enum):
    """Where a question put to the meeting stands."""

    WAITING = "waiting"
    PUT = "put"
    NAMED = "named"
    DIVIDING = "dividing"
    DECIDED = "decided"
    FALLEN = "fallen"
