"""What a verification of minutes can find."""

from dataclasses import dataclass, field
from enum import StrEnum


class MinutesFault(StrEnum):
    """What is wrong."""

    TEXT_ALTERED = "text_altered"
    """The text is not the one whose digest stands beside it."""
    DIGEST_ALTERED = "digest_altered"
    """The digest is not the one that the ledger holds."""
    STATE_ALTERED = "state_altered"
    """They stand where no step took them."""
    EVENTS_DIFFER = "events_differ"
    """What happened, written out anew, says something else."""
    SIGNATURE_ALTERED = "signature_altered"
    SIGNATURE_MISSING = "signature_missing"
    """The ledger holds one that is gone."""
    SIGNATURE_ADDED = "signature_added"
    """One that the ledger does not hold."""
    ADDENDUM_ALTERED = "addendum_altered"
    SECTION_ALTERED = "section_altered"
    """The text of a § that was verified at once."""
    FIGURES_DIFFER = "figures_differ"
    """A division has other figures than the ledger holds."""
    OUTCOME_DIFFERS = "outcome_differs"
    """A question or a matter has another outcome than the ledger holds."""
    WORDS_DIFFER = "words_differ"
    """A proposal or a statement has other words than were kept."""
    RECORD_ALTERED = "record_altered"
    """A step's columns, or a text or name that was kept with it, are not what its record says."""


@dataclass(frozen=True)
class MinutesFinding:
    """One thing that is wrong, and where."""

    meeting: str
    fault: MinutesFault
    where: str
    """Heading of a §, or the id of a row."""
    stored: str | None = None
    told: str | None = None
    """What the ledger, or what happened, says instead."""


@dataclass
class MinutesReport:
    """What a verification saw."""

    minutes: int = 0
    fixed: int = 0
    """Those whose text had been fixed for signing."""
    signatures: int = 0
    rows: int = 0
    """Divisions, questions, decisions, proposals and statements that were compared with the ledger."""
    findings: list[MinutesFinding] = field(default_factory=list)
