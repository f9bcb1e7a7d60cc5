"""The steps of a question: put, named, divided."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from democracy.domain.actors import Actor
from democracy.domain.ids import new_id
from democracy.services.proceedings.steps import take
from democracy.storage.matters import ids_of
from democracy.storage.question_case import QuestionCase
from democracy.storage.tables.matter import ProposalRow, QuestionRow
from democracy.storage.unit_of_work import Unit
from workflows.proceedings import Choice, ProposalKind
from workflows.question import QUESTION, QuestionFacts, QuestionState


async def take_question(
    unit: Unit,
    case: QuestionCase,
    rule: str,
    *,
    actor: Actor,
    facts: QuestionFacts | None = None,
    outcome: Mapping[str, Any] | None = None,
    follows: bool = False,
) -> QuestionRow:
    """Follow a rule of a question. Returns its row."""
    row = await unit.matters.row(QuestionRow, case.id)
    told = {"matter": case.matter_id.hex, "kind": case.kind.name, "level": case.level, **(outcome or {})}
    await take(unit, QUESTION, case, row, rule, actor=actor, facts=facts, outcome=told, follows=follows)
    return row


async def put(unit: Unit, question_id: UUID, actor: Actor) -> None:
    """Put a question that waits: the order of questions has come to it."""
    case = await unit.matters.question(question_id, actor=actor)
    row = await unit.matters.row(QuestionRow, question_id)
    await take_question(unit, case, "put", actor=actor, outcome={"proposals": json.loads(row.proposals)}, follows=True)


def write_name(row: QuestionRow, proposal_id: UUID | None, answer: Choice | None, unit: Unit) -> None:
    """Keep what the chair, or the figures, named."""
    row.named_id, row.answer, row.named_at = proposal_id, answer, unit.now


async def deeper(unit: Unit, root_id: UUID, actor: Actor) -> None:
    """Where a counter-proposal is to be named, put that question; an earlier name that is gone is asked for anew."""
    chain = await unit.matters.chain(root_id)
    if chain is None or chain.pending.name is None:
        return
    level, among = chain.pending.name.level, chain.pending.name.among
    known = chain.levels.get(level)
    if known is None:
        await _put_new(unit, root_id, level, among, actor)
        return
    row = await unit.matters.row(QuestionRow, known)
    row.proposals = json.dumps(list(among))
    if row.named_id is not None and row.named_id.hex not in among:
        write_name(row, None, None, unit)
        row.state, row.named_at = QuestionState.PUT, None


async def _put_new(unit: Unit, root_id: UUID, level: int, among: Sequence[str], actor: Actor) -> None:
    root = await unit.matters.row(QuestionRow, root_id)
    row = QuestionRow(
        id=new_id(),
        matter_id=root.matter_id,
        order_id=root.order_id,
        kind=root.kind,
        state=QuestionState.WAITING,
        position=root.position,
        level=level,
        proposals=json.dumps(list(among)),
        counted=False,
        confirmed_late=False,
    )
    unit.session.add(row)
    await unit.session.flush()
    await put(unit, row.id, actor)


async def carry_on_with(unit: Unit, row: QuestionRow, winner: UUID) -> bool:
    """Where rejection is put last, what has won meets it in the next question. False where nothing follows."""
    for later in await unit.matters.questions(row.matter_id):
        if later.kind is row.kind and later.position > row.position and later.state is QuestionState.WAITING:
            against = [await unit.matters.row(ProposalRow, each) for each in ids_of(later)]
            if all(each.kind is ProposalKind.REJECT for each in against):
                later.proposals = json.dumps([winner.hex, *(each.id.hex for each in against)])
                await unit.session.flush()
                return True
    return False
