"""What belongs to member ballots, for many at once. The caller has seen the ballots: these ask no more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from democracy.domain.kinds import Channel
from democracy.storage.reads.reader import views
from democracy.storage.tables.ballot import (
    BallotObjectionRow,
    BallotOptionRow,
    BallotQuestionRow,
    BallotSideRow,
    BallotSupportRow,
    ElectorCorrectionRow,
    MemberBallotRow,
    PostalVoteRow,
)
from democracy.storage.tables.unit import UnitRow
from democracy.storage.tables.urn import SealedBallotRow, UrnRow
from democracy.storage.types import any_of
from workflows.ballot_kinds import CorrectionKind, ObjectionFinding, QuestionForm
from workflows.urn import UrnState


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question."""

    id: UUID
    ballot_id: UUID
    number: int
    form: QuestionForm
    text: str
    most: int | None


@dataclass(frozen=True, slots=True)
class OptionView:
    """An alternative."""

    question_id: UUID
    code: str
    text: str


@dataclass(frozen=True, slots=True)
class SideView:
    """What a side says."""

    ballot_id: UUID
    name: str
    author: str | None
    text: str | None
    passed_at: datetime | None


@dataclass(frozen=True, slots=True)
class SupportView:
    """A branch behind a demand."""

    ballot_id: UUID
    unit_id: UUID
    unit_name: str
    decision: str
    decided_on: date
    members: int
    at: datetime
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """A correction of the electorate. Whom it is about is read by those who keep the roll only."""

    id: UUID
    ballot_id: UUID
    member_id: UUID
    kind: CorrectionKind
    reason: str
    proposed_at: datetime
    in_force_at: datetime | None


@dataclass(frozen=True, slots=True)
class ObjectionView:
    """An objection and its answer."""

    id: UUID
    ballot_id: UUID
    member_id: UUID
    text: str
    received_at: datetime
    recorded_at: datetime
    channel: Channel
    finding: ObjectionFinding | None
    answer: str | None
    answered_by: str | None
    answered_at: datetime | None


async def questions(connection: AsyncConnection, ids: Sequence[UUID]) -> list[QuestionView]:
    """The questions of some ballots."""
    row = BallotQuestionRow
    statement = select(row.id, row.ballot_id, row.number, row.form, row.text, row.most)
    ordered = statement.where(any_of(row.ballot_id, ids)).order_by(row.ballot_id, row.number)
    return views(QuestionView, await connection.execute(ordered))


async def options(connection: AsyncConnection, ids: Sequence[UUID]) -> list[OptionView]:
    """The alternatives of some questions."""
    row = BallotOptionRow
    statement = select(row.question_id, row.code, row.text).where(any_of(row.question_id, ids))
    return views(OptionView, await connection.execute(statement.order_by(row.question_id, row.position)))


async def sides(connection: AsyncConnection, ids: Sequence[UUID]) -> list[SideView]:
    """The sides of some ballots."""
    row = BallotSideRow
    statement = select(row.ballot_id, row.name, row.author, row.text, row.passed_at)
    ordered = statement.where(any_of(row.ballot_id, ids)).order_by(row.ballot_id, row.position)
    return views(SideView, await connection.execute(ordered))


async def supports(connection: AsyncConnection, ids: Sequence[UUID]) -> list[SupportView]:
    """The branches behind some demands, the first to support first."""
    row = BallotSupportRow
    statement: Any = select(
        row.ballot_id, row.unit_id, UnitRow.name, row.decision, row.decided_on, row.members, row.at, row.withdrawn_at
    ).join(UnitRow, UnitRow.id == row.unit_id)
    ordered = statement.where(any_of(row.ballot_id, ids)).order_by(row.ballot_id, row.at, row.id)
    return views(SupportView, await connection.execute(ordered))


async def corrections(connection: AsyncConnection, ids: Sequence[UUID]) -> list[CorrectionView]:
    """Corrections of some electorates in the order in which they were proposed."""
    row = ElectorCorrectionRow
    ordered = _corrections().where(any_of(row.ballot_id, ids)).order_by(row.ballot_id, row.proposed_at, row.id)
    return views(CorrectionView, await connection.execute(ordered))


async def correction(connection: AsyncConnection, correction_id: UUID) -> CorrectionView:
    """One correction, which whoever asks has just written."""
    found = await connection.execute(_corrections().where(ElectorCorrectionRow.id == correction_id))
    return views(CorrectionView, found)[0]


def _corrections() -> Select[Any]:
    row = ElectorCorrectionRow
    columns = (row.id, row.ballot_id, row.member_id, row.kind, row.reason, row.proposed_at, row.in_force_at)
    return cast("Select[Any]", select(*columns))


async def objections(connection: AsyncConnection, ids: Sequence[UUID]) -> list[ObjectionView]:
    """Objections against some ballots."""
    row = BallotObjectionRow
    statement = select(
        row.id,
        row.ballot_id,
        row.member_id,
        row.text,
        row.received_at,
        row.recorded_at,
        row.channel,
        row.finding,
        row.answer,
        row.answered_by,
        row.answered_at,
    ).where(any_of(row.ballot_id, ids))
    return views(ObjectionView, await connection.execute(statement.order_by(row.ballot_id, row.received_at, row.id)))


@dataclass(frozen=True, slots=True)
class TakenPart:
    """How many have taken part in a ballot."""

    ballot_id: UUID
    electors: int
    digital: int
    by_post: int


async def taken_part(connection: AsyncConnection, ids: Sequence[UUID]) -> list[TakenPart]:
    """The totals of some ballots: those of their urns, without rehearsals and urns that were given up."""
    ballot, envelope = MemberBallotRow, PostalVoteRow
    voted = (
        select(func.count(func.distinct(SealedBallotRow.slot)))
        .join(UrnRow, UrnRow.id == SealedBallotRow.urn_id)
        .where(UrnRow.ballot_id == ballot.id, UrnRow.rehearsal.is_(False), UrnRow.state != UrnState.SPOILT)
    )
    posted = select(func.count()).where(envelope.ballot_id == ballot.id, envelope.set_aside.is_(False))
    statement: Any = select(
        ballot.id,
        func.coalesce(ballot.electorate_size, 0),
        voted.correlate(ballot).scalar_subquery(),
        posted.correlate(ballot).scalar_subquery(),
    ).where(any_of(ballot.id, ids))
    return views(TakenPart, await connection.execute(statement))
