"""Meetings and the statutes that they follow."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from democracy.domain.kinds import MeetingKind
from democracy.storage.tables.base import Code, Table
from workflows.meeting import MeetingState


class StatutesRow(Table):
    """A version of a unit's statutes, adopted once and never changed."""

    __tablename__ = "statutes"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"), index=True)
    digest: Mapped[str] = mapped_column(Code, index=True)
    valid_from: Mapped[date]
    adopted_at: Mapped[datetime]
    content: Mapped[str]
    """Canonical JSON; `digest` is its SHA-256."""


class ResolvedStatutesRow(Table):
    """A unit's own statutes under the higher levels', as a case met them at its opening."""

    __tablename__ = "resolved_statutes"

    digest: Mapped[str] = mapped_column(Code, primary_key=True)
    levels: Mapped[str]
    """JSON: the digests of the versions that it was resolved from, the highest level first."""
    content: Mapped[str]


class MeetingRow(Table):
    """A meeting of a body."""

    __tablename__ = "meeting"
    __table_args__ = (Index("ix_meeting_body_id_motions_close_at", "body_id", "motions_close_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"), index=True)
    body_id: Mapped[UUID] = mapped_column(ForeignKey("body.id"))
    board_id: Mapped[UUID] = mapped_column(ForeignKey("body.id"))
    """The body that prepares it and answers its motions."""
    kind: Mapped[MeetingKind]
    state: Mapped[MeetingState]
    name: Mapped[str]
    place: Mapped[str | None]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]
    statutes_digest: Mapped[str] = mapped_column(ForeignKey("resolved_statutes.digest"))
    notice_due_at: Mapped[datetime | None]
    motions_close_at: Mapped[datetime | None]
    """First moment too late for a motion."""
    replies_due_at: Mapped[datetime | None]
    called_at: Mapped[datetime | None]
    papers_sent_at: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    part_of_id: Mapped[UUID | None] = mapped_column(ForeignKey("meeting.id"), index=True)
    """The meeting of which this is a part of its own (delårsmöte): a sub-assembly of some units."""
    purpose: Mapped[str | None]
    remote_access: Mapped[str | None]
    """How to take part at a distance, for those who may attend."""
    amendments_close_at: Mapped[datetime | None]
    """First moment too late for an amendment to a document before the meeting."""
    nominations_close_at: Mapped[datetime | None]
    adjourned_until: Mapped[datetime | None]
    notice_proper: Mapped[bool | None]
    """What the meeting decided on whether it was properly called; None before it has."""
    agenda_set_at: Mapped[datetime | None]
    """When the meeting approved its agenda."""
    version: Mapped[int] = mapped_column(default=1)
