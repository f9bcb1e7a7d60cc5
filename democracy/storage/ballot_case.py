"""A member ballot as the rules see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, literal, or_, select

from democracy.domain.actors import Actor, Member, Staff
from democracy.domain.kinds import BodyKind, MandateRole
from democracy.storage.ballot_visibility import ballot_visible_to, is_elector
from democracy.storage.in_force import OFFICERS, employed_above, holds, holds_in, mandate_in_force
from democracy.storage.prepared import AT, DAY, IDS, filled_in, stand_in
from democracy.storage.roles import Columns, found, labelled
from democracy.storage.statutes import Connected
from democracy.storage.tables.ballot import (
    BallotObjectionRow,
    BallotOptionRow,
    BallotQuestionRow,
    BallotSideRow,
    BallotSupportRow,
    ElectorRow,
    MemberBallotRow,
    PaperCountRow,
    PostalVoteRow,
)
from democracy.storage.tables.member import MandateRow
from democracy.storage.tables.unit import BodyRow, UnitAncestorRow
from democracy.storage.tables.urn import LogLeafRow, UrnRow
from democracy.storage.types import any_of
from workflows.ballot_kinds import ObjectionFinding, QuestionForm
from workflows.engine import Role
from workflows.member_ballot import MemberBallotFacts, MemberBallotState
from workflows.statutes.parameters.ballots import Effect
from workflows.urn import UrnState

_B = MemberBallotRow
TELLERS = 2
"""Papers are counted by so many people, each by themselves."""
BETWEEN_REMINDERS = timedelta(hours=20)
"""Nobody is reminded more than once a day."""


HANDED_OVER = (UrnState.MIXING, UrnState.MIXED, UrnState.OPENED, UrnState.COUNTED, UrnState.FINAL)
"""The first list has left: it cannot be made again."""


@dataclass(frozen=True)
class BallotCase:
    """A member ballot with its facts and the roles of one actor."""

    id: UUID
    state: MemberBallotState
    version: int
    facts: MemberBallotFacts
    roles: frozenset[Role]
    statutes: str
    unit_id: UUID
    body_id: UUID


async def ballot_cases(
    connection: Connected, ids: Sequence[UUID], *, actor: Actor, at: datetime, zone: ZoneInfo
) -> dict[UUID, BallotCase]:
    """Every ballot of `ids` that the actor may see, by id."""
    statement, roles = _statement(stand_in(actor), zone)
    rows = (await connection.execute(statement, filled_in(actor, at, zone, ids))).all()
    return {
        row.id: BallotCase(
            row.id, row.state, row.version, _facts(row), found(row, roles, actor),
            row.statutes_digest, row.unit_id, row.body_id,
        )
        for row in rows
    }  # fmt: skip


def _facts(row: Any) -> MemberBallotFacts:
    return MemberBallotFacts(
        body_may_order=row.may_order,
        majority_possible=row.majority_possible or not row.agreement,
        demand_possible=row.support_needed is not None,
        supported=row.supported,
        support_needed=row.support_needed or 0,
        questions=row.questions,
        questions_incomplete=row.questions_incomplete,
        sides_without_information=row.sides_without,
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        shortest=row.earliest_close_at,
        embargo_until=row.embargo_until,
        electorate_fixed=row.electorate_digest is not None,
        electors=row.electorate_size or 0,
        digest_published=row.announced_at is not None,
        is_elector=row.is_elector,
        slot_void=row.voted_by_post,
        objections_until=row.objections_until,
        objections_open=row.objections_open,
        urn_ready=row.urn_ready,
        urn_opened=row.urn_counted,
        objections_annulling=row.annulling,
        lists_made=row.lists_made,
        next_reminder=row.reminded_at and row.reminded_at + BETWEEN_REMINDERS,
        envelopes=row.envelopes,
        paper_counted=row.envelopes == 0 or row.paper_counts >= TELLERS,
        papers_agree=row.paper_kinds <= 1,
        holders_silent=max(row.holders_silent, 0),
        advisory=row.effect is Effect.ADVISORY,
        body_decided=row.outcome is not None,
    )


@cache
def _statement(actor: Actor, zone: ZoneInfo) -> tuple[Select[Any], Columns]:
    roles = ballot_roles(actor, DAY)
    statement = select(
        _B.id, _B.state, _B.version, _B.statutes_digest, _B.unit_id, _B.body_id, _B.may_order, _B.majority_possible,
        _B.agreement, _B.support_needed, _B.opens_at, _B.closes_at, _B.earliest_close_at, _B.embargo_until,
        _B.electorate_digest, _B.electorate_size, _B.announced_at, _B.objections_until, _B.effect, _B.outcome,
        _B.reminded_at,
        _supported().label("supported"),
        _count(BallotQuestionRow).label("questions"),
        _incomplete().label("questions_incomplete"),
        _count(BallotSideRow, BallotSideRow.text.is_(None), BallotSideRow.passed_at.is_(None)).label("sides_without"),
        _count(BallotObjectionRow, BallotObjectionRow.answered_at.is_(None)).label("objections_open"),
        _count(PostalVoteRow, PostalVoteRow.set_aside.is_(False)).label("envelopes"),
        _count(PaperCountRow).label("paper_counts"),
        _kinds_of_papers().label("paper_kinds"),
        _count(BallotObjectionRow, BallotObjectionRow.finding == ObjectionFinding.ANNULLING).label("annulling"),
        _urn(UrnState.READY).label("urn_ready"),
        _urn(UrnState.COUNTED, UrnState.FINAL).label("urn_counted"),
        _urn(*HANDED_OVER).label("lists_made"),
        _silent().label("holders_silent"),
        _own(actor, ElectorRow).label("is_elector"),
        _own(actor, PostalVoteRow, PostalVoteRow.set_aside.is_(False)).label("voted_by_post"),
        *labelled(roles),
    ).where(any_of(_B.id, IDS), ballot_visible_to(actor, AT, zone))  # fmt: skip
    return cast("Select[Any]", statement), roles


def ballot_roles(actor: Actor, day: Any) -> Columns:
    """One boolean column for each role that the actor may have in a ballot."""
    if isinstance(actor, Staff):
        return {Role.STAFF: employed_above(actor.id, _B.unit_id, day)}
    if not isinstance(actor, Member):
        return {}
    return {
        Role.SECRETARY: or_(
            holds(actor.id, _B.body_id, day, MandateRole.SECRETARY),
            holds_in(actor.id, _B.unit_id, BodyKind.BOARD, day, MandateRole.SECRETARY),
        ),
        Role.BOARD: holds_in(actor.id, _B.unit_id, BodyKind.BOARD, day),
        Role.SCRUTINEER: holds_in(actor.id, _B.unit_id, BodyKind.AUDITORS, day),
        Role.BRANCH_OFFICER: leads_below(actor.id, day),
    }


def leads_below(member_id: UUID, day: Any) -> ColumnElement[bool]:
    """The member is chair or secretary of the board of a unit below the ballot's."""
    return exists(
        select(1)
        .select_from(MandateRow)
        .join(BodyRow, and_(BodyRow.id == MandateRow.body_id, BodyRow.kind == BodyKind.BOARD))
        .join(UnitAncestorRow, UnitAncestorRow.unit_id == BodyRow.unit_id)
        .where(
            MandateRow.member_id == member_id,
            MandateRow.role.in_(OFFICERS),
            mandate_in_force(MandateRow, day),
            UnitAncestorRow.ancestor_id == _B.unit_id,
            UnitAncestorRow.distance > 0,
        )
    )


