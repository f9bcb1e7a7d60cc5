"""Motions with their movers, att-satser, replies, decisions and follow-up."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from democracy.domain.kinds import Category, Channel, Fault, Outcome, SentAs
from democracy.storage.tables.base import Code, Table
from workflows.motion import MotionState


class MotionRow(Table):
    """A motion to a meeting."""

    __tablename__ = "motion"
    __table_args__ = (
        UniqueConstraint("meeting_id", "receipt_number"),
        UniqueConstraint("meeting_id", "document_number"),
        Index("ix_motion_meeting_id_state", "meeting_id", "state"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"))
    state: Mapped[MotionState]
    category: Mapped[Category]
    title: Mapped[str]
    reasoning: Mapped[str]
    """Markdown."""
    version: Mapped[int] = mapped_column(default=1)
    receipt_number: Mapped[int | None]
    """Gapless within the meeting; given when the motion comes in."""
    document_number: Mapped[str | None] = mapped_column(Code)
    """Its place in the papers, such as A118."""
    created_at: Mapped[datetime]
    created_by: Mapped[UUID | None]
    """The account holder who wrote it in: the mover, or whoever recorded it for them."""
    channel: Mapped[Channel]
    received_at: Mapped[datetime | None]
    recorded_at: Mapped[datetime | None]
    completion_due_at: Mapped[datetime | None]
    completion_note: Mapped[str | None]
    fault: Mapped[Fault | None]
    fault_note: Mapped[str | None]
    stopped_by: Mapped[str | None]
    """The board's decision that stopped it: meeting and paragraph."""
    laid_aside_at: Mapped[datetime | None]
    origin_id: Mapped[UUID | None] = mapped_column(ForeignKey("motion.id"), index=True)
    """The motion that was sent on, or carried over from an earlier meeting, to become this one."""
    sent_as: Mapped[SentAs | None]
    """How it was sent on; None for one that was carried over."""


