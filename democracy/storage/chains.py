"""How far the rivals of a matter have come: who is to be named, which vote comes next, who has won."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select

from democracy.counting.naming import UNCHANGED, Cast, Level, Pending, Rivals, follow
from democracy.counting.threshold import Figures
from democracy.storage import statutes
from democracy.storage.statutes import Connected
from democracy.storage.tables.division import DivisionRow
from democracy.storage.tables.matter import MatterRow, ProposalRow, QuestionOrderRow, QuestionRow
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.types import any_of
from workflows.division import DivisionState
from workflows.proceedings import Choice, ProposalKind, QuestionKind
from workflows.proposal import ProposalState
from workflows.question import QuestionState
from workflows.statutes import Resolved
from workflows.statutes.parameters.meetings import Matter

STANDS = (ProposalState.MADE, ProposalState.CARRIED, ProposalState.LOST)
"""States of a proposal that was put: also when it has won or lost."""
DIVIDED = (QuestionState.DIVIDING, QuestionState.NAMED, QuestionState.DECIDED)


@dataclass
class Chain:
    """One question between rivals with the deeper questions that name counter-proposals."""

    matter_id: UUID
    root_id: UUID
    majority: Matter
    root_state: QuestionState = QuestionState.WAITING
    counted: bool = False
    approved: bool = False
    """The meeting has approved the order of voting."""
    proposals: tuple[UUID, ...] = ()
    levels: dict[int, UUID] = field(default_factory=dict)
    """The deeper questions, by their level."""
    pending: Pending = field(default_factory=Pending)
    """What comes next. Means something only once a division has been asked for."""


async def chains_of(connection: Connected, matter_ids: Sequence[UUID]) -> dict[UUID, Chain]:
    """The chains of these matters by the question that each begins with, in three statements."""
    questions = (await connection.execute(_questions(matter_ids))).all()
    if not questions:
        return {}
    kinds, states = await _proposals(connection, matter_ids)
    votes, mains = await _votes(connection, matter_ids)
    rules = await statutes.by_digest(connection, *{row.statutes_digest for row in questions})
    groups: dict[tuple[UUID, int], list[Row[Any]]] = defaultdict(list)
    for row in questions:
        groups[row.order_id, row.position].append(row)
    found = (_chain(group, rules[group[0].statutes_digest], kinds, states, votes, mains) for group in groups.values())
    return {chain.root_id: chain for chain in found}


def needs_more(rules: Resolved, majority: Matter) -> bool:
    """Whether a matter needs another majority than what carries an ordinary one."""
    meetings = rules.parameters.meetings
    return meetings.majority_for(majority) != meetings.majority_for(Matter.ORDINARY)


def _questions(matter_ids: Sequence[UUID]) -> Any:
    return (
        select(
            QuestionRow.id, QuestionRow.matter_id, QuestionRow.order_id, QuestionRow.position, QuestionRow.level,
            QuestionRow.state, QuestionRow.proposals, QuestionRow.named_id, QuestionRow.answer, QuestionRow.counted,
            QuestionRow.voting_approved_at, QuestionOrderRow.content, MatterRow.majority, MeetingRow.statutes_digest,
        )
        .join(QuestionOrderRow, QuestionOrderRow.id == QuestionRow.order_id)
        .join(MatterRow, MatterRow.id == QuestionRow.matter_id)
        .join(MeetingRow, MeetingRow.id == MatterRow.meeting_id)
        .where(
            any_of(QuestionRow.matter_id, matter_ids),
            QuestionRow.kind == QuestionKind.RIVALS,
            QuestionOrderRow.dropped_at.is_(None),
        )
        .order_by(QuestionRow.position, QuestionRow.level)
    )  # fmt: skip


async def _proposals(
    connection: Connected, matter_ids: Sequence[UUID]
) -> tuple[dict[str, ProposalKind], dict[str, ProposalState]]:
    rows = await connection.execute(
        select(ProposalRow.id, ProposalRow.kind, ProposalRow.state).where(any_of(ProposalRow.matter_id, matter_ids))
    )
    listed = rows.all()
    return {row.id.hex: row.kind for row in listed}, {row.id.hex: row.state for row in listed}


async def _votes(connection: Connected, matter_ids: Sequence[UUID]) -> tuple[dict[UUID, list[Cast]], dict[UUID, UUID]]:
    """Announced votes by the question that they were taken on, in their order; and what was first put as main."""
    rows = await connection.execute(
        select(
            DivisionRow.question_id, DivisionRow.yes_id, DivisionRow.no_id, DivisionRow.yes, DivisionRow.no,
            DivisionRow.abstained, DivisionRow.blank, DivisionRow.winner, DivisionRow.role, DivisionRow.trial,
            DivisionRow.state,
        )
        .where(any_of(DivisionRow.matter_id, matter_ids), DivisionRow.yes_id.is_not(None))
        .order_by(DivisionRow.opened_at, DivisionRow.id)
    )  # fmt: skip
    found: dict[UUID, list[Cast]] = defaultdict(list)
    mains: dict[UUID, UUID] = {}
    for row in rows:
        if row.state is DivisionState.ANNOUNCED and not row.trial:
            found[row.question_id].append(_cast(row))
        if row.role == "main":
            mains.setdefault(row.question_id, row.yes_id)
    return found, mains


def _cast(row: Any) -> Cast:
    yes, no = row.yes_id.hex, row.no_id.hex if row.no_id else UNCHANGED
    winner = None if row.winner is None else yes if row.winner is Choice.YES else no
    return Cast(yes, no, Figures(row.yes or 0, row.no or 0, row.blank or 0, row.abstained or 0), winner)


def _chain(
    group: Sequence[Row[Any]],
    rules: Resolved,
    kinds: dict[str, ProposalKind],
    states: dict[str, ProposalState],
    votes: dict[UUID, list[Cast]],
    mains: dict[UUID, UUID],
) -> Chain:
    root = next(row for row in group if row.level == 0)
    order = tuple(json.loads(root.proposals))
    content = json.loads(root.content)
    rejection = next((each for each in order if kinds[each] is ProposalKind.REJECT), None)
    majority = Matter(root.majority)
    rivals = Rivals(
        order=order,
        main=_main(
            order, content.get("main"), next((mains[row.id] for row in group if row.id in mains), root.named_id)
        ),
        form=content["form"],
        rejection=rejection,
        qualified=needs_more(rules, majority),
        withdrawn=frozenset(each for each in order if states[each] not in STANDS),
    )
    chain = Chain(
        matter_id=root.matter_id, root_id=root.id, majority=majority, root_state=root.state, counted=root.counted,
        approved=root.voting_approved_at is not None, proposals=tuple(UUID(each) for each in order),
        levels={row.level: row.id for row in group if row.level},
    )  # fmt: skip
    cast = [each for row in group for each in votes.get(row.id, [])]
    chain.pending = follow(rivals, {row.level: _level(row) for row in group if row.level}, cast)
    return chain


def _main(order: Sequence[str], chosen: str | None, named: UUID | None) -> str:
    """The main proposal: as the order says, else what was voted on as main, or the chair named; else the first put.

    A vote may have named another winner since: the main proposal stays what it was.
    """
    if chosen in order:
        return str(chosen)
    return named.hex if named else order[0]


def _level(row: Row[Any]) -> Level:
    if row.state is QuestionState.FALLEN:
        return Level()
    return Level(
        named=row.named_id.hex if row.named_id else None,
        divided=row.state is QuestionState.DIVIDING,
        closed=row.state is QuestionState.DECIDED,
    )
