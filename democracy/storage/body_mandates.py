"""Who acts in a body, asked while something is decided of it."""

from datetime import date
from uuid import UUID

from sqlalchemy import exists, or_, select

from democracy.domain.kinds import MandateRole
from democracy.storage.in_force import mandate_in_force
from democracy.storage.tables.member import MandateRow
from democracy.storage.unit_of_work import Unit


async def acts_in(unit: Unit, body_id: UUID, member_id: UUID, day: date) -> bool:
    """Whether somebody has a place in the body on a day, other than as a substitute."""
    place = exists(
        select(1).where(
            MandateRow.body_id == body_id,
            MandateRow.member_id == member_id,
            MandateRow.role != MandateRole.SUBSTITUTE,
            or_(mandate_in_force(MandateRow, day), MandateRow.starts_on == day),
        )
    )
    return bool((await unit.session.execute(select(place))).scalar_one())


async def ending_before(unit: Unit, body_id: UUID, day: date) -> list[UUID]:
    """The mandates of the body that are held today and end before a day; those of stand-ins end with the leave."""
    row = MandateRow
    statement = select(row.id).where(
        row.body_id == body_id,
        row.starts_on <= unit.today,
        row.ends_on >= unit.today,
        row.ends_on < day,
        row.stands_in_for_id.is_(None),
        or_(row.released_on.is_(None), row.released_on > unit.today),
    )
    return list((await unit.session.execute(statement.order_by(row.id))).scalars())
