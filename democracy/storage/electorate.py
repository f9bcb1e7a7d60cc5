"""Who may vote in a member ballot: counted from the register on a day, and corrected with reasons."""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, delete, func, insert, literal, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from democracy.storage.in_force import membership_in_force
from democracy.storage.statutes import Connected
from democracy.storage.tables.ballot import ElectorRow
from democracy.storage.tables.member import MemberRow, MembershipRow
from democracy.storage.tables.unit import UnitAncestorRow


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)


def _entitled(unit_id: UUID, day: date, minimum_age: int) -> tuple[ColumnElement[bool], ...]:
    """Members whose vote lies in the unit or below it on that day, and who are old enough on it."""
    born = _years_before(day, minimum_age)
    old_enough = or_(MemberRow.birth_date.is_(None), MemberRow.birth_date <= born) if minimum_age else true()
    return (
        UnitAncestorRow.ancestor_id == unit_id,
        MembershipRow.voting.is_(True),
        membership_in_force(MembershipRow, day),
        MemberRow.erased_at.is_(None),
        old_enough,
    )


async def fix(session: AsyncSession, ballot_id: UUID, unit_id: UUID, day: date, *, minimum_age: int) -> tuple[int, str]:
    """Write the electorate of a ballot as it stands on a day; returns its size and its digest.

    What was counted before, while nothing was announced, is replaced.
    """
    await session.execute(delete(ElectorRow).where(ElectorRow.ballot_id == ballot_id))
    chosen = (
        select(literal(ballot_id).label("ballot_id"), MembershipRow.member_id, MembershipRow.unit_id)
        .join(UnitAncestorRow, UnitAncestorRow.unit_id == MembershipRow.unit_id)
        .join(MemberRow, MemberRow.id == MembershipRow.member_id)
        .where(*_entitled(unit_id, day, minimum_age))
    )
    await session.execute(insert(ElectorRow).from_select(["ballot_id", "member_id", "unit_id"], chosen))
    return await digest(session, ballot_id)


async def digest(session: AsyncSession, ballot_id: UUID) -> tuple[int, str]:
    """The size of an electorate and the SHA-256 over it: opaque ids, one voter a line, in the order of their bytes."""
    statement = (
        select(ElectorRow.member_id, ElectorRow.unit_id)
        .where(ElectorRow.ballot_id == ballot_id, ElectorRow.removed_at.is_(None))
        .order_by(ElectorRow.member_id)
    )
    running, size = hashlib.sha256(b"ELECTORATE1\n"), 0
    stream = await session.stream(statement)
    async for member_id, unit_id in stream:
        running.update(f"{member_id.hex} {unit_id.hex}\n".encode())
        size += 1
    return size, running.hexdigest()


async def votes_where(session: AsyncSession, member_id: UUID, unit_id: UUID, day: date) -> UUID | None:
    """The unit at or below `unit_id` in which a member votes on a day, if there is one."""
    statement = (
        select(MembershipRow.unit_id)
        .join(UnitAncestorRow, UnitAncestorRow.unit_id == MembershipRow.unit_id)
        .where(
            MembershipRow.member_id == member_id,
            UnitAncestorRow.ancestor_id == unit_id,
            MembershipRow.voting,
            membership_in_force(MembershipRow, day),
        )
    )
    return (await session.scalars(statement)).one_or_none()


async def elector(session: AsyncSession, ballot_id: UUID, member_id: UUID) -> ElectorRow | None:
    """Somebody's row in an electorate, removed or not."""
    return await session.get(ElectorRow, (ballot_id, member_id))


async def members_of(session: AsyncSession, unit_id: UUID, day: date) -> int:
    """Members whose vote lies in a unit, or below it, on a day."""
    statement = (
        select(func.count())
        .select_from(MembershipRow)
        .join(UnitAncestorRow, UnitAncestorRow.unit_id == MembershipRow.unit_id)
        .where(
            and_(UnitAncestorRow.ancestor_id == unit_id, MembershipRow.voting, membership_in_force(MembershipRow, day))
        )
    )
    return (await session.execute(statement)).scalar_one()


async def remove(session: AsyncSession, row: ElectorRow, at: datetime) -> None:
    """Take somebody out of an electorate."""
    row.removed_at = at
    await session.flush()


async def is_member(session: AsyncSession, member_id: UUID) -> bool:
    """Whether there is such a member."""
    return await session.get(MemberRow, member_id) is not None


async def numbers(connection: Connected, ids: Sequence[UUID]) -> dict[UUID, str]:
    """The member numbers of some members; nobody who has been erased is among them."""
    statement = select(MemberRow.id, MemberRow.number).where(MemberRow.id.in_(ids), MemberRow.number.is_not(None))
    return {member: number for member, number in await connection.execute(statement) if number is not None}
