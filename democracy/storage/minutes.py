"""Minutes as they are written: locked, judged, changed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from democracy.domain.actors import Actor
from democracy.domain.ids import new_id
from democracy.errors import NotFoundError
from democracy.storage.minutes_case import MinutesCase, minutes_cases, standing
from democracy.storage.tables.agenda import AgendaItemRow, MeetingOfficerRow
from democracy.storage.tables.matter import MatterRow
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.minutes import (
    MinutesAddendumRow,
    MinutesRow,
    MinutesSectionRow,
    MinutesSignatoryRow,
    MinutesSignatureRow,
    MinutesWordingRow,
)
from democracy.storage.tables.roll import PresenceRow
from workflows.engine import Step
from workflows.item import ItemState
from workflows.matter import MatterState
from workflows.minutes_facts import MinutesState


class Part:
    """What a signature is under: the whole, one § (`item_id`) verified at once, or a correction (`addendum_id`)."""

    def __init__(self, minutes_id: UUID, item_id: UUID | None = None, addendum_id: UUID | None = None) -> None:
        self.minutes_id, self.item_id, self.addendum_id = minutes_id, item_id, addendum_id

    def of(self, row: Any) -> ColumnElement[bool]:
        """Rows of signatories or signatures that are about it."""
        return and_(
            row.minutes_id == self.minutes_id,
            row.item_id.is_not_distinct_from(self.item_id),
            row.addendum_id.is_not_distinct_from(self.addendum_id),
        )


class MinutesRepository:
    """The minutes of one unit of work."""

    def __init__(self, session: AsyncSession, now: datetime, zone: ZoneInfo) -> None:
        self._session, self._now, self._zone = session, now, zone

    def begin(self, meeting_id: UUID) -> None:
        """A meeting has opened: its minutes begin to write themselves."""
        self._session.add(MinutesRow(id=new_id(), meeting_id=meeting_id, state=MinutesState.WRITING, version=0))

    async def open(self, minutes_id: UUID, *, actor: Actor) -> MinutesCase:
        """Lock minutes (their meeting first, shared) and judge them; NotFoundError when the actor may not see them."""
        meeting = select(MinutesRow.meeting_id).where(MinutesRow.id == minutes_id).scalar_subquery()
        await self._session.execute(
            select(MeetingRow.id).where(MeetingRow.id == meeting).with_for_update(read=True, key_share=False)
        )
        await self._session.execute(select(MinutesRow.id).where(MinutesRow.id == minutes_id).with_for_update())
        case = await self.case(minutes_id, actor=actor)
        await self._session.refresh(await self.row(minutes_id))
        return case

    async def case(self, minutes_id: UUID, *, actor: Actor) -> MinutesCase:
        """The minutes as they stand in this transaction, without locking them."""
        await self._session.flush()
        cases = await minutes_cases(self._session, [minutes_id], actor=actor, at=self._now, zone=self._zone)
        if minutes_id not in cases:
            raise NotFoundError("minutes", minutes_id)
        return cases[minutes_id]

    async def of_meeting(self, meeting_id: UUID) -> UUID | None:
        """The id of a meeting's minutes; None before it has opened."""
        return await self._session.scalar(select(MinutesRow.id).where(MinutesRow.meeting_id == meeting_id))

    async def row(self, minutes_id: UUID) -> MinutesRow:
        """The row itself, to be changed."""
        row = await self._session.get(MinutesRow, minutes_id)
        if row is None:
            raise NotFoundError("minutes", minutes_id)
        return row

    async def apply(self, step: Step[Any], minutes_id: UUID) -> None:
        """Write the state that a step led to."""
        row = await self.row(minutes_id)
        row.state = step.dest
        row.version += 1
        await self._session.flush()

    async def wording_version(self, minutes_id: UUID, item_id: UUID | None) -> int:
        """How many times a § has been worded."""
        row = MinutesWordingRow
        statement = select(func.coalesce(func.max(row.version), 0)).where(
            row.minutes_id == minutes_id, row.item_id.is_not_distinct_from(item_id)
        )
        return (await self._session.execute(statement)).scalar_one()

    async def section(self, item_id: UUID) -> MinutesSectionRow | None:
        """The § of an item as it is, or was, verified at once."""
        statement = select(MinutesSectionRow).where(MinutesSectionRow.item_id == item_id)
        return (await self._session.scalars(statement)).one_or_none()

    async def item(self, item_id: UUID, meeting_id: UUID) -> AgendaItemRow:
        """An item that has its § in these minutes; NotFoundError for any other."""
        row = await self._session.get(AgendaItemRow, item_id)
        if row is None or row.meeting_id != meeting_id or row.number is None:
            raise NotFoundError("item", item_id)
        return row

    async def undecided(self, item: AgendaItemRow) -> bool:
        """Whether something under the item waits for its decision, or nothing has been treated yet."""
        left = select(func.count()).where(
            MatterRow.item_id == item.id, MatterRow.state.not_in((MatterState.DECIDED, MatterState.LAPSED))
        )
        waiting = (await self._session.execute(left)).scalar_one()
        return waiting > 0 or item.state in (ItemState.PLANNED, ItemState.ADJOURNED)

    async def officers(self, meeting_id: UUID) -> Sequence[MeetingOfficerRow]:
        """Those whom the meeting elected and who have not left their task."""
        row = MeetingOfficerRow
        statement = select(row).where(row.meeting_id == meeting_id, row.until.is_(None))
        return (await self._session.scalars(statement.order_by(row.role, row.position, row.since, row.id))).all()

    async def took_part(self, meeting_id: UUID, member_id: UUID) -> bool:
        """Whether somebody was checked in at the meeting, or had a task there."""
        present = select(PresenceRow.id).where(PresenceRow.meeting_id == meeting_id, PresenceRow.member_id == member_id)
        officer = select(MeetingOfficerRow.id).where(
            MeetingOfficerRow.meeting_id == meeting_id, MeetingOfficerRow.member_id == member_id
        )
        found = await self._session.execute(present.union_all(officer).limit(1))
        return found.first() is not None

    async def signatories(self, part: Part) -> Sequence[MinutesSignatoryRow]:
        """Everybody who was asked to sign, those who were left out or replaced too."""
        row = MinutesSignatoryRow
        statement = select(row).where(part.of(row)).order_by(row.role, row.asked_at, row.id)
        return (await self._session.scalars(statement)).all()

    async def outstanding(self, part: Part) -> int:
        """How many have still to sign."""
        row = MinutesSignatoryRow
        statement = select(func.count()).select_from(row).where(part.of(row), standing(row))
        return (await self._session.execute(statement)).scalar_one()

    async def signatures(self, part: Part) -> Sequence[MinutesSignatureRow]:
        """Signatures that stand."""
        row = MinutesSignatureRow
        statement = select(row).where(part.of(row), row.fallen_at.is_(None)).order_by(row.signed_at, row.id)
        return (await self._session.scalars(statement)).all()

    async def fall(self, part: Part) -> None:
        """Every signature falls, and whoever had signed is waited for again."""
        for signature in await self.signatures(part):
            signature.fallen_at = self._now
        for signatory in await self.signatories(part):
            signatory.signed_at = None
        await self._session.flush()

    async def forget_signatories(self, part: Part) -> None:
        """Nobody is asked any more. What they did stands in the ledger, and their signatures stay."""
        await self._session.execute(delete(MinutesSignatoryRow).where(part.of(MinutesSignatoryRow)))

    async def addendum(self, addendum_id: UUID) -> MinutesAddendumRow:
        """A correction; NotFoundError when there is none."""
        row = await self._session.get(MinutesAddendumRow, addendum_id)
        if row is None:
            raise NotFoundError("addendum", addendum_id)
        return row
