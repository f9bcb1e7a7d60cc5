"""Where a document stands, and what the rules know of it. No text: only whether there is one."""

from dataclasses import dataclass
from enum import Enum


class DocumentState(Enum):
    """Where a document stands."""

    IMPORTED = "imported"
    """Read from a file; its locks are only proposed."""
    CONFIRMED = "confirmed"
    """A person has looked at every lock."""
    PROPOSED = "proposed"
    """Laid before a meeting: amendments can be handed in."""
    ADOPTED = "adopted"
    PUBLISHED = "published"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class VersionKind(Enum):
    """How a version of a text came to be."""

    IMPORTED = "imported"
    ADOPTED = "adopted"
    """Woven from the amendments that were approved, or adopted earlier and entered afterwards."""
    EDITORIAL = "editorial"
    """Spelling and numbering put right as the meeting authorised."""


class Editor(Enum):
    """Who may put spelling and numbering right in an adopted text."""

    PRESIDIUM = "presidium"
    BOARD = "board"


@dataclass(frozen=True)
class DocumentFacts:
    """What the rules know of a document."""

    paragraphs: int = 0
    locks_unanswered: int = 0
    """Paragraphs that look like quotations and that nobody has said yes or no to."""
    locks_without_source: int = 0
    """Confirmed locks that do not say what they quote."""
    # The meeting
    meeting_given: bool = False
    meeting_waits: bool = False
    """The meeting is planned or called."""
    meeting_open: bool = False
    meeting_opened: bool = False
    """It is or has been open."""
    # What it rests on
    board_decided: bool = True
    """The board's decision to lay it before the meeting is named."""
    decision_given: bool = True
    """The meeting's decision (§), or that of whoever else adopts it, is named."""
    meeting_route: bool = True
    """The statutes let this kind of meeting adopt this kind of text."""
    board_route: bool = True
    """They let the board adopt it once a meeting has treated it."""
    reason_given: bool = True
    # The amendments
    undecided: int = 0
    """Amendments that were handed in and are neither withdrawn nor decided."""
    sent_back: int = 0
    """Points of the text that the meeting referred back or deferred."""
    undecided_there: int = 0
    """Amendments of `undecided` that stand under those points."""
    rest_approved: bool = True
    """The meeting has approved what nobody proposed to change."""
    contradictions: int = 0
    """Pairs of approved amendments that cannot both stand."""
    misfits: int = 0
    """Approved amendments that do not fit the text."""
    # Editing
    authorised: bool = False
    """The meeting authorised whoever asks to put spelling and numbering right."""
    changed: bool = True
    """The text as sent differs from the text as it is."""
    locks_kept: bool = True
    """Every quotation reads as before."""
    same_places: bool = True
    """No paragraph and no point has been added or taken away."""
