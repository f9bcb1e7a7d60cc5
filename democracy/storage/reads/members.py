"""Members to be shown, as far as the reader may see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, case, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from democracy.storage.member_visibility import contact_visible_to, member_visible_to
from democracy.storage.reads.reader import Reader
from democracy.storage.tables.member import MemberRow
from democracy.storage.types import any_of

ERASED = "borttagen person"
"""What stands where an erased person's name stood."""

PROTECTED = "skyddad identitet"
"""What stands for somebody whose name the reader may not see."""


@dataclass(frozen=True, slots=True)
class MemberView:
    """A person by name, with the ways to reach them where the reader may know."""

    id: UUID
    given_name: str
    family_name: str
    erased: bool
    number: str | None
    email: str | None
    phone: str | None
    address: str | None
    protected: bool

    @property
    def name(self) -> str:
        """The name as it is written; `borttagen person` for somebody who has been erased."""
        return ERASED if self.erased else f"{self.given_name} {self.family_name}"


async def by_ids(connection: AsyncConnection, reader: Reader, ids: Sequence[UUID]) -> dict[UUID, MemberView]:
    """Those of `ids` whom the reader may see."""
    actor, at, zone = reader.actor, reader.at, reader.zone
    reach = contact_visible_to(actor, at, zone)
    contact = [case((reach, column)) for column in (MemberRow.number, MemberRow.email, MemberRow.phone)]
    statement = select(
        MemberRow.id,
        MemberRow.given_name,
        MemberRow.family_name,
        MemberRow.erased_at.is_not(None),
        *contact,
        case((reach, MemberRow.address)),
        MemberRow.protected,
    ).where(any_of(MemberRow.id, ids), member_visible_to(actor, at, zone))
    return {row.id: MemberView(*row) for row in await connection.execute(statement)}


async def names(connection: AsyncConnection, ids: Sequence[UUID]) -> dict[UUID, str]:
    """How people are named in a case that the reader has been found to see: a motion's movers, a board's members.

    A protected identity and an erased person are named as that and nothing else.
    """
    statement = select(
        MemberRow.id, MemberRow.given_name, MemberRow.family_name, MemberRow.protected, MemberRow.erased_at
    ).where(any_of(MemberRow.id, ids))
    return {
        row.id: ERASED if row.erased_at else PROTECTED if row.protected else f"{row.given_name} {row.family_name}"
        for row in await connection.execute(statement)
    }


def shown_name() -> ColumnElement[str]:
    """What somebody in the statement's member table is called to others; null where the statement finds nobody."""
    full = MemberRow.given_name + " " + MemberRow.family_name
    return case(
        (MemberRow.erased_at.is_not(None), literal(ERASED)), (MemberRow.protected, literal(PROTECTED)), else_=full
    )
