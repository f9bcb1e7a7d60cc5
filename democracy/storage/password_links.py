"""One-time links for choosing a password."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import LargeBinary, insert, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from democracy.storage.accounts import Person, account_of
from democracy.storage.tables.account import AccountRow, PasswordLinkRow
from democracy.storage.types import UtcDateTime


@dataclass(frozen=True)
class NewLink:
    """A link about to be given to somebody."""

    digest: bytes
    created_at: datetime
    expires_at: datetime


async def add_link(session: AsyncSession, person: Person | None, link: NewLink) -> None:
    """Keep a link for a person's account. For nobody, the same statement writes nothing."""
    values = select(
        literal(link.digest, LargeBinary()),
        AccountRow.id,
        literal(link.created_at, UtcDateTime()),
        literal(link.expires_at, UtcDateTime()),
    ).where(account_of(person))
    columns = ["digest", "account_id", "created_at", "expires_at"]
    await session.execute(insert(PasswordLinkRow).from_select(columns, values, include_defaults=False))


async def find_link(connection: AsyncConnection, digest: bytes, at: datetime) -> UUID | None:
    """The account of a link that can still be used."""
    statement = select(PasswordLinkRow.account_id).where(
        PasswordLinkRow.digest == digest, PasswordLinkRow.used_at.is_(None), PasswordLinkRow.expires_at > at
    )
    account_id: UUID | None = (await connection.execute(statement)).scalar_one_or_none()
    return account_id


async def use_link(session: AsyncSession, digest: bytes, at: datetime) -> UUID | None:
    """Use a link up, with every other link of its account; None when somebody was faster, or time has run out."""
    statement = (
        update(PasswordLinkRow)
        .where(PasswordLinkRow.digest == digest, PasswordLinkRow.used_at.is_(None), PasswordLinkRow.expires_at > at)
        .values(used_at=at)
        .returning(PasswordLinkRow.account_id)
    )
    account_id: UUID | None = (await session.execute(statement)).scalar_one_or_none()
    if account_id is not None:
        others = update(PasswordLinkRow).where(
            PasswordLinkRow.account_id == account_id, PasswordLinkRow.used_at.is_(None)
        )
        await session.execute(others.values(used_at=at))
    return account_id
