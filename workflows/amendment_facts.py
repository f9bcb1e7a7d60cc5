"""Where an amendment stands, and what the rules know of it. No text: only whether there is one."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class AmendmentState(Enum):
    """Where an amendment (ändringsyrkande) stands."""

    DRAFTED = "drafted"
    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"
    APPROVED = "approved"
    REJECTED = "rejected"
    SENT_BACK = "sent_back"
    """Its passage went back to be prepared, and the rest of the text was adopted without it."""


@dataclass(frozen=True)
class AmendmentFacts:
    """What the rules know of an amendment."""

    proposed: bool = False
    """The document lies before its meeting."""
    meeting_waits: bool = False
    """The meeting is planned or called."""
    meeting_open: bool = False
    meeting_opened: bool = False
    deadline: datetime | None = None
    """First moment too late."""
    received_at: datetime | None = None
    """When it came in, by whatever channel."""
    mover_has_right: bool = True
    # The place and the text
    place_known: bool = True
    locked: bool = False
    """The place is a quotation, or lies in one."""
    has_text: bool = True
    changes: bool = True
    """It changes something."""
    destination_given: bool = True
    destination_known: bool = True
    # The decision
    on_agenda: bool = False
    """It has become a proposal on the agenda, and is decided there."""
    decision_given: bool = True
    reason_given: bool = True
