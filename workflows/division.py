"""A division (votering): opened, cast, closed, announced, annulled."""

from enum import Enum


class DivisionState(Enum):
    """Where a division (votering) stands."""

    ORDERED = "ordered"
    OPEN = "open"
    CLOSED = "closed"
    ANNOUNCED = "announced"
    ANNULLED = "annulled"
