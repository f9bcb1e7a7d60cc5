"""What a meeting decides, the proposals on it, the questions put and what was decided."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from democracy.domain.kinds import Channel, Outcome
from democracy.storage.tables.base import Code, Table
from workflows.matter import MatterState
from workflows.proceedings import Choice, MatterKind, PlaceOperation, ProposalKind, QuestionKind
from workflows.proposal import ProposalState
from workflows.question import QuestionState


class MatterRow(Table):
    """One point to be decided under an item: an att-sats, a passage, a question."""

    __tablename__ = "matter"
    __table_args__ = (Index("ix_matter_item_id_position", "item_id", "position"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"), index=True)
    item_id: Mapped[UUID] = mapped_column(ForeignKey("agenda_item.id"))
    kind: Mapped[MatterKind]
    state: Mapped[MatterState]
    position: Mapped[int]
    title: Mapped[str]
    clause_id: Mapped[UUID | None] = mapped_column(ForeignKey("clause.id"), index=True)
    passage_id: Mapped[UUID | None] = mapped_column(index=True)
    """The paragraph of a document that it is about."""
    member_id: Mapped[UUID | None] = mapped_column(ForeignKey("member.id"))
    """Discharge taken singly: the person it is about."""
    majority: Mapped[str] = mapped_column(Code, default="ordinary")
    """What the statutes call the majority that it needs: `ordinary`, `statutes`, `programme` …"""
    opened_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=0)


class ProposalRow(Table):
    """A proposal (yrkande)."""

    __tablename__ = "proposal"
    __table_args__ = (UniqueConstraint("matter_id", "label"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    matter_id: Mapped[UUID] = mapped_column(ForeignKey("matter.id"), index=True)
    kind: Mapped[ProposalKind]
    state: Mapped[ProposalState]
    label: Mapped[str]
    """What the chair calls it: A, B, B1."""
    text: Mapped[str]
    passage_id: Mapped[UUID | None]
    place: Mapped[str | None]
    """Sub-anchor under the passage."""
    operation: Mapped[PlaceOperation | None]
    adds_to_id: Mapped[UUID | None] = mapped_column(ForeignKey("proposal.id"))
    reconciled_into_id: Mapped[UUID | None] = mapped_column(ForeignKey("proposal.id"))
    """The proposal (jämkning) that replaced it."""
    recipient: Mapped[str | None]
    instruction: Mapped[str | None]
    reason: Mapped[str | None]
    back_by: Mapped[str | None]
    """Referring back: when the matter is to return, in the mover's words."""
    back_at_id: Mapped[UUID | None] = mapped_column(ForeignKey("meeting.id"))
    """The meeting that it returns to, or is deferred to."""
    from_board: Mapped[bool]
    """The board's recommendation: a proposal from the start."""
    of_motion: Mapped[bool] = mapped_column(default=False)
    """What the motion asks for: a proposal from the start, which belongs to the meeting."""
    channel: Mapped[Channel]
    received_at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[UUID | None]
    version: Mapped[int] = mapped_column(default=0)


class ProposalMoverRow(Table):
    """Somebody who stands behind a proposal, or is asked to accept a reconciliation."""

    __tablename__ = "proposal_mover"
    __table_args__ = (Index("uq_proposal_mover", "proposal_id", "member_id", unique=True),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    proposal_id: Mapped[UUID] = mapped_column(ForeignKey("proposal.id"), index=True)
    member_id: Mapped[UUID | None] = mapped_column(ForeignKey("member.id"))
    body_id: Mapped[UUID | None] = mapped_column(ForeignKey("body.id"))
    position: Mapped[int]
    asked_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    declined_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]
    recorded_by: Mapped[UUID | None]


class ProposalNomineeRow(Table):
    """Somebody whom a proposal would have elected: a chair, a verifier, a teller."""

    __tablename__ = "proposal_nominee"

    proposal_id: Mapped[UUID] = mapped_column(ForeignKey("proposal.id"), primary_key=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id"), primary_key=True)
    position: Mapped[int]


class QuestionOrderRow(Table):
    """An order of questions (propositionsordning) that somebody proposes."""

    __tablename__ = "question_order"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    matter_id: Mapped[UUID] = mapped_column(ForeignKey("matter.id"), index=True)
    by_chair: Mapped[bool]
    member_id: Mapped[UUID | None] = mapped_column(ForeignKey("member.id"))
    content: Mapped[str]
    """Canonical JSON: main proposal, rivals in order, additions, form."""
    proposed_at: Mapped[datetime]
    approved_at: Mapped[datetime | None]
    dropped_at: Mapped[datetime | None]


class QuestionRow(Table):
    """A question put to the meeting: only "ja" answers it."""

    __tablename__ = "question"
    __table_args__ = (UniqueConstraint("order_id", "position", "level"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    matter_id: Mapped[UUID] = mapped_column(ForeignKey("matter.id"), index=True)
    order_id: Mapped[UUID] = mapped_column(ForeignKey("question_order.id"))
    kind: Mapped[QuestionKind]
    state: Mapped[QuestionState]
    position: Mapped[int]
    level: Mapped[int]
    """0 for the question itself; 1, 2 … for the counter-proposals to be named, outside in."""
    proposals: Mapped[str]
    """Canonical JSON: ids of the proposals that meet in it, in the order in which they are put."""
    named_id: Mapped[UUID | None] = mapped_column(ForeignKey("proposal.id"))
    """The proposal that the chair found to have won."""
    answer: Mapped[Choice | None]
    """The same where the question has no rivals: ja or nej."""
    named_at: Mapped[datetime | None]
    division_asked_by: Mapped[UUID | None] = mapped_column(ForeignKey("member.id"))
    division_asked_at: Mapped[datetime | None]
    voting_approved_at: Mapped[datetime | None]
    """When the meeting approved the order in which its chain is voted."""
    counted: Mapped[bool] = mapped_column(default=False)
    """Votes named the outcome."""
    winner_id: Mapped[UUID | None] = mapped_column(ForeignKey("proposal.id"))
    gavel_at: Mapped[datetime | None]
    confirmed_late: Mapped[bool]
    """The gavel was forgotten, and the outcome confirmed when the next item was opened."""


class MatterDecisionRow(Table):
    """What the meeting decided on one matter. A later decision replaces it; nothing is deleted."""

    __tablename__ = "matter_decision"
    __table_args__ = (
        Index(
            "uq_matter_decision_in_force",
            "matter_id",
            unique=True,
            sqlite_where=text("replaced_at IS NULL"),
            postgresql_where=text("replaced_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    matter_id: Mapped[UUID] = mapped_column(ForeignKey("matter.id"), index=True)
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"), index=True)
    outcome: Mapped[Outcome]
    proposal_id: Mapped[UUID | None] = mapped_column(ForeignKey("proposal.id"))
    wording: Mapped[str | None]
    unanimous: Mapped[bool]
    """"Enhälligt": only because the chair said so."""
    in_block: Mapped[bool]
    by_minority: Mapped[bool] = mapped_column(default=False)
    """Referred back by the right of the few."""
    decided_at: Mapped[datetime]
    replaced_at: Mapped[datetime | None]
    replaced_reason: Mapped[str | None]