class ClauseRow(Table):
    """An att-sats: the part of a motion on which a decision is made."""

    __tablename__ = "clause"
    __table_args__ = (UniqueConstraint("motion_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    motion_id: Mapped[UUID] = mapped_column(ForeignKey("motion.id"))
    number: Mapped[int]
    text: Mapped[str]
    anchor_document: Mapped[str | None]
    anchor_place: Mapped[str | None]
    """Page, line or paragraph in that document."""
    origin_id: Mapped[UUID | None] = mapped_column(ForeignKey("clause.id"), index=True)
    """The att-sats that lives on in this one."""
    fault: Mapped[Fault | None]
    fault_note: Mapped[str | None]
    stopped_by: Mapped[str | None]


class MoverRow(Table):
    """Somebody who stands, or is invited to stand, behind a motion: a member or a unit."""

    __tablename__ = "mover"
    __table_args__ = (
        CheckConstraint("(member_id IS NULL) <> (unit_id IS NULL)", name="one_mover"),
        UniqueConstraint("motion_id", "member_id"),
        UniqueConstraint("motion_id", "unit_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    motion_id: Mapped[UUID] = mapped_column(ForeignKey("motion.id"), index=True)
    member_id: Mapped[UUID | None] = mapped_column(ForeignKey("member.id"), index=True)
    unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("unit.id"), index=True)
    position: Mapped[int]
    decision: Mapped[str | None]
    """For a unit: the meeting and paragraph that decided to move."""
    decided_on: Mapped[date | None]
    channel: Mapped[Channel]
    invited_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    declined_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]


class FaultNoteRow(Table):
    """A formal fault that staff or the secretary has noted for the board. It stops nothing by itself."""

    __tablename__ = "fault_note"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    motion_id: Mapped[UUID] = mapped_column(ForeignKey("motion.id"), index=True)
    fault: Mapped[Fault]
    note: Mapped[str]
    at: Mapped[datetime]


class ReplyRow(Table):
    """The board's reply to a motion."""

    __tablename__ = "reply"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    motion_id: Mapped[UUID] = mapped_column(ForeignKey("motion.id"), unique=True)
    body_id: Mapped[UUID] = mapped_column(ForeignKey("body.id"))
    reasons: Mapped[str]
    decision: Mapped[str]
    """The board's own meeting and paragraph."""
    present: Mapped[int]
    adopted_at: Mapped[datetime]
    reservation_until: Mapped[datetime | None]


class RecommendationRow(Table):
    """What the board recommends on one att-sats."""

    __tablename__ = "recommendation"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    reply_id: Mapped[UUID] = mapped_column(ForeignKey("reply.id"), index=True)
    clause_id: Mapped[UUID] = mapped_column(ForeignKey("clause.id"), unique=True)
    outcome: Mapped[Outcome]
    wording: Mapped[str | None]
    recipient: Mapped[str | None]


class ReservationRow(Table):
    """A board member's reservation against the reply. Its text can itself be approved by the meeting."""

    __tablename__ = "reservation"
    __table_args__ = (UniqueConstraint("reply_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    reply_id: Mapped[UUID] = mapped_column(ForeignKey("reply.id"))
    number: Mapped[int]
    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id"))
    text: Mapped[str]
    at: Mapped[datetime]


class DecisionRow(Table):
    """What the meeting decided on one att-sats. A later decision replaces it; nothing is deleted."""

    __tablename__ = "decision"
    __table_args__ = (
        Index(
            "uq_decision_clause_in_force",
            "clause_id",
            unique=True,
            sqlite_where=text("replaced_at IS NULL"),
            postgresql_where=text("replaced_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    clause_id: Mapped[UUID] = mapped_column(ForeignKey("clause.id"), index=True)
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"), index=True)
    outcome: Mapped[Outcome]
    wording: Mapped[str | None]
    recipient: Mapped[str | None]
    deferred_to_id: Mapped[UUID | None] = mapped_column(ForeignKey("meeting.id"))
    reservation_id: Mapped[UUID | None] = mapped_column(ForeignKey("reservation.id"))
    """The reservation that was approved, if it was one."""
    as_recommended: Mapped[bool]
    paragraph: Mapped[str | None]
    """The § of the minutes."""
    votes_for: Mapped[int | None]
    votes_against: Mapped[int | None]
    votes_abstained: Mapped[int | None]
    decided_at: Mapped[datetime]
    replaced_at: Mapped[datetime | None]
    replaced_reason: Mapped[str | None]


class FollowUpRow(Table):
    """A task that a decision gave: who carries it out, by when, and what came of it."""

    __tablename__ = "follow_up"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    clause_id: Mapped[UUID] = mapped_column(ForeignKey("clause.id"), unique=True)
    motion_id: Mapped[UUID] = mapped_column(ForeignKey("motion.id"), index=True)
    body_id: Mapped[UUID] = mapped_column(ForeignKey("body.id"), index=True)
    due_on: Mapped[date]
    assigned_at: Mapped[datetime]
    report: Mapped[str | None]
    reported_at: Mapped[datetime | None]


class CorrectionRow(Table):
    """A clerical error put right, with both wordings and the reason."""

    __tablename__ = "correction"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    motion_id: Mapped[UUID] = mapped_column(ForeignKey("motion.id"), index=True)
    clause_id: Mapped[UUID | None] = mapped_column(ForeignKey("clause.id"))
    """The att-sats that was corrected; None for the title or the reasoning."""
    part: Mapped[str] = mapped_column(Code)
    """`title`, `reasoning` or `clause`."""
    before: Mapped[str]
    after: Mapped[str]
    reason: Mapped[str]
    approved_by: Mapped[str]
    """Who approved it: the mover, or the body and paragraph."""
    erratum: Mapped[bool]
    """The papers had gone out: a rättelseblad goes to the same readers."""
    at: Mapped[datetime]
