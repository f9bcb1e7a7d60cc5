"""The roll: those present who may vote, and the rolls that were fixed."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from democracy.domain.ids import new_id
from democracy.storage.counters import next_number
from democracy.storage.rights import is_barred
from democracy.storage.statutes import Connected
from democracy.storage.tables.roll import DelegateRow, PresenceRow, RollEntryRow, RollRow


@dataclass(frozen=True)
class Entry:
    """One voter with everything that their votes rest on."""

    member_id: UUID
    unit_id: UUID | None
    delegate_id: UUID | None
    votes: int


async def present_voters(connection: Connected, meeting_id: UUID) -> list[Entry]:
    """Those present now who may vote. One statement, so that it is true at one moment."""
    rows = await connection.execute(
        select(PresenceRow.member_id, DelegateRow.unit_id, PresenceRow.delegate_id, PresenceRow.votes)
        .outerjoin(DelegateRow, DelegateRow.id == PresenceRow.delegate_id)
        .where(PresenceRow.meeting_id == meeting_id, PresenceRow.out_at.is_(None), PresenceRow.voting)
        .order_by(PresenceRow.member_id)
    )
    return [Entry(*row) for row in rows]


async def latest(connection: Connected, meeting_id: UUID) -> tuple[UUID, datetime] | None:
    """The roll that was fixed last, with when; None before the first."""
    found = await connection.execute(
        select(RollRow.id, RollRow.fixed_at)
        .where(RollRow.meeting_id == meeting_id)
        .order_by(RollRow.number.desc())
        .limit(1)
    )
    row = found.first()
    return (row.id, row.fixed_at) if row else None


async def entries(connection: Connected, roll_id: UUID, item_id: UUID | None = None) -> list[Entry]:
    """The voters of a roll; without those barred on the item, where one is named."""
    wanted = [] if item_id is None else [~is_barred(RollEntryRow.member_id, item_id)]
    rows = await connection.execute(
        select(RollEntryRow.member_id, RollEntryRow.unit_id, RollEntryRow.delegate_id, RollEntryRow.votes)
        .where(RollEntryRow.roll_id == roll_id, *wanted)
        .order_by(RollEntryRow.member_id)
    )
    return [Entry(*row) for row in rows]


async def keep_roll(session: AsyncSession, meeting_id: UUID, voters: list[Entry], at: datetime) -> RollRow:
    """Store a roll with its entries, under the meeting's next number."""
    number = await next_number(session, f"roll:{meeting_id.hex}")
    roll = RollRow(
        id=new_id(),
        meeting_id=meeting_id,
        number=number,
        fixed_at=at,
        voters=len(voters),
        votes=sum(each.votes for each in voters),
    )
    session.add(roll)
    await session.flush()
    await session.execute(
        insert(RollEntryRow),
        [
            {
                "roll_id": roll.id,
                "member_id": each.member_id,
                "unit_id": each.unit_id,
                "delegate_id": each.delegate_id,
                "votes": each.votes,
            }
            for each in voters
        ],
    )
    return roll
