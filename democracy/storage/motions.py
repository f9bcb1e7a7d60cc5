"""Motions as they are written: locked, judged, changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from democracy.domain.actors import Actor
from democracy.domain.ids import new_id
from democracy.domain.kinds import BodyKind
from democracy.errors import NotFoundError
from democracy.storage.counters import next_number
from democracy.storage.in_force import OFFICERS, holds_in
from democracy.storage.motion_case import MotionCase, motion_cases
from democracy.storage.search import index_motion
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.member import MemberRow
from democracy.storage.tables.motion import ClauseRow, MotionRow, MoverRow
from democracy.storage.tables.unit import UnitRow
from workflows.engine import Step


@dataclass(frozen=True)
class ClauseText:
    """An att-sats as its mover writes it, and the place in a document that it aims at, if it does."""

    text: str
    anchor_document: str | None = None
    anchor_place: str | None = None


class MotionRepository:
    """The motions of one unit of work."""

    def __init__(self, session: AsyncSession, now: datetime, zone: ZoneInfo) -> None:
        self._session = session
        self._now = now
        self._zone = zone

    async def open(self, motion_id: UUID, *, actor: Actor) -> MotionCase:
        """Lock a motion (its meeting first, shared, so that it does not close meanwhile) and judge it.

        Raises NotFoundError when there is none that the actor may see.
        """
        meeting = select(MotionRow.meeting_id).where(MotionRow.id == motion_id).scalar_subquery()
        await self._session.execute(
            select(MeetingRow.id).where(MeetingRow.id == meeting).with_for_update(read=True, key_share=False)
        )
        await self._session.execute(select(MotionRow.id).where(MotionRow.id == motion_id).with_for_update())
        return await self.case(motion_id, actor=actor)

    async def case(self, motion_id: UUID, *, actor: Actor) -> MotionCase:
        """The motion as it stands in this transaction, without locking it."""
        cases = await self.cases([motion_id], actor=actor)
        if motion_id not in cases:
            raise NotFoundError("motion", motion_id)
        return cases[motion_id]

    async def cases(self, ids: Sequence[UUID], *, actor: Actor) -> dict[UUID, MotionCase]:
        """Several, by id."""
        await self._session.flush()
        return await motion_cases(self._session, ids, actor=actor, at=self._now, zone=self._zone)

    async def row(self, motion_id: UUID) -> MotionRow:
        """The row itself, to be changed."""
        row = await self._session.get(MotionRow, motion_id)
        if row is None:
            raise NotFoundError("motion", motion_id)
        return row

    async def apply(self, step: Step[Any], motion_id: UUID) -> None:
        """Write the state that a step led to."""
        row = await self.row(motion_id)
        row.state = step.dest
        row.version += 1
        await self._session.flush()

    async def write(self, motion_id: UUID, title: str, reasoning: str, clauses: Sequence[ClauseText]) -> None:
        """Replace the text. An att-sats keeps its id as long as its number remains."""
        row = await self.row(motion_id)
        row.title, row.reasoning = title, reasoning
        existing = {each.number: each for each in await self.clauses(motion_id)}
        for number, clause in enumerate(clauses, start=1):
            found = existing.get(number)
            if found is None:
                found = ClauseRow(id=new_id(), motion_id=motion_id, number=number)
                self._session.add(found)
            found.text = clause.text
            found.anchor_document, found.anchor_place = clause.anchor_document, clause.anchor_place
        surplus = ClauseRow.motion_id == motion_id, ClauseRow.number > len(clauses)
        await self._session.execute(delete(ClauseRow).where(*surplus))
        await self._session.flush()
        await index_motion(self._session, motion_id, [title, reasoning, *(clause.text for clause in clauses)])

    async def clauses(self, motion_id: UUID) -> Sequence[ClauseRow]:
        """The att-satser in their order."""
        statement = select(ClauseRow).where(ClauseRow.motion_id == motion_id).order_by(ClauseRow.number)
        return (await self._session.scalars(statement)).all()

    async def clause(self, clause_id: UUID) -> ClauseRow:
        """One att-sats; NotFoundError when there is none. Whether it may be seen, its motion decides."""
        row = await self._session.get(ClauseRow, clause_id)
        if row is None:
            raise NotFoundError("clause", clause_id)
        return row

    async def movers(self, motion_id: UUID) -> Sequence[MoverRow]:
        """Everybody who has been asked, in their order."""
        statement = select(MoverRow).where(MoverRow.motion_id == motion_id).order_by(MoverRow.position)
        return (await self._session.scalars(statement)).all()

    async def add_mover(self, mover: MoverRow) -> None:
        """Put a mover last."""
        last = select(func.coalesce(func.max(MoverRow.position), 0)).where(MoverRow.motion_id == mover.motion_id)
        mover.position = (await self._session.execute(last)).scalar_one() + 1
        self._session.add(mover)
        await self._session.flush()

    async def member_by_number(self, number: str) -> UUID | None:
        """The member with that number, unless erased."""
        statement = select(MemberRow.id).where(MemberRow.number == number, MemberRow.erased_at.is_(None))
        return (await self._session.execute(statement)).scalar_one_or_none()

    async def unit_exists(self, unit_id: UUID) -> None:
        """Raise NotFoundError unless there is such a unit."""
        if await self._session.get(UnitRow, unit_id) is None:
            raise NotFoundError("unit", unit_id)

    async def leads(self, member_id: UUID, unit_id: UUID) -> bool:
        """Whether the member is the chair or the secretary of the unit's board."""
        day = self._now.astimezone(self._zone).date()
        found = select(holds_in(member_id, unit_id, BodyKind.BOARD, day, *OFFICERS))
        return bool((await self._session.execute(found)).scalar_one())

    async def number(self, motion_id: UUID, meeting_id: UUID) -> int:
        """Give the motion its receipt number unless it has one."""
        row = await self.row(motion_id)
        if row.receipt_number is None:
            row.receipt_number = await next_number(self._session, f"motion-receipt:{meeting_id.hex}")
        return row.receipt_number

    async def document_number(self, motion_id: UUID, meeting_id: UUID, letter: str) -> str:
        """Give the motion its place in the papers unless it has one: a category's letter and a number."""
        row = await self.row(motion_id)
        if row.document_number is None:
            number = await next_number(self._session, f"motion-document:{meeting_id.hex}:{letter}")
            row.document_number = f"{letter}{number}"
        return row.document_number

    async def sent_to(self, motion_id: UUID, meeting_id: UUID) -> bool:
        """Whether the motion has been sent on to that meeting."""
        statement = select(MotionRow.id).where(MotionRow.origin_id == motion_id, MotionRow.meeting_id == meeting_id)
        return (
            await self._session.scalars(statement.where(MotionRow.sent_as.is_not(None)).limit(1))
        ).first() is not None

    async def in_meeting(self, meeting_id: UUID, *states: Any) -> list[UUID]:
        """The meeting's motions in some states, in the order of their receipts."""
        statement = select(MotionRow.id).where(MotionRow.meeting_id == meeting_id, MotionRow.state.in_(states))
        return list((await self._session.scalars(statement.order_by(MotionRow.receipt_number))).all())

    async def set_laid_aside(self, motion_id: UUID) -> None:
        """The meeting has been told of a stopped motion and did not take it up."""
        await self._session.execute(update(MotionRow).where(MotionRow.id == motion_id).values(laid_aside_at=self._now))
