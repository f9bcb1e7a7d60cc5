"""Where an item of the agenda stands, and what the rules know of it."""

from dataclasses import dataclass
from enum import Enum


class ItemState(Enum):
    """Where an item of the agenda stands."""

    PLANNED = "planned"
    OPEN = "open"
    ADJOURNED = "adjourned"
    CLOSED = "closed"
    STRUCK = "struck"


@dataclass(frozen=True)
class ItemFacts:
    """What the rules know of an item."""

    meeting_sits: bool = False
    """The meeting is opened, and not adjourned."""
    meeting_opened: bool = False
    """The meeting has been opened: from then on the agenda is its own."""
    meeting_over: bool = False
    agenda_set: bool = False
    """The meeting has approved the agenda."""
    title_given: bool = True
    reason_given: bool = True
    undecided: int = 0
    """Matters under it that are neither decided nor lapsed."""
    motion_undecided: bool = False
    """It is about a motion of which some att-sats has no decision."""
    gavels_missing: int = 0
    """Questions of the item that is open on which an outcome was named and no gavel fell."""
    open_number: int = 0
    """The § of the item that is open; 0 where none is, or it is this one."""
    open_undecided: int = 0
    """Matters under that one that are neither decided nor lapsed."""
    divisions_open: int = 0
    """Divisions of the meeting that are open or wait to be announced."""
    stop_allowed: bool = True
    """The statutes know a deadline for proposals (yrkandestopp)."""
    stop_decided: bool = True
    """Whoever says when it is has done so: the presidium, or the meeting."""
    stop_in_past: bool = False
    """It would lie before what has happened already."""
    barred: bool = False
    """The person in question is barred from it already."""
