"""Elections to be shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Select, String, cast, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from democracy.domain.actors import Actor
from democracy.domain.kinds import MandateRole
from democracy.storage.election_visibility import election_visible_to
from democracy.storage.paging import Asked, Order, Page, page
from democracy.storage.prepared import AT, IDS
from democracy.storage.reads.reader import Reader, views
from democracy.storage.tables.election import ElectionRow
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.unit import BodyRow
from democracy.storage.types import any_of
from workflows.election import ElectionState


@dataclass(frozen=True, slots=True)
class ElectionView:
    """An election's own columns."""

    id: UUID
    meeting_id: UUID
    body_id: UUID
    committee_id: UUID | None
    fills_id: UUID | None
    template_id: UUID | None
    state: ElectionState
    role: MandateRole
    title: str
    seats: int
    substitutes: int
    starts_on: date | None
    ends_on: date | None
    expectations: str
    eligibility: str
    in_order: bool
    must_be_filled: bool
    nominations_close_at: datetime | None
    numbers_decided_at: datetime | None
    names_out_at: datetime | None
    exception: str | None
    round: int
    protocol: str | None
    declared_at: datetime | None
    seated_at: datetime | None
    reason: str | None
    version: int
    statutes_digest: str
    unit_id: UUID
    body_name: str


_OWN = [getattr(ElectionRow, name) for name in ElectionView.__slots__[:-3]]


async def by_ids(connection: AsyncConnection, reader: Reader, ids: Sequence[UUID]) -> dict[UUID, ElectionView]:
    """Those of `ids` that may be seen."""
    statement = _visible(reader.stand_in, reader.zone).where(any_of(ElectionRow.id, IDS))
    rows = await connection.execute(statement, reader.values(ids))
    return {view.id: view for view in views(ElectionView, rows)}


async def listed(
    connection: AsyncConnection, reader: Reader, meeting_id: UUID | None, asked: Asked
) -> Page[ElectionView]:
    """A page of elections, the newest first."""
    statement = _of(_visible(reader.stand_in, reader.zone), meeting_id)
    # Ids grow with time: the newest first is the highest first.
    order = Order((cast(ElectionRow.id, String),), descending=True)
    found = await page(connection, statement, order, asked, reader.values())
    shown = views(ElectionView, (row[:-1] for row in found.rows))
    return Page(shown, found.cursors, found.has_next, found.has_previous)


async def counted(connection: AsyncConnection, reader: Reader, meeting_id: UUID | None) -> int:
    """How many there are in all."""
    seen = _visible(reader.stand_in, reader.zone).with_only_columns(func.count())
    total: int = (await connection.execute(_of(seen, meeting_id), reader.values())).scalar_one()
    return total


@cache
def _visible(actor: Actor, zone: ZoneInfo) -> Select[Any]:
    return (
        select(*_OWN, MeetingRow.statutes_digest, MeetingRow.unit_id, BodyRow.name.label("body_name"))
        .join(MeetingRow, MeetingRow.id == ElectionRow.meeting_id)
        .join(BodyRow, BodyRow.id == ElectionRow.body_id)
        .where(election_visible_to(actor, AT, zone))
    )


def _of(statement: Select[Any], meeting_id: UUID | None) -> Select[Any]:
    return statement if meeting_id is None else statement.where(ElectionRow.meeting_id == meeting_id)
