"""Signing in: accounts, sessions, one-time links, throttles."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from democracy.storage.tables.base import Code, Table


class AccountRow(Table):
    """A way in for one member or one employee."""

    __tablename__ = "account"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    member_id: Mapped[UUID | None] = mapped_column(ForeignKey("member.id"), unique=True)
    staff_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"), unique=True)
    password_hash: Mapped[str | None]
    password_set_at: Mapped[datetime | None]


class SessionRow(Table):
    """A signed-in device. Only a digest of its token is kept."""

    __tablename__ = "session"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    token_digest: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    revoked_at: Mapped[datetime | None]


class PasswordLinkRow(Table):
    """A one-time link for setting a password. Only a digest of its secret is kept."""

    __tablename__ = "password_link"

    digest: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    used_at: Mapped[datetime | None]


class ThrottleRow(Table):
    """Attempts that have been made, and when the next one is let through."""

    __tablename__ = "throttle"

    key: Mapped[str] = mapped_column(primary_key=True)
    """What is counted, as a digest: it names nobody."""
    attempts: Mapped[int]
    last_at: Mapped[datetime] = mapped_column(index=True)
    free_at: Mapped[datetime]


class IdempotencyRow(Table):
    """That a request with this key has been carried out, and what came of it."""

    __tablename__ = "idempotency"

    actor: Mapped[str] = mapped_column(Code, primary_key=True)
    mutation: Mapped[str] = mapped_column(Code, primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    input_digest: Mapped[str] = mapped_column(Code)
    result_id: Mapped[UUID | None]
    at: Mapped[datetime] = mapped_column(index=True)
