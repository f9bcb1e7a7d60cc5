"""Where a question put to the meeting stands, and what the rules know of it."""

from dataclasses import dataclass
from enum import Enum


class QuestionState(Enum):
    """Where a question put to the meeting stands."""

    WAITING = "waiting"
    PUT = "put"
    NAMED = "named"
    DIVIDING = "dividing"
    DECIDED = "decided"
    FALLEN = "fallen"


@dataclass(frozen=True)
class QuestionFacts:
    """What the rules know of a question put to the meeting."""

    meeting_sits: bool = False
    """The meeting is opened, and not adjourned."""
    item_open: bool = False
    earlier_left: int = 0
    """Questions that come before it and are not decided."""
    named_fits: bool = True
    """What the chair names is one of the proposals that meet in it, or "ja" or "nej" where it has no rivals."""
    counted: bool = False
    """A division on it has been counted and announced: the figures name the outcome."""
    named_last: bool = True
    """No counter-proposal remains to be named: the chain of votes is known."""
    votes_left: int = 0
    """Votes of its chain that have not been announced."""
    votes: int = 1
    """Votes in its chain."""
    voting_approved: bool = False
    """The meeting has approved the order in which the chain is voted."""
    present: int = 0
    """Votes that are present."""
    present_needed: int = 0
    """How many the statutes want present at this kind of meeting; 0 where they say nothing."""
    quorum_binds: bool = False
    """The statutes want them also where nobody counts; otherwise too few are a warning there."""
    division_open: bool = False
    """A division on it is open or waits to be announced."""

    @property
    def enough_present(self) -> bool:
        """A counted vote was opened with enough of them: then it decides."""
        return self.counted or self.present >= self.present_needed
