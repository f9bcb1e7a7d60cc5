"""Applications to form a branch: founders, and the branches that are heard."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from democracy.domain.kinds import Channel, MandateRole, UnitKind
from democracy.storage.tables.base import Code, Table
from workflows.branch_application_facts import BranchApplicationState, Position


class BranchApplicationRow(Table):
    """Members apply to form a branch under a unit."""

    __tablename__ = "branch_application"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"), index=True)
    """The district that the branch would stand under."""
    body_id: Mapped[UUID] = mapped_column(ForeignKey("body.id"), index=True)
    """The board that decides."""
    next_caller_id: Mapped[UUID | None] = mapped_column(ForeignKey("body.id"), index=True)
    """The body that may call the founding meeting when the board is silent."""
    statutes_digest: Mapped[str] = mapped_column(Code)
    state: Mapped[BranchApplicationState]
    version: Mapped[int] = mapped_column(default=1)
    kind: Mapped[UnitKind]
    name: Mapped[str]
    area: Mapped[str]
    reasons: Mapped[str]
    """Markdown: why they want to."""
    proposed_statutes: Mapped[str]
    created_at: Mapped[datetime]
    created_by: Mapped[UUID | None] = mapped_column(ForeignKey("member.id"))
    channel: Mapped[Channel]
    received_at: Mapped[datetime | None]
    decide_by: Mapped[datetime | None]
    answers_due_at: Mapped[datetime | None]
    replies_due_at: Mapped[datetime | None]
    draft: Mapped[str | None]
    """The board's working draft: nobody else's."""
    decision: Mapped[str | None]
    decision_reasons: Mapped[str | None]
    reservations: Mapped[str | None]
    present: Mapped[int | None]
    votes_for: Mapped[int | None]
    votes_against: Mapped[int | None]
    decided_at: Mapped[datetime | None]
    ruling_id: Mapped[UUID | None] = mapped_column(ForeignKey("ruling.id"))
    form_by: Mapped[datetime | None]
    meeting_at: Mapped[datetime | None]
    meeting_place: Mapped[str | None]
    called_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("body.id"))
    founded_at: Mapped[datetime | None]
    founding_decision: Mapped[str | None]
    formed_id: Mapped[UUID | None] = mapped_column(ForeignKey("unit.id"))
    withdrawn_signatures: Mapped[int] = mapped_column(default=0)
    """How many names were taken off and have been removed from the case since."""
    due_at: Mapped[datetime | None] = mapped_column(index=True)
    """When the clock looks at it next."""


class FounderRow(Table):
    """Somebody who founds: asked, and confirmed by themselves or on paper."""

    __tablename__ = "founder"
    __table_args__ = (UniqueConstraint("application_id", "member_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    application_id: Mapped[UUID] = mapped_column(ForeignKey("branch_application.id"), index=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id"), index=True)
    interim_role: Mapped[MandateRole | None]
    """What they would be in the interim board."""
    invited_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    declined_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]
    channel: Mapped[Channel]
    recorded_by: Mapped[UUID | None] = mapped_column(ForeignKey("member.id"))


class ConsultationRow(Table):
    """A branch that is heard (remiss): what it answered, and what the applicants say to that."""

    __tablename__ = "consultation"
    __table_args__ = (UniqueConstraint("application_id", "unit_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    application_id: Mapped[UUID] = mapped_column(ForeignKey("branch_application.id"), index=True)
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"), index=True)
    asked_at: Mapped[datetime]
    due_at: Mapped[datetime]
    position: Mapped[Position | None]
    answer: Mapped[str | None]
    decision: Mapped[str | None]
    """The branch's own decision: meeting and paragraph."""
    answered_at: Mapped[datetime | None]
    reply: Mapped[str | None]
    replied_at: Mapped[datetime | None]
