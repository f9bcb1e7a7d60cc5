"""Terms that end soon, and whose holders have not been reminded."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from democracy.domain.kinds import BodyKind
from democracy.storage.in_force import OFFICERS, mandate_in_force
from democracy.storage.mandate_case import PLAIN, remind_days
from democracy.storage.tables.member import MandateRow
from democracy.storage.tables.post import RoleTemplateRow
from democracy.storage.tables.unit import BodyRow
from democracy.storage.unit_of_work import Unit

MOST = 100


async def ending(connection: AsyncConnection, day: date) -> Sequence[UUID]:
    """Mandates whose reminder is due on a day, those that end first before others. A stand-in's ends with a leave."""
    row = MandateRow
    said = (await connection.execute(select(RoleTemplateRow.remind_days).distinct())).scalars()
    found: list[UUID] = []
    for days in sorted({PLAIN.remind_days, *said}):
        statement = (
            select(row.id)
            .where(
                row.ends_on >= day,
                row.ends_on < day + timedelta(days=days),
                or_(row.reminded_of.is_(None), row.reminded_of != row.ends_on),
                or_(row.released_on.is_(None), row.released_on > row.ends_on),
                row.starts_on <= day,
                row.stands_in_for_id.is_(None),
                func.coalesce(remind_days(), PLAIN.remind_days) == days,
            )
            .order_by(row.ends_on, row.id)
            .limit(MOST)
        )
        found += (await connection.execute(statement)).scalars()
    return found


async def officers_of(unit: Unit, unit_id: UUID) -> list[UUID]:
    """Chair and secretary of a unit's board, who see to it that somebody is elected."""
    statement = (
        select(MandateRow.member_id)
        .join(BodyRow, BodyRow.id == MandateRow.body_id)
        .where(
            BodyRow.unit_id == unit_id,
            BodyRow.kind == BodyKind.BOARD,
            MandateRow.role.in_(OFFICERS),
            mandate_in_force(MandateRow, unit.today),
        )
        .distinct()
    )
    return list((await unit.session.execute(statement)).scalars())
