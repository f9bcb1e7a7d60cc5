"""Which body the statutes mean, seen from a unit, and the board whose officers act for it."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from democracy.domain.kinds import BodyKind, UnitKind
from democracy.storage.statutes import Connected
from democracy.storage.tables.unit import BodyRow, UnitAncestorRow, UnitRow
from workflows.statutes import BodyKind as StatutesBody

_TOP = (UnitKind.PARTY, UnitKind.ASSOCIATION)
_DISTRICT = (UnitKind.DISTRICT,)
_OWN: tuple[UnitKind, ...] = ()
_WHERE: dict[StatutesBody, tuple[tuple[UnitKind, ...], BodyKind]] = {
    StatutesBody.CONGRESS: (_TOP, BodyKind.CONGRESS),
    StatutesBody.PARTY_BOARD: (_TOP, BodyKind.BOARD),
    StatutesBody.EXECUTIVE_COMMITTEE: (_TOP, BodyKind.EXECUTIVE_COMMITTEE),
    StatutesBody.DISTRICT_CONFERENCE: (_DISTRICT, BodyKind.DISTRICT_CONFERENCE),
    StatutesBody.DISTRICT_BOARD: (_DISTRICT, BodyKind.BOARD),
    StatutesBody.LOCAL_BOARD: (_OWN, BodyKind.BOARD),
    StatutesBody.ANNUAL_MEETING: (_OWN, BodyKind.ANNUAL_MEETING),
    StatutesBody.MEMBERS_MEETING: (_OWN, BodyKind.MEMBERS_MEETING),
}
"""The level of the unit whose body it is, counted upwards from the case's own, and the kind of body there."""

_OFFICES = (BodyKind.BOARD, BodyKind.EXECUTIVE_COMMITTEE)


@dataclass(frozen=True)
class Seat:
    """A body and the board whose officers act for it: the same, unless the body is a meeting."""

    body_id: UUID
    office_id: UUID
    unit_id: UUID


async def find(connection: Connected, unit_id: UUID, body: StatutesBody | None) -> Seat | None:
    """The body of that name for a unit: its own, or that of the unit above it. None where there is none such.

    An executive committee that is not kept as a body of its own is the board's.
    """
    if body is None or body not in _WHERE:
        return None
    levels, kind = _WHERE[body]
    found = await _at(connection, unit_id, levels, kind)
    board = await _at(connection, unit_id, levels, BodyKind.BOARD)
    if found is None and kind is BodyKind.EXECUTIVE_COMMITTEE:
        found = board
    if found is None:
        return None
    office = found if kind in _OFFICES or board is None else board
    return Seat(found[0], office[0], found[1])


async def office_of(connection: Connected, body_id: UUID) -> Seat:
    """A body by its id, with the board that acts for it."""
    row = (await connection.execute(select(BodyRow.unit_id, BodyRow.kind).where(BodyRow.id == body_id))).one()
    if row.kind in _OFFICES:
        return Seat(body_id, body_id, row.unit_id)
    board = await _at(connection, row.unit_id, _OWN, BodyKind.BOARD)
    return Seat(body_id, board[0] if board else body_id, row.unit_id)


async def _at(
    connection: Connected, unit_id: UUID, levels: tuple[UnitKind, ...], kind: BodyKind
) -> tuple[UUID, UUID] | None:
    level = UnitRow.kind.in_(levels) if levels else UnitAncestorRow.distance == 0
    rows = await connection.execute(
        select(BodyRow.id, BodyRow.unit_id)
        .join(UnitRow, UnitRow.id == BodyRow.unit_id)
        .join(UnitAncestorRow, UnitAncestorRow.ancestor_id == UnitRow.id)
        .where(UnitAncestorRow.unit_id == unit_id, level, BodyRow.kind == kind, BodyRow.ended_on.is_(None))
        .order_by(UnitAncestorRow.distance, BodyRow.id)
        .limit(1)
    )
    found = rows.first()
    return (found.id, found.unit_id) if found else None


async def office_if_there(connection: Connected, body_id: UUID) -> Seat | None:
    """The same; None where there is no such body."""
    rows = await connection.execute(select(BodyRow.id).where(BodyRow.id == body_id, BodyRow.ended_on.is_(None)))
    return None if rows.first() is None else await office_of(connection, body_id)
