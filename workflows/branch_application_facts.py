"""Where an application to form a branch stands, and what the rules know of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class BranchApplicationState(Enum):
    """Where an application stands."""

    GATHERING = "gathering"
    """The founders write it and sign."""
    SUBMITTED = "submitted"
    HEARING = "hearing"
    """Branches that are affected have been asked."""
    READY = "ready"
    """Everybody has been heard: the board may decide."""
    REFUSED = "refused"
    APPROVED = "approved"
    """The right to form. The branch does not exist yet."""
    CALLED = "called"
    """The founding meeting is called."""
    FORMED = "formed"
    WITHDRAWN = "withdrawn"


class Position(Enum):
    """What a branch that was asked thinks of the application."""

    SUPPORTS = "supports"
    OPPOSES = "opposes"
    NO_OPINION = "no_opinion"


@dataclass(frozen=True)
class BranchApplicationFacts:
    """What the rules know of an application. No text: only whether there is one."""

    units_form: bool = True
    """The statutes let members form units here."""
    has_name: bool = False
    has_area: bool = False
    interim_board: int = 0
    """Founders who are proposed for the interim board."""
    founders: int = 0
    """Those who have confirmed and stand."""
    counted: int = 0
    """Those of them whose membership is in force."""
    minimum: int = 1
    invited: bool = True
    """The person in question has been invited and has not answered."""
    stands: bool = True
    """The person in question has signed."""
    received_at: datetime | None = None
    affected: int = 0
    """Branches that the founders belong to."""
    consulted: int = 0
    """Units that are or were asked."""
    unanswered: int = 0
    unmet: int = 0
    """Answers that the applicants have not met."""
    answers_due: datetime | None = None
    """First moment at which an answer comes late."""
    replies_due: datetime | None = None
    """First moment at which the applicants have had their time."""
    answered: bool = False
    """The unit in question has answered."""
    text_given: bool = True
    decision_given: bool = True
    """The decision that something rests on is named: meeting and paragraph."""
    reasons_given: bool = True
    decide_by: datetime | None = None
    """First moment at which the decision comes late."""
    board_size: int = 0
    """Members of the deciding body with a vote, the barred counted where the statutes say so."""
    board_quorum: int = 0
    present: int = 0
    votes_for: int = 0
    """For the outcome in question."""
    votes_against: int = 0
    barred_present: int = 0
    """Barred members among those named as having decided."""
    appeal_decided: bool = False
    """A decision upon the appeal says so."""
    form_by: datetime | None = None
    """First moment at which whoever calls next may do so."""
    meeting_at: datetime | None = None
    """When the founding meeting is or was held."""
    chair_given: bool = True
    board_elected: int = 0
    auditors_elected: int = 0
    committee_elected: int = 0
    belongs_already: bool = False
    member_below: bool = True
    """The person in question is a member in force under the same board."""
    reason_given: bool = True
