"""A question put to the meeting, as the rules see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Row, Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from democracy.domain.actors import Actor
from democracy.storage import statutes
from democracy.storage.chains import Chain, chains_of
from democracy.storage.matter_case import (
    LEFT,
    Place,
    division_going_on,
    matter_visible_to,
    place_columns,
    place_of,
    placed,
)
from democracy.storage.prepared import AT, DAY, IDS, filled_in, local_day, stand_in
from democracy.storage.quorum import Quorum, quorums
from democracy.storage.roles import Columns, found, item_roles, labelled
from democracy.storage.statutes import Connected
from democracy.storage.tables.matter import MatterRow, QuestionRow
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.types import any_of
from workflows.engine import Role
from workflows.proceedings import QuestionKind
from workflows.question import QuestionFacts, QuestionState

_EARLIER = aliased(QuestionRow)


@dataclass(frozen=True)
class QuestionCase(Place):
    """A question with its facts and the roles of one actor."""

    id: UUID
    state: QuestionState
    facts: QuestionFacts
    kind: QuestionKind
    order_id: UUID
    position: int
    level: int
    chain: Chain | None
    """Between rivals: how far naming and voting have come."""


async def question_cases(
    connection: Connected, ids: Sequence[UUID], *, actor: Actor, at: datetime, zone: ZoneInfo
) -> dict[UUID, QuestionCase]:
    """Every question of `ids` that the actor may see, by id."""
    statement, roles = _statement(stand_in(actor), zone)
    rows = (await connection.execute(statement, filled_in(actor, at, zone, ids))).all()
    rivals = {row.matter_id for row in rows if row.kind is QuestionKind.RIVALS}
    chains = await chains_of(connection, sorted(rivals)) if rivals else {}
    present = await _quorums(connection, rows, local_day(at, zone))
    by_question = {id_: chain for chain in chains.values() for id_ in (chain.root_id, *chain.levels.values())}
    return {
        row.id: _case(row, found(row, roles, actor), by_question.get(row.id), present.get(row.meeting_id, Quorum()))
        for row in rows
    }


async def _quorums(connection: Connected, rows: Sequence[Row[Any]], day: date) -> dict[UUID, Quorum]:
    """How many are there, for those on which the gavel may fall."""
    meetings = {row.meeting_id: row for row in rows if row.state is QuestionState.NAMED}
    if not meetings:
        return {}
    rules = await statutes.by_digest(connection, *{row.statutes_digest for row in meetings.values()})
    known = {key: (row.meeting_kind, rules[row.statutes_digest]) for key, row in meetings.items()}
    return await quorums(connection, known, day)


@cache
def _statement(actor: Actor, zone: ZoneInfo) -> tuple[Select[Any], Columns]:
    roles = item_roles(actor, DAY)
    waiting = [state for state in LEFT if state is not QuestionState.DIVIDING]
    earlier = (
        select(func.count())
        .select_from(_EARLIER)
        .where(
            _EARLIER.order_id == QuestionRow.order_id,
            or_(
                and_(_EARLIER.position < QuestionRow.position, _EARLIER.state.in_(LEFT)),
                and_(
                    _EARLIER.position == QuestionRow.position,
                    _EARLIER.level < QuestionRow.level,
                    _EARLIER.state.in_(waiting),
                ),
            ),
        )
        .correlate(QuestionRow)
        .scalar_subquery()
    )
    statement = placed(
        select(
            QuestionRow.id, QuestionRow.state, QuestionRow.kind, QuestionRow.order_id, QuestionRow.position,
            QuestionRow.level, QuestionRow.counted, MeetingRow.kind.label("meeting_kind"),
            earlier.label("earlier_left"),
            division_going_on().label("division_open"), *place_columns(), *labelled(roles),
        )
        .join(MatterRow, MatterRow.id == QuestionRow.matter_id)
    ).where(any_of(QuestionRow.id, IDS), matter_visible_to(actor, AT, zone))  # fmt: skip
    return cast("Select[Any]", statement), roles


def _case(row: Row[Any], roles: frozenset[Role], chain: Chain | None, quorum: Quorum) -> QuestionCase:
    facts = QuestionFacts(
        meeting_sits=bool(row.meeting_sits),
        item_open=bool(row.item_open),
        earlier_left=row.earlier_left,
        counted=bool(row.counted),
        division_open=bool(row.division_open),
        present=quorum.present,
        present_needed=quorum.needed,
        quorum_binds=quorum.binds,
        **_votes(chain, divided=row.state is QuestionState.DIVIDING),
    )
    return QuestionCase(
        **place_of(row, roles), id=row.id, state=row.state, facts=facts, kind=row.kind, order_id=row.order_id,
        position=row.position, level=row.level, chain=chain,
    )  # fmt: skip


def _votes(chain: Chain | None, *, divided: bool) -> dict[str, Any]:
    """What the chain says of the votes; a question without rivals has one."""
    if chain is None:
        return {"votes_left": 1 if divided else 0}
    pending = chain.pending
    return {
        "named_last": pending.name is None,
        "votes": pending.votes,
        "votes_left": pending.left if pending.vote is not None or pending.name is None else 1,
        "voting_approved": chain.approved,
    }
