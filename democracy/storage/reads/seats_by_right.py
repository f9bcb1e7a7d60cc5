"""Seats by right to be shown: to everybody who is signed in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, false, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from democracy.domain.actors import Anonymous
from democracy.domain.kinds import MandateRole
from democracy.storage.reads.reader import Reader, views
from democracy.storage.tables.post import SeatByRightRow
from democracy.storage.types import any_of
from workflows.seat_by_right import SeatByRightState


@dataclass(frozen=True, slots=True)
class SeatByRightView:
    """A seat's own columns."""

    id: UUID
    body_id: UUID
    from_body_id: UUID
    from_role: MandateRole
    state: SeatByRightState
    starts_on: date
    ends_on: date | None
    decision: str


async def by_ids(connection: AsyncConnection, reader: Reader, ids: Sequence[UUID]) -> dict[UUID, SeatByRightView]:
    """Those of `ids`."""
    rows = await connection.execute(_visible(reader).where(any_of(SeatByRightRow.id, ids)))
    return {view.id: view for view in views(SeatByRightView, rows)}


async def of_bodies(
    connection: AsyncConnection, reader: Reader, ids: Sequence[UUID]
) -> dict[UUID, list[SeatByRightView]]:
    """Those in force in each body."""
    found: dict[UUID, list[SeatByRightView]] = {each: [] for each in ids}
    statement = _visible(reader).where(
        any_of(SeatByRightRow.body_id, ids), SeatByRightRow.state == SeatByRightState.IN_FORCE
    )
    for view in views(SeatByRightView, await connection.execute(statement)):
        found[view.body_id].append(view)
    return found


def _visible(reader: Reader) -> Select[Any]:
    columns = [getattr(SeatByRightRow, name) for name in SeatByRightView.__slots__]
    seen = false() if isinstance(reader.actor, Anonymous) else true()
    return select(*columns).where(seen).order_by(SeatByRightRow.starts_on, SeatByRightRow.id)
