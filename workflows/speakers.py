"""In which order those on the speakers' list get the floor: pure, so that everybody can check it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from workflows.proceedings import SpeechKind


@dataclass(frozen=True)
class FloorOrder:
    """What the meeting has decided about the order. Nothing: whoever asked first speaks first."""

    first_timers_first: bool = False
    """Whoever has not yet spoken on the item goes before those who have."""
    preferred_first: bool = False
    """Those of the gender that the meeting has named go before the others."""


@dataclass(frozen=True)
class Place:
    """Somebody who waits for the floor."""

    id: UUID
    kind: SpeechKind
    requested_at: datetime
    number: int
    """Order in which requests were written in, within the meeting: it settles what came at the same time."""
    first_time: bool = False
    preferred: bool = False
    """Has declared the gender that goes first. Who has declared nothing is like everybody else who has not."""


_BEFORE = {SpeechKind.POINT_OF_ORDER: 0, SpeechKind.REPLY: 1, SpeechKind.SPEECH: 2}


def in_order(places: Iterable[Place], decided: FloorOrder) -> tuple[Place, ...]:
    """Points of order, then replies, both as they came; then speeches, by what the meeting has decided."""

    def key(place: Place) -> tuple[int, bool, bool, datetime, int]:
        speech = place.kind is SpeechKind.SPEECH
        later = speech and decided.first_timers_first and not place.first_time
        behind = speech and decided.preferred_first and not place.preferred
        return _BEFORE[place.kind], later, behind, place.requested_at, place.number

    return tuple(sorted(places, key=key))
