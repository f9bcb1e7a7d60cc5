"""Members by unit on the day that they are counted, and the seats that followed from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import delete, exists, func, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from democracy.storage.in_force import membership_in_force
from democracy.storage.statutes import Connected
from democracy.storage.tables.agenda import MeetingUnitRow
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.member import MemberRow, MembershipRow
from democracy.storage.tables.roll import AllotmentRow, DelegateRow, SeatsRow
from democracy.storage.tables.unit import UnitAncestorRow, UnitRow
from workflows.delegate import DelegateState
from workflows.statutes.kinds import Participant


@dataclass(frozen=True)
class SendingUnit:
    """A unit that sends delegates, with its members on the day."""

    id: UUID
    code: str
    name: str
    members: tuple[UUID, ...]


async def sending_units(
    connection: Connected, meeting_id: UUID, day: date, born_until: date | None = None
) -> list[SendingUnit]:
    """The units that send delegates to a meeting, by code: those right below the meeting's, or those it is called for.

    Leaves out what had not been founded on the day, was paused or had ended. Each member with rights counts once,
    where they vote; with `born_until`, only those old enough.
    """
    called_for = select(MeetingUnitRow.unit_id).where(MeetingUnitRow.meeting_id == meeting_id)
    some = exists(select(1).where(MeetingUnitRow.meeting_id == meeting_id))
    below = select(MeetingRow.unit_id).where(MeetingRow.id == meeting_id).scalar_subquery()
    old_enough = [] if born_until is None else [MemberRow.birth_date <= born_until]
    members = (
        select(UnitAncestorRow.ancestor_id.label("unit_id"), MemberRow.id.label("member_id"))
        .select_from(MembershipRow)
        .join(MemberRow, MemberRow.id == MembershipRow.member_id)
        .join(UnitAncestorRow, UnitAncestorRow.unit_id == MembershipRow.unit_id)
        .where(MembershipRow.voting, membership_in_force(MembershipRow, day), *old_enough)
        .subquery()
    )
    rows = await connection.execute(
        select(UnitRow.id, UnitRow.code, UnitRow.name, members.c.member_id)
        .outerjoin(members, members.c.unit_id == UnitRow.id)
        .where(
            or_(UnitRow.id.in_(called_for), ~some & (UnitRow.parent_id == below)),
            or_(UnitRow.founded_on.is_(None), UnitRow.founded_on <= day),
            or_(UnitRow.paused_on.is_(None), UnitRow.paused_on > day),
            or_(UnitRow.ended_on.is_(None), UnitRow.ended_on > day),
        )
        .order_by(UnitRow.code, members.c.member_id)
    )
    found: dict[tuple[UUID, str, str], list[UUID]] = {}
    for unit_id, code, name, member_id in rows:
        found.setdefault((unit_id, code, name), []).extend([member_id] if member_id else [])
    return [SendingUnit(*unit, tuple(counted)) for unit, counted in found.items()]


async def allotment_of(session: AsyncSession, meeting_id: UUID) -> AllotmentRow | None:
    """How the seats of a meeting were shared out, locked; None before they have been."""
    statement = select(AllotmentRow).where(AllotmentRow.meeting_id == meeting_id).with_for_update()
    return (await session.scalars(statement.execution_options(populate_existing=True))).one_or_none()


@dataclass(frozen=True)
class Frozen:
    """An allotment to be kept."""

    id: UUID
    meeting_id: UUID
    counted_on: date
    at: datetime
    protocol: str


async def freeze(session: AsyncSession, kept: Frozen, units: Sequence[SendingUnit], seats: Mapping[str, int]) -> None:
    """Keep an allotment with its working, instead of an earlier one under the same id."""
    await session.execute(delete(SeatsRow).where(SeatsRow.allotment_id == kept.id))
    row = await session.get(AllotmentRow, kept.id)
    if row is None:
        row = AllotmentRow(id=kept.id, meeting_id=kept.meeting_id)
        session.add(row)
    row.counted_on, row.frozen_at, row.protocol = kept.counted_on, kept.at, kept.protocol
    await session.flush()
    await session.execute(
        insert(SeatsRow),
        [
            {"allotment_id": row.id, "unit_id": each.id, "members": len(each.members), "seats": seats[each.code]}
            for each in units
        ],
    )


async def delegates_by_unit(connection: Connected, meeting_id: UUID) -> dict[UUID, int]:
    """How many delegates each unit has."""
    rows = await connection.execute(
        select(DelegateRow.unit_id, func.count().label("number"))
        .where(
            DelegateRow.meeting_id == meeting_id,
            DelegateRow.participant == Participant.DELEGATE,
            DelegateRow.state == DelegateState.ACCEPTED,
        )
        .group_by(DelegateRow.unit_id)
    )
    return {row.unit_id: row.number for row in rows}
