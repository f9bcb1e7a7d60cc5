"""Minutes that the clock has something to do about."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncConnection

from democracy.storage.tables.minutes import MinutesRow, MinutesSignatoryRow
from democracy.storage.tables.step import StepRow
from workflows.minutes_facts import MinutesState

MOST = 100


async def corrected(reader: AsyncConnection) -> Sequence[UUID]:
    """Meetings whose minutes are being signed, and in which something has been recorded since they were compared."""
    later = exists().where(
        StepRow.meeting_id == MinutesRow.meeting_id,
        StepRow.workflow.not_in(("minutes", "addendum")),
        StepRow.at > MinutesRow.compared_at,
    )
    statement = select(MinutesRow.meeting_id).where(MinutesRow.state == MinutesState.SIGNING, later)
    return (await reader.execute(statement.limit(MOST))).scalars().all()


async def unsigned(reader: AsyncConnection, now: datetime) -> Sequence[UUID]:
    """Those whom the clock is to look at now, the longest overdue first."""
    row = MinutesSignatoryRow
    statement = select(row.id).where(row.due_at <= now).order_by(row.due_at, row.id).limit(MOST)
    return (await reader.execute(statement)).scalars().all()
