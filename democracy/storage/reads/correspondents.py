"""People to write to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from democracy.domain.kinds import BodyKind
from democracy.storage.in_force import OFFICERS, mandate_in_force
from democracy.storage.reads.reader import views
from democracy.storage.tables.ballot import ElectorRow
from democracy.storage.tables.member import MandateRow, MemberRow
from democracy.storage.tables.motion import MoverRow
from democracy.storage.tables.unit import BodyRow
from democracy.storage.types import any_of


@dataclass(frozen=True, slots=True)
class Correspondent:
    """Somebody who is written to, in their language."""

    id: UUID
    given_name: str
    email: str | None
    language: str


_OWN = (MemberRow.id, MemberRow.given_name, MemberRow.email, MemberRow.language)


async def members(session: AsyncSession, ids: Sequence[UUID]) -> list[Correspondent]:
    """Members by their ids; the erased are left out."""
    statement: Any = select(*_OWN).where(any_of(MemberRow.id, ids), MemberRow.erased_at.is_(None))
    return views(Correspondent, await session.execute(statement))


async def electors(session: AsyncSession, ballot_id: UUID) -> list[Correspondent]:
    """Everybody who may vote in a ballot."""
    statement: Any = (
        select(*_OWN)
        .join(ElectorRow, ElectorRow.member_id == MemberRow.id)
        .where(ElectorRow.ballot_id == ballot_id, ElectorRow.removed_at.is_(None), MemberRow.erased_at.is_(None))
        .order_by(MemberRow.id)
    )
    return views(Correspondent, await session.execute(statement))


async def movers(session: AsyncSession, motion_id: UUID, day: date) -> list[Correspondent]:
    """Everybody who stands behind a motion; for a unit, those who lead its board."""
    leads = (
        select(MandateRow.member_id)
        .join(BodyRow, and_(BodyRow.id == MandateRow.body_id, BodyRow.kind == BodyKind.BOARD))
        .join(MoverRow, MoverRow.unit_id == BodyRow.unit_id)
        .where(
            MoverRow.motion_id == motion_id,
            _stands(),
            MandateRow.role.in_(OFFICERS),
            mandate_in_force(MandateRow, day),
        )
    )
    own = select(MoverRow.member_id).where(MoverRow.motion_id == motion_id, _stands(), MoverRow.member_id.is_not(None))
    statement: Any = select(*_OWN).where(
        or_(MemberRow.id.in_(own), MemberRow.id.in_(leads)), MemberRow.erased_at.is_(None)
    )
    return views(Correspondent, await session.execute(statement))


def _stands() -> Any:
    return and_(MoverRow.confirmed_at.is_not(None), MoverRow.left_at.is_(None))
