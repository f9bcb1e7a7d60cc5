"""Where an appeal stands, and what the rules know of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class AppealState(Enum):
    """Where an appeal stands."""

    LODGED = "lodged"
    AWAITING_STATEMENT = "awaiting_statement"
    """The body that decided reconsiders, or states its view."""
    AWAITING_REPLY = "awaiting_reply"
    """The appellants answer the statement."""
    READY = "ready"
    """Both sides have had their say."""
    DECIDED = "decided"
    CLOSED = "closed"
    DISMISSED = "dismissed"
    """Not tried at all: late, or lodged by somebody who may not."""
    RECONSIDERED = "reconsidered"
    """The body that decided has changed its own decision."""
    WITHDRAWN = "withdrawn"


class AppealOutcome(Enum):
    """What the body that tried the appeal decided."""

    GRANTED = "granted"
    """The decision is set aside; what was applied for is approved."""
    CHANGED = "changed"
    """Another decision stands instead."""
    REJECTED = "rejected"
    SENT_BACK = "sent_back"
    """The first body decides anew."""


class DismissalGround(Enum):
    """Why an appeal is not tried."""

    LATE = "late"
    NO_STANDING = "no_standing"
    WRONG_ADDRESSEE = "wrong_addressee"


class StayState(Enum):
    """Whether the decision waits while the appeal is tried."""

    NONE = "none"
    SUSPENSIVE = "suspensive"
    """By itself: the statutes say so."""
    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"


class ConflictGround(Enum):
    """Why somebody takes no part in a decision (jäv)."""

    OWN_MATTER = "own_matter"
    CLOSE_RELATION = "close_relation"
    TOOK_PART = "took_part"
    """In the decision under trial, or in preparing it."""
    ANSWERED = "answered"
    """In the statement of a unit that was heard."""
    EMPLOYED = "employed"
    OTHER = "other"


@dataclass(frozen=True)
class AppealFacts:
    """What the rules know of an appeal. No text: only whether there is one."""

    # Lodging
    text_given: bool = True
    stands_already: bool = False
    """The person or unit in question is an appellant already."""
    received_at: datetime | None = None
    last_moment: datetime | None = None
    """First moment at which it is too late for the person in question; None where the time has not begun."""
    has_standing: bool = True
    right_addressee: bool = True
    appellants: int = 0
    """Those who stand."""
    admissible: int = 0
    """Those of them who came in time and may appeal."""
    ground_holds: bool = True
    """The ground named for not trying it is true of every appellant."""
    # The two sides
    statement_due: datetime | None = None
    stated_at: datetime | None = None
    stated: bool = False
    reply_due: datetime | None = None
    silence_grants: bool = False
    """By the statutes the appeal is granted when the body that decided is silent."""
    # Stay
    may_stay: bool = True
    """The statutes name a body that decides on a stay."""
    suspensive: bool = False
    stay_asked: bool = False
    # Deciding
    decision_given: bool = True
    reasons_given: bool = True
    must_hear: bool = False
    heard: bool = False
    lateness_judged: bool = True
    """Of a late statement it is said whether it is taken into account."""
    others_until: datetime | None = None
    """Until when somebody else may still appeal."""
    body_size: int = 0
    """Members with a vote; 0 for a body that is itself a meeting."""
    body_able: int = 0
    """Those of them who are not barred."""
    body_quorum: int = 0
    present: int = 0
    votes_for: int = 0
    votes_against: int = 0
    barred_present: int = 0
    has_next_body: bool = True
    replacement_given: bool = True
    """A changed decision says what is decided instead."""
    must_report: bool = False
    reported: bool = False
