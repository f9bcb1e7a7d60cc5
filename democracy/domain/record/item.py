"""An item of the agenda and the points that were decided under it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from democracy.domain.kinds import Outcome
from democracy.domain.record.division import DivisionRecord
from democracy.domain.record.proposal import OrderRecord, ProposalRecord, QuestionRecord
from workflows.item import ItemState
from workflows.matter import MatterState
from workflows.proceedings import Formality, ItemKind, MatterKind, StatementKind


@dataclass(frozen=True, slots=True)
class DecisionRecord:
    """What the meeting decided on one point. A later decision replaces it."""

    outcome: Outcome
    proposal_id: UUID | None
    decided_at: datetime
    wording: str | None = None
    unanimous: bool = False
    in_block: bool = False
    by_minority: bool = False
    """Referred back by the right of the few."""
    replaced_at: datetime | None = None
    replaced_reason: str | None = None


@dataclass(frozen=True, slots=True)
class MatterRecord:
    """One point to be decided."""

    id: UUID
    kind: MatterKind
    state: MatterState
    position: int
    title: str
    opened_at: datetime
    text: str | None = None
    """The att-sats, or the passage."""
    clause: int | None = None
    """The att-sats' number."""
    member_id: UUID | None = None
    decided_at: datetime | None = None
    proposals: tuple[ProposalRecord, ...] = ()
    orders: tuple[OrderRecord, ...] = ()
    questions: tuple[QuestionRecord, ...] = ()
    divisions: tuple[DivisionRecord, ...] = ()
    decisions: tuple[DecisionRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class StatementRecord:
    """A reservation, a note or a special statement."""

    id: UUID
    kind: StatementKind
    member_id: UUID
    recorded_at: datetime
    matter_id: UUID | None = None
    proposal_id: UUID | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class BarredRecord:
    """Somebody who took no part in the item because of a conflict of interest (jäv)."""

    member_id: UUID
    declared_at: datetime
    lifted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class MotionRecord:
    """The motion that an item is about."""

    number: str | None
    title: str
    movers: tuple[UUID, ...] = ()
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemRecord:
    """An item of the agenda (dagordningspunkt)."""

    id: UUID
    kind: ItemKind
    state: ItemState
    position: int
    title: str
    number: int | None = None
    parent_id: UUID | None = None
    formality: Formality | None = None
    presenter: str | None = None
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    motion: MotionRecord | None = None
    matters: tuple[MatterRecord, ...] = ()
    statements: tuple[StatementRecord, ...] = ()
    barred: tuple[BarredRecord, ...] = ()
