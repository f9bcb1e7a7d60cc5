"""Cases of boards that the clock has something to do about."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from democracy.storage.tables.appeal import AppealRow
from democracy.storage.tables.branch_application import BranchApplicationRow
from democracy.storage.tables.ruling import RulingRow

MOST = 100


async def applications(reader: AsyncConnection, now: datetime) -> Sequence[UUID]:
    """Applications to look at now, the longest overdue first."""
    row = BranchApplicationRow
    statement = select(row.id).where(row.due_at <= now).order_by(row.due_at, row.id).limit(MOST)
    return (await reader.execute(statement)).scalars().all()


async def rulings(reader: AsyncConnection, now: datetime) -> Sequence[UUID]:
    """Decisions whose time for appeal may be out."""
    row = RulingRow
    statement = select(row.id).where(row.due_at <= now).order_by(row.due_at, row.id).limit(MOST)
    return (await reader.execute(statement)).scalars().all()


async def appeals(reader: AsyncConnection, now: datetime) -> Sequence[UUID]:
    """Appeals to look at now."""
    row = AppealRow
    statement = select(row.id).where(row.due_at <= now).order_by(row.due_at, row.id).limit(MOST)
    return (await reader.execute(statement)).scalars().all()
