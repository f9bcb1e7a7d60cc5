"""Who sits where, as far as the reader may know, and which places nobody fills."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, case, select
from sqlalchemy.ext.asyncio import AsyncConnection

from democracy.domain.kinds import BodyKind, MandateRole
from democracy.storage.in_force import mandate_in_force
from democracy.storage.mandate_visibility import mandate_visible_to
from democracy.storage.member_visibility import member_visible_to
from democracy.storage.reads.reader import Reader
from democracy.storage.tables.member import MandateRow, MemberRow
from democracy.storage.tables.unit import BodyRow
from democracy.storage.types import any_of


@dataclass(frozen=True, slots=True)
class MandateView:
    """A mandate's own columns."""

    id: UUID
    member_id: UUID
    body_id: UUID
    role: MandateRole
    position: int
    starts_on: date
    ends_on: date | None
    leave_from: date | None
    leave_until: date | None
    resigned_on: date | None
    released_on: date | None
    decision: str | None
    stands_in_for_id: UUID | None


@dataclass(frozen=True, slots=True)
class Vacancy:
    """A role that has to be filled and is not."""

    unit_id: UUID
    body_id: UUID
    role: str


_COLUMNS = [getattr(MandateRow, name) for name in MandateView.__slots__]
_RANK = case(*((MandateRow.role == role, rank) for rank, role in enumerate(MandateRole)))


async def by_ids(connection: AsyncConnection, reader: Reader, ids: Sequence[UUID]) -> dict[UUID, MandateView]:
    """Those of `ids` that the reader may see: today's, and for holders and the secretary earlier ones too."""
    statement = (
        select(*_COLUMNS)
        .join(MemberRow, MemberRow.id == MandateRow.member_id)
        .join(BodyRow, BodyRow.id == MandateRow.body_id)
        .where(any_of(MandateRow.id, ids), mandate_visible_to(reader.actor, reader.at, reader.zone))
    )
    rows = await connection.execute(statement)
    return {row.id: MandateView(*row) for row in rows}


async def of_bodies(connection: AsyncConnection, reader: Reader, ids: Sequence[UUID]) -> dict[UUID, list[MandateView]]:
    """Who acts in each body today: the chair first, substitutes in their order."""
    found: dict[UUID, list[MandateView]] = {each: [] for each in ids}
    for row in await connection.execute(_visible(reader).where(any_of(MandateRow.body_id, ids))):
        found[row.body_id].append(MandateView(*row))
    return found


async def of_members(connection: AsyncConnection, reader: Reader, ids: Sequence[UUID]) -> dict[UUID, list[MandateView]]:
    """The places that each member acts in today."""
    found: dict[UUID, list[MandateView]] = {each: [] for each in ids}
    for row in await connection.execute(_visible(reader).where(any_of(MandateRow.member_id, ids))):
        found[row.member_id].append(MandateView(*row))
    return found


async def vacancies(
    connection: AsyncConnection, unit_ids: Sequence[UUID], required: Collection[str], day: date
) -> list[Vacancy]:
    """Roles that the statutes require (`boards.required_roles`) and that nobody fills in these units' boards that day.

    Somebody on leave does not fill a role.
    """
    statement = (
        select(BodyRow.unit_id, BodyRow.id, MandateRow.role)
        .outerjoin(MandateRow, and_(MandateRow.body_id == BodyRow.id, mandate_in_force(MandateRow, day)))
        .where(any_of(BodyRow.unit_id, unit_ids), BodyRow.kind == BodyKind.BOARD, BodyRow.ended_on.is_(None))
    )
    filled: dict[tuple[UUID, UUID], set[str]] = {}
    for unit_id, body_id, role in await connection.execute(statement):
        filled.setdefault((unit_id, body_id), set()).update({role.value} if role else ())
    return [
        Vacancy(unit_id, body_id, role)
        for (unit_id, body_id), roles in filled.items()
        for role in required
        if role not in roles
    ]


def _visible(reader: Reader) -> Select[Any]:
    return (
        select(*_COLUMNS)
        .join(MemberRow, MemberRow.id == MandateRow.member_id)
        .where(mandate_in_force(MandateRow, reader.today), member_visible_to(reader.actor, reader.at, reader.zone))
        .order_by(_RANK, MandateRow.position, MandateRow.starts_on, MandateRow.id)
    )
