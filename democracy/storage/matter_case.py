"""A matter, its proposals and its questions as the rules see them: the same when writing and when reading."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Row, Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from democracy.domain.actors import Actor
from democracy.storage.prepared import AT, DAY, IDS, filled_in, stand_in
from democracy.storage.roles import Columns, found, item_roles, labelled
from democracy.storage.statutes import Connected
from democracy.storage.tables.agenda import AgendaItemRow
from democracy.storage.tables.division import DivisionRow
from democracy.storage.tables.matter import MatterRow, ProposalRow, QuestionOrderRow, QuestionRow
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.types import any_of
from democracy.storage.visibility import meeting_visible_to
from workflows.division import DivisionState
from workflows.engine import Role
from workflows.item import ItemState
from workflows.matter import MatterFacts, MatterState
from workflows.meeting import MeetingState
from workflows.proceedings import ItemKind, MatterKind, QuestionKind
from workflows.proposal import ProposalState
from workflows.question import QuestionState

LEFT = (QuestionState.WAITING, QuestionState.PUT, QuestionState.NAMED, QuestionState.DIVIDING)
"""States of a question that is not decided."""
_TOUCHED = (QuestionState.NAMED, QuestionState.DIVIDING, QuestionState.DECIDED)
GOING_ON = (DivisionState.OPEN, DivisionState.CLOSED)
"""States of a division that has been opened and not announced."""

_BLOCK = aliased(AgendaItemRow)


@dataclass(frozen=True)
class Place:
    """Where in a meeting something is decided, and what the actor is there."""

    meeting_id: UUID
    item_id: UUID
    matter_id: UUID
    statutes: str
    """Digest of the set that it is tried by."""
    roles: frozenset[Role]


@dataclass(frozen=True)
class MatterCase(Place):
    """A matter with its facts and the roles of one actor."""

    id: UUID
    state: MatterState
    version: int
    facts: MatterFacts
    kind: MatterKind
    item_kind: ItemKind
    item_number: int | None
    motion_id: UUID | None
    clause_id: UUID | None
    passage_id: UUID | None
    board_id: UUID


async def matter_cases(
    connection: Connected, ids: Sequence[UUID], *, actor: Actor, at: datetime, zone: ZoneInfo
) -> dict[UUID, MatterCase]:
    """Every matter of `ids` that the actor may see, by id."""
    statement, roles = _statement(stand_in(actor), zone)
    rows = (await connection.execute(statement, filled_in(actor, at, zone, ids))).all()
    return {row.id: _case(row, found(row, roles, actor)) for row in rows}


@cache
def _statement(actor: Actor, zone: ZoneInfo) -> tuple[Select[Any], Columns]:
    roles = item_roles(actor, DAY)
    statement = placed(
        select(
            MatterRow.id, MatterRow.state, MatterRow.version, MatterRow.kind, MatterRow.clause_id,
            MatterRow.passage_id, AgendaItemRow.kind.label("item_kind"), AgendaItemRow.number.label("item_number"),
            AgendaItemRow.motion_id, MeetingRow.board_id, *place_columns(), *_counts(), *labelled(roles),
        )
        .where(any_of(MatterRow.id, IDS), matter_visible_to(actor, AT, zone))
    )  # fmt: skip
    return cast("Select[Any]", statement), roles


def matter_visible_to(actor: Actor, at: datetime, zone: ZoneInfo) -> ColumnElement[bool]:
    """Whoever sees the meeting, once it has been opened: what it decides is taken up then."""
    return and_(meeting_visible_to(actor, at, zone), MeetingRow.opened_at.is_not(None))


def place_columns() -> list[ColumnElement[Any]]:
    """Where it is, whether the meeting sits and whether the item is open. For `placed` statements."""
    return [
        MatterRow.id.label("matter_id"),
        MeetingRow.id.label("meeting_id"),
        MeetingRow.statutes_digest.label("statutes_digest"),
        AgendaItemRow.id.label("item_id"),
        (MeetingRow.state == MeetingState.OPENED).label("meeting_sits"),
        or_(AgendaItemRow.state == ItemState.OPEN, and_(_in_block(), _BLOCK.state == ItemState.OPEN)).label(
            "item_open"
        ),
        _in_block().label("in_block"),
    ]


def placed(statement: Any) -> Any:
    """With the item, the block that it may belong to, and the meeting of a matter that is in the statement."""
    return (
        statement.join(AgendaItemRow, AgendaItemRow.id == MatterRow.item_id)
        .join(MeetingRow, MeetingRow.id == MatterRow.meeting_id)
        .outerjoin(_BLOCK, _BLOCK.id == AgendaItemRow.parent_id)
    )


def _in_block() -> ColumnElement[bool]:
    return func.coalesce(_BLOCK.kind == ItemKind.MOTION_BLOCK, False)


def _counts() -> list[ColumnElement[Any]]:
    stands = ProposalRow.state == ProposalState.MADE
    from_start = or_(ProposalRow.from_board, ProposalRow.of_motion)
    order = and_(QuestionOrderRow.matter_id == MatterRow.id, QuestionOrderRow.dropped_at.is_(None))
    columns: dict[str, ColumnElement[Any]] = {
        "standing": _number(ProposalRow, stands),
        "reconciling": _number(ProposalRow, ProposalRow.state == ProposalState.DRAFTED),
        "contested": _number(ProposalRow, stands, ~from_start),
        "questions_put": _questions(_TOUCHED),
        "questions_left": _questions(LEFT),
        "orders": _number(QuestionOrderRow, QuestionOrderRow.dropped_at.is_(None)),
        "recommended": exists().where(
            ProposalRow.matter_id == MatterRow.id, stands, ProposalRow.from_board
        ),
        "chair_order": exists().where(order, QuestionOrderRow.by_chair),
    }  # fmt: skip
    return [column.label(name) for name, column in columns.items()]


def _questions(states: Sequence[QuestionState]) -> ColumnElement[int]:
    """Questions of the approved order in some states; not those of which order is followed."""
    counted = (
        select(func.count())
        .select_from(QuestionRow)
        .join(QuestionOrderRow, QuestionOrderRow.id == QuestionRow.order_id)
        .where(
            QuestionRow.matter_id == MatterRow.id,
            QuestionRow.kind != QuestionKind.ORDER,
            QuestionRow.state.in_(states),
            QuestionOrderRow.dropped_at.is_(None),
        )
    )
    return counted.correlate(MatterRow).scalar_subquery()


def _number(table: Any, *which: Any) -> ColumnElement[int]:
    counted = select(func.count()).select_from(table).where(table.matter_id == MatterRow.id, *which)
    return counted.correlate(MatterRow).scalar_subquery()


def division_going_on() -> ColumnElement[bool]:
    """A division on the matter in the statement is open, or waits to be announced."""
    return exists().where(DivisionRow.matter_id == MatterRow.id, DivisionRow.state.in_(GOING_ON))


def place_of(row: Row[Any], roles: frozenset[Role]) -> dict[str, Any]:
    """What `place_columns` found, for the case's own constructor."""
    return {
        "meeting_id": row.meeting_id,
        "item_id": row.item_id,
        "matter_id": row.matter_id,
        "statutes": row.statutes_digest,
        "roles": roles,
    }


def _case(row: Row[Any], roles: frozenset[Role]) -> MatterCase:
    facts = MatterFacts(
        meeting_sits=bool(row.meeting_sits),
        item_open=bool(row.item_open),
        standing=row.standing,
        reconciling=row.reconciling,
        chair_order=bool(row.chair_order),
        orders=row.orders,
        questions_put=row.questions_put,
        questions_left=row.questions_left,
        in_block=bool(row.in_block),
        recommended=bool(row.recommended),
        contested=row.contested,
    )
    return MatterCase(
        **place_of(row, roles), id=row.id, state=row.state, version=row.version, facts=facts, kind=row.kind,
        item_kind=row.item_kind, item_number=row.item_number, motion_id=row.motion_id, clause_id=row.clause_id,
        passage_id=row.passage_id, board_id=row.board_id,
    )  # fmt: skip
