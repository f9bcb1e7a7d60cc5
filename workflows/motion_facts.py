"""Where a motion stands, and what the rules know of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class MotionState(Enum):
    """Where a motion stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ADMITTED = "admitted"
    NOT_ADMISSIBLE = "not_admissible"
    PREPARED = "prepared"
    SCHEDULED = "scheduled"
    DECIDED = "decided"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class MotionFacts:
    """What the rules know of a motion. No text: only whether there is one."""

    # The text
    has_title: bool = False
    has_reasoning: bool = False
    clauses: int = 0
    """Number of att-satser."""
    # The movers
    movers: int = 0
    """Movers who have confirmed (the writer included)."""
    movers_with_right: int = 0
    """Those of them who may move here: membership in force, or a unit that the statutes let move."""
    invited: int = 0
    """Invited co-movers who have not answered."""
    # The meeting and its times
    received_at: datetime | None = None
    """When the motion came in, by whatever channel; None while it is a draft."""
    deadline: datetime | None = None
    """First moment too late (motionsstopp)."""
    next_deadline: datetime | None = None
    """The same for the next meeting of the same kind, where one is planned."""
    completion_due: datetime | None = None
    """A returned motion: first moment too late to hand it in again."""
    meeting_takes_motions: bool = True
    """The meeting has not been opened, closed or cancelled."""
    meeting_open: bool = False
    meeting_opened: bool = False
    """It is or has been open."""
    withdrawable: bool = True
    """The moment after which it belongs to the meeting has not come (the statutes say which)."""
    meeting_called: bool = False
    category_admissible: bool = True
    """The statutes let this kind of meeting treat motions of this category."""
    papers_sent: bool = False
    meeting_cancelled: bool = False
    # The board
    ground_given: bool = True
    """A formal fault is named (on refusing) or what is missing is said (on returning)."""
    board_decided: bool = True
    """The board's decision that something rests on is named (meeting and paragraph)."""
    reply_missing: int = 0
    """Att-satser on which the reply in question recommends nothing."""
    reply_incomplete: int = 0
    """Its recommendations of changed wording, or of referral, that lack the wording or the recipient."""
    reply_has_reasons: bool = True
    replied_clauses: int = 0
    """Att-satser that the adopted reply recommends something on."""
    board_size: int = 0
    """Members of the board with a vote."""
    board_present: int = 0
    """Members of the board who took part in the decision, the barred not counted."""
    board_quorum: int = 0
    """How many must take part."""
    reservation_until: datetime | None = None
    replies_due: datetime | None = None
    """First moment at which the board's reply comes too late."""
    stopped_may_be_taken_up: bool = True
    """The statutes let the meeting take up a motion that was stopped."""
    # Decisions
    clauses_decided: int = 0
    clause_open: bool = True
    """The att-sats in question has not been decided."""
    under_proceedings: bool = False
    """The meeting has taken the att-sats up as a matter: it is decided there."""
    outcome_complete: bool = True
    """The outcome in question has the wording, recipient or meeting that it needs."""
    reopening_carried: bool = True
    """The vote on reopening, where it was counted, reached the majority of the meeting's order."""
    named_meeting_fits: bool = True
    """The meeting that it goes on to is one of the same unit that has not been opened, closed or cancelled."""
    to_carry: int = 0
    """Att-satser deferred or referred back that do not yet live on at another meeting."""
    approved_clauses: int = 0
    """Att-satser that gave somebody a task."""
    follow_ups: int = 0
    """Of these, how many have a body that is responsible; and below, how many have been reported on."""
    follow_ups_reported: int = 0
    responsible_given: bool = True
    report_given: bool = True
    # Sending on and correcting
    target_deadline: datetime | None = None
    """Sending on: the deadline of the meeting it goes to."""
    target_right: bool = True
    """Sending on: the statutes let this unit (or its member) move there."""
    already_sent: bool = False
    """Sending on: it has been sent to that meeting before."""
    reason_given: bool = True
    mover_consents: bool = True
