"""Messages that are to leave, written in the same transaction as what they tell."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from democracy.storage.tables.base import Code, Table


class OutboxRow(Table):
    """One mail, or one letter to print for somebody without e-mail."""

    __tablename__ = "outbox"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(Code)
    """`mail` or `letter`."""
    purpose: Mapped[str] = mapped_column(Code)
    member_id: Mapped[UUID | None] = mapped_column(ForeignKey("member.id"), index=True)
    staff_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    subject: Mapped[str]
    body: Mapped[str]
    """Emptied when it has been sent: it may hold a secret."""
    created_at: Mapped[datetime]
    due_at: Mapped[datetime | None] = mapped_column(index=True)
    """When to try; None when it has left or been given up."""
    attempts: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    error: Mapped[str | None]
