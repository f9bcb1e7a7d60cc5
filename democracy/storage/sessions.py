"""Signed-in devices."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, cast
from uuid import UUID

from sqlalchemy import CursorResult, Date, Select, Update, bindparam, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from democracy.domain.actors import Member, Staff
from democracy.domain.ids import new_id
from democracy.storage.accounts import employed
from democracy.storage.tables.account import AccountRow, SessionRow
from democracy.storage.tables.member import MemberRow, StaffRow
from democracy.storage.types import any_bytes


@dataclass(frozen=True)
class FoundSession:
    """A session that is in force, and who it signs in."""

    id: UUID
    account_id: UUID
    actor: Member | Staff
    language: str
    created_at: datetime
    expires_at: datetime


async def find_sessions(
    connection: AsyncConnection, token_digests: Sequence[bytes], today: date
) -> dict[bytes, FoundSession]:
    """The session of each token, by its digest, unless it was ended or its person may no longer sign in that day.

    One statement. Whether one has expired is for each request's own time to say.
    """
    found = await connection.execute(_found(connection.dialect.name), {"digests": list(token_digests), "today": today})
    return {
        row.token_digest: FoundSession(
            row.id, row.account_id, Member(row.member_id) if row.member_id else Staff(row.staff_id),
            row.language or "sv", row.created_at, row.expires_at,
        )
        for row in found
    }  # fmt: skip


@cache
def _found(dialect: str) -> Select[*tuple[Any, ...]]:
    today = cast("date", bindparam("today", type_=Date()))
    return (
        select(
            SessionRow.token_digest,
            SessionRow.id,
            SessionRow.account_id,
            SessionRow.created_at,
            SessionRow.expires_at,
            MemberRow.id.label("member_id"),
            StaffRow.id.label("staff_id"),
            MemberRow.language,
        )
        .join(AccountRow, AccountRow.id == SessionRow.account_id)
        .outerjoin(MemberRow, (MemberRow.id == AccountRow.member_id) & MemberRow.erased_at.is_(None))
        .outerjoin(StaffRow, (StaffRow.id == AccountRow.staff_id) & employed(today))
        .where(any_bytes(SessionRow.token_digest, dialect, "digests"), SessionRow.revoked_at.is_(None))
        .where(or_(MemberRow.id.is_not(None), StaffRow.id.is_not(None)))
    )


async def open_session(
    session: AsyncSession, account_id: UUID, token_digest: bytes, at: datetime, expires_at: datetime
) -> UUID:
    """Sign a device in."""
    row = SessionRow(
        id=new_id(), account_id=account_id, token_digest=token_digest, created_at=at, expires_at=expires_at
    )
    session.add(row)
    await session.flush()
    return row.id


async def prolong(session: AsyncSession, session_id: UUID, expires_at: datetime) -> None:
    """Let a session last longer, unless it has been ended meanwhile."""
    await session.execute(_live().where(SessionRow.id == session_id).values(expires_at=expires_at))


async def end_session(session: AsyncSession, session_id: UUID, at: datetime) -> None:
    """Sign one device out."""
    await session.execute(_live().where(SessionRow.id == session_id).values(revoked_at=at))


async def end_all_sessions(session: AsyncSession, account_id: UUID, at: datetime) -> int:
    """Sign every device of an account out; returns how many were signed in."""
    statement = _live().where(SessionRow.account_id == account_id, SessionRow.expires_at > at).values(revoked_at=at)
    result = await session.execute(statement)
    assert isinstance(result, CursorResult)  # noqa: S101 - an UPDATE without RETURNING has nothing else
    return result.rowcount


def _live() -> Update:
    return update(SessionRow).where(SessionRow.revoked_at.is_(None))
