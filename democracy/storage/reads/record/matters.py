"""The points that a meeting decided, with proposals, orders, questions and decisions."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import select

from democracy.domain.record.item import DecisionRecord, MatterRecord
from democracy.domain.record.proposal import OrderRecord, QuestionRecord
from democracy.storage.reads.record.columns import named
from democracy.storage.reads.record.divisions import read_divisions
from democracy.storage.reads.record.proposals import read_proposals
from democracy.storage.reads.record.steps import Steps
from democracy.storage.statutes import Connected
from democracy.storage.tables.matter import MatterDecisionRow, MatterRow, QuestionOrderRow, QuestionRow
from democracy.storage.tables.motion import ClauseRow
from workflows.proceedings import Choice

T = TypeVar("T")


async def read_matters(connection: Connected, meeting_id: UUID, steps: Steps) -> dict[UUID, list[MatterRecord]]:
    """Every point, by its item, in their order."""
    row = MatterRow
    statement = (
        select(
            row.item_id, row.id, row.kind, row.state, row.position, row.title, row.opened_at, ClauseRow.text,
            ClauseRow.number.label("clause"), row.member_id, row.decided_at,
        )
        .outerjoin(ClauseRow, ClauseRow.id == row.clause_id)
        .where(row.meeting_id == meeting_id)
        .order_by(row.item_id, row.position, row.id)
    )  # fmt: skip
    rows: Sequence[Any] = (await connection.execute(statement)).all()
    proposals = await read_proposals(connection, meeting_id)
    orders, questions = await _orders(connection, meeting_id), await _questions(connection, meeting_id, steps)
    divisions, decisions = await read_divisions(connection, meeting_id), await _decisions(connection, meeting_id)
    found: dict[UUID, list[MatterRecord]] = defaultdict(list)
    for each in rows:
        found[each.item_id].append(
            MatterRecord(
                **named(each, "item_id"),
                proposals=tuple(proposals.get(each.id, ())),
                orders=tuple(orders.get(each.id, ())),
                questions=tuple(questions.get(each.id, ())),
                divisions=tuple(divisions.get(each.id, ())),
                decisions=tuple(decisions.get(each.id, ())),
            )
        )
    return found


async def _orders(connection: Connected, meeting_id: UUID) -> dict[UUID, list[OrderRecord]]:
    row = QuestionOrderRow
    statement = (
        select(
            row.matter_id, row.id, row.by_chair, row.proposed_at, row.member_id, row.content, row.approved_at,
            row.dropped_at,
        )
        .join(MatterRow, MatterRow.id == row.matter_id)
        .where(MatterRow.meeting_id == meeting_id)
        .order_by(row.proposed_at, row.id)
    )  # fmt: skip
    return _grouped((each.matter_id, _order(each)) for each in await connection.execute(statement))


def _order(row: Any) -> OrderRecord:
    content = json.loads(row.content)
    main = content.get("main")
    return OrderRecord(
        id=row.id,
        by_chair=row.by_chair,
        proposed_at=row.proposed_at,
        member_id=row.member_id,
        main_id=UUID(main) if main else None,
        first_ids=_ids(content.get("today", ())),
        rival_ids=_ids(content.get("rivals", ())),
        addition_ids=_ids(content.get("additions", ())),
        approved_at=row.approved_at,
        dropped_at=row.dropped_at,
    )


async def _questions(connection: Connected, meeting_id: UUID, steps: Steps) -> dict[UUID, list[QuestionRecord]]:
    row = QuestionRow
    statement = (
        select(*row.__table__.columns)
        .join(MatterRow, MatterRow.id == row.matter_id)
        .join(QuestionOrderRow, QuestionOrderRow.id == row.order_id)
        .where(MatterRow.meeting_id == meeting_id)
        .order_by(QuestionOrderRow.proposed_at, row.position, row.level, row.id)
    )
    return _grouped((each.matter_id, _question(each, steps)) for each in await connection.execute(statement))


def _question(row: Any, steps: Steps) -> QuestionRecord:
    question = QuestionRecord(
        id=row.id,
        kind=row.kind,
        state=row.state,
        position=row.position,
        level=row.level,
        proposal_ids=_ids(json.loads(row.proposals)),
        named_id=row.named_id,
        answer=row.answer,
        named_at=row.named_at,
        asked_by=row.division_asked_by,
        asked_at=row.division_asked_at,
        voting_approved_at=row.voting_approved_at,
        winner_id=row.winner_id,
        gavel_at=row.gavel_at,
        confirmed_late=row.confirmed_late,
        order_id=row.order_id,
    )
    found = steps.named(row.id, row.division_asked_at) if row.division_asked_at else None
    if found is None:
        return question
    # The figures of a division overwrite what was named before it.
    named, answer = found.outcome.get("proposal"), found.outcome.get("answer")
    return replace(
        question, named_id=UUID(named) if named else None, answer=Choice[answer] if answer else None, named_at=found.at
    )


async def _decisions(connection: Connected, meeting_id: UUID) -> dict[UUID, list[DecisionRecord]]:
    row = MatterDecisionRow
    statement = (
        select(
            row.matter_id, row.outcome, row.proposal_id, row.decided_at, row.wording, row.unanimous, row.in_block,
            row.by_minority, row.replaced_at, row.replaced_reason,
        )
        .where(row.meeting_id == meeting_id)
        .order_by(row.decided_at, row.id)
    )  # fmt: skip
    rows = await connection.execute(statement)
    return _grouped((each.matter_id, DecisionRecord(**named(each, "matter_id"))) for each in rows)


def _ids(those: Iterable[str]) -> tuple[UUID, ...]:
    return tuple(UUID(each) for each in those)


def _grouped(pairs: Iterable[tuple[UUID, T]]) -> dict[UUID, list[T]]:
    found: dict[UUID, list[T]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found
