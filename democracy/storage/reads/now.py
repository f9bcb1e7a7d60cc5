"""What goes on in a meeting now: its open item, the point that is decided, the question that is put. A fixed number of
statements, whatever has been proposed."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from democracy.domain.actors import Actor
from democracy.domain.sitting import Turn, treated
from democracy.storage.prepared import AT, IDS
from democracy.storage.reads.reader import Reader
from democracy.storage.statutes import Connected
from democracy.storage.tables.agenda import AgendaItemRow
from democracy.storage.tables.division import DivisionRow
from democracy.storage.tables.matter import MatterRow, ProposalRow, QuestionOrderRow, QuestionRow
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.step import StepRow
from democracy.storage.types import any_of
from democracy.storage.visibility import meeting_visible_to
from democracy.storage.waivers import waived_column, waived_of
from workflows.division import DivisionState
from workflows.item import ITEM, ItemState
from workflows.matter import MatterState
from workflows.meeting import MEETING, MeetingState
from workflows.proceedings import Choice, ItemKind, MatterKind, ProposalKind, QuestionKind
from workflows.proposal import PROPOSAL, ProposalState
from workflows.question import QuestionState

LEFT = (QuestionState.WAITING, QuestionState.PUT, QuestionState.NAMED, QuestionState.DIVIDING)
UNDECIDED = (MatterState.OPEN, MatterState.DEBATE_CLOSED, MatterState.ORDERED)
UNFINISHED = (DivisionState.ORDERED, DivisionState.OPEN, DivisionState.CLOSED)
BEGINS = {(ITEM.name, "open"), (ITEM.name, "reopen"), (MEETING.name, "open"), (MEETING.name, "resume")}
STOPS = {(ITEM.name, "adjourn"), (ITEM.name, "close"), (MEETING.name, "adjourn"), (MEETING.name, "close")}


@dataclass(frozen=True, slots=True)
class ItemNow:
    """An item that is open, or comes next."""

    id: UUID
    meeting_id: UUID
    parent_id: UUID | None
    state: ItemState
    kind: ItemKind
    number: int | None
    title: str
    purpose: str | None
    presenter: str | None
    minutes_planned: int | None
    proposals_close_at: datetime | None
    waived: frozenset[str]
    """What the meeting has set aside for proposals."""


@dataclass(frozen=True, slots=True)
class ProposalNow:
    """A proposal that stands, or is met in a question."""

    id: UUID
    matter_id: UUID
    kind: ProposalKind
    state: ProposalState
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class QuestionNow:
    """A question that is not decided."""

    id: UUID
    matter_id: UUID
    kind: QuestionKind
    state: QuestionState
    position: int
    level: int
    proposals: tuple[UUID, ...]
    named_id: UUID | None
    answer: Choice | None


@dataclass(frozen=True, slots=True)
class MatterNow:
    """A point that is not decided."""

    id: UUID
    item_id: UUID
    kind: MatterKind
    state: MatterState
    title: str
    majority: str


@dataclass(frozen=True, slots=True)
class DivisionNow:
    """A division that is not over."""

    id: UUID
    question_id: UUID
    state: DivisionState
    yes_means: str | None
    no_means: str | None
    trial: bool


@dataclass(frozen=True, slots=True)
class Now:
    """One meeting at one time."""

    meeting_id: UUID
    state: MeetingState
    item: ItemNow | None
    next_item: ItemNow | None
    matter: MatterNow | None
    proposals: tuple[ProposalNow, ...]
    """Of that matter."""
    orders: int
    question: QuestionNow | None
    """The deepest that is being put; else the one that is divided on; else the next."""
    above: QuestionNow | None
    """The question against whose winner a counter-proposal is being named."""
    division: DivisionNow | None
    treated_seconds: int
    """For how long the item has been treated, breaks left out."""


async def of_meetings(connection: Connected, reader: Reader, ids: Sequence[UUID]) -> dict[UUID, Now]:
    """What goes on in each of `ids` that the reader may see and that has been opened."""
    rows = (await connection.execute(_items(reader.stand_in, reader.zone), reader.values(ids))).all()
    states: dict[UUID, MeetingState] = {row.meeting_id: row.meeting_state for row in rows}
    items = [_item(row) for row in rows if row.id is not None]
    opened = {key: _opened(items, key) for key in states}
    keys = [item.id for item in opened.values() if item]
    matters = await _matters(connection, keys)
    matter_ids = [matter.id for each in matters.values() for matter in each]
    questions = await _questions(connection, matter_ids)
    current = {item: _current(found, questions) for item, found in matters.items()}
    chosen = [matter.id for matter in current.values() if matter]
    proposals, orders = await _proposals(connection, chosen), await _orders(connection, chosen)
    divisions, seconds = await _divisions(connection, chosen), await _treated(connection, reader.at, opened)
    found = {}
    for key, state in states.items():
        item = opened[key]
        matter = current.get(item.id) if item else None
        asked = questions[matter.id] if matter else []
        question = _asked(asked)
        found[key] = Now(
            meeting_id=key,
            state=state,
            item=item,
            next_item=_next(items, key),
            matter=matter,
            proposals=tuple(proposals[matter.id]) if matter else (),
            orders=orders[matter.id] if matter else 0,
            question=question,
            above=_above(asked, question),
            division=divisions.get(_root(asked, question)) if question else None,
            treated_seconds=seconds.get(key, 0),
        )
    return found


@cache
def _items(actor: Actor, zone: ZoneInfo) -> Select[Any]:
    columns = [getattr(AgendaItemRow, name) for name in ItemNow.__slots__ if name not in ("meeting_id", "waived")]
    living = AgendaItemRow.state.in_((ItemState.OPEN, ItemState.ADJOURNED, ItemState.PLANNED))
    return (
        select(
            MeetingRow.id.label("meeting_id"),
            MeetingRow.state.label("meeting_state"),
            *columns,
            waived_column(PROPOSAL.name, MeetingRow.id, AgendaItemRow.id).label("waived"),
        )
        .select_from(MeetingRow)
        .outerjoin(AgendaItemRow, (AgendaItemRow.meeting_id == MeetingRow.id) & living)
        .where(any_of(MeetingRow.id, IDS), MeetingRow.opened_at.is_not(None), meeting_visible_to(actor, AT, zone))
        .order_by(AgendaItemRow.position)
    )


def _item(row: Any) -> ItemNow:
    values = {name: getattr(row, name) for name in ItemNow.__slots__ if name != "waived"}
    return ItemNow(**values, waived=waived_of(row.waived))


def _opened(items: Iterable[ItemNow], meeting: UUID) -> ItemNow | None:
    """The item that is open; of a block and what was lifted out of it, the latter."""
    found = [item for item in items if item.meeting_id == meeting and item.state is ItemState.OPEN]
    return min(found, key=lambda item: item.parent_id is None, default=None)


def _next(items: Iterable[ItemNow], meeting: UUID) -> ItemNow | None:
    waiting = (item for item in items if item.meeting_id == meeting and item.state is not ItemState.OPEN)
    return next((item for item in waiting if item.parent_id is None), None)


async def _matters(connection: Connected, items: Sequence[UUID]) -> dict[UUID, list[MatterNow]]:
    """What is not decided under each item, in order; under a block that of its parts too."""
    part = aliased(AgendaItemRow)
    columns = [getattr(MatterRow, name) for name in MatterNow.__slots__]
    statement = (
        select(*columns, part.parent_id)
        .join(part, part.id == MatterRow.item_id)
        .where(any_of(part.id, items) | any_of(part.parent_id, items), MatterRow.state.in_(UNDECIDED))
        .order_by(part.position, MatterRow.position)
    )
    found: dict[UUID, list[MatterNow]] = defaultdict(list)
    for row in await connection.execute(statement):
        found[row.item_id if row.item_id in items else row.parent_id].append(MatterNow(*row[:-1]))
    return found


async def _questions(connection: Connected, matters: Sequence[UUID]) -> dict[UUID, list[QuestionNow]]:
    """What is not decided of the orders that stand, as it is put."""
    columns = [getattr(QuestionRow, name) for name in QuestionNow.__slots__]
    statement = (
        select(*columns)
        .join(QuestionOrderRow, QuestionOrderRow.id == QuestionRow.order_id)
        .where(any_of(QuestionRow.matter_id, matters), QuestionRow.state.in_(LEFT))
        .where(QuestionOrderRow.dropped_at.is_(None))
        .order_by(QuestionRow.position, QuestionRow.level)
    )
    found: dict[UUID, list[QuestionNow]] = defaultdict(list)
    for row in await connection.execute(statement):
        own = dict(zip(QuestionNow.__slots__, row, strict=True))
        own["proposals"] = tuple(UUID(each) for each in json.loads(row.proposals))
        found[row.matter_id].append(QuestionNow(**own))
    return found


def _current(matters: Sequence[MatterNow], questions: dict[UUID, list[QuestionNow]]) -> MatterNow | None:
    """The point on which something is put; else the first one that is left."""
    asked = (m for m in matters if any(q.state is not QuestionState.WAITING for q in questions[m.id]))
    return next(asked, matters[0] if matters else None)


def _asked(questions: Sequence[QuestionNow]) -> QuestionNow | None:
    put = [each for each in questions if each.state in (QuestionState.PUT, QuestionState.NAMED)]
    divided = [each for each in questions if each.state is QuestionState.DIVIDING and each.level == 0]
    return next(iter([*put[-1:], *divided[:1], *questions[:1]]), None)


def _above(questions: Sequence[QuestionNow], question: QuestionNow | None) -> QuestionNow | None:
    if question is None or question.level == 0:
        return None
    same = (each for each in questions if each.position == question.position and each.level == question.level - 1)
    return next(same, None)


def _root(questions: Sequence[QuestionNow], question: QuestionNow | None) -> UUID | None:
    """The question with which its chain begins: what is divided on."""
    if question is None:
        return None
    same = (each.id for each in questions if each.position == question.position and each.level == 0)
    return next(same, question.id)


async def _proposals(connection: Connected, matters: Sequence[UUID]) -> dict[UUID, list[ProposalNow]]:
    columns = [getattr(ProposalRow, name) for name in ProposalNow.__slots__]
    statement = select(*columns).where(any_of(ProposalRow.matter_id, matters)).order_by(ProposalRow.id)
    found: dict[UUID, list[ProposalNow]] = defaultdict(list)
    for row in await connection.execute(statement):
        found[row.matter_id].append(ProposalNow(*row))
    return found


async def _orders(connection: Connected, matters: Sequence[UUID]) -> dict[UUID, int]:
    statement = select(QuestionOrderRow.matter_id).where(
        any_of(QuestionOrderRow.matter_id, matters), QuestionOrderRow.dropped_at.is_(None)
    )
    found: dict[UUID, int] = defaultdict(int)
    for matter in (await connection.execute(statement)).scalars():
        found[matter] += 1
    return found


async def _divisions(connection: Connected, matters: Sequence[UUID]) -> dict[UUID | None, DivisionNow]:
    """What is not over, by its question: one that is open before one that only has been asked for."""
    columns = [getattr(DivisionRow, name) for name in DivisionNow.__slots__]
    statement = select(*columns).where(any_of(DivisionRow.matter_id, matters), DivisionRow.state.in_(UNFINISHED))
    rows = [DivisionNow(*row) for row in await connection.execute(statement)]
    return {each.question_id: each for each in sorted(rows, key=lambda each: each.state is not DivisionState.ORDERED)}


async def _treated(connection: Connected, at: datetime, opened: dict[UUID, ItemNow | None]) -> dict[UUID, int]:
    """Seconds that each open item has been treated, from its own turns and its meeting's."""
    going_on = {meeting: item.id for meeting, item in opened.items() if item}
    statement = (
        select(StepRow.workflow, StepRow.case_id, StepRow.rule, StepRow.at)
        .where(any_of(StepRow.case_id, [*going_on, *going_on.values()]))
        .order_by(StepRow.at, StepRow.id)
    )
    turns: dict[UUID, list[Turn]] = defaultdict(list)
    for row in await connection.execute(statement):
        if (row.workflow, row.rule) in BEGINS | STOPS:
            begins = (row.workflow, row.rule) in BEGINS
            turns[row.case_id].append(Turn(row.at, of_item=row.workflow == ITEM.name, begins=begins))
    return {
        meeting: round(treated(sorted(turns[meeting] + turns[item], key=lambda turn: turn.at), at).total_seconds())
        for meeting, item in going_on.items()
    }
