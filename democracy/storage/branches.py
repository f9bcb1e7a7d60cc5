"""Where a unit lies, and who speaks for it."""

from datetime import date
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from democracy.domain.actors import Actor, Member
from democracy.domain.kinds import BodyKind, UnitKind
from democracy.errors import NotFoundError
from democracy.storage.in_force import OFFICERS, holds_in
from democracy.storage.tables.unit import UnitAncestorRow, UnitRow


async def unit_kind(session: AsyncSession, unit_id: UUID) -> UnitKind:
    """What kind of unit it is; NotFoundError when there is none."""
    found = await session.get(UnitRow, unit_id)
    if found is None:
        raise NotFoundError("unit", unit_id)
    return found.kind


async def unit_name(session: AsyncSession, unit_id: UUID) -> str:
    """What a unit is called."""
    return (await session.execute(select(UnitRow.name).where(UnitRow.id == unit_id))).scalar_one()


async def lies_below(session: AsyncSession, unit_id: UUID, above_id: UUID) -> bool:
    """Whether a unit lies below another; a unit does not lie below itself."""
    line = (
        UnitAncestorRow.unit_id == unit_id, UnitAncestorRow.ancestor_id == above_id, UnitAncestorRow.distance > 0,
    )  # fmt: skip
    return bool((await session.execute(select(exists().where(*line)))).scalar_one())


async def leads(session: AsyncSession, actor: Actor, unit_id: UUID, day: date) -> bool:
    """Whether the actor is chair or secretary of the unit's board."""
    if not isinstance(actor, Member):
        return False
    officer = holds_in(actor.id, unit_id, BodyKind.BOARD, day, *OFFICERS)
    return bool((await session.execute(select(officer))).scalar_one())
