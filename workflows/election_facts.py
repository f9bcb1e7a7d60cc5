"""Where an election of persons stands, and what the rules know of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class ElectionState(Enum):
    """Where an election (personval) stands."""

    NOMINATING = "nominating"
    PROPOSED = "proposed"
    """The names are out: the meeting may add to them, decide the numbers, and elect."""
    OPEN = "open"
    COUNTING = "counting"
    SECOND = "second"
    """A second ballot is due, and may be opened."""
    ELECTED = "elected"
    CANCELLED = "cancelled"


class VoteMethod(Enum):
    """How an election is voted on. A secret ballot is taken on papers, or in a sealed urn."""

    DEVICES = "devices"
    PAPERS = "papers"
    URN = "urn"


@dataclass(frozen=True)
class ElectionFacts:
    """What the rules know of an election. No names and no texts: numbers, and whether there is something."""

    # What is to be elected
    meeting_coming: bool = True
    """The meeting has neither closed nor been cancelled."""
    meeting_open: bool = False
    """The meeting sits: opened, and not adjourned."""
    seats: int = 1
    substitutes: int = 0
    substitutes_limited: bool = True
    """Substitutes must not outnumber members."""
    fills_in_place: bool = True
    """No by-election, or one held by the body that the statutes name."""
    numbers_decided: bool = False
    successor_fits: bool = True
    """Referring: the meeting that is named has not begun, and is one of the same unit."""
    # Nominations
    has_committee: bool = False
    in_committee: bool = False
    """Whoever acts has a place in the election's nomination committee."""
    nominations_close_at: datetime | None = None
    names_due_at: datetime | None = None
    """When the meeting begins: the names should be out before."""
    # Representation
    representation_met: bool = True
    """Of those in question, so many are of each gender as the statutes ask; or an exception is recorded."""
    exception_allowed: bool = True
    reason_given: bool = True
    # Electing
    acclamation: bool = True
    """The statutes know election by acclamation."""
    candidates: int = 0
    """Those who have accepted and not stepped back."""
    ballot_asked: bool = False
    """Somebody with a vote has asked for a secret election."""
    asked_before: bool = False
    secret_right: bool = True
    """The statutes let those with a vote ask for a secret election."""
    lists_fit: bool = True
    """Every candidate stands once in one of the lists, and no list is longer than its seats."""
    lot_witnessed: bool = True
    """A lot was drawn before two witnesses, or none was drawn."""
    countable: bool = True
    """The statutes' method is one that is counted here."""
    secret: bool = False
    """The vote that is to be opened is secret."""
    voters: int = 1
    # The vote
    on_devices: bool = True
    on_paper: bool = True
    in_roll: bool = True
    names_fit: bool = True
    """No more names than the ballot holds, each once, each a candidate."""
    counts_missing: int = 0
    counts_agree: bool = True
    papers: int = 0
    entitled: int = 0
    committed_before: bool = False
    share_known: bool = True
    # The count
    lot_needed: bool = False
    lot_possible: bool = True
    """The lot was drawn between exactly those who are equal; or shares were committed to, from which it follows."""
    second_due: bool = False
    # Afterwards
    vacant: int = 0
    next_in_order: bool = True
    """Whoever steps in is the first substitute who can; or the post knows no order."""
    substitute_left: bool = True
    by_election_prepared: bool = False
    """A by-election to these places is being prepared already."""

    @property
    def many(self) -> bool:
        """More candidates than can be elected at once."""
        return self.candidates > self.seats + self.substitutes
