"""Cases of boards that the clock has something to do about."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from democracy.storage.tables.appeal import AppealRow
from democracy.storage.tables.branch_application import BranchApplicationRow, FounderRow
from democracy.storage.tables.ruling import RulingRow

MOST = 100


async def applications(reader: AsyncConnection, now: datetime) -> Sequence[UUID]:
    """Applications to look at now, the longest overdue first."""
    row = BranchApplicationRow
    statement = select(row.id).where(row.due_at <= now).order_by(row.due_at, row.id).limit(MOST)
    return (await reader.execute(statement)).scalars().all()


async def left_founders(reader: AsyncConnection) -> Sequence[UUID]:
    """Applications with names that were taken off, or that said no, and are still kept."""
    row = FounderRow
    gone = or_(row.left_at.is_not(None), row.declined_at.is_not(None))
    statement = select(row.application_id).where(gone).distinct().limit(MOST)
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
