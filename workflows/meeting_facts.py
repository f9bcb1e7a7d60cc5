"""Where a meeting stands, and what the rules know of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class MeetingState(Enum):
    """Where a meeting stands."""

    PLANNED = "planned"
    CALLED = "called"
    OPENED = "opened"
    ADJOURNED = "adjourned"
    CLOSED = "closed"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class MeetingFacts:
    """What the rules know of a meeting."""

    starts_at: datetime | None = None
    notice_deadline: datetime | None = None
    """First moment at which the notice goes out too late."""
    papers_sent: bool = False
    undecided: int = 0
    """Motions on the agenda of which some att-sats has no decision."""
    stopped: int = 0
    """Stopped motions that the meeting has neither taken up nor laid aside."""
    untreated: int = 0
    """Motions that came in and have neither been put on the agenda nor stopped."""
    standing: int = 0
    """Motions that came in and are not ended: cancelled, the meeting leaves them to another."""
    successor_fits: bool = False
    """Cancelling: a meeting of the same unit, not opened, closed or cancelled, takes over its motions."""
    reason_given: bool = True
    called_at: datetime | None = None
    notice_judged: bool = False
    """The meeting has decided whether it was properly called."""
    agenda_set: bool = False
    items: int = 0
    """Items on the agenda that have not been struck."""
    open_number: int = 0
    """The § of the item that is open; 0 where none is."""
    items_left: int = 0
    """Items that are neither closed nor struck, those about motions left out."""
    matters_undecided: int = 0
    """Matters under opened items that are neither decided nor lapsed."""
    elections_left: int = 0
    """Elections of persons that are neither decided nor cancelled."""
    gavels_missing: int = 0
    """Questions on which an outcome was named and no gavel fell."""
    divisions_open: int = 0
    """Divisions that are open or wait to be announced."""
    resumes_at: datetime | None = None
    """Adjourning: when the meeting is to go on, if that was said."""
    roll_old: bool = False
    """The roll was last fixed on another day than this one."""
    order_whole: bool = True
    """A new order of the agenda names each of its items once."""
    # Sub-assemblies
    is_part: bool = False
    """It is a part of another meeting (delmöte), of some of its units."""
    whole_open: bool = True
    """That other meeting is or was opened, and is not closed."""
    sent: int = 0
    """Delegates and substitutes whom the units of the part have sent to the other meeting."""
    parts_left: int = 0
    """Parts of it that are neither closed nor cancelled."""
    # Whom the meeting elects
    person_barred: bool = False
    """The person in question is barred from the item that is open."""
    holds_already: bool = False
    """The person in question is that already, or holds the gavel."""
    # What it sets aside, and how it reads the statutes
    waivable: bool = True
    """The rule in question is of the meeting's own order, or the statutes let it be set aside."""
    waived_already: bool = False
    in_force: bool = True
    """What was set aside still is."""
    carried: bool = True
    """The vote, where it was counted, reached the majority."""
    readable: bool = True
    """The paragraph and the parameter exist, and the value is one that the parameter can have."""
    overruled: bool = False
    """A higher level has settled the parameter and has not left it open."""
