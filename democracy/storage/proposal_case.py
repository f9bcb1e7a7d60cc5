"""A proposal as the rules see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Row, Select, and_, exists, false, func, or_, select
from sqlalchemy.orm import aliased

from democracy.domain.actors import Actor, Member
from democracy.storage.in_force import VOTING_ROLES, mandate_in_force
from democracy.storage.matter_case import (
    Place,
    division_going_on,
    matter_visible_to,
    place_columns,
    place_of,
    placed,
)
from democracy.storage.meetings import COMING
from democracy.storage.prepared import AT, DAY, IDS, filled_in, stand_in
from democracy.storage.roles import Columns, found, item_roles, labelled
from democracy.storage.statutes import Connected
from democracy.storage.tables.agenda import AgendaItemRow
from democracy.storage.tables.matter import MatterRow, ProposalMoverRow, ProposalNomineeRow, ProposalRow
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.member import MandateRow
from democracy.storage.types import any_of
from democracy.storage.waivers import waived_column, waived_of
from workflows.engine import Role
from workflows.matter import MatterState
from workflows.proceedings import ProposalKind
from workflows.proposal import ProposalFacts, ProposalState

FORMAL = frozenset({ProposalKind.REFER_BACK, ProposalKind.DEFER})
"""About handling the matter: they may be made after yrkandestopp, and come before everything else."""
TEXTUAL = frozenset({ProposalKind.COUNTER, ProposalKind.AMENDMENT, ProposalKind.ADDITION})
"""They say what they want in words of their own; the other kinds say it by what they are."""
_TO_SOMEBODY = frozenset({ProposalKind.REFER, ProposalKind.REFER_BACK})

# Made once: an alias of a table costs as much as the rest of its predicate. Never used twice in one FROM.
_MOVER, _OF_BODY, _SEAT = aliased(ProposalMoverRow), aliased(ProposalMoverRow), aliased(MandateRow)
_NAMED, _ADDED_TO, _SOURCE = aliased(MeetingRow), aliased(ProposalRow), aliased(ProposalRow)


@dataclass(frozen=True)
class ProposalCase(Place):
    """A proposal with its facts and the roles of one actor."""

    id: UUID
    state: ProposalState
    version: int
    facts: ProposalFacts
    kind: ProposalKind
    matter_state: MatterState
    waived: frozenset[str]
    """Codes of what the meeting has set aside."""


async def proposal_cases(
    connection: Connected, ids: Sequence[UUID], *, actor: Actor, at: datetime, zone: ZoneInfo
) -> dict[UUID, ProposalCase]:
    """Every proposal of `ids` that the actor may see, by id."""
    statement, roles = _statement(stand_in(actor), zone)
    rows = (await connection.execute(statement, filled_in(actor, at, zone, ids))).all()
    return {row.id: _case(row, found(row, roles, actor)) for row in rows}


@cache
def _statement(actor: Actor, zone: ZoneInfo) -> tuple[Select[Any], Columns]:
    roles = item_roles(actor, DAY)
    me = actor.id if isinstance(actor, Member) else None
    if me is not None:
        roles[Role.MOVER] = behind(me, DAY, stands_behind(_MOVER), stands_behind(_OF_BODY))
        roles[Role.INVITED] = behind(me, DAY, is_asked(_MOVER), is_asked(_OF_BODY))
    statement = placed(
        select(
            ProposalRow.id, ProposalRow.state, ProposalRow.version, ProposalRow.kind, ProposalRow.of_motion,
            ProposalRow.operation, ProposalRow.passage_id, ProposalRow.place, ProposalRow.received_at,
            ProposalRow.back_at_id, ProposalRow.adds_to_id,
            MatterRow.state.label("matter_state"), AgendaItemRow.proposals_close_at,
            *_given(), *_numbers(), (false() if me is None else _own(me)).label("stands_behind"),
            division_going_on().label("division_open"),
            waived_column("proposal", MeetingRow.id, AgendaItemRow.id).label("waived"),
            *place_columns(), *labelled(roles),
        )
        .join(MatterRow, MatterRow.id == ProposalRow.matter_id)
    ).where(any_of(ProposalRow.id, IDS), matter_visible_to(actor, AT, zone))  # fmt: skip
    return cast("Select[Any]", statement), roles


def stands_behind(mover: Any) -> ColumnElement[bool]:
    """They have moved, joined or accepted it, and have not left it."""
    return and_(mover.accepted_at.is_not(None), mover.left_at.is_(None))


def is_asked(mover: Any) -> ColumnElement[bool]:
    """They are asked whether they accept a reconciliation, and have not answered."""
    return and_(mover.accepted_at.is_(None), mover.declined_at.is_(None), mover.left_at.is_(None))


def behind(member_id: UUID, day: date, own: ColumnElement[bool], of_body: ColumnElement[bool]) -> ColumnElement[bool]:
    """The member, or a body in which they have a seat, is such a mover of the proposal in the statement."""
    personal = exists(select(1).where(_MOVER.proposal_id == ProposalRow.id, _MOVER.member_id == member_id, own))
    seated = exists(
        select(1)
        .select_from(_OF_BODY)
        .join(_SEAT, _SEAT.body_id == _OF_BODY.body_id)
        .where(
            _OF_BODY.proposal_id == ProposalRow.id,
            of_body,
            _SEAT.member_id == member_id,
            _SEAT.role.in_(VOTING_ROLES),
            mandate_in_force(_SEAT, day),
        )
    )
    return or_(personal, seated)


def _own(member_id: UUID) -> ColumnElement[bool]:
    return exists(
        select(1).where(
            _MOVER.proposal_id == ProposalRow.id, _MOVER.member_id == member_id, stands_behind(_MOVER)
        )
    )  # fmt: skip


def _given() -> list[ColumnElement[Any]]:
    """Which texts there are."""
    texts = {"text": ProposalRow.text, "recipient": ProposalRow.recipient, "instruction": ProposalRow.instruction}
    texts |= {"reason": ProposalRow.reason, "back_by": ProposalRow.back_by}
    return [(func.trim(func.coalesce(column, "")) != "").label(f"has_{name}") for name, column in texts.items()]


def _numbers() -> list[ColumnElement[Any]]:
    mover = ProposalMoverRow
    here = mover.proposal_id == ProposalRow.id
    count = select(func.count()).correlate(ProposalRow)
    columns: dict[str, Any] = {
        "movers": count.select_from(mover).where(here, stands_behind(mover)),
        "answers_left": count.select_from(mover).where(here, is_asked(mover)),
        "nominees": count.select_from(ProposalNomineeRow).where(ProposalNomineeRow.proposal_id == ProposalRow.id),
        "sources": count.select_from(_SOURCE).where(
            _SOURCE.reconciled_into_id == ProposalRow.id, _SOURCE.state == ProposalState.MADE
        ),
        "added_to": select(_ADDED_TO.state).where(
            _ADDED_TO.id == ProposalRow.adds_to_id, _ADDED_TO.matter_id == MatterRow.id
        ),
        "named_meeting": select(_NAMED.id).where(
            _NAMED.id == ProposalRow.back_at_id,
            _NAMED.id != MeetingRow.id,
            _NAMED.unit_id == MeetingRow.unit_id,
            _NAMED.state.in_(COMING),
        ),
    }
    return [column.scalar_subquery().label(name) for name, column in columns.items()]


def _case(row: Row[Any], roles: frozenset[Role]) -> ProposalCase:
    return ProposalCase(
        **place_of(row, roles), id=row.id, state=row.state, version=row.version, facts=_facts(row), kind=row.kind,
        matter_state=row.matter_state, waived=waived_of(row.waived),
    )  # fmt: skip


def _facts(row: Row[Any]) -> ProposalFacts:
    back, defer = row.kind is ProposalKind.REFER_BACK, row.kind is ProposalKind.DEFER
    return ProposalFacts(
        meeting_sits=bool(row.meeting_sits),
        item_open=bool(row.item_open),
        debate_open=row.matter_state is MatterState.OPEN,
        ordered=row.matter_state is MatterState.ORDERED,
        decided=row.matter_state in (MatterState.DECIDED, MatterState.LAPSED),
        formal=row.kind in FORMAL,
        has_text=row.kind not in TEXTUAL or bool(row.has_text) or row.nominees > 0,
        recipient_given=row.kind not in _TO_SOMEBODY or bool(row.has_recipient),
        instruction_given=not back or bool(row.has_instruction),
        reason_given=not back or bool(row.has_reason),
        return_given=not back or bool(row.has_back_by) or row.back_at_id is not None,
        meeting_given=not defer or row.back_at_id is not None,
        named_meeting_fits=row.back_at_id is None or row.named_meeting is not None,
        adds_to_fits=row.adds_to_id is None or row.added_to is ProposalState.MADE,
        place_given=row.operation is None or row.passage_id is not None or row.place is not None,
        closes_at=row.proposals_close_at,
        received_at=row.received_at,
        stands_behind=bool(row.stands_behind),
        movers=row.movers,
        of_motion=bool(row.of_motion),
        division_open=bool(row.division_open),
        sources=row.sources,
        answers_left=row.answers_left,
        asked=row.answers_left > 0,
    )


def is_waiting(mover: ProposalMoverRow) -> bool:
    """The same of a row: they are asked, and have not answered."""
    return mover.accepted_at is None and mover.declined_at is None and mover.left_at is None
