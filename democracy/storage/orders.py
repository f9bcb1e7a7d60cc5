"""Orders of questions as they are written."""

import json
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from democracy.domain.ids import new_id
from democracy.domain.question_order import Laid
from democracy.storage.tables.matter import QuestionOrderRow, QuestionRow
from workflows.proceedings import QuestionKind
from workflows.question import QuestionState


async def standing(session: AsyncSession, matter_id: UUID) -> Sequence[QuestionOrderRow]:
    """The orders that nobody has given up, the chair's first."""
    await session.flush()
    statement = select(QuestionOrderRow).where(
        QuestionOrderRow.matter_id == matter_id, QuestionOrderRow.dropped_at.is_(None)
    )
    return (
        await session.scalars(statement.order_by(QuestionOrderRow.by_chair.desc(), QuestionOrderRow.proposed_at))
    ).all()


async def drop_all(session: AsyncSession, matter_id: UUID, at: datetime) -> None:
    """Give every order up, with the questions that it laid out."""
    for row in await standing(session, matter_id):
        row.dropped_at = at
    await session.flush()


def question(
    matter_id: UUID, order_id: UUID, kind: QuestionKind, proposals: Sequence[UUID], position: int
) -> QuestionRow:
    """A question that waits to be put."""
    return QuestionRow(
        id=new_id(),
        matter_id=matter_id,
        order_id=order_id,
        kind=kind,
        state=QuestionState.WAITING,
        position=position,
        level=0,
        proposals=json.dumps([each.hex for each in proposals]),
        counted=False,
        confirmed_late=False,
    )


async def lay(session: AsyncSession, matter_id: UUID, order_id: UUID, laid: Sequence[Laid]) -> None:
    """Write the questions of an approved order."""
    session.add_all(
        question(matter_id, order_id, each.kind, each.proposals, position)
        for position, each in enumerate(laid, start=1)
    )
    await session.flush()


async def of_rival(session: AsyncSession, matter_id: UUID) -> Sequence[QuestionRow]:
    """The questions of which order is followed, as the rivals were proposed."""
    await session.flush()
    statement = select(QuestionRow).where(QuestionRow.matter_id == matter_id, QuestionRow.kind == QuestionKind.ORDER)
    return (await session.scalars(statement.order_by(QuestionRow.id))).all()
