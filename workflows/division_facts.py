"""Where a division stands, and what the rules know of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class DivisionState(Enum):
    """Where a division (votering) stands."""

    ORDERED = "ordered"
    OPEN = "open"
    CLOSED = "closed"
    ANNOUNCED = "announced"
    ANNULLED = "annulled"
    LAPSED = "lapsed"
    """Asked for, and never opened: its question was settled without it."""


@dataclass(frozen=True)
class DivisionFacts:
    """What the rules know of a division. Figures are votes: weights and proxies counted in."""

    # Where it belongs
    meeting_open: bool = False
    """The meeting sits: opened, and not adjourned."""
    item_open: bool = True
    """The item has not been closed."""
    next_item_opened: bool = False
    """A later item has been opened since it was announced."""
    put: bool = True
    """The question has been put to the meeting."""
    gavel_fallen: bool = False
    """The question is decided: the gavel has fallen, or it fell away."""
    # Asking for it
    voter: bool = True
    """Whoever asks has a vote now."""
    asked_before: bool = False
    """They have asked already."""
    ordered: bool = False
    """Enough of them have asked, or it is being voted on already."""
    received_at: datetime | None = None
    """When it was asked for, where somebody else records it."""
    # Opening it
    comes_next: bool = True
    """The approved order of voting has come to it."""
    settles: bool = True
    """The vote settles its question, and not only which proposal meets the next one."""
    another_open: bool = False
    """Another division of the same meeting is open."""
    voters: int = 1
    """Voters in the roll that it would be taken by, without those who are barred."""
    present: int = 0
    """Votes in that roll, those who are barred counted in: they are there."""
    present_needed: int = 0
    """How many the statutes want present at this kind of meeting; 0 where they say nothing."""
    method_decided: bool = True
    """Roll call or closed ballots: the meeting has decided so."""
    # Closed votes on demand
    secret_right: bool = False
    """The statutes give voters a closed vote when they ask for it."""
    secret_asked_before: bool = False
    """Whoever asks has asked for that already."""
    secret_demanded: bool = False
    """Enough of them have: every vote on the matter is closed."""
    taken_closed: bool = True
    """It is being opened as a closed vote."""
    # Voting
    trial: bool = False
    """Försöksvotering: a show of cards that nobody counts."""
    on_devices: bool = True
    """Every voter answers by name, on a device or aloud: devices, or a roll call."""
    sealed: bool = False
    """Votes are cast into a sealed urn, which counts them when it is closed."""
    in_roll: bool = True
    """The voter stands in the roll that was fixed for it."""
    barred: bool = False
    """The voter is barred from the item."""
    answered_themselves: bool = False
    """The voter has answered on a device of their own, and somebody else would change it."""
    # Counting
    counts_missing: int = 0
    """Counts that tellers have yet to give in."""
    counts_agree: bool = True
    yes: int = 0
    no: int = 0
    abstained: int = 0
    blank: int = 0
    entitled: int = 0
    """Votes in the roll, without those who are barred."""
    quorum: int = 0
    """How many votes have to be cast or abstained for it to hold."""
    # Announcing
    casting_missing: bool = False
    """Equal figures which the chair's casting vote settles, and it was not given."""
    casting_not_given: bool = False
    """A casting vote was given that the statutes, or the figures, have no place for."""
    lot_missing: bool = False
    """Equal figures which the lot settles, and it was not drawn."""
    lot_not_due: bool = False
    """A lot was drawn that nothing asks for."""
    share_known: bool = True
    """The share that is revealed is the one that was committed to."""
    committed_before: bool = False
    """They have committed to a share already."""
    # Correcting
    reason_given: bool = True
    teller_named: bool = True
    """One of the tellers who counted stands behind the correction."""
    changes_decided: bool = False
    """The new figures would turn an outcome on which the gavel has fallen."""

    @property
    def counted(self) -> int:
        """The sum of the figures."""
        return self.yes + self.no + self.abstained + self.blank

    @property
    def working(self) -> str:
        """The sum as people write it: "72 + 29 + 1"."""
        parts = [self.yes, self.no, self.abstained, *([self.blank] if self.blank else [])]
        return " + ".join(str(each) for each in parts)
