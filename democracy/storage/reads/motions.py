"""Motions to be shown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from functools import cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Select, String, cast, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from democracy.domain.actors import Actor
from democracy.domain.kinds import Category, Channel, Fault, SentAs
from democracy.storage.paging import Asked, Order, Page, page
from democracy.storage.prepared import AT, IDS
from democracy.storage.reads.reader import Reader
from democracy.storage.roles import is_invited, moves
from democracy.storage.search import motion_matches
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.motion import MotionRow
from democracy.storage.types import any_of
from democracy.storage.visibility import motion_visible_to
from workflows.motion import MotionState


@dataclass(frozen=True, slots=True)
class MotionView:
    """A motion's own columns."""

    id: UUID
    meeting_id: UUID
    state: MotionState
    category: Category
    title: str
    reasoning: str
    version: int
    receipt_number: int | None
    document_number: str | None
    created_at: datetime
    channel: Channel
    received_at: datetime | None
    recorded_at: datetime | None
    completion_due_at: datetime | None
    completion_note: str | None
    fault: Fault | None
    fault_note: str | None
    stopped_by: str | None
    origin_id: UUID | None
    sent_as: SentAs | None


_COLUMNS = [getattr(MotionRow, name) for name in MotionView.__slots__]


class MotionOrder(Enum):
    """In which order motions are listed."""

    NEWEST = "newest"
    OLDEST = "oldest"
    RECEIPT_NUMBER = "receipt_number"


@dataclass(frozen=True)
class MotionFilter:
    """Which motions: every condition that is given must hold."""

    meeting_id: UUID | None = None
    states: tuple[MotionState, ...] = ()
    categories: tuple[Category, ...] = ()
    search: str | None = None
    """Words in Swedish, each found by its stem or its beginning."""
    mine: bool = False
    """Those that the actor moves or is invited to."""


async def by_ids(connection: AsyncConnection, reader: Reader, ids: Sequence[UUID]) -> dict[UUID, MotionView]:
    """Those of `ids` that may be seen."""
    rows: Iterable[Any] = await connection.execute(
        _with(MotionRow.id, reader.stand_in, reader.zone), reader.values(ids)
    )
    return {row.id: MotionView(*row) for row in rows}


async def listed(
    connection: AsyncConnection, reader: Reader, wanted: MotionFilter, order: MotionOrder, asked: Asked
) -> Page[MotionView]:
    """A page of motions."""
    statement = _filtered(_visible(reader.stand_in, reader.zone), connection, reader, wanted)
    found = await page(connection, statement, _order(order), asked, reader.values())
    keys = len(_order(order).keys)
    return Page([MotionView(*row[:-keys]) for row in found.rows], found.cursors, found.has_next, found.has_previous)


async def counted(connection: AsyncConnection, reader: Reader, wanted: MotionFilter) -> int:
    """How many there are in all."""
    seen = _visible(reader.stand_in, reader.zone).with_only_columns(func.count())
    statement = _filtered(seen, connection, reader, wanted)
    total: int = (await connection.execute(statement, reader.values())).scalar_one()
    return total


async def sent_on(connection: AsyncConnection, reader: Reader, ids: Sequence[UUID]) -> list[tuple[UUID, MotionView]]:
    """What motions became when they were sent on, by the motion that was sent."""
    rows: Iterable[Any] = await connection.execute(
        _with(MotionRow.origin_id, reader.stand_in, reader.zone), reader.values(ids)
    )
    views = [MotionView(*row) for row in rows]
    return [(view.origin_id, view) for view in views if view.origin_id is not None]


@cache
def _visible(actor: Actor, zone: ZoneInfo) -> Select[Any]:
    return (
        select(*_COLUMNS)
        .join(MeetingRow, MeetingRow.id == MotionRow.meeting_id)
        .where(motion_visible_to(actor, AT, zone))
    )


@cache
def _with(column: Any, actor: Actor, zone: ZoneInfo) -> Select[Any]:
    """Those of which the column is one of the ids asked for."""
    return _visible(actor, zone).where(any_of(column, IDS))


def _filtered(statement: Select[Any], connection: AsyncConnection, reader: Reader, wanted: MotionFilter) -> Select[Any]:
    if wanted.meeting_id is not None:
        statement = statement.where(MotionRow.meeting_id == wanted.meeting_id)
    if wanted.states:
        statement = statement.where(MotionRow.state.in_(wanted.states))
    if wanted.categories:
        statement = statement.where(MotionRow.category.in_(wanted.categories))
    if wanted.search is not None:
        statement = statement.where(motion_matches(wanted.search, connection.dialect.name))
    if wanted.mine:
        member = getattr(reader.actor, "id", None)
        own = or_(moves(member, reader.today), is_invited(member, reader.today)) if member else MotionRow.id.is_(None)
        statement = statement.where(own)
    return statement


def _order(order: MotionOrder) -> Order:
    # Ids sort by their time of making. As text they are a cursor's values, and sort alike on both databases.
    by_id = cast(MotionRow.id, String)
    if order is MotionOrder.RECEIPT_NUMBER:
        return Order((func.coalesce(MotionRow.receipt_number, 2**31 - 1), by_id))
    return Order((by_id,), descending=order is MotionOrder.NEWEST)
