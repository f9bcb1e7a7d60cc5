"""The speakers' list as it is written."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from democracy.domain.actors import Actor
from democracy.errors import NotFoundError
from democracy.storage.floor_case import FloorCase, floor_cases
from democracy.storage.reads import floor
from democracy.storage.tables.agenda import AgendaItemRow
from democracy.storage.tables.floor import FloorRulesRow, SpeechRow
from democracy.storage.tables.meeting import MeetingRow
from workflows.item import ItemState
from workflows.speech import SpeechState


class FloorRepository:
    """The floor of the meetings of one unit of work."""

    def __init__(self, session: AsyncSession, now: datetime, zone: ZoneInfo) -> None:
        self._session = session
        self._now = now
        self._zone = zone

    async def open(self, meeting_id: UUID, *, actor: Actor, asking: UUID | None = None) -> FloorCase:
        """Lock the floor (the meeting first, shared, so that it does not close meanwhile) and judge it.

        Whoever changes the list in an item waits for the others who do. NotFoundError where the actor does not see it.
        """
        shared = select(MeetingRow.id).where(MeetingRow.id == meeting_id)
        await self._session.execute(shared.with_for_update(read=True, key_share=False))
        items = select(AgendaItemRow.id).where(
            AgendaItemRow.meeting_id == meeting_id, AgendaItemRow.state == ItemState.OPEN
        )
        await self._session.execute(items.order_by(AgendaItemRow.id).with_for_update(key_share=True))
        return await self.case(meeting_id, actor=actor, asking=asking)

    async def case(self, meeting_id: UUID, *, actor: Actor, asking: UUID | None = None) -> FloorCase:
        """The floor as it stands in this transaction, without locking it."""
        await self._session.flush()
        cases = await floor_cases(
            self._session, [meeting_id], actor=actor, at=self._now, zone=self._zone, asking=asking
        )
        if meeting_id not in cases:
            raise NotFoundError("meeting", meeting_id)
        return cases[meeting_id]

    async def waiting(self, meeting_id: UUID) -> list[UUID]:
        """Those who wait, by their speeches, in the order that the meeting has decided."""
        listed = await floor.on_the_list(self._session, [meeting_id])
        return [view.id for view in listed if view.state is SpeechState.WAITING]

    async def meeting_of(self, speech_id: UUID) -> UUID:
        """The meeting of a speech; NotFoundError where there is none."""
        found = await self._session.execute(select(SpeechRow.meeting_id).where(SpeechRow.id == speech_id))
        meeting = found.scalar_one_or_none()
        if meeting is None:
            raise NotFoundError("speech", speech_id)
        return meeting

    async def speech(self, speech_id: UUID) -> SpeechRow:
        """The row as it is now, to be changed."""
        row = await self._session.get(SpeechRow, speech_id, populate_existing=True)
        if row is None:
            raise NotFoundError("speech", speech_id)
        return row

    async def item(self, item_id: UUID) -> AgendaItemRow:
        """The row of the open item, to be changed."""
        row = await self._session.get(AgendaItemRow, item_id, populate_existing=True)
        if row is None:
            raise NotFoundError("item", item_id)
        return row

    async def rules(self, meeting_id: UUID) -> FloorRulesRow | None:
        """What the meeting has decided about speaking."""
        return await self._session.get(FloorRulesRow, meeting_id)

    async def on_list(self, meeting_id: UUID, item_id: UUID | None = None) -> list[SpeechRow]:
        """Whoever speaks or waits: on one item, or in the whole meeting."""
        own = [] if item_id is None else [SpeechRow.item_id == item_id]
        statement = select(SpeechRow).where(
            SpeechRow.meeting_id == meeting_id, SpeechRow.state.in_(floor.ON_THE_LIST), *own
        )
        return list((await self._session.scalars(statement.order_by(SpeechRow.number))).all())
