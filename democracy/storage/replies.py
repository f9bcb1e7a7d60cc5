"""The board's replies as they are written."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from democracy.domain.ids import new_id
from democracy.storage.in_force import holds
from democracy.storage.tables.motion import RecommendationRow, ReplyRow, ReservationRow


async def remove(session: AsyncSession, motion_id: UUID) -> None:
    """Take away a reply that another replaces. The ledger keeps what it said."""
    reply = select(ReplyRow.id).where(ReplyRow.motion_id == motion_id).scalar_subquery()
    await session.execute(delete(ReservationRow).where(ReservationRow.reply_id == reply))
    await session.execute(delete(RecommendationRow).where(RecommendationRow.reply_id == reply))
    await session.execute(delete(ReplyRow).where(ReplyRow.motion_id == motion_id))


async def copy(session: AsyncSession, origin: UUID, motion_id: UUID, clauses: Mapping[UUID, UUID]) -> bool:
    """Let the reply to `origin` stand for another motion, whose att-satser are given by those that they come from.

    Its members' reservations follow. False when there is no reply.
    """
    reply = (await session.scalars(select(ReplyRow).where(ReplyRow.motion_id == origin))).one_or_none()
    if reply is None:
        return False
    new = new_id()
    session.add(
        ReplyRow(id=new, motion_id=motion_id, body_id=reply.body_id, reasons=reply.reasons, decision=reply.decision,
                 present=reply.present, adopted_at=reply.adopted_at, reservation_until=reply.reservation_until)
    )  # fmt: skip
    await session.flush()
    for each in (await recommended(session, origin)).values():
        if each.clause_id in clauses:
            session.add(
                RecommendationRow(id=new_id(), reply_id=new, clause_id=clauses[each.clause_id], outcome=each.outcome,
                                  wording=each.wording, recipient=each.recipient)
            )  # fmt: skip
    for kept in await session.scalars(select(ReservationRow).where(ReservationRow.reply_id == reply.id)):
        session.add(
            ReservationRow(id=new_id(), reply_id=new, number=kept.number, member_id=kept.member_id, text=kept.text,
                           at=kept.at)
        )  # fmt: skip
    await session.flush()
    return True


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
