"""Units and bodies to be shown. How the organisation is built is no secret: everyone sees them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, String, cast, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from democracy.domain.kinds import BodyKind, UnitKind
from democracy.storage.paging import Asked, Order, Page, page
from democracy.storage.tables.agenda import MeetingUnitRow
from democracy.storage.tables.unit import BodyRow, UnitAncestorRow, UnitRow
from democracy.storage.types import any_of


@dataclass(frozen=True, slots=True)
class UnitView:
    """A unit's own columns."""

    id: UUID
    parent_id: UUID | None
    kind: UnitKind
    code: str
    name: str
    founded_on: date | None
    paused_on: date | None
    ended_on: date | None


@dataclass(frozen=True, slots=True)
class BodyView:
    """A body's own columns."""

    id: UUID
    unit_id: UUID
    kind: BodyKind
    code: str
    name: str
    ended_on: date | None


@dataclass(frozen=True)
class UnitFilter:
    """Which units: every condition that is given must hold."""

    under: UUID | None = None
    """That unit and everything below it."""
    kinds: tuple[UnitKind, ...] = ()
    with_ended: bool = False


_UNIT = [getattr(UnitRow, name) for name in UnitView.__slots__]
_BODY = [getattr(BodyRow, name) for name in BodyView.__slots__]


async def by_ids(connection: AsyncConnection, ids: Sequence[UUID]) -> dict[UUID, UnitView]:
    """Those of `ids` that exist."""
    rows = await connection.execute(select(*_UNIT).where(any_of(UnitRow.id, ids)))
    return {row.id: UnitView(*row) for row in rows}


async def by_code(connection: AsyncConnection, code: str) -> UnitView | None:
    """The unit that import files know by this code."""
    row = (await connection.execute(select(*_UNIT).where(UnitRow.code == code))).first()
    return UnitView(*row) if row else None


async def called_for(connection: AsyncConnection, meetings: Sequence[UUID]) -> dict[UUID, list[UnitView]]:
    """The units of each meeting that is called for some only, in Swedish order of their names."""
    rows = await connection.execute(
        select(MeetingUnitRow.meeting_id, *_UNIT)
        .join(UnitRow, UnitRow.id == MeetingUnitRow.unit_id)
        .where(any_of(MeetingUnitRow.meeting_id, meetings))
        .order_by(UnitRow.sort_key, UnitRow.id)
    )
    found: dict[UUID, list[UnitView]] = defaultdict(list)
    for meeting, *unit in rows:
        found[meeting].append(UnitView(*unit))
    return found


async def listed(connection: AsyncConnection, wanted: UnitFilter, asked: Asked, *, today: date) -> Page[UnitView]:
    """A page of units in Swedish order of their names."""
    tie = cast(UnitRow.id, String) if connection.dialect.name == "postgresql" else func.lower(cast(UnitRow.id, String))
    order = Order((UnitRow.sort_key.expression, tie))
    found = await page(connection, _filtered(select(*_UNIT), wanted, today), order, asked)
    rows = [UnitView(*row[: len(_UNIT)]) for row in found.rows]
    return Page(rows, found.cursors, found.has_next, found.has_previous)


async def counted(connection: AsyncConnection, wanted: UnitFilter, *, today: date) -> int:
    """How many there are in all."""
    total: int = (
        await connection.execute(_filtered(select(func.count()).select_from(UnitRow), wanted, today))
    ).scalar_one()
    return total


async def children(connection: AsyncConnection, ids: Sequence[UUID]) -> dict[UUID, list[UnitView]]:
    """The units right under each of `ids`, in Swedish order."""
    found: dict[UUID, list[UnitView]] = {each: [] for each in ids}
    statement = select(*_UNIT).where(any_of(UnitRow.parent_id, ids)).order_by(UnitRow.sort_key, UnitRow.id)
    for row in await connection.execute(statement):
        found[row.parent_id].append(UnitView(*row))
    return found


async def above(connection: AsyncConnection, ids: Sequence[UUID]) -> dict[UUID, list[UnitView]]:
    """Every unit above each of `ids`, nearest first."""
    found: dict[UUID, list[UnitView]] = {each: [] for each in ids}
    statement = (
        select(*_UNIT, UnitAncestorRow.unit_id.label("below"))
        .join(UnitAncestorRow, UnitAncestorRow.ancestor_id == UnitRow.id)
        .where(any_of(UnitAncestorRow.unit_id, ids), UnitAncestorRow.distance > 0)
        .order_by(UnitAncestorRow.distance)
    )
    for row in await connection.execute(statement):
        found[row.below].append(UnitView(*row[: len(_UNIT)]))
    return found


async def bodies_by_ids(connection: AsyncConnection, ids: Sequence[UUID]) -> dict[UUID, BodyView]:
    """Those of `ids` that exist."""
    rows = await connection.execute(select(*_BODY).where(any_of(BodyRow.id, ids)))
    return {row.id: BodyView(*row) for row in rows}


async def bodies_of(connection: AsyncConnection, unit_ids: Sequence[UUID]) -> dict[UUID, list[BodyView]]:
    """The bodies of each unit, in Swedish order."""
    found: dict[UUID, list[BodyView]] = {each: [] for each in unit_ids}
    statement = select(*_BODY).where(any_of(BodyRow.unit_id, unit_ids)).order_by(BodyRow.sort_key, BodyRow.id)
    for row in await connection.execute(statement):
        found[row.unit_id].append(BodyView(*row))
    return found


def _filtered(statement: Select[Any], wanted: UnitFilter, today: date) -> Select[Any]:
    if wanted.under is not None:
        below = select(UnitAncestorRow.unit_id).where(UnitAncestorRow.ancestor_id == wanted.under)
        statement = statement.where(UnitRow.id.in_(below))
    if wanted.kinds:
        statement = statement.where(UnitRow.kind.in_(wanted.kinds))
    if not wanted.with_ended:
        statement = statement.where((UnitRow.ended_on.is_(None)) | (UnitRow.ended_on > today))
    return statement
