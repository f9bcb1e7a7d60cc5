"""Units, their tree and their bodies, as an import reads and writes them."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from democracy.domain.ids import new_id
from democracy.domain.kinds import BodyKind
from democracy.domain.swedish import sort_key
from democracy.domain.unit_tree import body_code, closure, standard_bodies
from democracy.storage.tables.unit import BodyRow, UnitAncestorRow, UnitRow

_COLUMNS = ("parent_id", "kind", "code", "name", "founded_on", "paused_on", "ended_on")


async def known_units(connection: AsyncConnection) -> dict[str, dict[str, Any]]:
    """Every unit by its code."""
    columns = [getattr(UnitRow, name) for name in ("id", *_COLUMNS)]
    found = await connection.execute(select(*columns))
    return {row.code: dict(row._mapping) for row in found}


async def write_units(
    connection: AsyncConnection, new: Sequence[Mapping[str, Any]], changed: Sequence[Mapping[str, Any]]
) -> None:
    """Insert units, parents before children, and change others. Each is whole: id and every column."""
    if new:
        await connection.execute(insert(UnitRow), [_row(each) for each in new])
    if changed:
        statement = update(UnitRow).where(UnitRow.id == bindparam("unit"))
        names = (*_COLUMNS, "sort_key")
        rows = [{"unit": each["id"], **{name: _row(each)[name] for name in names}} for each in changed]
        await connection.execute(statement.values({name: bindparam(name) for name in names}), rows)
    await _write_ancestors(connection)
    await _write_bodies(connection)


async def add_bodies(connection: AsyncConnection, unit_id: UUID, bodies: Sequence[tuple[str, BodyKind, str]]) -> None:
    """Give a unit bodies beside its standard ones: each a code, a kind and a name."""
    rows = [
        {"id": new_id(), "unit_id": unit_id, "kind": kind, "code": code, "name": name, "sort_key": sort_key(name)}
        for code, kind, name in bodies
    ]
    await connection.execute(insert(BodyRow), rows)


async def missing_bodies(connection: AsyncConnection, units: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The standard bodies that these units do not have."""
    present = {tuple(row) for row in await connection.execute(select(BodyRow.unit_id, BodyRow.kind))}
    return [
        {
            "id": new_id(), "unit_id": unit["id"], "kind": kind, "code": body_code(unit["code"], kind),
            "name": name, "sort_key": sort_key(name),
        }
        for unit in units
        for kind, name in standard_bodies(unit["kind"]).items()
        if (unit["id"], kind) not in present
    ]  # fmt: skip


def _row(unit: Mapping[str, Any]) -> dict[str, Any]:
    return {**unit, "sort_key": sort_key(unit["name"])}


async def _write_bodies(connection: AsyncConnection) -> None:
    missing = await missing_bodies(connection, list((await known_units(connection)).values()))
    if missing:
        await connection.execute(insert(BodyRow), missing)


async def _write_ancestors(connection: AsyncConnection) -> None:
    """Bring the closure in line with the tree. Only what differs is written."""
    tree = await connection.execute(select(UnitRow.id, UnitRow.parent_id))
    parents: dict[UUID, UUID | None] = {row.id: row.parent_id for row in tree}
    rows = await connection.execute(
        select(UnitAncestorRow.unit_id, UnitAncestorRow.ancestor_id, UnitAncestorRow.distance)
    )
    present, wanted = {(row.unit_id, row.ancestor_id, row.distance) for row in rows}, closure(parents)
    names = ("unit_id", "ancestor_id", "distance")
    if gone := present - wanted:
        here = (UnitAncestorRow.unit_id == bindparam("unit"), UnitAncestorRow.ancestor_id == bindparam("ancestor"))
        await connection.execute(delete(UnitAncestorRow).where(*here), [{"unit": u, "ancestor": a} for u, a, _ in gone])
    if new := wanted - present:
        await connection.execute(insert(UnitAncestorRow), [dict(zip(names, row, strict=True)) for row in new])