def _count(table: Any, *conditions: Any) -> Any:
    counted = select(func.count()).select_from(table).where(table.ballot_id == _B.id, *conditions)
    return counted.correlate(_B).scalar_subquery()


def _kinds_of_papers() -> Any:
    """How many different results the tellers have come to."""
    row = PaperCountRow
    kinds = select(func.count(func.distinct(row.ballots))).where(row.ballot_id == _B.id)
    return kinds.correlate(_B).scalar_subquery()


def _supported() -> Any:
    support = BallotSupportRow
    total = select(func.coalesce(func.sum(support.members), 0))
    return total.where(support.ballot_id == _B.id, support.withdrawn_at.is_(None)).correlate(_B).scalar_subquery()


def _incomplete() -> Any:
    """Questions without words, or with fewer than two alternatives."""
    option, question = BallotOptionRow, BallotQuestionRow
    options = select(func.count()).select_from(option).where(option.question_id == question.id)
    few = and_(question.form != QuestionForm.TEXT, options.correlate(question).scalar_subquery() < TELLERS)
    return _count(question, or_(question.text == "", few))


def _urn(*states: UrnState) -> ColumnElement[bool]:
    """The ballot's urn, not a rehearsal, has come so far."""
    return exists(select(1).where(UrnRow.ballot_id == _B.id, UrnRow.rehearsal.is_(False), UrnRow.state.in_(states)))


def _silent() -> ColumnElement[int]:
    """Lists that key holders have handed in, less their statements: asked for only when it is the next thing to do."""
    leaf = LogLeafRow
    balance = case((leaf.kind == "mix", 1), else_=-1)
    found = (
        select(func.coalesce(func.sum(balance), 0))
        .join(UrnRow, UrnRow.id == leaf.urn_id)
        .where(UrnRow.ballot_id == _B.id, UrnRow.state == UrnState.COUNTED, UrnRow.rehearsal.is_(False))
        .where(leaf.kind.in_(("mix", "destroyed")))
    )
    return case((_B.state == MemberBallotState.PUBLISHED, found.correlate(_B).scalar_subquery()), else_=0)


def _own(actor: Actor, table: Any, *conditions: Any) -> ColumnElement[bool]:
    if not isinstance(actor, Member):
        return literal(value=False)
    if table is ElectorRow:
        return is_elector(actor.id)
    return exists(select(1).where(table.ballot_id == _B.id, table.member_id == actor.id, *conditions))
