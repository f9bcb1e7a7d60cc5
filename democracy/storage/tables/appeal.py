"""Appeals and appellants."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from democracy.domain.kinds import Channel
from democracy.storage.tables.base import Code, Table
from workflows.appeal_facts import AppealOutcome, AppealState, DismissalGround, StayState

_TRIED = text("state NOT IN ('CLOSED', 'DISMISSED', 'RECONSIDERED', 'WITHDRAWN')")


class AppealRow(Table):
    """An appeal: one case for a decision, whoever appeals and however many they are."""

    __tablename__ = "appeal"
    __table_args__ = (
        Index("uq_appeal_one_at_a_time", "ruling_id", unique=True, sqlite_where=_TRIED, postgresql_where=_TRIED),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    ruling_id: Mapped[UUID] = mapped_column(ForeignKey("ruling.id"), index=True)
    body_id: Mapped[UUID] = mapped_column(ForeignKey("body.id"), index=True)
    """The body that tries it."""
    office_id: Mapped[UUID] = mapped_column(ForeignKey("body.id"), index=True)
    """The board whose secretary keeps the case for it."""
    respondent_id: Mapped[UUID] = mapped_column(ForeignKey("body.id"), index=True)
    """The board that speaks for whoever decided."""
    stay_body_id: Mapped[UUID | None] = mapped_column(ForeignKey("body.id"), index=True)
    next_body_id: Mapped[UUID | None] = mapped_column(ForeignKey("body.id"))
    report_to_id: Mapped[UUID | None] = mapped_column(ForeignKey("body.id"))
    statutes_digest: Mapped[str] = mapped_column(Code)
    """That of the decision: an old decision is tried by the rules on appeal that applied to it."""
    body_statutes: Mapped[str] = mapped_column(Code)
    """Digest of the set by which the body that tries it can decide."""
    state: Mapped[AppealState]
    version: Mapped[int] = mapped_column(default=1)
    lodged_at: Mapped[datetime]
    statement_due_at: Mapped[datetime | None]
    statement: Mapped[str | None]
    statement_decision: Mapped[str | None]
    stated_at: Mapped[datetime | None]
    statement_considered: Mapped[bool | None]
    """Of a late one: whether it was taken into account."""
    reply_due_at: Mapped[datetime | None]
    reply: Mapped[str | None]
    replied_at: Mapped[datetime | None]
    stay: Mapped[StayState]
    stay_request: Mapped[str | None]
    stay_asked_at: Mapped[datetime | None]
    stay_decision: Mapped[str | None]
    stay_reasons: Mapped[str | None]
    stay_decided_at: Mapped[datetime | None]
    heard_at: Mapped[datetime | None]
    hearing: Mapped[str | None]
    outcome: Mapped[AppealOutcome | None]
    ground: Mapped[DismissalGround | None]
    decision: Mapped[str | None]
    reasons: Mapped[str | None]
    replacement: Mapped[str | None]
    present: Mapped[int | None]
    votes_for: Mapped[int | None]
    votes_against: Mapped[int | None]
    decided_at: Mapped[datetime | None]
    report: Mapped[str | None]
    reported_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None] = mapped_column(index=True)
    """When the clock looks at it next."""


class AppellantRow(Table):
    """Somebody who appeals: in time or late, with a right to or not."""

    __tablename__ = "appellant"
    __table_args__ = (CheckConstraint("(member_id IS NULL) <> (unit_id IS NULL)", name="one_appellant"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    appeal_id: Mapped[UUID] = mapped_column(ForeignKey("appeal.id"), index=True)
    member_id: Mapped[UUID | None] = mapped_column(ForeignKey("member.id"), index=True)
    unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("unit.id"), index=True)
    received_at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[UUID | None] = mapped_column(ForeignKey("member.id"))
    channel: Mapped[Channel]
    sent_to: Mapped[str | None]
    """Whom it was sent to, where that was somebody else."""
    last_moment: Mapped[datetime | None]
    in_time: Mapped[bool]
    has_standing: Mapped[bool]
    right_addressee: Mapped[bool]
    """It came to the right body, or the statutes have it passed on."""
    grounds: Mapped[str]
    left_at: Mapped[datetime | None]
