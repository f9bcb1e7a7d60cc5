"""Members and memberships, as an import reads and writes them: in batches, whatever the file's length."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from democracy.storage.tables.member import MemberRow, MembershipRow

MEMBER_COLUMNS = (
    "given_name", "family_name", "sort_key", "email", "email_key", "phone", "address", "birth_date", "gender",
    "language", "protected", "joined_on",
)  # fmt: skip
MEMBERSHIP_COLUMNS = ("voting", "fee_paid_on", "effective_on", "lapses_on", "ended_on")

Values = Mapping[str, Any]


@dataclass(frozen=True)
class KnownMember:
    """A member as the register has them, with their memberships by unit."""

    values: Values
    memberships: dict[UUID, Values] = field(default_factory=dict)


@dataclass
class MemberChanges:
    """What one batch writes. Every value is a whole row."""

    new_members: list[Values] = field(default_factory=list)
    changed_members: list[Values] = field(default_factory=list)
    new_memberships: list[Values] = field(default_factory=list)
    changed_memberships: list[Values] = field(default_factory=list)


async def known_members(connection: AsyncConnection, numbers: Collection[str]) -> dict[str, KnownMember]:
    """The members with these numbers."""
    columns = [getattr(MemberRow, name) for name in ("id", "number", *MEMBER_COLUMNS)]
    rows = await connection.execute(select(*columns).where(MemberRow.number.in_(numbers)))
    found = {row.number: KnownMember(dict(row._mapping)) for row in rows}
    by_id = {each.values["id"]: each for each in found.values()}
    columns = [getattr(MembershipRow, name) for name in ("id", "member_id", "unit_id", *MEMBERSHIP_COLUMNS)]
    for row in await connection.execute(select(*columns).join(MemberRow).where(MemberRow.number.in_(numbers))):
        by_id[row.member_id].memberships[row.unit_id] = dict(row._mapping)
    return found


async def email_owners(connection: AsyncConnection, keys: Collection[str]) -> dict[str, str]:
    """Whose member number each e-mail address belongs to."""
    owned = select(MemberRow.email_key, MemberRow.number).where(MemberRow.email_key.in_(keys))
    return {row.email_key: row.number for row in await connection.execute(owned)}


async def member_ids(connection: AsyncConnection, numbers: Collection[str]) -> dict[str, UUID]:
    """The ids of members by their numbers."""
    rows = await connection.execute(select(MemberRow.number, MemberRow.id).where(MemberRow.number.in_(numbers)))
    return {row.number: row.id for row in rows}


async def count_members(connection: AsyncConnection) -> int:
    """How many members the register has, the erased ones not counted."""
    return (
        await connection.execute(select(func.count()).select_from(MemberRow).where(MemberRow.number.is_not(None)))
    ).scalar_one()


async def write_members(connection: AsyncConnection, changes: MemberChanges) -> None:
    """Write one batch. What gives something up goes first, so that nothing is held twice on the way."""
    if changes.changed_members:
        ids = [each["id"] for each in changes.changed_members]
        await connection.execute(update(MemberRow).where(MemberRow.id.in_(ids)).values(email_key=None))
        await _update(connection, MemberRow, MEMBER_COLUMNS, changes.changed_members)
    if changes.new_members:
        await connection.execute(insert(MemberRow), changes.new_members)
    yielding = [each for each in changes.changed_memberships if not each["voting"] or each["ended_on"]]
    taking = [each for each in changes.changed_memberships if each["voting"] and not each["ended_on"]]
    await _update(connection, MembershipRow, MEMBERSHIP_COLUMNS, yielding)
    await _update(connection, MembershipRow, MEMBERSHIP_COLUMNS, taking)
    if changes.new_memberships:
        await connection.execute(insert(MembershipRow), changes.new_memberships)


async def _update(connection: AsyncConnection, table: Any, names: Sequence[str], rows: Sequence[Values]) -> None:
    if not rows:
        return
    statement = update(table).where(table.id == bindparam("row")).values({name: bindparam(name) for name in names})
    await connection.execute(statement, [{"row": each["id"], **{name: each[name] for name in names}} for each in rows])
