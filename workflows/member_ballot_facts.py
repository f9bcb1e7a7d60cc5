"""Where a member ballot stands, and what the rules know of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class MemberBallotState(Enum):
    """Where a member ballot stands."""

    DRAFT = "draft"
    COLLECTING = "collecting"
    ORDERED = "ordered"
    ANNOUNCED = "announced"
    OPEN = "open"
    CLOSED = "closed"
    COUNTED = "counted"
    CERTIFIED = "certified"
    PUBLISHED = "published"
    FINAL = "final"
    CANCELLED = "cancelled"
    ANNULLED = "annulled"


@dataclass(frozen=True)
class MemberBallotFacts:
    """What the rules know of a ballot. No text: only whether there is one."""

    # Ordering
    body_may_order: bool = True
    """The statutes name the body that orders it."""
    route_open: bool = True
    """The unit's own policy does not close this route."""
    majority_possible: bool = True
    """An agreement: the party can be in majority, or make an agreement with one. True for anything else."""
    decision_given: bool = True
    """The decision in question is named: meeting and paragraph."""
    reason_given: bool = True
    demand_possible: bool = True
    """The statutes let branches demand a ballot."""
    supported: int = 0
    """Members of the branches that support the demand, counted on the day of the demand."""
    support_needed: int = 0
    supports_already: bool = False
    """The branch in question supports the demand."""
    # The question
    questions: int = 0
    questions_incomplete: int = 0
    """Questions with no text, or with fewer than two alternatives to choose between."""
    sides_without_information: int = 0
    """Sides that have neither written anything nor been noted as having had the chance."""
    # Time
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    shortest: datetime | None = None
    """The first moment at which it may close, for the time the statutes ask for after it opens."""
    embargo_until: datetime | None = None
    new_close: datetime | None = None
    """Extending: the moment asked for."""
    # The electorate
    electorate_fixed: bool = False
    electors: int = 0
    digest_published: bool = False
    digest_agrees: bool = True
    """The electorate that is stored, and the urn's roll, are those whose digests were published."""
    officers: int = 0
    """Officers who have approved the correction of the electorate in question."""
    is_elector: bool = True
    """The person in question stands in the electorate."""
    slot_used: bool = False
    """The elector in question has already voted, and that vote counts."""
    slot_void: bool = False
    """The elector's digital vote is shut: an envelope by post was received first."""
    slot_struck: bool = False
    """The elector in question has been given no slot that votes: theirs was voided, or they have come in since."""
    envelope_in_time: bool = True
    """The envelope in question came in no later than the day on which it closes."""
    lists_made: bool = False
    """The list for the first key holder has been made: no slot can be voided any more."""
    next_reminder: datetime | None = None
    """The first moment at which those who have not voted may be reminded again."""
    urn_ready: bool = True
    """The urn's manifest is signed, and every holder of a key has accepted it."""
    # After the close
    objections_until: datetime | None = None
    received_at: datetime | None = None
    """When the objection in question came in; None for one that is made now."""
    objections_open: int = 0
    """Objections that nobody has answered."""
    objections_annulling: int = 0
    """Objections that were upheld, and that the outcome does not survive."""
    objection_answered: bool = False
    """The objection in question has its answer."""
    urn_opened: bool = False
    envelopes: int = 0
    """Envelopes that count: those set aside are not among them."""
    paper_counted: bool = True
    """The papers, if there are any, were counted by two, each by themselves."""
    papers_agree: bool = True
    """Both came to the same, and so does the block of figures in the urn's protocol."""
    recount_agrees: bool = True
    quorum_met: bool = True
    """The turnout that the statutes ask for was reached."""
    holders_silent: int = 0
    """Key holders who have not stated that their keys are destroyed."""
    silence_explained: bool = False
    """It is recorded why they have not."""
    advisory: bool = True
    body_decided: bool = False
    """Advisory: the ordering body has said what it does with the outcome."""
    bundle_verified: bool = True
    """The published bundle passed verification."""
