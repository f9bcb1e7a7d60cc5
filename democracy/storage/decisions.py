"""The meeting's decisions as they are written."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from democracy.storage.motion_case import GOES_ON, carried_over
from democracy.storage.tables.motion import ClauseRow, DecisionRow, FollowUpRow, ReplyRow, ReservationRow


@dataclass(frozen=True)
class Waiting:
    """An att-sats that was deferred or referred back and does not yet live on at another meeting."""

    clause: ClauseRow
    decision: DecisionRow


async def waiting(session: AsyncSession, motion_id: UUID) -> list[Waiting]:
    """A motion's att-satser that wait to be carried over, in their order."""
    await session.flush()
    statement = (
        select(ClauseRow, DecisionRow)
        .join(DecisionRow, DecisionRow.clause_id == ClauseRow.id)
        .where(ClauseRow.motion_id == motion_id, ClauseRow.fault.is_(None), ~carried_over())
        .where(DecisionRow.replaced_at.is_(None), DecisionRow.outcome.in_(GOES_ON))
        .order_by(ClauseRow.number)
    )
    return [Waiting(clause, decision) for clause, decision in await session.execute(statement)]


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
