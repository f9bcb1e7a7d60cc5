"""Member ballots as they are written."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select

from democracy.domain.actors import Actor
from democracy.errors import NotFoundError
from democracy.storage.ballot_case import BallotCase, ballot_cases
from democracy.storage.statutes import Connected
from democracy.storage.tables.ballot import (
    BallotObjectionRow,
    BallotOptionRow,
    BallotQuestionRow,
    BallotSideRow,
    BallotSupportRow,
    ElectorCorrectionRow,
    MemberBallotRow,
)
from democracy.storage.tables.urn import UrnRow
from democracy.storage.unit_of_work import Unit
from workflows.ballot_kinds import QuestionForm
from workflows.engine import Step
from workflows.member_ballot import MEMBER_BALLOT, MemberBallotState


async def opened(unit: Unit, ballot_id: UUID, *, actor: Actor) -> BallotCase:
    """Lock a ballot and judge it; NotFoundError when there is none that the actor may see."""
    await unit.session.execute(select(MemberBallotRow.id).where(MemberBallotRow.id == ballot_id).with_for_update())
    return await case(unit, ballot_id, actor=actor)


async def case(unit: Unit, ballot_id: UUID, *, actor: Actor) -> BallotCase:
    """The ballot as it stands in this transaction, without locking it."""
    await unit.session.flush()
    cases = await ballot_cases(unit.session, [ballot_id], actor=actor, at=unit.now, zone=unit.zone)
    if ballot_id not in cases:
        raise NotFoundError("member_ballot", ballot_id)
    return cases[ballot_id]


async def row(unit: Unit, ballot_id: UUID) -> MemberBallotRow:
    """The row itself, to be changed. Read after the lock, whatever this unit has seen of it before."""
    found = await unit.session.get(MemberBallotRow, ballot_id, populate_existing=True)
    if found is None:
        raise NotFoundError("member_ballot", ballot_id)
    return found


async def apply(unit: Unit, step: Step[Any], ballot_id: UUID) -> None:
    """Write the state that a step led to."""
    await unit.session.flush()
    changed = await row(unit, ballot_id)
    changed.state = step.dest
    changed.version += 1
    await unit.session.flush()


async def replace_questions(
    unit: Unit, ballot_id: UUID, questions: Sequence[tuple[BallotQuestionRow, Sequence[BallotOptionRow]]]
) -> None:
    """Let these questions stand instead of those there are."""
    earlier = select(BallotQuestionRow.id).where(BallotQuestionRow.ballot_id == ballot_id)
    await unit.session.execute(delete(BallotOptionRow).where(BallotOptionRow.question_id.in_(earlier)))
    await unit.session.execute(delete(BallotQuestionRow).where(BallotQuestionRow.ballot_id == ballot_id))
    unit.session.add_all([question for question, _ in questions])
    await unit.session.flush()
    unit.session.add_all([option for _, options in questions for option in options])
    await unit.session.flush()


async def questions_with_options(
    unit: Unit, ballot_id: UUID
) -> list[tuple[int, QuestionForm, str, int | None, list[str]]]:
    """Number, form, text, limit and the alternatives' codes of each question, in order."""
    question, option = BallotQuestionRow, BallotOptionRow
    asked = await unit.session.scalars(
        select(question).where(question.ballot_id == ballot_id).order_by(question.number)
    )
    found = []
    for each in asked.all():
        codes = await unit.session.scalars(
            select(option.code).where(option.question_id == each.id).order_by(option.position)
        )
        found.append((each.number, each.form, each.text, each.most, list(codes)))
    return found


async def sides(unit: Unit, ballot_id: UUID) -> list[BallotSideRow]:
    """The sides of a ballot in their order."""
    statement = select(BallotSideRow).where(BallotSideRow.ballot_id == ballot_id).order_by(BallotSideRow.position)
    return list(await unit.session.scalars(statement))


async def support_of(unit: Unit, ballot_id: UUID, branch_id: UUID) -> BallotSupportRow | None:
    """The support that a branch gives now."""
    statement = select(BallotSupportRow).where(
        BallotSupportRow.ballot_id == ballot_id,
        BallotSupportRow.unit_id == branch_id,
        BallotSupportRow.withdrawn_at.is_(None),
    )
    return (await unit.session.scalars(statement)).one_or_none()


async def correction(unit: Unit, correction_id: UUID) -> ElectorCorrectionRow:
    """A correction of an electorate, locked; NotFoundError when there is none."""
    statement = select(ElectorCorrectionRow).where(ElectorCorrectionRow.id == correction_id).with_for_update()
    found = (await unit.session.scalars(statement.execution_options(populate_existing=True))).one_or_none()
    if found is None:
        raise NotFoundError("elector_correction", correction_id)
    return found


async def objection(unit: Unit, objection_id: UUID) -> BallotObjectionRow:
    """An objection, locked; NotFoundError when there is none."""
    statement = select(BallotObjectionRow).where(BallotObjectionRow.id == objection_id).with_for_update()
    found = (await unit.session.scalars(statement.execution_options(populate_existing=True))).one_or_none()
    if found is None:
        raise NotFoundError("ballot_objection", objection_id)
    return found


async def objections(unit: Unit, ballot_id: UUID) -> list[UUID]:
    """The objections against a ballot, the first first."""
    row = BallotObjectionRow
    statement = select(row.id).where(row.ballot_id == ballot_id).order_by(row.received_at, row.id)
    return list(await unit.session.scalars(statement))


async def open_ones(connection: Connected) -> list[tuple[UUID, str, datetime | None, datetime | None]]:
    """(ballot, statutes, when it closes, when people last heard of it) of every ballot that is open."""
    row = MemberBallotRow
    heard = func.coalesce(row.reminded_at, row.opened_at)
    statement = select(row.id, row.statutes_digest, row.closes_at, heard)
    found = await connection.execute(statement.where(row.state == MemberBallotState.OPEN))
    return [(ballot, digest, closes, last) for ballot, digest, closes, last in found]


async def urns_that_are_over(connection: Connected) -> list[UUID]:
    """The urns whose keys nobody needs any more: those of ballots that are final or were annulled or cancelled."""
    row, ballot = UrnRow, MemberBallotRow
    statement = (
        select(row.id).join(ballot, ballot.id == row.ballot_id).where(ballot.state.in_(tuple(MEMBER_BALLOT.final)))
    )
    return list((await connection.execute(statement)).scalars())


async def due(connection: Connected, at: datetime) -> tuple[list[UUID], list[UUID]]:
    """The ballots that are to open, and those that are to close."""
    row, state = MemberBallotRow, MemberBallotState
    opening = select(row.id).where(row.state == state.ANNOUNCED, row.opens_at <= at)
    closing = select(row.id).where(row.state == state.OPEN, row.closes_at <= at)
    return (
        list((await connection.execute(opening)).scalars()),
        list((await connection.execute(closing)).scalars()),
    )
