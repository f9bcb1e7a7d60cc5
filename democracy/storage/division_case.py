"""A division as the rules see it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Row, Select, and_, exists, false, func, or_, select
from sqlalchemy.orm import aliased

from democracy.domain.actors import Actor, Member
from democracy.storage import statutes
from democracy.storage.prepared import AT, DAY, IDS, filled_in, stand_in
from democracy.storage.rights import is_barred
from democracy.storage.roles import Columns, found, labelled, meeting_roles
from democracy.storage.statutes import Connected
from democracy.storage.tables.agenda import AgendaItemRow
from democracy.storage.tables.division import CountRow, DemandRow, DivisionRow, LotShareRow
from democracy.storage.tables.matter import MatterRow, QuestionRow
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.roll import RollEntryRow
from democracy.storage.types import any_of
from democracy.storage.visibility import meeting_visible_to
from democracy.storage.waivers import waived_column, waived_of
from workflows.division import DivisionFacts, DivisionState
from workflows.engine import Role
from workflows.item import ItemState
from workflows.meeting import MeetingState
from workflows.proceedings import DivisionMethod, QuestionKind
from workflows.question import QuestionState
from workflows.statutes import Resolved
from workflows.statutes.majority import Majority
from workflows.statutes.parameters.meetings import Matter

BY_NAME = (DivisionMethod.DEVICES, DivisionMethod.ROLL_CALL)
"""Ways of voting in which every voter's answer is entered."""
DECIDED = (QuestionState.DECIDED, QuestionState.FALLEN)


@dataclass(frozen=True)
class DivisionCase:
    """A division with its facts and the roles of one actor."""

    id: UUID
    state: DivisionState
    version: int
    facts: DivisionFacts
    roles: frozenset[Role]
    statutes: str
    meeting_id: UUID
    item_id: UUID
    matter_id: UUID
    question_id: UUID
    kind: QuestionKind
    role: str | None
    roll_id: UUID | None
    rules: Resolved

    majority: Majority
    """What it needs to be carried."""
    waived: frozenset[str]
    """Guards that the meeting has set aside."""


async def division_cases(
    connection: Connected, ids: Sequence[UUID], *, actor: Actor, at: datetime, zone: ZoneInfo
) -> dict[UUID, DivisionCase]:
    """Every division of `ids` that the actor may see, by id."""
    statement, roles = _statement(stand_in(actor), zone)
    rows = (await connection.execute(statement, filled_in(actor, at, zone, ids))).all()
    rules = await statutes.by_digest(connection, *{row.statutes_digest for row in rows})
    return {row.id: _case(row, found(row, roles, actor), rules[row.statutes_digest]) for row in rows}


@cache
def _statement(actor: Actor, zone: ZoneInfo) -> tuple[Select[Any], Columns]:
    roles = meeting_roles(actor, DAY)
    me = actor.id if isinstance(actor, Member) else None
    if me is not None:
        # Whoever is in its roll has a vote in it, wherever they are now.
        roles[Role.VOTER] = or_(roles[Role.VOTER], _in_roll(me))
    statement = (
        select(
            DivisionRow.id, DivisionRow.state, DivisionRow.version, DivisionRow.meeting_id, DivisionRow.matter_id,
            DivisionRow.question_id, DivisionRow.role, DivisionRow.roll_id, DivisionRow.method, DivisionRow.trial,
            DivisionRow.entitled, DivisionRow.counters, DivisionRow.yes, DivisionRow.no, DivisionRow.abstained,
            DivisionRow.blank, DivisionRow.majority, DivisionRow.urn_id, MeetingRow.statutes_digest,
            MeetingRow.state.label("meeting_state"),
            AgendaItemRow.id.label("item_id"), AgendaItemRow.state.label("item_state"), QuestionRow.kind,
            QuestionRow.state.label("question_state"),
            _later_item().label("next_item_opened"),
            _another_open().label("another_open"),
            _demands().label("demands"),
            _secret_demands().label("secret_demands"),
            waived_column("division", MeetingRow.id, AgendaItemRow.id).label("waived"),
            *_counts(),
            *_of(me),
            *labelled(roles),
        )
        .join(MeetingRow, MeetingRow.id == DivisionRow.meeting_id)
        .join(MatterRow, MatterRow.id == DivisionRow.matter_id)
        .join(AgendaItemRow, AgendaItemRow.id == MatterRow.item_id)
        .join(QuestionRow, QuestionRow.id == DivisionRow.question_id)
        .where(any_of(DivisionRow.id, IDS), meeting_visible_to(actor, AT, zone))
    )  # fmt: skip
    return cast("Select[Any]", statement), roles


def _of(member_id: Any) -> list[ColumnElement[Any]]:
    """What the actor is to the division itself."""
    if member_id is None:
        return [false().label(name) for name in ("in_roll", "barred", "asked", "asked_secret", "committed")]
    asked = exists().where(DemandRow.division_id == DivisionRow.id, DemandRow.member_id == member_id)
    committed = exists().where(LotShareRow.division_id == DivisionRow.id, LotShareRow.member_id == member_id)
    return [
        _in_roll(member_id).label("in_roll"),
        is_barred(member_id, AgendaItemRow.id).label("barred"),
        asked.label("asked"),
        _asks_secret(member_id).label("asked_secret"),
        committed.label("committed"),
    ]


