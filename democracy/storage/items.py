"""The agenda as it is written: items locked, judged, put in order; what was never opened closes with its block."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from democracy.domain.actors import Actor
from democracy.errors import NotFoundError
from democracy.storage.counters import next_number
from democracy.storage.item_case import ItemCase, item_cases
from democracy.storage.tables.agenda import AgendaItemRow, BarredRow, WaiverRow
from democracy.storage.tables.meeting import MeetingRow
from workflows.engine import Step
from workflows.item import ItemState


class ItemRepository:
    """The items of one unit of work."""

    def __init__(self, session: AsyncSession, now: datetime, zone: ZoneInfo) -> None:
        self._session = session
        self._now = now
        self._zone = zone

    async def open(self, item_id: UUID, *, actor: Actor) -> ItemCase:
        """Lock an item and judge it; NotFoundError when there is none that the actor may see.

        Its meeting is locked first, alone: which item is open, and in what order they stand, concerns them all.
        """
        meeting_id = (await self.row(item_id)).meeting_id
        await self._session.execute(select(MeetingRow.id).where(MeetingRow.id == meeting_id).with_for_update())
        await self._session.execute(select(AgendaItemRow.id).where(AgendaItemRow.id == item_id).with_for_update())
        await self._session.refresh(await self.row(item_id))
        return await self.case(item_id, actor=actor)

    async def case(self, item_id: UUID, *, actor: Actor) -> ItemCase:
        """The item as it stands in this transaction, without locking it."""
        await self._session.flush()
        cases = await item_cases(self._session, [item_id], actor=actor, at=self._now, zone=self._zone)
        if item_id not in cases:
            raise NotFoundError("item", item_id)
        return cases[item_id]

    async def row(self, item_id: UUID) -> AgendaItemRow:
        """The row itself, to be changed."""
        row = await self._session.get(AgendaItemRow, item_id)
        if row is None:
            raise NotFoundError("item", item_id)
        return row

    async def rows(self, meeting_id: UUID, *which: Any) -> Sequence[AgendaItemRow]:
        """The items of a meeting in their order."""
        await self._session.flush()
        statement = select(AgendaItemRow).where(AgendaItemRow.meeting_id == meeting_id, *which)
        return (await self._session.scalars(statement.order_by(AgendaItemRow.position, AgendaItemRow.id))).all()

    async def being_treated(self, meeting_id: UUID) -> UUID | None:
        """The item that is open."""
        rows = await self.rows(meeting_id, AgendaItemRow.state == ItemState.OPEN)
        return rows[0].id if rows else None

    async def of_motion(self, motion_id: UUID, meeting_id: UUID) -> AgendaItemRow | None:
        """The item under which a motion is treated at a meeting."""
        rows = await self.rows(meeting_id, AgendaItemRow.motion_id == motion_id)
        return rows[0] if rows else None

    async def of_document(self, document_id: UUID, meeting_id: UUID) -> AgendaItemRow | None:
        """The item under which a text is treated at a meeting; one that was struck counts no more."""
        here = (AgendaItemRow.document_id == document_id, AgendaItemRow.state != ItemState.STRUCK)
        rows = await self.rows(meeting_id, *here)
        return rows[0] if rows else None

    async def last_position(self, meeting_id: UUID) -> int:
        """The place of the last item; 0 where there is none."""
        await self._session.flush()
        statement = select(func.coalesce(func.max(AgendaItemRow.position), 0))
        return (await self._session.execute(statement.where(AgendaItemRow.meeting_id == meeting_id))).scalar_one()

    async def place(self, row: AgendaItemRow, position: int) -> None:
        """Put an item at a place, from 1; those that stood there or later move on."""
        others = [each for each in await self.rows(row.meeting_id) if each.id != row.id]
        at = max(0, min(position - 1, len(others)))
        await self.arrange([*others[:at], row, *others[at:]])

    async def arrange(self, rows: Sequence[AgendaItemRow]) -> None:
        """Number items in the order given, from 1."""
        for position, row in enumerate(rows, start=1):
            if row.position != position:
                row.position = position
        await self._session.flush()

    async def number(self, row: AgendaItemRow) -> int:
        """Give an item its § unless it has one: gapless within the meeting."""
        if row.number is None:
            row.number = await next_number(self._session, f"item:{row.meeting_id.hex}")
        return row.number

    async def apply(self, step: Step[Any], item_id: UUID) -> None:
        """Write the state that a step led to."""
        row = await self.row(item_id)
        row.state = step.dest
        row.version += 1
        await self._session.flush()

    async def end_waivers(self, item_id: UUID) -> int:
        """What was set aside for an item is in force again. Returns how many rules."""
        statement = update(WaiverRow).where(WaiverRow.item_id == item_id, WaiverRow.ended_at.is_(None))
        return len((await self._session.execute(statement.values(ended_at=self._now).returning(WaiverRow.id))).all())

    async def barred(self, item_id: UUID, member_id: UUID) -> BarredRow | None:
        """Whether somebody is, or was, barred from an item."""
        statement = select(BarredRow).where(BarredRow.item_id == item_id, BarredRow.member_id == member_id)
        return (await self._session.scalars(statement)).one_or_none()
