"""Signed-in devices."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CursorResult, Update, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from democracy.domain.actors import Member, Staff
from democracy.domain.ids import new_id
from democracy.storage.accounts import employed
from democracy.storage.tables.account import AccountRow, SessionRow
from democracy.storage.tables.member import MemberRow, StaffRow


@dataclass(frozen=True)
class FoundSession:
    """A session that is in force, and who it signs in."""

    id: UUID
    account_id: UUID
    actor: Member | Staff
    language: str
    created_at: datetime
    expires_at: datetime


async def find_session(
    connection: AsyncConnection, token_digest: bytes, at: datetime, today: date
) -> FoundSession | None:
    """The session of a token, unless it has expired, was ended, or its person may no longer sign in. One statement."""
    statement = (
        select(
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
        .where(SessionRow.token_digest == token_digest, SessionRow.revoked_at.is_(None), SessionRow.expires_at > at)
        .where(or_(MemberRow.id.is_not(None), StaffRow.id.is_not(None)))
    )
    row = (await connection.execute(statement)).first()
    if row is None:
        return None
    actor = Member(row.member_id) if row.member_id else Staff(row.staff_id)
    return FoundSession(row.id, row.account_id, actor, row.language or "sv", row.created_at, row.expires_at)


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
