"""A place on the speakers' list: asked for, given, ended, withdrawn."""

from enum import Enum


class SpeechState(Enum):
    """Where a place on the speakers' list stands."""

    WAITING = "waiting"
    SPEAKING = "speaking"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"
