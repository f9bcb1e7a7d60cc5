"""Officers, the gavel, the rolls as they were fixed, rules set aside."""

from collections import defaultdict
from uuid import UUID

from sqlalchemy import select

from democracy.domain.record.meeting import (
    GavelRecord,
    InterpretationRecord,
    OfficerRecord,
    RollRecord,
    RollSeat,
    WaiverRecord,
)
from democracy.storage import statutes
from democracy.storage.statutes import Connected
from democracy.storage.tables.agenda import GavelRow, InterpretationRow, MeetingOfficerRow, WaiverRow
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.roll import DelegateRow, RollEntryRow, RollRow
from democracy.storage.tables.unit import UnitRow


async def read_officers(connection: Connected, meeting_id: UUID) -> tuple[OfficerRecord, ...]:
    """Those elected at the meeting, in the order in which they were elected."""
    row = MeetingOfficerRow
    statement = (
        select(row.member_id, row.role, row.item_id, row.since, row.until)
        .where(row.meeting_id == meeting_id)
        .order_by(row.role, row.position, row.since, row.id)
    )
    return tuple(OfficerRecord(*each) for each in await connection.execute(statement))


async def read_gavels(connection: Connected, meeting_id: UUID) -> tuple[GavelRecord, ...]:
    """Who presided, one after the other."""
    row = GavelRow
    statement = select(row.member_id, row.since, row.item_id).where(row.meeting_id == meeting_id)
    return tuple(GavelRecord(*each) for each in await connection.execute(statement.order_by(row.since, row.id)))


async def read_rolls(connection: Connected, meeting_id: UUID) -> tuple[RollRecord, ...]:
    """Every roll with its voters, unit by unit."""
    seats = await _seats(connection, meeting_id)
    statement = (
        select(RollRow.id, RollRow.number, RollRow.fixed_at, RollRow.voters, RollRow.votes)
        .where(RollRow.meeting_id == meeting_id)
        .order_by(RollRow.number)
    )
    rows = await connection.execute(statement)
    return tuple(
        RollRecord(row.number, row.fixed_at, row.voters, row.votes, tuple(seats.get(row.id, ()))) for row in rows
    )


async def _seats(connection: Connected, meeting_id: UUID) -> dict[UUID, list[RollSeat]]:
    entry = RollEntryRow
    statement = (
        select(entry.roll_id, entry.member_id, UnitRow.name, entry.votes, entry.delegate_id)
        .join(RollRow, RollRow.id == entry.roll_id)
        .outerjoin(UnitRow, UnitRow.id == entry.unit_id)
        .where(RollRow.meeting_id == meeting_id)
        .outerjoin(DelegateRow, DelegateRow.id == entry.delegate_id)
        # Not by name: an erased name must not change the text that was signed.
        .order_by(UnitRow.sort_key, DelegateRow.position, entry.member_id)
    )
    seats: dict[UUID, list[RollSeat]] = defaultdict(list)
    for row in await connection.execute(statement):
        seats[row.roll_id].append(RollSeat(row.member_id, row.name or "", row.votes, row.delegate_id is not None))
    return seats


async def read_waivers(connection: Connected, meeting_id: UUID) -> tuple[WaiverRecord, ...]:
    """Rules that were set aside."""
    statement = select(WaiverRow).where(WaiverRow.meeting_id == meeting_id)
    columns = statement.with_only_columns(*WaiverRow.__table__.columns)
    rows = await connection.execute(columns.order_by(WaiverRow.decided_at, WaiverRow.id))
    return tuple(
        WaiverRecord(
            id=row.id,
            item_id=row.item_id,
            rule=f"{row.workflow}.{row.code}",
            reason=row.reason,
            decided_at=row.decided_at,
            objections=row.objections,
            votes=_votes(row.votes_for, row.votes_against, row.votes_abstained),
            ended_at=row.ended_at,
        )
        for row in rows
    )


async def read_interpretations(connection: Connected, meeting_id: UUID) -> tuple[InterpretationRecord, ...]:
    """How unclear paragraphs were read, each by its number in the statutes that the meeting follows."""
    row = InterpretationRow
    statement = (
        select(*row.__table__.columns, MeetingRow.statutes_digest)
        .join(MeetingRow, MeetingRow.id == row.meeting_id)
        .where(row.meeting_id == meeting_id)
    )
    rows = (await connection.execute(statement.order_by(row.decided_at, row.id))).all()
    rules = await statutes.by_digest(connection, *{each.statutes_digest for each in rows})
    return tuple(
        InterpretationRecord(
            each.item_id,
            rules[each.statutes_digest].paragraph(each.paragraph).number,
            each.text,
            each.decided_at,
            _votes(each.votes_for, each.votes_against, each.votes_abstained),
        )
        for each in rows
    )


def _votes(yes: int | None, no: int | None, abstained: int | None) -> tuple[int, int, int] | None:
    return None if yes is None or no is None else (yes, no, abstained or 0)
