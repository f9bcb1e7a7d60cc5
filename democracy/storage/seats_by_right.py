"""Who sits in a nomination committee: by a mandate of its own, or by right of a place in another body."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import aliased

from democracy.errors import NotFoundError
from democracy.storage.in_force import holds, mandate_in_force
from democracy.storage.tables.member import MandateRow
from democracy.storage.tables.post import SeatByRightRow
from democracy.storage.unit_of_work import Unit
from workflows.seat_by_right import SeatByRightState

# Made once: an alias of a table costs as much as the rest of its predicate. Never used twice in one FROM.
_SEAT, _PLACE = aliased(SeatByRightRow), aliased(MandateRow)


def in_committee(member_id: UUID, committee_id: Any, day: date) -> ColumnElement[bool]:
    """The member was elected to the committee, or holds the place that a seat in it goes with."""
    by_right = exists(
        select(1)
        .select_from(_SEAT)
        .join(_PLACE, and_(_PLACE.body_id == _SEAT.from_body_id, _PLACE.role == _SEAT.from_role))
        .where(
            _SEAT.body_id == committee_id,
            _SEAT.starts_on <= day,
            or_(_SEAT.ends_on.is_(None), _SEAT.ends_on >= day),
            _PLACE.member_id == member_id,
            mandate_in_force(_PLACE, day),
        )
    )
    return or_(holds(member_id, committee_id, day), by_right)


async def locked(unit: Unit, seat_id: UUID) -> SeatByRightRow:
    """The row itself; NotFoundError when there is none."""
    row = SeatByRightRow
    found = (await unit.session.scalars(select(row).where(row.id == seat_id).with_for_update())).one_or_none()
    if found is None:
        raise NotFoundError("seat_by_right", seat_id)
    return found


async def granted(unit: Unit, body_id: UUID, from_body_id: UUID, role: Any) -> bool:
    """Whether the same place gives a seat there already."""
    row = SeatByRightRow
    same = (row.body_id == body_id, row.from_body_id == from_body_id, row.from_role == role)
    there = select(exists().where(*same, row.state == SeatByRightState.IN_FORCE))
    return bool((await unit.session.execute(there)).scalar_one())
