"""Matters, proposals, orders and questions as they are written: locked, judged, changed."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from democracy.domain.actors import Actor, Member
from democracy.errors import NotFoundError
from democracy.storage.chains import Chain, chains_of
from democracy.storage.matter_case import MatterCase, matter_cases
from democracy.storage.proposal_case import ProposalCase, proposal_cases
from democracy.storage.question_case import QuestionCase, question_cases
from democracy.storage.tables.agenda import AgendaItemRow
from democracy.storage.tables.base import Table
from democracy.storage.tables.matter import MatterRow, ProposalRow, QuestionOrderRow, QuestionRow
from democracy.storage.tables.meeting import MeetingRow
from workflows.engine import Role, Step
from workflows.proceedings import QuestionKind

T = TypeVar("T", bound=Table)


class MatterRepository:
    """The matters of one unit of work."""

    def __init__(self, session: AsyncSession, now: datetime, zone: ZoneInfo) -> None:
        self._session = session
        self._now = now
        self._zone = zone

    async def open(self, matter_id: UUID, *, actor: Actor) -> MatterCase:
        """Lock a matter (its meeting and its item first, shared) and judge it; NotFoundError where it is not seen."""
        await self.lock(matter_id)
        return await self.case(matter_id, actor=actor)

    async def lock(self, matter_id: UUID) -> None:
        """Lock a matter, after its meeting and its item, so that neither closes meanwhile."""
        found = await self._session.execute(
            select(MatterRow.meeting_id, MatterRow.item_id).where(MatterRow.id == matter_id)
        )
        row = found.first()
        if row is None:
            raise NotFoundError("matter", matter_id)
        for above, key in ((MeetingRow.id, row.meeting_id), (AgendaItemRow.id, row.item_id)):
            await self._session.execute(select(above).where(above == key).with_for_update(read=True, key_share=False))
        await self._session.execute(select(MatterRow.id).where(MatterRow.id == matter_id).with_for_update())

    async def case(self, matter_id: UUID, *, actor: Actor) -> MatterCase:
        """The matter as it stands in this transaction, without locking it."""
        await self._session.flush()
        cases = await matter_cases(self._session, [matter_id], actor=actor, at=self._now, zone=self._zone)
        if matter_id not in cases:
            raise NotFoundError("matter", matter_id)
        return cases[matter_id]

    async def open_question(self, question_id: UUID, *, actor: Actor) -> QuestionCase:
        """Lock the matter of a question and judge the question."""
        found = await self._session.execute(select(QuestionRow.matter_id).where(QuestionRow.id == question_id))
        matter_id = found.scalar_one_or_none()
        if matter_id is None:
            raise NotFoundError("question", question_id)
        await self.lock(matter_id)
        return await self.question(question_id, actor=actor)

    async def question(self, question_id: UUID, *, actor: Actor) -> QuestionCase:
        """A question as it stands in this transaction."""
        await self._session.flush()
        cases = await question_cases(self._session, [question_id], actor=actor, at=self._now, zone=self._zone)
        if question_id not in cases:
            raise NotFoundError("question", question_id)
        return cases[question_id]

    async def open_proposal(self, proposal_id: UUID, *, actor: Actor) -> ProposalCase:
        """Lock the matter of a proposal and judge the proposal."""
        found = await self._session.execute(select(ProposalRow.matter_id).where(ProposalRow.id == proposal_id))
        matter_id = found.scalar_one_or_none()
        if matter_id is None:
            raise NotFoundError("proposal", proposal_id)
        await self.lock(matter_id)
        return await self.proposal(proposal_id, actor=actor)

    async def proposal(self, proposal_id: UUID, *, actor: Actor) -> ProposalCase:
        """A proposal as it stands in this transaction."""
        await self._session.flush()
        cases = await proposal_cases(self._session, [proposal_id], actor=actor, at=self._now, zone=self._zone)
        if proposal_id not in cases:
            raise NotFoundError("proposal", proposal_id)
        return cases[proposal_id]

    async def may_propose(self, matter_id: UUID, member_id: UUID | None) -> bool:
        """Whether a member has the right to propose on the matter now."""
        if member_id is None:
            return False
        actor = Member(member_id)
        cases = await matter_cases(self._session, [matter_id], actor=actor, at=self._now, zone=self._zone)
        return matter_id in cases and Role.PROPOSER in cases[matter_id].roles

    async def treats(self, clause_id: UUID, meeting_id: UUID) -> bool:
        """Whether the meeting has taken an att-sats up as a matter."""
        found = select(exists().where(MatterRow.clause_id == clause_id, MatterRow.meeting_id == meeting_id))
        return bool((await self._session.execute(found)).scalar_one())

    async def chain(self, question_id: UUID) -> Chain | None:
        """The chain that a question between rivals belongs to; None for any other question."""
        await self._session.flush()
        row = await self.row(QuestionRow, question_id)
        chains = await chains_of(self._session, [row.matter_id])
        return next((each for each in chains.values() if question_id in {each.root_id, *each.levels.values()}), None)

    async def row(self, kind: type[T], key: UUID) -> T:
        """A row, to be changed; NotFoundError when there is none."""
        row = await self._session.get(kind, key)
        if row is None:
            raise NotFoundError(kind.__tablename__, key)
        return row

    async def matter(self, matter_id: UUID) -> MatterRow:
        """A matter's own row, to be changed."""
        return await self.row(MatterRow, matter_id)

    async def questions(self, matter_id: UUID) -> Sequence[QuestionRow]:
        """The questions of orders that have not been dropped, as they are put."""
        await self._session.flush()
        statement = (
            select(QuestionRow)
            .join(QuestionOrderRow, QuestionOrderRow.id == QuestionRow.order_id)
            .where(QuestionRow.matter_id == matter_id, QuestionOrderRow.dropped_at.is_(None))
            .order_by(QuestionRow.position, QuestionRow.level)
        )
        return (await self._session.scalars(statement)).all()

    async def proposals(self, matter_id: UUID) -> Sequence[ProposalRow]:
        """The proposals in the order in which they were made."""
        await self._session.flush()
        statement = select(ProposalRow).where(ProposalRow.matter_id == matter_id)
        return (await self._session.scalars(statement.order_by(ProposalRow.recorded_at, ProposalRow.id))).all()

    async def apply(self, step: Step[Any], row: Any) -> None:
        """Write the state that a step led to."""
        row.state = step.dest
        if hasattr(row, "version"):
            row.version += 1
        await self._session.flush()


def ids_of(question: QuestionRow) -> list[UUID]:
    """The proposals that meet in a question, in the order in which they are put."""
    if question.kind is QuestionKind.ORDER:
        return []
    return [UUID(each) for each in json.loads(question.proposals)]
