"""Turnout by unit as it was shown day by day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import delete, exists, func, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from democracy.storage.reads.reader import views
from democracy.storage.statutes import Connected
from democracy.storage.tables.ballot import BallotTurnoutRow
from democracy.storage.tables.unit import UnitRow
from democracy.storage.types import any_of


@dataclass(frozen=True, slots=True)
class TurnoutView:
    """One unit, or several small ones together, on the last day that was kept."""

    ballot_id: UUID
    day: date
    unit_id: UUID | None
    unit_name: str | None
    units: int
    electors: int
    voted: int | None


async def kept_on(connection: Connected, ballot_id: UUID, day: date) -> bool:
    """Whether the turnout of a day has been written down."""
    row = BallotTurnoutRow
    found = exists().where(row.ballot_id == ballot_id, row.day == day)
    return bool((await connection.execute(select(found))).scalar_one())


async def forget(session: AsyncSession, ballot_id: UUID, day: date) -> None:
    """Take away what was written down on a day."""
    row = BallotTurnoutRow
    await session.execute(delete(row).where(row.ballot_id == ballot_id, row.day == day))


async def latest(connection: AsyncConnection, ids: Sequence[UUID]) -> list[TurnoutView]:
    """The last day's of some ballots."""
    row = BallotTurnoutRow
    newest = select(row.ballot_id, func.max(row.day).label("day")).where(any_of(row.ballot_id, ids))
    last = newest.group_by(row.ballot_id).subquery()
    statement: Any = (
        select(row.ballot_id, row.day, row.unit_id, UnitRow.name, row.units, row.electors, row.voted)
        .join(last, (last.c.ballot_id == row.ballot_id) & (last.c.day == row.day))
        .outerjoin(UnitRow, UnitRow.id == row.unit_id)
        .order_by(row.ballot_id, row.position)
    )
    return views(TurnoutView, await connection.execute(statement))
