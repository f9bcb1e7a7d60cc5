"""Mandates and staff, as an import reads and writes them."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from democracy.storage.register_members import Values
from democracy.storage.tables.member import MandateRow, StaffRow
from democracy.storage.tables.unit import BodyRow

MANDATE_COLUMNS = ("position", "ends_on", "leave_from", "leave_until", "released_on", "decision")
STAFF_COLUMNS = ("unit_id", "name", "email", "title", "starts_on", "ends_on")


async def body_ids(connection: AsyncConnection) -> dict[str, UUID]:
    """Every body's id by its code."""
    return {row.code: row.id for row in await connection.execute(select(BodyRow.code, BodyRow.id))}


async def known_mandates(connection: AsyncConnection, members: Collection[UUID]) -> dict[tuple[Any, ...], Values]:
    """The mandates of these members, by member, body, role and first day."""
    names = ("id", "member_id", "body_id", "role", "starts_on", *MANDATE_COLUMNS)
    columns = [getattr(MandateRow, name) for name in names]
    rows = await connection.execute(select(*columns).where(MandateRow.member_id.in_(members)))
    return {(row.member_id, row.body_id, row.role, row.starts_on): dict(row._mapping) for row in rows}


async def write_mandates(connection: AsyncConnection, new: Sequence[Values], changed: Sequence[Values]) -> None:
    """Write one batch."""
    await _write(connection, MandateRow, MANDATE_COLUMNS, new, changed)


async def known_staff(connection: AsyncConnection) -> dict[str, Values]:
    """Every employee by the key of their e-mail address."""
    columns = [getattr(StaffRow, name) for name in ("id", "email_key", *STAFF_COLUMNS)]
    rows = await connection.execute(select(*columns).where(StaffRow.erased_at.is_(None)))
    return {row.email_key: dict(row._mapping) for row in rows}


async def write_staff(connection: AsyncConnection, new: Sequence[Values], changed: Sequence[Values]) -> None:
    """Write one batch."""
    await _write(connection, StaffRow, STAFF_COLUMNS, new, changed)


async def _write(
    connection: AsyncConnection, table: Any, names: Sequence[str], new: Sequence[Values], changed: Sequence[Values]
) -> None:
    if new:
        await connection.execute(insert(table), list(new))
    if changed:
        statement = update(table).where(table.id == bindparam("row")).values({name: bindparam(name) for name in names})
        rows = [{"row": each["id"], **{name: each[name] for name in names}} for each in changed]
        await connection.execute(statement, rows)
