"""Proposals (yrkanden), the order in which they are put, and the questions put."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from workflows.proceedings import Choice, ProposalKind, QuestionKind
from workflows.proposal import ProposalState
from workflows.question import QuestionState


@dataclass(frozen=True, slots=True)
class MoverRecord:
    """Somebody who stands, or stood, behind a proposal."""

    member_id: UUID | None = None
    body: str | None = None
    """A body that moves, as the minutes call it."""
    left_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ProposalRecord:
    """A proposal (yrkande)."""

    id: UUID
    kind: ProposalKind
    state: ProposalState
    label: str
    text: str
    received_at: datetime
    movers: tuple[MoverRecord, ...] = ()
    from_board: bool = False
    of_motion: bool = False
    """What the motion itself asks for."""
    adds_to_id: UUID | None = None
    reconciled_into_id: UUID | None = None
    recipient: str | None = None
    instruction: str | None = None
    reason: str | None = None
    back_by: str | None = None
    back_at: str | None = None
    """Name of the meeting that the matter returns to."""


@dataclass(frozen=True, slots=True)
class OrderRecord:
    """An order of questions (propositionsordning). Ids of proposals, in the order in which they are put."""

    id: UUID
    by_chair: bool
    proposed_at: datetime
    member_id: UUID | None = None
    main_id: UUID | None = None
    first_ids: tuple[UUID, ...] = ()
    """Whether the matter is decided today: the proposals to refer back or defer."""
    rival_ids: tuple[UUID, ...] = ()
    addition_ids: tuple[UUID, ...] = ()
    approved_at: datetime | None = None
    dropped_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class QuestionRecord:
    """A question put to the meeting."""

    id: UUID
    kind: QuestionKind
    state: QuestionState
    position: int
    level: int = 0
    proposal_ids: tuple[UUID, ...] = ()
    named_id: UUID | None = None
    """What the chair found before anybody asked for a division."""
    answer: Choice | None = None
    """The same where the question has no rivals."""
    named_at: datetime | None = None
    asked_by: UUID | None = None
    asked_at: datetime | None = None
    voting_approved_at: datetime | None = None
    winner_id: UUID | None = None
    gavel_at: datetime | None = None
    confirmed_late: bool = False
    order_id: UUID | None = None
    """The order of questions that it belongs to."""
