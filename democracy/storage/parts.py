"""Sub-assemblies (delmöten): parts of a meeting for some of its units, each with a roll and minutes of its own."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from democracy.domain.ids import new_id
from democracy.storage.tables.agenda import MeetingUnitRow
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.roll import AllotmentRow, DelegateRow, PresenceRow, SeatsRow
from workflows.delegate import DelegateState
from workflows.meeting_facts import MeetingState

_OVER = (MeetingState.CLOSED, MeetingState.CANCELLED)
_HELD = (MeetingState.OPENED, MeetingState.ADJOURNED)


def part_columns() -> dict[str, ColumnElement[Any]]:
    """What the rules of a meeting want to know of its parts, and of the whole, beside its row."""
    whole, part = aliased(MeetingRow), aliased(MeetingRow)
    left = select(func.count()).where(part.part_of_id == MeetingRow.id, part.state.not_in(_OVER))
    return {
        "is_part": MeetingRow.part_of_id.is_not(None),
        "whole_open": exists().where(whole.id == MeetingRow.part_of_id, whole.state.in_(_HELD)),
        "sent": _sent(MeetingRow.part_of_id, MeetingRow.id)
        .with_only_columns(func.count())
        .correlate(MeetingRow)
        .scalar_subquery(),
        "parts_left": left.correlate(MeetingRow).scalar_subquery(),
    }


def _sent(whole_id: Any, part_id: Any) -> Select[DelegateRow]:
    """Whom the units of a part have sent to the whole."""
    units = select(MeetingUnitRow.unit_id).where(MeetingUnitRow.meeting_id == part_id).correlate(MeetingRow)
    return select(DelegateRow).where(
        DelegateRow.meeting_id == whole_id,
        DelegateRow.unit_id.in_(units),
        DelegateRow.state == DelegateState.ACCEPTED,
        DelegateRow.ended_at.is_(None),
    )


async def take_over_places(session: AsyncSession, whole_id: UUID, part_id: UUID) -> None:
    """Give the part the seats, delegates and substitutes that its units have at the whole, as they are now."""
    await session.flush()
    allotment = (await session.scalars(select(AllotmentRow).where(AllotmentRow.meeting_id == whole_id))).one()
    own = _copy(allotment, id=new_id(), meeting_id=part_id)
    session.add(own)
    await session.flush()
    units = select(MeetingUnitRow.unit_id).where(MeetingUnitRow.meeting_id == part_id)
    seats = select(SeatsRow).where(SeatsRow.allotment_id == allotment.id, SeatsRow.unit_id.in_(units))
    session.add_all([_copy(row, allotment_id=own.id) for row in (await session.scalars(seats)).all()])
    sent = (await session.scalars(_sent(whole_id, part_id).order_by(DelegateRow.id))).all()
    session.add_all([_copy(row, id=new_id(), meeting_id=part_id, replaces_id=None) for row in sent])
    await session.flush()


async def present_from(session: AsyncSession, whole_id: UUID, part_id: UUID) -> list[tuple[UUID, bool]]:
    """Those of a part's delegates and substitutes who are at the whole now, and whether from a distance."""
    people = select(DelegateRow.member_id).where(DelegateRow.meeting_id == part_id)
    here = select(PresenceRow.member_id, PresenceRow.remote).where(
        PresenceRow.meeting_id == whole_id, PresenceRow.out_at.is_(None), PresenceRow.member_id.in_(people)
    )
    return [(row.member_id, row.remote) for row in await session.execute(here.order_by(PresenceRow.member_id))]


def _copy(row: Any, **changed: Any) -> Any:
    kind = type(row)
    return kind(**{column.key: getattr(row, column.key) for column in kind.__table__.columns} | changed)
