"""Where a matter before a council stands, and what the rules know of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class CouncilDecisionState(Enum):
    """Where a matter stands."""

    RAISED = "raised"
    PREPARED = "prepared"
    ASKING = "asking"
    CALLED = "called"
    DECIDED = "decided"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class CouncilDecisionFacts:
    """What the rules know of a matter. No text: only whether there is one."""

    # Raising and preparing
    route_open: bool = True
    """The unit's policy lets the council decide matters of this sort."""
    secret_by_law: bool = False
    """The paper in question bears an authority's secrecy stamp."""
    report_given: bool = True
    alternatives: int = 2
    """Ways to choose between that the report describes."""
    costs_given: bool = True
    consequences_given: bool = True
    decision_given: bool = True
    """The decision in question is named: meeting and paragraph."""
    reason_given: bool = True
    # Confidentiality
    level_set: bool = False
    embargo_until: datetime | None = None
    new_embargo: datetime | None = None
    """Setting the level: the moment asked for."""
    may_read: bool = True
    """Whoever asks belongs to those who read the papers now."""
    # Conflict of interest
    barred: bool = False
    """The person in question has declared a conflict of interest."""
    entitled: bool = True
    """The person in question holds a voting place in the deciding body, or stands in the procedure's roll."""
    # Sounding
    asked: bool = True
    """The unit in question has been asked for its opinion."""
    opinion_until: datetime | None = None
    recipients: int = 1
    # Written procedure
    procedure_known: bool = True
    """The statutes know decisions in writing."""
    body_may_open: bool = True
    question_given: bool = True
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    shortest: datetime | None = None
    """Opening: the first moment at which it may close."""
    entitled_count: int = 0
    answered: int = 0
    answers_needed: int = 0
    meetings_asked: int = 0
    meetings_needed: int = 0
    """How many stop the procedure by asking for a meeting; 0 where the statutes know no such right."""
    received_at: datetime | None = None
    """When an act that the secretary writes in came in; None for one that is made now."""
    has_answered: bool = False
    asked_for_meeting: bool = False
    never_sought: int = 0
    """Those entitled who have neither answered nor been sought."""
    reserved: bool = False
    """The person in question has recorded a reservation."""
    # At a meeting
    item_of_body: bool = True
    """The item stands on the agenda of a meeting of the deciding body."""
    item_decided: bool = True
    outcome_given: bool = True
    written: bool = False
    """Decided in writing."""
    # Afterwards
    reported: bool = False
    assigned: bool = False
    reported_back: bool = False
    explained: bool = False
    signed: bool = False
    """The person in question has signed the procedure's minutes."""
    minutes_verified: bool = True
    """A decision in writing: the chair and somebody else have signed its minutes."""
