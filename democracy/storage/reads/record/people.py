"""Names of those whom the minutes name, and what they belong to at that meeting."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from democracy.domain.record.naming import short_body, short_unit
from democracy.domain.record.person import Person
from democracy.storage.in_force import mandate_in_force
from democracy.storage.statutes import Connected
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.member import MandateRow, MemberRow, MembershipRow
from democracy.storage.tables.roll import DelegateRow
from democracy.storage.tables.unit import BodyRow, UnitRow
from democracy.storage.types import any_of


async def read_people(connection: Connected, meeting_id: UUID, ids: Sequence[UUID]) -> dict[UUID, Person]:
    """Each with the unit they were reported by, else the board they sit on, else the unit in which they vote."""
    belongs = {
        **await _by_membership(connection, ids),
        **await _by_board(connection, meeting_id, ids),
        **await _by_report(connection, meeting_id, ids),
    }
    row = MemberRow
    statement = select(row.id, row.given_name, row.family_name, row.protected, row.erased_at)
    rows = await connection.execute(statement.where(any_of(row.id, ids)))
    return {
        each.id: Person(
            each.id, each.given_name, each.family_name, belongs.get(each.id), each.protected, each.erased_at is not None
        )
        for each in rows
    }


async def _by_report(connection: Connected, meeting_id: UUID, ids: Sequence[UUID]) -> dict[UUID, str]:
    statement = (
        select(DelegateRow.member_id, UnitRow.name)
        .join(UnitRow, UnitRow.id == DelegateRow.unit_id)
        .where(DelegateRow.meeting_id == meeting_id, any_of(DelegateRow.member_id, ids))
        .order_by(DelegateRow.recorded_at)
    )
    return {row.member_id: short_unit(row.name) for row in await connection.execute(statement)}


async def _by_board(connection: Connected, meeting_id: UUID, ids: Sequence[UUID]) -> dict[UUID, str]:
    meeting = (await connection.execute(select(MeetingRow.starts_at).where(MeetingRow.id == meeting_id))).scalar_one()
    statement = (
        select(MandateRow.member_id, BodyRow.name, BodyRow.kind, UnitRow.kind.label("unit"))
        .join(BodyRow, BodyRow.id == MandateRow.body_id)
        .join(UnitRow, UnitRow.id == BodyRow.unit_id)
        .join(MeetingRow, MeetingRow.board_id == BodyRow.id)
        .where(MeetingRow.id == meeting_id, any_of(MandateRow.member_id, ids))
        # Whoever the meeting itself elects was not on the board when it began.
        .where(mandate_in_force(MandateRow, meeting.date()), MandateRow.starts_on < meeting.date())
    )
    return {row.member_id: short_body(row.name, row.unit, row.kind) for row in await connection.execute(statement)}


async def _by_membership(connection: Connected, ids: Sequence[UUID]) -> dict[UUID, str]:
    statement = (
        select(MembershipRow.member_id, UnitRow.name)
        .join(UnitRow, UnitRow.id == MembershipRow.unit_id)
        .where(any_of(MembershipRow.member_id, ids), MembershipRow.voting, MembershipRow.ended_on.is_(None))
    )
    return {row.member_id: short_unit(row.name) for row in await connection.execute(statement)}
