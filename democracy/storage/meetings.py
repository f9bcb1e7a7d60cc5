"""Meetings as they are written."""

from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from democracy.domain.actors import Actor
from democracy.errors import NotFoundError
from democracy.storage.meeting_case import MeetingCase, meeting_cases
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.unit import BodyRow
from workflows.engine import Step
from workflows.meeting import MeetingState

COMING = (MeetingState.PLANNED, MeetingState.CALLED)
"""States of a meeting that is still to be held."""


class MeetingRepository:
    """The meetings of one unit of work."""

    def __init__(self, session: AsyncSession, now: datetime, zone: ZoneInfo) -> None:
        self._session = session
        self._now = now
        self._zone = zone

    async def open(self, meeting_id: UUID, *, actor: Actor) -> MeetingCase:
        """Lock a meeting and judge it; NotFoundError when there is none that the actor may see."""
        await self._session.execute(select(MeetingRow.id).where(MeetingRow.id == meeting_id).with_for_update())
        return await self.case(meeting_id, actor=actor)

    async def hold(self, meeting_id: UUID, *, actor: Actor) -> MeetingCase:
        """The meeting, locked with others, so that it does not close or adjourn meanwhile: for what happens in it."""
        await self._session.execute(
            select(MeetingRow.id).where(MeetingRow.id == meeting_id).with_for_update(read=True, key_share=False)
        )
        return await self.case(meeting_id, actor=actor)

    async def case(self, meeting_id: UUID, *, actor: Actor) -> MeetingCase:
        """The meeting as it stands in this transaction, without locking it."""
        await self._session.flush()
        cases = await meeting_cases(self._session, [meeting_id], actor=actor, at=self._now, zone=self._zone)
        if meeting_id not in cases:
            raise NotFoundError("meeting", meeting_id)
        return cases[meeting_id]

    async def row(self, meeting_id: UUID) -> MeetingRow:
        """The row itself, to be changed."""
        row = await self._session.get(MeetingRow, meeting_id)
        if row is None:
            raise NotFoundError("meeting", meeting_id)
        return row

    async def takes_over(self, meeting_id: UUID, left: UUID) -> bool:
        """Whether a meeting can take over what another leaves: of the same unit, and not begun, ended or cancelled.

        Locks it, shared, so that it does not open meanwhile.
        """
        left_unit = select(MeetingRow.unit_id).where(MeetingRow.id == left).scalar_subquery()
        statement = select(MeetingRow.id).where(
            MeetingRow.id == meeting_id,
            MeetingRow.id != left,
            MeetingRow.unit_id == left_unit,
            MeetingRow.state.in_(COMING),
            MeetingRow.part_of_id.is_(None),
        )
        locked = await self._session.execute(statement.with_for_update(read=True, key_share=False))
        return locked.scalar_one_or_none() is not None

    async def next_after(self, meeting_id: UUID) -> UUID | None:
        """The next meeting of the same body, if one is planned."""
        row = await self.row(meeting_id)
        statement = (
            select(MeetingRow.id)
            .where(MeetingRow.body_id == row.body_id, MeetingRow.id != meeting_id, MeetingRow.state.in_(COMING))
            .where(MeetingRow.starts_at > row.starts_at, MeetingRow.part_of_id.is_(None))
            .order_by(MeetingRow.starts_at, MeetingRow.id)
        )
        return (await self._session.scalars(statement.limit(1))).one_or_none()

    async def body(self, body_id: UUID) -> BodyRow:
        """A body; NotFoundError when there is none."""
        row = await self._session.get(BodyRow, body_id)
        if row is None:
            raise NotFoundError("body", body_id)
        return row

    async def apply(self, step: Step[Any], meeting_id: UUID) -> None:
        """Write the state that a step led to."""
        row = await self.row(meeting_id)
        row.state = step.dest
        row.version += 1
        await self._session.flush()
