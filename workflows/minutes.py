"""The minutes of a meeting: written, signed, verified, published."""

from enum import Enum


class MinutesState(Enum):
    """Where the minutes of a meeting stand."""

    WRITING = "writing"
    SIGNING = "signing"
    VERIFIED = "verified"
    PUBLISHED = "published"
