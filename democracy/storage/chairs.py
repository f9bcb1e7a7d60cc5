"""Officers and the gavel as they are written."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from democracy.domain.ids import new_id
from democracy.storage.tables.agenda import AgendaItemRow, BarredRow, GavelRow, MeetingOfficerRow
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.member import MandateRow, MemberRow
from workflows.item import ItemState
from workflows.proceedings import OfficerRole


async def officer(
    session: AsyncSession, meeting_id: UUID, role: OfficerRole, member_id: UUID
) -> MeetingOfficerRow | None:
    """Somebody's place among those elected to a role, as long as they have it."""
    statement = select(MeetingOfficerRow).where(
        MeetingOfficerRow.meeting_id == meeting_id,
        MeetingOfficerRow.role == role,
        MeetingOfficerRow.member_id == member_id,
        MeetingOfficerRow.until.is_(None),
    )
    return (await session.scalars(statement)).one_or_none()


async def add_officer(
    session: AsyncSession, meeting_id: UUID, role: OfficerRole, member_id: UUID, item_id: UUID | None, now: datetime
) -> MeetingOfficerRow:
    """Somebody after those who have the role already."""
    count = select(func.count()).select_from(MeetingOfficerRow)
    of_role = MeetingOfficerRow.meeting_id == meeting_id, MeetingOfficerRow.role == role
    position = (await session.execute(count.where(*of_role))).scalar_one() + 1
    row = MeetingOfficerRow(
        id=new_id(), meeting_id=meeting_id, member_id=member_id, role=role, position=position, item_id=item_id,
        since=now,
    )  # fmt: skip
    session.add(row)
    await session.flush()
    return row


async def gavel_holder(session: AsyncSession, meeting_id: UUID) -> UUID | None:
    """Whoever the gavel was passed to and has it now."""
    statement = select(GavelRow.member_id).where(GavelRow.meeting_id == meeting_id, GavelRow.until.is_(None))
    return (await session.scalars(statement)).first()


async def give_gavel(
    session: AsyncSession, meeting_id: UUID, member_id: UUID, item_id: UUID | None, now: datetime
) -> None:
    """Pass the gavel on: for one item, or from now on."""
    await end_gavel(session, meeting_id, now)
    session.add(GavelRow(id=new_id(), meeting_id=meeting_id, member_id=member_id, item_id=item_id, since=now))
    await session.flush()


async def end_gavel(session: AsyncSession, meeting_id: UUID, now: datetime, *which: ColumnElement[bool]) -> None:
    """Nobody in particular has the gavel any longer."""
    ended = update(GavelRow).where(GavelRow.meeting_id == meeting_id, GavelRow.until.is_(None), *which)
    await session.execute(ended.values(until=now))


async def end_gavel_of_items(
    session: AsyncSession, meeting_id: UUID, now: datetime, *, but: UUID | None = None
) -> None:
    """The same where it was passed on for one item, another one than `but`."""
    other = [] if but is None else [GavelRow.item_id != but]
    await end_gavel(session, meeting_id, now, GavelRow.item_id.is_not(None), *other)


async def barred_now(session: AsyncSession, meeting_id: UUID, member_id: UUID) -> bool:
    """Whether somebody is barred from the item that is open."""
    found = exists().where(
        BarredRow.item_id == AgendaItemRow.id,
        AgendaItemRow.meeting_id == meeting_id,
        AgendaItemRow.state == ItemState.OPEN,
        BarredRow.member_id == member_id,
        BarredRow.lifted_at.is_(None),
    )
    return bool((await session.execute(select(found))).scalar_one())


async def responsible_for(session: AsyncSession, meeting: MeetingRow, since: datetime) -> Sequence[UUID]:
    """Whoever has had a place in the board that prepares the meeting since a time: whose discharge it decides."""
    day = since.date()
    statement = select(MandateRow.member_id).where(
        MandateRow.body_id == meeting.board_id,
        MandateRow.starts_on <= meeting.starts_at.date(),
        or_(MandateRow.ends_on.is_(None), MandateRow.ends_on >= day),
        or_(MandateRow.released_on.is_(None), and_(MandateRow.released_on >= day)),
    )
    return sorted(set((await session.scalars(statement)).all()))


async def known_member(session: AsyncSession, member_id: UUID | None, number: str | None) -> UUID | None:
    """A person by id or by membership number, unless erased."""
    which = MemberRow.id == member_id if member_id is not None else MemberRow.number == (number or "").strip()
    return (await session.scalars(select(MemberRow.id).where(which, MemberRow.erased_at.is_(None)))).one_or_none()
