"""Divisions (voteringar): what ja and nej mean, the figures, and the names where names are called."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from workflows.division import DivisionState
from workflows.proceedings import Choice, DivisionMethod


@dataclass(frozen=True, slots=True)
class Figures:
    """How many answered what."""

    yes: int
    no: int
    abstained: int = 0
    blank: int = 0


@dataclass(frozen=True, slots=True)
class CountRecord:
    """Figures that were replaced by others."""

    before: Figures
    after: Figures
    at: datetime
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class DivisionRecord:
    """A division."""

    id: UUID
    question_id: UUID
    number: int
    role: str
    """`preparatory`, `main`, `qualified`, `single` or `trial`."""
    yes_means: str
    no_means: str
    method: DivisionMethod
    state: DivisionState
    at: datetime
    """When it was closed; else when it was opened."""
    trial: bool = False
    yes_id: UUID | None = None
    no_id: UUID | None = None
    entitled: int | None = None
    asked_by: UUID | None = None
    figures: Figures | None = None
    winner: Choice | None = None
    casting_vote: Choice | None = None
    lot: bool = False
    annulled_at: datetime | None = None
    annulled_reason: str | None = None
    corrections: tuple[CountRecord, ...] = ()
    votes: tuple[tuple[Choice, UUID], ...] = ()
    """Each voter's answer, in a roll call only."""
