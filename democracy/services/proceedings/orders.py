"""Propositionsordning: the chair proposes an order of questions, somebody may propose another, the meeting approves."""

from dataclasses import dataclass, replace
from uuid import UUID

from democracy.domain.actors import Actor
from democracy.domain.ids import new_id
from democracy.domain.labels import label_key
from democracy.domain.question_order import Form, QuestionOrder, lay_out, led_by, suggested
from democracy.services.proceedings.matters import take_matter
from democracy.services.proceedings.questions import put
from democracy.services.proceedings.receipt import Receipt, resolved
from democracy.services.proceedings.reconciling import drop_waiting
from democracy.services.proceedings.withdrawing import put_next
from democracy.services.use_case import Service, use_case
from democracy.storage import orders, statutes
from democracy.storage.matter_case import LEFT, MatterCase
from democracy.storage.tables.matter import QuestionOrderRow
from democracy.storage.unit_of_work import Unit
from workflows.matter import MATTER
from workflows.proceedings import ProposalKind, QuestionKind
from workflows.proceedings_guards import BY_CHAIR
from workflows.proposal import ProposalState


@dataclass(frozen=True)
class Suggestion:
    """What somebody says of the order; what is left out follows from the proposals."""

    main: UUID | None = None
    """The main proposal."""
    rivals: tuple[UUID, ...] = ()
    """The rivals in the order in which they are put."""
    additions: tuple[UUID, ...] = ()
    form: Form = Form.NESTED


class Orders(Service):
    """Use cases of an order of questions."""

    @use_case
    async def propose(
        self, unit: Unit, matter_id: UUID, suggestion: Suggestion, receipt: Receipt, *, actor: Actor
    ) -> UUID:
        """Propose an order. The chair's new one takes the place of the old; anybody else's stands against it."""
        case = await unit.matters.open(matter_id, actor=actor)
        receipt = await resolved(unit, receipt, case, MATTER, "propose_order")
        kinds = await _kinds(unit, matter_id)
        order = _filled(suggestion, kinds, await _boards(unit, matter_id))
        by_chair = bool(case.roles & BY_CHAIR) and receipt.member_id is None
        facts = replace(case.facts, order_fits=order.holds(kinds), chair_proposes=by_chair)
        judged = replace(case, roles=receipt.roles(case.roles, actor))
        row = _row(unit, matter_id, order, None if by_chair else receipt.whose(actor))
        told = {"order": row.id.hex, "by_chair": by_chair, "member": row.member_id.hex if row.member_id else None}
        await take_matter(unit, judged, "propose_order", actor=actor, facts=facts, outcome=told)
        await _replace_or_oppose(unit, row, actor)
        return matter_id

    @use_case
    async def approve(self, unit: Unit, matter_id: UUID, *, actor: Actor) -> UUID:
        """Record that the meeting approves the order. The first question is put."""
        case = await unit.matters.open(matter_id, actor=actor)
        chosen = (await orders.standing(unit.session, matter_id))[:1]
        kinds = await _kinds(unit, matter_id)
        fits = all(QuestionOrder.read(row.content).holds(kinds) for row in chosen)
        facts = replace(case.facts, orders=case.facts.orders if fits else 0)
        told = {"order": chosen[0].id.hex} if chosen else {}
        await take_matter(unit, case, "approve_order", actor=actor, facts=facts, outcome=told)
        chosen[0].approved_at = unit.now
        await drop_waiting(unit, matter_id, actor)
        await _lay_out(unit, case, chosen[0], kinds)
        await put_next(unit, matter_id, actor)
        return matter_id


async def choose_order(unit: Unit, matter_id: UUID, rival_id: UUID, *, keeps: bool, actor: Actor) -> None:
    """The meeting has chosen between the order that stood and a rival: the other one is given up."""
    for row in await orders.standing(unit.session, matter_id):
        if (row.id == rival_id) is keeps and (row.id == rival_id or not await _undecided(unit, row.id)):
            row.dropped_at = unit.now
    waiting = [row for row in await orders.of_rival(unit.session, matter_id) if row.state in LEFT]
    if waiting:
        await put(unit, waiting[0].id, actor)


async def _undecided(unit: Unit, order_id: UUID) -> bool:
    """Whether the meeting has yet to choose between a rival order and the one that stands."""
    row = await unit.matters.row(QuestionOrderRow, order_id)
    questions = await orders.of_rival(unit.session, row.matter_id)
    return any(each.order_id == order_id and each.state in LEFT for each in questions)


async def _replace_or_oppose(unit: Unit, row: QuestionOrderRow, actor: Actor) -> None:
    standing = await orders.standing(unit.session, row.matter_id)
    if row.by_chair:
        for each in standing:
            each.dropped_at = unit.now if each.by_chair else None
        unit.session.add(row)
        await unit.session.flush()
        return
    unit.session.add(row)
    await unit.session.flush()
    asked = orders.question(row.matter_id, row.id, QuestionKind.ORDER, (), 0)
    unit.session.add(asked)
    await unit.session.flush()
    before = [each for each in await orders.of_rival(unit.session, row.matter_id) if each.state in LEFT]
    if before[0].id == asked.id:
        await put(unit, asked.id, actor)


async def _lay_out(unit: Unit, case: MatterCase, row: QuestionOrderRow, kinds: dict[UUID, ProposalKind]) -> None:
    rules = (await statutes.by_digest(unit.session, case.statutes))[case.statutes]
    laid = lay_out(QuestionOrder.read(row.content), kinds, rules.parameters.meetings.question_places)
    await orders.lay(unit.session, case.id, row.id, laid)


async def _kinds(unit: Unit, matter_id: UUID) -> dict[UUID, ProposalKind]:
    """The proposals that stand, by their label's order, with their kinds."""
    rows = [row for row in await unit.matters.proposals(matter_id) if row.state is ProposalState.MADE]
    return {row.id: row.kind for row in sorted(rows, key=lambda row: label_key(row.label))}


async def _boards(unit: Unit, matter_id: UUID) -> set[UUID]:
    return {row.id for row in await unit.matters.proposals(matter_id) if row.from_board}


def _filled(suggestion: Suggestion, kinds: dict[UUID, ProposalKind], boards: set[UUID]) -> QuestionOrder:
    order = suggested(kinds, boards)
    if suggestion.rivals:
        order = replace(order, rivals=suggestion.rivals)
    if suggestion.additions:
        order = replace(order, additions=suggestion.additions)
    order = replace(order, form=suggestion.form)
    main = suggestion.main or order.main
    return led_by(order, main) if main in order.rivals else replace(order, main=main)


def _row(unit: Unit, matter_id: UUID, order: QuestionOrder, member_id: UUID | None) -> QuestionOrderRow:
    return QuestionOrderRow(
        id=new_id(),
        matter_id=matter_id,
        by_chair=member_id is None,
        member_id=member_id,
        content=order.json(),
        proposed_at=unit.now,
    )
