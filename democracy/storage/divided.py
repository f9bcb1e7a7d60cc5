"""What divisions have come to on a question or a matter."""

from uuid import UUID

from sqlalchemy import exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from democracy.domain.kinds import Outcome
from democracy.storage.tables.division import DivisionRow
from democracy.storage.tables.matter import MatterDecisionRow, MatterRow
from democracy.storage.tables.motion import ClauseRow
from workflows.division import DivisionState
from workflows.proceedings import Choice

MINORITY = "minority"
DEFERRED = "deferred"


async def answered(session: AsyncSession, question_id: UUID) -> Choice | None:
    """What the last announced division on a question without rivals answers: equal figures carry nothing."""
    statement = (
        select(DivisionRow.winner)
        .where(DivisionRow.question_id == question_id, DivisionRow.state == DivisionState.ANNOUNCED)
        .where(DivisionRow.trial.is_(False))
        .order_by(DivisionRow.number.desc())
        .limit(1)
    )
    found = (await session.execute(statement)).first()
    return None if found is None else found.winner or Choice.NO


async def by_minority(session: AsyncSession, question_id: UUID) -> bool:
    """Whether the right of the few settled a question."""
    settled = exists().where(
        DivisionRow.question_id == question_id,
        DivisionRow.state == DivisionState.ANNOUNCED,
        DivisionRow.settled_by == MINORITY,
    )
    return bool((await session.execute(select(settled))).scalar_one())


async def sent_back_before(session: AsyncSession, matter_id: UUID) -> bool:
    """Whether the right of the few has been used on this matter, or on the att-sats that it comes from."""
    return await _before(session, matter_id, MatterDecisionRow.by_minority)


async def deferred_before(session: AsyncSession, matter_id: UUID) -> bool:
    """Whether equal figures have deferred the matter, or the att-sats that it comes from."""
    tied = exists().where(DivisionRow.matter_id == MatterDecisionRow.matter_id, DivisionRow.settled_by == DEFERRED)
    return await _before(session, matter_id, MatterDecisionRow.outcome == Outcome.DEFER, tied)


async def _before(session: AsyncSession, matter_id: UUID, *which: object) -> bool:
    own, earlier, clause = aliased(MatterRow), aliased(MatterRow), aliased(ClauseRow)
    origin = select(clause.origin_id).join(own, own.clause_id == clause.id).where(own.id == matter_id).scalar_subquery()
    same = select(earlier.id).where(or_(earlier.id == matter_id, earlier.clause_id == origin))
    found = exists().where(MatterDecisionRow.matter_id.in_(same), *which)  # type: ignore[arg-type]
    return bool((await session.execute(select(found))).scalar_one())
