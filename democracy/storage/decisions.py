"""The meeting's decisions as they are written."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from democracy.storage.tables.motion import ClauseRow, DecisionRow, FollowUpRow, ReplyRow, ReservationRow


async def in_force(session: AsyncSession, clause_id: UUID) -> DecisionRow | None:
    """The decision on an att-sats that no later one has replaced."""
    await session.flush()
    statement = select(DecisionRow).where(DecisionRow.clause_id == clause_id, DecisionRow.replaced_at.is_(None))
    return (await session.scalars(statement)).one_or_none()


async def decided_clauses(session: AsyncSession, motion_id: UUID) -> dict[UUID, DecisionRow]:
    """Decisions in force by att-sats."""
    await session.flush()
    statement = (
        select(DecisionRow).join(ClauseRow).where(ClauseRow.motion_id == motion_id, DecisionRow.replaced_at.is_(None))
    )
    return {row.clause_id: row for row in await session.scalars(statement)}


async def reservation_of(session: AsyncSession, reservation_id: UUID, motion_id: UUID) -> bool:
    """Whether the reservation was made against the reply to this motion."""
    statement = (
        select(ReservationRow.id)
        .join(ReplyRow)
        .where(ReservationRow.id == reservation_id, ReplyRow.motion_id == motion_id)
    )
    return (await session.execute(statement)).scalar_one_or_none() is not None


async def follow_up(session: AsyncSession, clause_id: UUID) -> FollowUpRow | None:
    """The task that an att-sats gave."""
    return (await session.scalars(select(FollowUpRow).where(FollowUpRow.clause_id == clause_id))).one_or_none()
