"""What follows when a proposal is withdrawn after the order of questions has been approved."""

import json
from dataclasses import replace
from uuid import UUID

from democracy.domain.actors import Actor
from democracy.services.proceedings.deciding import How, decide_matter
from democracy.services.proceedings.matters import take_matter
from democracy.services.proceedings.questions import deeper, put, take_question, write_name
from democracy.services.proceedings.voting import name_by_figures
from democracy.storage import orders
from democracy.storage.matter_case import LEFT
from democracy.storage.matters import ids_of
from democracy.storage.tables.matter import QuestionRow
from democracy.storage.unit_of_work import Unit
from workflows.matter import MatterState
from workflows.proceedings import QuestionKind
from workflows.proposal import ProposalState
from workflows.question import QuestionState


async def after_withdrawal(unit: Unit, matter_id: UUID, actor: Actor) -> None:
    """Take what has been withdrawn out of the questions that are left. With nothing left, the debate is open again."""
    matter = await unit.matters.case(matter_id, actor=actor)
    if matter.state is not MatterState.ORDERED:
        return
    standing = {each.id for each in await unit.matters.proposals(matter_id) if each.state is ProposalState.MADE}
    for row in await unit.matters.questions(matter_id):
        if row.state in LEFT and row.kind is not QuestionKind.ORDER:
            await _without(unit, row, standing, actor)
    if await put_next(unit, matter_id, actor):
        await _finish(unit, matter_id, actor)


async def put_next(unit: Unit, matter_id: UUID, actor: Actor) -> bool:
    """Put the next question that waits, unless one is being dealt with. True when none is left to decide."""
    left = [row for row in await unit.matters.questions(matter_id) if row.state in LEFT]
    if not left:
        return True
    if left[0].state is QuestionState.WAITING:
        await put(unit, left[0].id, actor)
    return False


async def _finish(unit: Unit, matter_id: UUID, actor: Actor) -> None:
    """No question is left: what was carried is the decision. With nothing left at all, the debate is open again."""
    case = await unit.matters.case(matter_id, actor=actor)
    carried = any(each.state is ProposalState.CARRIED for each in await unit.matters.proposals(matter_id))
    refused = any(_refused(row) for row in await unit.matters.questions(matter_id))
    if carried or refused:
        await decide_matter(unit, matter_id, actor, How())
        return
    await take_matter(unit, case, "reopen_debate", actor=actor, facts=replace(case.facts, standing=0), follows=True)
    await orders.drop_all(unit.session, matter_id, unit.now)


def _refused(row: QuestionRow) -> bool:
    """The meeting has said no to all that there was."""
    return row.kind is QuestionKind.RIVALS and row.level == 0 and row.state is QuestionState.DECIDED


async def _without(unit: Unit, row: QuestionRow, standing: set[UUID], actor: Actor) -> None:
    kept = [each for each in ids_of(row) if each in standing]
    case = await unit.matters.question(row.id, actor=actor)
    if not kept:
        await take_question(unit, case, "fall", actor=actor, follows=True)
        return
    if row.state is QuestionState.DIVIDING:
        await deeper(unit, row.id, actor)
        await name_by_figures(unit, row.id, actor)
        return
    row.proposals = json.dumps([each.hex for each in kept])
    if row.named_id is not None and row.named_id not in standing:
        await take_question(unit, case, "put_again", actor=actor, follows=True)
        write_name(row, None, None, unit)
        row.named_at = None
