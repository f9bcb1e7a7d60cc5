"""What the rules know of the minutes of a meeting."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class MinutesState(Enum):
    """Where the minutes of a meeting stand."""

    WRITING = "writing"
    SIGNING = "signing"
    VERIFIED = "verified"
    PUBLISHED = "published"


@dataclass(frozen=True)
class MinutesFacts:
    """Facts of the whole; where one § is verified at once, of that §."""

    meeting_closed: bool = True
    chairs: int = 1
    """Chairs whom the meeting elected."""
    verifiers: int = 0
    """Verifiers whom the meeting elected."""
    verifiers_needed: int = 0
    """As many as the statutes ask for."""
    immediate: bool = True
    """The statutes let one § be verified at once."""
    item_undecided: bool = False
    """Something under the § waits for its decision."""
    item_kept: bool = False
    """The § is being verified at once, or has been: its text is fixed."""
    signing_item: bool = True
    """The § waits for signatures."""
    outstanding: int = 0
    """People who were asked to sign and have neither signed nor been left out."""
    verifying: int = 1
    """Verifiers who have signed or may still sign: not those who were left out, nor whom a decision would leave out."""
    signed: bool = False
    """Whoever acts, or is to be left out or replaced, has signed."""
    waits_for: bool = True
    """Whoever is to be left out or replaced was asked to sign."""
    is_verifier: bool = True
    """Whoever is to be left out is a verifier: a chair and a secretary are replaced."""
    due_at: datetime | None = None
    """From when whoever has not signed is left out or replaced."""
    replace_absent: bool = False
    """The statutes ask for somebody else in the place of whoever is out of reach."""
    decision_given: bool = True
    """The decision to leave somebody out, or to replace them, is named."""
    substitute_fits: bool = True
    """Whoever steps in was at the meeting, and has not been asked to sign already."""
    text_same: bool = True
    """What happened at the meeting still says what the text says."""
    reason_given: bool = True


class AddendumState(Enum):
    """Where a correction of verified minutes stands."""

    PROPOSED = "proposed"
    IN_FORCE = "in_force"
    DROPPED = "dropped"


@dataclass(frozen=True)
class AddendumFacts:
    """What the rules know of a correction of a clerical error."""

    verified: bool = True
    """The minutes have been verified: until then they are simply written otherwise."""
    text_found: bool = True
    """What is to be put right stands in that §."""
    changes: bool = True
    """What it is to say is something else."""
    reason_given: bool = True
    outstanding: int = 0
    """People who were asked to sign it and have not."""
    signed: bool = False
    """Whoever acts has signed it."""
