"""An item of the agenda as the rules see it: one statement, the same when writing and when reading."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Row, Select, and_, or_, select

from democracy.domain.actors import Actor
from democracy.storage.prepared import AT, DAY, IDS, filled_in, stand_in
from democracy.storage.roles import Columns, found, item_roles, labelled
from democracy.storage.statutes import Connected
from democracy.storage.tables.agenda import AgendaItemRow
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.motion import MotionRow
from democracy.storage.types import any_of
from democracy.storage.unfinished import (
    clauses_undecided,
    divisions_open,
    gavels_missing,
    open_number,
    open_undecided,
    undecided_under,
)
from democracy.storage.visibility import meeting_visible_to, prepares_meeting
from democracy.storage.waivers import waived_column, waived_of
from workflows.engine import Role
from workflows.item import ItemFacts, ItemState
from workflows.meeting import MeetingState
from workflows.motion import MotionState

OVER = (MeetingState.CLOSED, MeetingState.CANCELLED)


@dataclass(frozen=True)
class ItemCase:
    """An item with its facts and the roles of one actor."""

    id: UUID
    state: ItemState
    version: int
    number: int | None
    facts: ItemFacts
    roles: frozenset[Role]
    waived: frozenset[str]
    statutes: str
    meeting_id: UUID


def item_visible_to(actor: Actor, at: datetime, zone: ZoneInfo) -> ColumnElement[bool]:
    """As the papers: whoever prepares the meeting, and everybody who sees it once they are out or it has opened.

    The statement must join the item's meeting.
    """
    out = or_(MeetingRow.papers_sent_at <= at, MeetingRow.opened_at <= at)
    return and_(meeting_visible_to(actor, at, zone), or_(out, prepares_meeting(actor, at, zone)))


async def item_cases(
    connection: Connected, ids: Sequence[UUID], *, actor: Actor, at: datetime, zone: ZoneInfo
) -> dict[UUID, ItemCase]:
    """Every item of `ids` that the actor may see, by id."""
    statement, roles = _statement(stand_in(actor), zone)
    rows = (await connection.execute(statement, filled_in(actor, at, zone, ids))).all()
    return {row.id: _case(row, found(row, roles, actor)) for row in rows}


@cache
def _statement(actor: Actor, zone: ZoneInfo) -> tuple[Select[Any], Columns]:
    roles, meeting = item_roles(actor, DAY), AgendaItemRow.meeting_id
    statement = (
        select(
            AgendaItemRow.id,
            AgendaItemRow.state,
            AgendaItemRow.version,
            AgendaItemRow.number,
            AgendaItemRow.meeting_id,
            MeetingRow.statutes_digest,
            MeetingRow.state.label("meeting_state"),
            MeetingRow.opened_at,
            MeetingRow.agenda_set_at,
            MotionRow.state.label("motion_state"),
            clauses_undecided(AgendaItemRow.motion_id).label("clauses_undecided"),
            undecided_under(AgendaItemRow.id).label("undecided"),
            gavels_missing(meeting).label("gavels_missing"),
            open_number(meeting, but=AgendaItemRow.id).label("open_number"),
            open_undecided(meeting).label("open_undecided"),
            divisions_open(meeting).label("divisions_open"),
            waived_column("item", meeting, AgendaItemRow.id).label("waived"),
            *labelled(roles),
        )
        .join(MeetingRow, MeetingRow.id == AgendaItemRow.meeting_id)
        .outerjoin(MotionRow, MotionRow.id == AgendaItemRow.motion_id)
        .where(any_of(AgendaItemRow.id, IDS), item_visible_to(actor, AT, zone))
    )
    return cast("Select[Any]", statement), roles


def _case(row: Row[Any], roles: frozenset[Role]) -> ItemCase:
    facts = ItemFacts(
        meeting_sits=row.meeting_state is MeetingState.OPENED,
        meeting_opened=row.opened_at is not None,
        meeting_over=row.meeting_state in OVER,
        agenda_set=row.agenda_set_at is not None,
        undecided=row.undecided,
        motion_undecided=row.motion_state is MotionState.SCHEDULED and row.clauses_undecided > 0,
        gavels_missing=row.gavels_missing,
        open_number=row.open_number,
        open_undecided=row.open_undecided,
        divisions_open=row.divisions_open,
    )
    return ItemCase(
        id=row.id,
        state=row.state,
        version=row.version,
        number=row.number,
        facts=facts,
        roles=roles,
        waived=waived_of(row.waived),
        statutes=row.statutes_digest,
        meeting_id=row.meeting_id,
    )
