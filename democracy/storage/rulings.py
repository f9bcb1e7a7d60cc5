"""Decisions that can be appealed, and appeals, as they are written."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from democracy.domain.actors import Actor
from democracy.errors import NotFoundError
from democracy.storage.appeal_case import AppealCase, appeal_cases
from democracy.storage.ruling_case import RulingCase, ruling_cases
from democracy.storage.tables.appeal import AppealRow, AppellantRow
from democracy.storage.tables.ruling import RulingNoticeRow, RulingRow
from democracy.storage.tables.unit import BodyRow
from democracy.storage.unit_of_work import Unit
from workflows.appeal import APPEAL

OVER = tuple(APPEAL.final)


async def opened(unit: Unit, ruling_id: UUID, *, actor: Actor) -> RulingCase:
    """Lock a decision and judge it; NotFoundError when the actor sees none such."""
    await unit.session.execute(select(RulingRow.id).where(RulingRow.id == ruling_id).with_for_update())
    return await case(unit, ruling_id, actor=actor)


async def case(unit: Unit, ruling_id: UUID, *, actor: Actor) -> RulingCase:
    """The decision as it stands in this transaction."""
    await unit.session.flush()
    cases = await ruling_cases(unit.session, [ruling_id], actor=actor, at=unit.now, zone=unit.zone)
    if ruling_id not in cases:
        raise NotFoundError("ruling", ruling_id)
    return cases[ruling_id]


async def row(unit: Unit, ruling_id: UUID) -> RulingRow:
    """The row itself, to be changed."""
    await unit.session.flush()
    found = await unit.session.get(RulingRow, ruling_id, populate_existing=True)
    if found is None:
        raise NotFoundError("ruling", ruling_id)
    return found


async def notices(unit: Unit, ruling_id: UUID) -> Sequence[RulingNoticeRow]:
    """Each whom it concerns."""
    await unit.session.flush()
    statement = select(RulingNoticeRow).where(RulingNoticeRow.ruling_id == ruling_id).order_by(RulingNoticeRow.id)
    return (await unit.session.execute(statement)).scalars().all()


async def appeal_opened(unit: Unit, appeal_id: UUID, *, actor: Actor) -> AppealCase:
    """Lock an appeal, its decision before it, and judge it; NotFoundError when the actor sees none such."""
    ruling = select(AppealRow.ruling_id).where(AppealRow.id == appeal_id).scalar_subquery()
    await unit.session.execute(select(RulingRow.id).where(RulingRow.id == ruling).with_for_update())
    await unit.session.execute(select(AppealRow.id).where(AppealRow.id == appeal_id).with_for_update())
    return await appeal_case(unit, appeal_id, actor=actor)


async def appeal_case(unit: Unit, appeal_id: UUID, *, actor: Actor) -> AppealCase:
    """The appeal as it stands in this transaction."""
    await unit.session.flush()
    cases = await appeal_cases(unit.session, [appeal_id], actor=actor, at=unit.now, zone=unit.zone)
    if appeal_id not in cases:
        raise NotFoundError("appeal", appeal_id)
    return cases[appeal_id]


async def appeal_row(unit: Unit, appeal_id: UUID) -> AppealRow:
    """The row itself, to be changed."""
    await unit.session.flush()
    found = await unit.session.get(AppealRow, appeal_id, populate_existing=True)
    if found is None:
        raise NotFoundError("appeal", appeal_id)
    return found


async def tried_now(unit: Unit, ruling_id: UUID) -> UUID | None:
    """The appeal that is being tried against a decision, if there is one."""
    statement = select(AppealRow.id).where(AppealRow.ruling_id == ruling_id, AppealRow.state.not_in(OVER))
    return (await unit.session.execute(statement)).scalar_one_or_none()


async def appellants(unit: Unit, appeal_id: UUID) -> Sequence[AppellantRow]:
    """Everybody who appealed, those who took it back too."""
    await unit.session.flush()
    statement = select(AppellantRow).where(AppellantRow.appeal_id == appeal_id).order_by(AppellantRow.id)
    return (await unit.session.execute(statement)).scalars().all()


async def body_name(unit: Unit, body_id: UUID | None) -> str:
    """What a body is called; nothing where there is none."""
    if body_id is None:
        return ""
    return (await unit.session.execute(select(BodyRow.name).where(BodyRow.id == body_id))).scalar_one()


async def body_unit(unit: Unit, body_id: UUID) -> UUID:
    """The unit that a body is of."""
    return (await unit.session.execute(select(BodyRow.unit_id).where(BodyRow.id == body_id))).scalar_one()