def _in_roll(member_id: Any) -> ColumnElement[bool]:
    return exists().where(RollEntryRow.roll_id == DivisionRow.roll_id, RollEntryRow.member_id == member_id)


def _later_item() -> ColumnElement[bool]:
    later = aliased(AgendaItemRow)
    return exists(
        select(1).where(later.meeting_id == DivisionRow.meeting_id, later.opened_at > DivisionRow.announced_at)
    )


def _another_open() -> ColumnElement[bool]:
    other = aliased(DivisionRow)
    return exists(
        select(1).where(
            other.meeting_id == DivisionRow.meeting_id,
            other.id != DivisionRow.id,
            other.state.in_((DivisionState.OPEN, DivisionState.CLOSED)),
        )
    )


def _demands() -> ColumnElement[int]:
    found = select(func.count()).select_from(DemandRow).where(DemandRow.division_id == DivisionRow.id)
    return found.correlate(DivisionRow).scalar_subquery()


def _asks_secret(member_id: Any) -> ColumnElement[bool]:
    """Whether somebody has asked for the votes on the matter of a division to be closed."""
    other = aliased(DivisionRow)
    return exists(
        select(1)
        .select_from(DemandRow)
        .join(other, other.id == DemandRow.division_id)
        .where(other.matter_id == DivisionRow.matter_id, DemandRow.member_id == member_id, DemandRow.secret)
        .correlate(DivisionRow)
    )


def _secret_demands() -> ColumnElement[int]:
    """How many have: what was asked of one vote holds for the others on the same matter."""
    other = aliased(DivisionRow)
    found = select(func.count(DemandRow.member_id.distinct())).join(other, other.id == DemandRow.division_id)
    of_matter = (other.matter_id == DivisionRow.matter_id, DemandRow.secret)
    return found.where(*of_matter).correlate(DivisionRow).scalar_subquery()


def _counts() -> list[ColumnElement[Any]]:
    """How many counts stand, and the least and greatest of each of their figures."""
    stands = and_(CountRow.division_id == DivisionRow.id, CountRow.replaced_by_id.is_(None))
    columns: dict[str, Any] = {"counts": func.count()}
    for name in ("yes", "no", "abstained", "blank"):
        figure = getattr(CountRow, name)
        columns |= {f"least_{name}": func.min(figure), f"most_{name}": func.max(figure)}
    return [
        select(column).select_from(CountRow).where(stands).correlate(DivisionRow).scalar_subquery().label(name)
        for name, column in columns.items()
    ]


def _case(row: Row[Any], roles: frozenset[Role], rules: Resolved) -> DivisionCase:
    case = DivisionCase(
        id=row.id, state=row.state, version=row.version, facts=DivisionFacts(), roles=roles,
        statutes=row.statutes_digest, meeting_id=row.meeting_id, item_id=row.item_id, matter_id=row.matter_id,
        question_id=row.question_id, kind=row.kind, role=row.role, roll_id=row.roll_id, rules=rules,
        majority=rules.parameters.meetings.majority_for(Matter(row.majority or Matter.ORDINARY)),
        waived=waived_of(row.waived),
    )  # fmt: skip
    return _with_facts(case, row)


def _with_facts(case: DivisionCase, row: Row[Any]) -> DivisionCase:
    entitled, quorum = row.entitled or 0, case.majority.quorum
    facts = DivisionFacts(
        meeting_open=row.meeting_state is MeetingState.OPENED,
        item_open=row.item_state is not ItemState.CLOSED,
        next_item_opened=row.next_item_opened,
        put=row.question_state is not QuestionState.WAITING,
        gavel_fallen=row.question_state in DECIDED,
        asked_before=row.asked,
        ordered=_is_ordered(case, row),
        another_open=row.another_open,
        trial=row.trial,
        on_devices=row.method is None or row.method in BY_NAME,
        in_roll=row.roll_id is None or row.in_roll,
        barred=row.barred,
        sealed=row.urn_id is not None,
        counts_missing=0 if row.method in BY_NAME or row.urn_id is not None else max(0, row.counters - row.counts),
        counts_agree=_agree(row),
        entitled=entitled,
        quorum=quorum.needed(entitled) if quorum and entitled else 0,
        committed_before=row.committed,
    )
    return replace(case, facts=replace(facts, **_figures(row), **_secret(case, row)))


def _secret(case: DivisionCase, row: Row[Any]) -> dict[str, Any]:
    needed = case.rules.parameters.minorities.secret_vote
    return {
        "secret_asked_before": row.asked_secret,
        "secret_right": needed is not None,
        "secret_demanded": needed is not None and row.secret_demands >= needed,
    }


def _is_ordered(case: DivisionCase, row: Row[Any]) -> bool:
    dividing = row.question_state is QuestionState.DIVIDING
    return dividing or row.demands >= case.rules.parameters.minorities.counted_vote


def _agree(row: Row[Any]) -> bool:
    pairs = ((row.least_yes, row.most_yes), (row.least_no, row.most_no), (row.least_abstained, row.most_abstained))
    return all(least == most for least, most in (*pairs, (row.least_blank, row.most_blank)))


def _figures(row: Row[Any]) -> dict[str, Any]:
    """The figures of the division; until they stand, those that the tellers agree on."""
    if row.yes is not None:
        return {name: getattr(row, name) or 0 for name in ("yes", "no", "abstained", "blank")}
    return {name: getattr(row, f"most_{name}") or 0 for name in ("yes", "no", "abstained", "blank")}
