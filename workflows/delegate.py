"""Somebody reported as a delegate or substitute to one meeting."""

from enum import Enum


class DelegateState(Enum):
    """Where a place in the roll stands."""

    REPORTED = "reported"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    RESIGNED = "resigned"
    REPLACED = "replaced"
