"""Meetings to be shown."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from functools import cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Select, String, cast, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from democracy.domain.actors import Actor
from democracy.domain.kinds import MeetingKind
from democracy.storage.paging import Asked, Order, Page, page
from democracy.storage.prepared import AT, IDS
from democracy.storage.reads.reader import Reader, views
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.unit import BodyRow, UnitRow
from democracy.storage.types import any_of
from democracy.storage.visibility import meeting_visible_to
from workflows.meeting import MeetingState


@dataclass(frozen=True, slots=True)
class MeetingView:
    """A meeting's own columns."""

    id: UUID
    unit_id: UUID
    body_id: UUID
    board_id: UUID
    kind: MeetingKind
    state: MeetingState
    name: str
    place: str | None
    starts_at: datetime
    ends_at: datetime | None
    statutes_digest: str
    notice_due_at: datetime | None
    motions_close_at: datetime | None
    replies_due_at: datetime | None
    amendments_close_at: datetime | None
    called_at: datetime | None
    papers_sent_at: datetime | None
    opened_at: datetime | None
    closed_at: datetime | None
    version: int
    adjourned_until: datetime | None
    notice_proper: bool | None
    agenda_set_at: datetime | None
    purpose: str | None
    part_of_id: UUID | None
    remote_access: str | None
    nominations_close_at: datetime | None
    unit_name: str
    body_name: str


_OWN = [getattr(MeetingRow, name) for name in MeetingView.__slots__[:-2]]


class MeetingOrder(Enum):
    """In which order meetings are listed."""

    STARTS_AT = "starts_at"
    LATEST = "latest"


@dataclass(frozen=True)
class MeetingFilter:
    """Which meetings: every condition that is given must hold."""

    unit_id: UUID | None = None
    states: tuple[MeetingState, ...] = ()
    kinds: tuple[MeetingKind, ...] = ()
    takes_motions: bool = False
    """Those to which a motion can be submitted now."""


async def by_ids(connection: AsyncConnection, reader: Reader, ids: Sequence[UUID]) -> dict[UUID, MeetingView]:
    """Those of `ids` that may be seen."""
    rows = await connection.execute(_by_id(reader.stand_in, reader.zone), reader.values(ids))
    return {view.id: view for view in views(MeetingView, rows)}


async def parts(connection: AsyncConnection, reader: Reader, ids: Sequence[UUID]) -> dict[UUID, list[MeetingView]]:
    """The parts of some meetings that may be seen, in their order."""
    rows = await connection.execute(_parts(reader.stand_in, reader.zone), reader.values(ids))
    found: dict[UUID, list[MeetingView]] = defaultdict(list)
    for view in views(MeetingView, rows):
        if view.part_of_id is not None:
            found[view.part_of_id].append(view)
    return found


async def listed(
    connection: AsyncConnection, reader: Reader, wanted: MeetingFilter, order: MeetingOrder, asked: Asked
) -> Page[MeetingView]:
    """A page of meetings."""
    statement = _filtered(_visible(reader.stand_in, reader.zone), reader, wanted)
    # A cursor's values are JSON's own: seconds since 1970, then the id as text.
    seconds = func.extract("epoch", MeetingRow.starts_at) if connection.dialect.name == "postgresql" else None
    when = cast(seconds, String) if seconds is not None else cast(func.strftime("%s", MeetingRow.starts_at), String)
    keys = (when, cast(MeetingRow.id, String))
    found = await page(
        connection, statement, Order(keys, descending=order is MeetingOrder.LATEST), asked, reader.values()
    )
    meetings = views(MeetingView, (row[:-2] for row in found.rows))
    return Page(meetings, found.cursors, found.has_next, found.has_previous)


async def counted(connection: AsyncConnection, reader: Reader, wanted: MeetingFilter) -> int:
    """How many there are in all."""
    seen = _visible(reader.stand_in, reader.zone).with_only_columns(func.count())
    total: int = (await connection.execute(_filtered(seen, reader, wanted), reader.values())).scalar_one()
    return total


@cache
def _visible(actor: Actor, zone: ZoneInfo) -> Select[Any]:
    return (
        select(*_OWN, UnitRow.name.label("unit_name"), BodyRow.name.label("body_name"))
        .join(UnitRow, UnitRow.id == MeetingRow.unit_id)
        .join(BodyRow, BodyRow.id == MeetingRow.body_id)
        .where(meeting_visible_to(actor, AT, zone))
    )


@cache
def _by_id(actor: Actor, zone: ZoneInfo) -> Select[Any]:
    return _visible(actor, zone).where(any_of(MeetingRow.id, IDS))


@cache
def _parts(actor: Actor, zone: ZoneInfo) -> Select[Any]:
    own = any_of(MeetingRow.part_of_id, IDS)
    return _visible(actor, zone).where(own).order_by(MeetingRow.starts_at, MeetingRow.id)


def _filtered(statement: Select[Any], reader: Reader, wanted: MeetingFilter) -> Select[Any]:
    if wanted.unit_id is not None:
        statement = statement.where(MeetingRow.unit_id == wanted.unit_id)
    if wanted.states:
        statement = statement.where(MeetingRow.state.in_(wanted.states))
    if wanted.kinds:
        statement = statement.where(MeetingRow.kind.in_(wanted.kinds))
    if wanted.takes_motions:
        waiting = MeetingRow.state.in_((MeetingState.PLANNED, MeetingState.CALLED))
        statement = statement.where(waiting, MeetingRow.motions_close_at > reader.at)
    return statement
