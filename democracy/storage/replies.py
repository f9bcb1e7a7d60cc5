"""The board's replies as they are written."""

from datetime import date
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from democracy.storage.in_force import holds
from democracy.storage.tables.motion import RecommendationRow, ReplyRow, ReservationRow


async def remove(session: AsyncSession, motion_id: UUID) -> None:
    """Take away a reply that another replaces. The ledger keeps what it said."""
    reply = select(ReplyRow.id).where(ReplyRow.motion_id == motion_id).scalar_subquery()
    await session.execute(delete(ReservationRow).where(ReservationRow.reply_id == reply))
    await session.execute(delete(RecommendationRow).where(RecommendationRow.reply_id == reply))
    await session.execute(delete(ReplyRow).where(ReplyRow.motion_id == motion_id))


async def sits_in(session: AsyncSession, member_id: UUID, body_id: UUID, day: date) -> bool:
    """Whether the member has a place in the body on that day."""
    return bool((await session.execute(select(holds(member_id, body_id, day)))).scalar_one())


async def next_reservation(session: AsyncSession, motion_id: UUID) -> tuple[UUID | None, int]:
    """The reply to a motion and the number that its next reservation gets."""
    reply = (await session.execute(select(ReplyRow.id).where(ReplyRow.motion_id == motion_id))).scalar_one_or_none()
    highest = select(func.coalesce(func.max(ReservationRow.number), 0)).where(ReservationRow.reply_id == reply)
    return reply, (await session.execute(highest)).scalar_one() + 1


async def recommended(session: AsyncSession, motion_id: UUID) -> dict[UUID, RecommendationRow]:
    """What the board recommends, by att-sats."""
    statement = select(RecommendationRow).join(ReplyRow).where(ReplyRow.motion_id == motion_id)
    return {row.clause_id: row for row in await session.scalars(statement)}


async def reservation(session: AsyncSession, reservation_id: UUID) -> ReservationRow | None:
    """One reservation."""
    return await session.get(ReservationRow, reservation_id)
