"""Handovers to be shown: to whoever has a part in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from democracy.domain.actors import Clock, Operator
from democracy.domain.kinds import HandoverKind
from democracy.storage.handover_case import HandoverCase, handover_cases
from democracy.storage.reads.reader import Reader, views
from democracy.storage.tables.post import HandoverLineRow
from democracy.storage.types import any_of


@dataclass(frozen=True, slots=True)
class HandoverLineView:
    """A line's own columns."""

    id: UUID
    handover_id: UUID
    kind: HandoverKind
    reference_id: UUID | None
    text: str
    ticked_at: datetime | None


async def of_mandates(connection: AsyncConnection, reader: Reader, ids: Sequence[UUID]) -> dict[UUID, HandoverCase]:
    """Those that have been drawn up and that the reader has a part in, by mandate."""
    cases = await handover_cases(connection, ids, actor=reader.actor, at=reader.at, zone=reader.zone)
    sees_all = isinstance(reader.actor, Clock | Operator)
    return {key: case for key, case in cases.items() if case.id is not None and (case.roles or sees_all)}


async def lines(connection: AsyncConnection, reader: Reader, ids: Sequence[UUID]) -> dict[UUID, list[HandoverLineView]]:
    """The lines of handovers that the reader has been shown, as they came."""
    columns = [getattr(HandoverLineRow, name) for name in HandoverLineView.__slots__]
    statement = select(*columns).where(any_of(HandoverLineRow.handover_id, ids)).order_by(HandoverLineRow.id)
    found: dict[UUID, list[HandoverLineView]] = {each: [] for each in ids}
    for view in views(HandoverLineView, await connection.execute(statement)):
        found[view.handover_id].append(view)
    return found
