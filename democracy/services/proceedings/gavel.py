"""The chair names what the meeting has decided, and the gavel falls."""

from dataclasses import dataclass, replace
from uuid import UUID

from democracy.domain.actors import Actor
from democracy.services.proceedings.deciding import How, decide_matter, end_proposal, fall_rest, fall_with
from democracy.services.proceedings.orders import choose_order
from democracy.services.proceedings.questions import carry_on_with, take_question, write_name
from democracy.services.proceedings.voting import name_by_figures
from democracy.services.proceedings.withdrawing import put_next
from democracy.services.use_case import Service, use_case
from democracy.storage import divided
from democracy.storage.matters import ids_of
from democracy.storage.question_case import QuestionCase
from democracy.storage.tables.matter import ProposalRow, QuestionRow
from democracy.storage.unit_of_work import Unit
from workflows.proceedings import Choice, ProposalKind, QuestionKind


@dataclass(frozen=True)
class Named:
    """What the chair found: one of the rivals, or the answer to a question that has none."""

    proposal: UUID | None = None
    answer: Choice | None = None


class Gavel(Service):
    """Use cases of a question."""

    @use_case
    async def name(self, unit: Unit, question_id: UUID, named: Named, *, actor: Actor) -> UUID:
        """Name the outcome found by acclamation. It can be named anew until the gavel falls."""
        case = await unit.matters.open_question(question_id, actor=actor)
        row = await unit.matters.row(QuestionRow, question_id)
        found = _found(row, named)
        facts = replace(case.facts, named_fits=found is not None)
        told = {
            "proposal": found.proposal.hex if found and found.proposal else None,
            "answer": found.answer.name if found and found.answer else None,
        }
        await take_question(unit, case, "name", actor=actor, facts=facts, outcome=told)
        if found is not None:
            write_name(row, found.proposal, found.answer, unit)
        return question_id

    @use_case
    async def approve_voting(self, unit: Unit, question_id: UUID, *, actor: Actor) -> UUID:
        """Record that the meeting approves the order in which a chain is voted (voteringsordning)."""
        case = await unit.matters.open_question(question_id, actor=actor)
        if case.chain is not None and case.chain.root_id != question_id:
            case = await unit.matters.question(case.chain.root_id, actor=actor)
        pairs = [list(pair) for pair in case.chain.pending.pairs] if case.chain else []
        row = await take_question(unit, case, "approve_voting", actor=actor, outcome={"pairs": pairs})
        row.voting_approved_at = unit.now
        return question_id

    @use_case
    async def fall(self, unit: Unit, question_id: UUID, *, unanimous: bool = False, actor: Actor) -> UUID:
        """Let the gavel fall on what was named. What it decides is locked."""
        case = await unit.matters.open_question(question_id, actor=actor)
        await _gavel(unit, case, "gavel", actor, unanimous=unanimous)
        return question_id

    @use_case
    async def confirm(self, unit: Unit, question_id: UUID, *, actor: Actor) -> UUID:
        """Confirm an outcome on which the gavel was forgotten. Its time is now."""
        case = await unit.matters.open_question(question_id, actor=actor)
        await _gavel(unit, case, "confirm", actor, unanimous=False)
        return question_id


async def _gavel(unit: Unit, case: QuestionCase, rule: str, actor: Actor, *, unanimous: bool) -> None:
    row = await unit.matters.row(QuestionRow, case.id)
    told = {
        "named": row.named_id.hex if row.named_id else None, "answer": row.answer.name if row.answer else None,
        "counted": row.counted, "unanimous": unanimous, "position": row.position,
    }  # fmt: skip
    await take_question(unit, case, rule, actor=actor, outcome=told)
    row.gavel_at, row.winner_id, row.confirmed_late = unit.now, row.named_id, rule == "confirm"
    how = How(unanimous=unanimous, by_minority=await divided.by_minority(unit.session, case.id))
    await _settle(unit, row, how, actor)


async def _settle(unit: Unit, row: QuestionRow, how: How, actor: Actor) -> None:
    """What follows from one decided question; when none is left, the matter is decided."""
    if row.kind is QuestionKind.ORDER:
        await choose_order(unit, row.matter_id, row.order_id, keeps=row.answer is not Choice.NO, actor=actor)
        return
    if row.level > 0:
        await _level_settled(unit, row, actor)
        return
    if row.kind is QuestionKind.TODAY:
        await _today_settled(unit, row, actor)
    elif row.kind is QuestionKind.RIVALS:
        how = await _rivals_settled(unit, row, how, actor)
    else:
        await _addition_settled(unit, row, actor)
    if await put_next(unit, row.matter_id, actor):
        await decide_matter(unit, row.matter_id, actor, how)


async def _level_settled(unit: Unit, row: QuestionRow, actor: Actor) -> None:
    chain = await unit.matters.chain(row.id)
    if chain is not None:
        await name_by_figures(unit, chain.root_id, actor)


async def _today_settled(unit: Unit, row: QuestionRow, actor: Actor) -> None:
    """Ja: the matter is decided today. Nej: it goes back, or is deferred, and everything else falls."""
    (formal,) = ids_of(row)
    if row.answer is Choice.NO:
        await end_proposal(unit, formal, "carry", actor)
        await fall_rest(unit, row.matter_id, actor)
    else:
        await end_proposal(unit, formal, "lose", actor)


async def _rivals_settled(unit: Unit, row: QuestionRow, how: How, actor: Actor) -> How:
    if row.counted and row.named_id is None and row.answer is None:
        await fall_rest(unit, row.matter_id, actor)
        return replace(how, deferred=True)
    winner = None if row.answer is Choice.NO else row.named_id
    for each in ids_of(row):
        if each != winner:
            await end_proposal(unit, each, "lose", actor)
    if winner is not None and not await carry_on_with(unit, row, winner):
        await _carried(unit, row.matter_id, winner, actor)
    elif winner is None and not await _rivals_left(unit, row):
        await fall_rest(unit, row.matter_id, actor, {ProposalKind.ADDITION})
    await fall_with(unit, row.matter_id, actor)
    return how


async def _carried(unit: Unit, matter_id: UUID, winner: UUID, actor: Actor) -> None:
    """Where rejection has won, nothing is left to add to, and the other proposals are not put."""
    await end_proposal(unit, winner, "carry", actor)
    if (await unit.matters.row(ProposalRow, winner)).kind is ProposalKind.REJECT:
        await fall_rest(unit, matter_id, actor)


async def _rivals_left(unit: Unit, row: QuestionRow) -> bool:
    later = await unit.matters.questions(row.matter_id)
    return any(each.kind is QuestionKind.RIVALS and each.position > row.position for each in later)


async def _addition_settled(unit: Unit, row: QuestionRow, actor: Actor) -> None:
    (addition,) = ids_of(row)
    await end_proposal(unit, addition, "carry" if row.answer is Choice.YES else "lose", actor)
    await fall_with(unit, row.matter_id, actor)


def _found(row: QuestionRow, named: Named) -> Named | None:
    """What was named in full, or None where it does not belong to the question."""
    among = ids_of(row)
    rivals = row.kind is QuestionKind.RIVALS
    if rivals and len(among) > 1:
        return named if named.proposal in among and named.answer is None else None
    answer = named.answer or (Choice.YES if named.proposal in among and named.proposal else None)
    if answer not in {Choice.YES, Choice.NO} or (named.proposal is not None and named.proposal not in among):
        return None
    carried = Choice.NO if row.kind is QuestionKind.TODAY else Choice.YES
    if named.proposal is not None and answer is not carried:
        answer = carried
    return Named(among[0] if among and answer is carried else None, answer)
