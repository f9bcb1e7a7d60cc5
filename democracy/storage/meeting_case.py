"""A meeting as the rules see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Row, Select, and_, exists, func, select

from democracy.domain.actors import Actor
from democracy.domain.kinds import MeetingKind
from democracy.storage.parts import part_columns
from democracy.storage.prepared import AT, DAY, IDS, filled_in, local_day, stand_in
from democracy.storage.roles import Columns, found, labelled, meeting_roles
from democracy.storage.statutes import Connected
from democracy.storage.tables.agenda import AgendaItemRow
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.motion import ClauseRow, DecisionRow, MotionRow
from democracy.storage.tables.roll import RollRow
from democracy.storage.types import any_of
from democracy.storage.unfinished import divisions_open, elections_left, gavels_missing, open_number, undecided_in
from democracy.storage.visibility import meeting_visible_to
from democracy.storage.waivers import waived_column, waived_of
from workflows.engine import Role
from workflows.item import ItemState
from workflows.meeting import MeetingFacts, MeetingState
from workflows.motion import MotionState

UNTREATED = (MotionState.SUBMITTED, MotionState.RETURNED, MotionState.ADMITTED, MotionState.PREPARED)
STANDING = (*UNTREATED, MotionState.NOT_ADMISSIBLE, MotionState.SCHEDULED)
"""Come in, and not ended. None can be decided before the meeting is open, and an open meeting is not cancelled."""


@dataclass(frozen=True)
class MeetingCase:
    """A meeting with its facts and the roles of one actor."""

    id: UUID
    state: MeetingState
    version: int
    facts: MeetingFacts
    roles: frozenset[Role]
    statutes: str
    kind: MeetingKind
    unit_id: UUID
    body_id: UUID
    board_id: UUID
    waived: frozenset[str] = frozenset()


async def meeting_cases(
    connection: Connected, ids: Sequence[UUID], *, actor: Actor, at: datetime, zone: ZoneInfo
) -> dict[UUID, MeetingCase]:
    """Every meeting of `ids` that the actor may see, by id."""
    statement, roles = _statement(stand_in(actor), zone)
    rows = (await connection.execute(statement, filled_in(actor, at, zone, ids))).all()
    return {row.id: _case(row, found(row, roles, actor), local_day(at, zone), zone) for row in rows}


@cache
def _statement(actor: Actor, zone: ZoneInfo) -> tuple[Select[Any], Columns]:
    roles = meeting_roles(actor, DAY)
    statement = select(
        MeetingRow.id,
        MeetingRow.state,
        MeetingRow.version,
        MeetingRow.statutes_digest,
        MeetingRow.kind,
        MeetingRow.unit_id,
        MeetingRow.body_id,
        MeetingRow.board_id,
        MeetingRow.starts_at,
        MeetingRow.notice_due_at,
        MeetingRow.papers_sent_at,
        MeetingRow.called_at,
        MeetingRow.notice_proper,
        MeetingRow.agenda_set_at,
        _items().label("items"),
        _items_left().label("items_left"),
        open_number(MeetingRow.id).label("open_number"),
        undecided_in(MeetingRow.id).label("matters_undecided"),
        gavels_missing(MeetingRow.id).label("gavels_missing"),
        elections_left(MeetingRow.id).label("elections_left"),
        divisions_open(MeetingRow.id).label("divisions_open"),
        _last_roll().label("last_roll"),
        waived_column("meeting", MeetingRow.id).label("waived"),
        _undecided().label("undecided"),
        _in_states(MotionState.NOT_ADMISSIBLE).label("stopped"),
        _in_states(*UNTREATED).label("untreated"),
        _in_states(*STANDING).label("standing"),
        *(column.label(name) for name, column in part_columns().items()),
        *labelled(roles),
    ).where(any_of(MeetingRow.id, IDS), meeting_visible_to(actor, AT, zone))
    return cast("Select[Any]", statement), roles


def _case(row: Row[Any], roles: frozenset[Role], today: date, zone: ZoneInfo) -> MeetingCase:
    facts = MeetingFacts(
        starts_at=row.starts_at,
        notice_deadline=row.notice_due_at,
        papers_sent=row.papers_sent_at is not None,
        undecided=row.undecided,
        stopped=row.stopped,
        untreated=row.untreated,
        standing=row.standing,
        called_at=row.called_at,
        notice_judged=row.notice_proper is not None,
        agenda_set=row.agenda_set_at is not None,
        items=row.items,
        open_number=row.open_number,
        items_left=row.items_left,
        matters_undecided=row.matters_undecided,
        gavels_missing=row.gavels_missing,
        elections_left=row.elections_left,
        divisions_open=row.divisions_open,
        is_part=row.is_part,
        whole_open=row.whole_open,
        sent=row.sent,
        parts_left=row.parts_left,
        roll_old=row.last_roll is not None and row.last_roll.astimezone(zone).date() != today,
    )
    return MeetingCase(
        id=row.id,
        state=row.state,
        version=row.version,
        facts=facts,
        roles=roles,
        statutes=row.statutes_digest,
        kind=row.kind,
        unit_id=row.unit_id,
        body_id=row.body_id,
        board_id=row.board_id,
        waived=waived_of(row.waived),
    )


def _items(*which: Any) -> Any:
    """Items on the agenda, of the given sort."""
    return (
        select(func.count())
        .select_from(AgendaItemRow)
        .where(AgendaItemRow.meeting_id == MeetingRow.id, AgendaItemRow.state != ItemState.STRUCK, *which)
        .correlate(MeetingRow)
        .scalar_subquery()
    )


def _items_left() -> Any:
    """Items that wait to be opened. Motions are counted by themselves: they may be decided without their item."""
    waits = AgendaItemRow.state.in_((ItemState.PLANNED, ItemState.ADJOURNED))
    return _items(waits, AgendaItemRow.motion_id.is_(None))


def _last_roll() -> Any:
    return (
        select(func.max(RollRow.fixed_at))
        .where(RollRow.meeting_id == MeetingRow.id)
        .correlate(MeetingRow)
        .scalar_subquery()
    )


def _undecided() -> Any:
    """Motions on the agenda of which some att-sats has no decision in force."""
    decided = exists().where(DecisionRow.clause_id == ClauseRow.id, DecisionRow.replaced_at.is_(None))
    open_clause = exists().where(ClauseRow.motion_id == MotionRow.id, ClauseRow.fault.is_(None), ~decided)
    return _count(and_(MotionRow.state == MotionState.SCHEDULED, open_clause))


def _in_states(*states: MotionState) -> Any:
    return _count(MotionRow.state.in_(states))


def _count(which: Any) -> Any:
    return (
        select(func.count())
        .select_from(MotionRow)
        .where(MotionRow.meeting_id == MeetingRow.id, which)
        .correlate(MeetingRow)
        .scalar_subquery()
    )
