"""What meetings have decided on matters."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from democracy.storage.tables.matter import MatterDecisionRow


async def in_force(session: AsyncSession, matter_id: UUID) -> MatterDecisionRow | None:
    """The decision on a matter that no later one has replaced."""
    await session.flush()
    statement = select(MatterDecisionRow).where(
        MatterDecisionRow.matter_id == matter_id, MatterDecisionRow.replaced_at.is_(None)
    )
    return (await session.scalars(statement)).one_or_none()
