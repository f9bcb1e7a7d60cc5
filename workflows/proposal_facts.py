"""Where a proposal stands, and what the rules know of it. No text: only whether there is one."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class ProposalState(Enum):
    """Where a proposal (yrkande) stands."""

    DRAFTED = "drafted"
    """A reconciliation (jämkning) that some mover has not accepted yet."""
    MADE = "made"
    WITHDRAWN = "withdrawn"
    RECONCILED = "reconciled"
    CARRIED = "carried"
    LOST = "lost"
    FALLEN = "fallen"


@dataclass(frozen=True)
class ProposalFacts:
    """What the rules know of a proposal."""

    meeting_sits: bool = False
    """The meeting is opened, and not adjourned."""
    item_open: bool = False
    debate_open: bool = True
    ordered: bool = False
    """The order of questions has been approved."""
    decided: bool = False
    """The matter is decided, or has lapsed."""
    # What it says
    formal: bool = False
    """It is about handling the matter: referring back or deferring."""
    has_text: bool = True
    """It says what it wants: in words, or by its kind (bifall, avslag)."""
    recipient_given: bool = True
    instruction_given: bool = True
    reason_given: bool = True
    return_given: bool = True
    """When, or to which meeting, the matter comes back is said."""
    meeting_given: bool = True
    """A deferral names its meeting."""
    named_meeting_fits: bool = True
    """The meeting that it names is one of the same unit that has not been opened, closed or cancelled."""
    adds_to_given: bool = True
    adds_to_fits: bool = True
    """What an addition adds to is this matter, or a proposal that stands on it."""
    place_given: bool = True
    """Inserting, deleting or moving says where."""
    locked: bool = False
    """The place is a quotation that nobody may change."""
    # Who and when
    mover_has_right: bool = True
    """Whoever proposes has the right to propose in this meeting."""
    closes_at: datetime | None = None
    """Yrkandestopp: the first moment too late."""
    received_at: datetime | None = None
    """When it came in, by whatever channel."""
    stands_behind: bool = False
    """Whoever would join, leave or withdraw it stands behind it."""
    movers: int = 1
    """Movers who stand behind it."""
    of_motion: bool = False
    """It is what a motion asks for: that belongs to the meeting since it was opened."""
    division_open: bool = False
    """A division on the matter is open, or waits to be announced."""
    # Reconciling
    sources: int = 2
    """Proposals of this matter that stand and are to be replaced."""
    answers_left: int = 0
    """Movers who have not accepted the reconciliation."""
    asked: bool = True
    """Whoever answers has been asked, and has not answered."""
