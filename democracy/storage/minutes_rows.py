"""Single looks at minutes as they are stored."""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from democracy.storage.statutes import Connected
from democracy.storage.tables.agenda import AgendaItemRow
from democracy.storage.tables.minutes import MinutesRow


async def fixed(connection: Connected, minutes_id: UUID) -> Any:
    """Their meeting, and the text as it was fixed; None where there are none."""
    row = MinutesRow
    statement = select(row.meeting_id, row.state, row.text, row.digest, row.verified_at).where(row.id == minutes_id)
    return (await connection.execute(statement)).one_or_none()


async def items(connection: Connected, meeting_id: UUID) -> dict[int | None, UUID]:
    """The items of a meeting by the number of their §."""
    row = AgendaItemRow
    statement = select(row.number, row.id).where(row.meeting_id == meeting_id, row.number.is_not(None))
    return {each.number: each.id for each in await connection.execute(statement)}
