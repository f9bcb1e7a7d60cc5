"""Decisions that can be appealed, and each whom they were told to."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from democracy.domain.kinds import Channel
from democracy.storage.tables.base import Code, Table
from workflows.ruling import RulingState
from workflows.statutes.parameters.appeals import Decision


class RulingRow(Table):
    """A decision that the statutes open to appeal, with the statutes that applied to it."""

    __tablename__ = "ruling"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[Decision]
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"), index=True)
    body_id: Mapped[UUID] = mapped_column(ForeignKey("body.id"), index=True)
    """The body that decided."""
    office_id: Mapped[UUID] = mapped_column(ForeignKey("body.id"), index=True)
    """The board whose officers act for it."""
    appeal_to_id: Mapped[UUID | None] = mapped_column(ForeignKey("body.id"), index=True)
    appeal_office_id: Mapped[UUID | None] = mapped_column(ForeignKey("body.id"), index=True)
    case_id: Mapped[UUID | None] = mapped_column(index=True)
    """The case that it decided, where the system keeps that."""
    state: Mapped[RulingState]
    statutes_digest: Mapped[str] = mapped_column(Code)
    title: Mapped[str]
    text: Mapped[str]
    reasons: Mapped[str]
    decision: Mapped[str]
    """Meeting and paragraph."""
    decided_at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    minutes_verified_on: Mapped[date | None]
    open_to_members: Mapped[bool]
    """Every member below may appeal, and so reads it."""
    last_moment: Mapped[datetime | None]
    """First moment at which it is too late for every one who has been reached."""
    set_aside_by: Mapped[str | None]
    set_aside_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None] = mapped_column(index=True)


class RulingNoticeRow(Table):
    """One person or unit whom a decision concerns: how it was told, and until when an appeal is in time."""

    __tablename__ = "ruling_notice"
    __table_args__ = (
        CheckConstraint("(member_id IS NULL) <> (unit_id IS NULL)", name="one_concerned"),
        UniqueConstraint("ruling_id", "member_id"),
        UniqueConstraint("ruling_id", "unit_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    ruling_id: Mapped[UUID] = mapped_column(ForeignKey("ruling.id"), index=True)
    member_id: Mapped[UUID | None] = mapped_column(ForeignKey("member.id"), index=True)
    unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("unit.id"), index=True)
    channel: Mapped[Channel | None]
    sent_at: Mapped[datetime | None]
    received_at: Mapped[datetime | None]
    """When they got it: at once by mail, by letter when it is said to have come."""
    told_until: Mapped[date | None]
    """The last day that they were told, where that was wrong in their favour."""
