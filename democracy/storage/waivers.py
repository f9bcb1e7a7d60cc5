"""Which rules a meeting has set aside: what a step or its options take as `waived`."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select

from democracy.storage.tables.agenda import WaiverRow

if TYPE_CHECKING:
    # A meeting's own case reads its waivers, and the unit of work has the meetings.
    from democracy.storage.unit_of_work import Unit


async def waived_codes(
    unit: "Unit", meeting_id: UUID, item_id: UUID | None = None, *, workflow: str | None = None
) -> frozenset[str]:
    """Codes of the guards that the meeting has set aside, for all of it or for one of its items, and that still are.

    Give `workflow` where a code of the same name in another procedure must not count.
    """
    statement = select(WaiverRow.code).where(*_in_force(meeting_id, item_id))
    if workflow is not None:
        statement = statement.where(WaiverRow.workflow == workflow)
    return frozenset((await unit.session.execute(statement)).scalars())


def waived_column(workflow: str, meeting_id: Any, item_id: Any = None) -> ColumnElement[str | None]:
    """The same as a column of a case's own statement, for `waived_of`: the codes with commas between."""
    return (
        select(func.aggregate_strings(WaiverRow.code, ","))
        .where(WaiverRow.workflow == workflow, *_in_force(meeting_id, item_id))
        .scalar_subquery()
    )


def waived_of(codes: str | None) -> frozenset[str]:
    """What `waived_column` found."""
    return frozenset(filter(None, (codes or "").split(",")))


def _in_force(meeting_id: Any, item_id: Any) -> tuple[ColumnElement[bool], ...]:
    here: ColumnElement[bool] = WaiverRow.item_id.is_(None)
    if item_id is not None:
        here = or_(here, WaiverRow.item_id == item_id)
    return WaiverRow.meeting_id == meeting_id, here, WaiverRow.ended_at.is_(None)
