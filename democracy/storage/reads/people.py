"""Names of people."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from democracy.domain.actors import Member, Staff
from democracy.storage.tables.member import MemberRow, StaffRow


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """Somebody's own name and number."""

    name: str
    number: str | None


async def named(connection: AsyncConnection, who: Member | Staff) -> NamedPerson | None:
    """Who an actor is; None when they have been erased."""
    if isinstance(who, Member):
        statement: Any = select(MemberRow.given_name, MemberRow.family_name, MemberRow.number).where(
            MemberRow.id == who.id, MemberRow.erased_at.is_(None)
        )
        row = (await connection.execute(statement)).one_or_none()
        return NamedPerson(f"{row.given_name} {row.family_name}", row.number) if row else None
    statement = select(StaffRow.name).where(StaffRow.id == who.id, StaffRow.erased_at.is_(None))
    name = (await connection.execute(statement)).scalar_one_or_none()
    return NamedPerson(name, None) if name else None
