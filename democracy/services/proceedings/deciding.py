"""What the gavel decides: which proposals are carried, the decision, and what it does to a motion."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from democracy.domain.actors import Actor
from democracy.domain.ids import new_id
from democracy.domain.kinds import Outcome
from democracy.domain.verdicts import outcome_of
from democracy.services.motions.decisions import Verdict, conclude, decide_clause
from democracy.services.proceedings.division_steps import lapse_ordered
from democracy.services.proceedings.document_decisions import carry_to_document
from democracy.services.proceedings.effects import formality_decided
from democracy.services.proceedings.matters import take_matter
from democracy.services.proceedings.proposal_steps import take_proposal
from democracy.services.proceedings.questions import take_question
from democracy.storage import decision_register
from democracy.storage.matter_case import LEFT, MatterCase
from democracy.storage.matters import ids_of
from democracy.storage.tables.matter import MatterDecisionRow, MatterRow, ProposalRow
from democracy.storage.unit_of_work import Unit
from workflows.matter import MatterFacts
from workflows.proceedings import MatterKind, ProposalKind
from workflows.proposal import ProposalState


@dataclass(frozen=True)
class How:
    """The way in which a matter was decided."""

    rule: str = "decide"
    unanimous: bool = False
    """Only because the chair said so."""
    in_block: bool = False
    by_minority: bool = False
    deferred: bool = False
    """Equal figures deferred it."""


async def end_proposal(unit: Unit, proposal_id: UUID, rule: str, actor: Actor) -> None:
    """Carry a proposal, or let it be lost or fall. One that has ended already stays as it is."""
    case = await unit.matters.proposal(proposal_id, actor=actor)
    if case.state is ProposalState.MADE:
        await take_proposal(unit, case, rule, actor=actor, follows=True)


async def fall_with(unit: Unit, matter_id: UUID, actor: Actor) -> None:
    """Additions fall with what they add to: a proposal that is gone, or a matter of which nothing is left."""
    rows = await unit.matters.proposals(matter_id)
    states = {row.id: row.state for row in rows}
    gone = {ProposalState.LOST, ProposalState.FALLEN, ProposalState.WITHDRAWN}
    for row in rows:
        adds_to = row.adds_to_id if row.state is ProposalState.MADE else None
        if adds_to is not None and states[await _now(unit, adds_to)] in gone:
            await end_proposal(unit, row.id, "fall", actor)
    await _fall_questions(unit, matter_id, actor)


async def fall_rest(unit: Unit, matter_id: UUID, actor: Actor, kinds: Collection[ProposalKind] | None = None) -> None:
    """Everything that still stands falls (of some kinds only, where they are named), with the questions about it."""
    for row in await unit.matters.proposals(matter_id):
        if row.state is ProposalState.MADE and (kinds is None or row.kind in kinds):
            await end_proposal(unit, row.id, "fall", actor)
    await _fall_questions(unit, matter_id, actor)


async def decide_matter(unit: Unit, matter_id: UUID, actor: Actor, how: How, facts: MatterFacts | None = None) -> None:
    """Write the decision that the carried proposals make, and let it have its effect.

    After the last gavel it follows by itself; by any other rule the actor decides, and `facts` are those before it.
    """
    case = await unit.matters.case(matter_id, actor=actor)
    rows = await unit.matters.proposals(matter_id)
    decision = _decision(unit, case, rows, how)
    told = {
        "outcome": decision.outcome.name, "proposal": decision.proposal_id.hex if decision.proposal_id else None,
        "additions": [row.label for row in _additions(rows)], "unanimous": how.unanimous, "in_block": how.in_block,
        "minority": how.by_minority,
    }  # fmt: skip
    after_gavel = how.rule == "decide"
    row = await take_matter(unit, case, how.rule, actor=actor, facts=facts, outcome=told, follows=after_gavel)
    row.decided_at = unit.now
    unit.session.add(decision)
    await unit.session.flush()
    await decision_register.enter_matter(unit.session, row, decision, _text(decision, rows))
    await lapse_ordered(unit, matter_id, actor)
    await _effect(unit, case, row, decision, rows, actor, deferred=how.deferred)


def _decision(unit: Unit, case: MatterCase, rows: Sequence[ProposalRow], how: How) -> MatterDecisionRow:
    carried = [row for row in rows if row.state is ProposalState.CARRIED]
    main = next((row for row in carried if row.kind is not ProposalKind.ADDITION), None)
    additions = _additions(rows)
    lost = next((row for row in rows if row.state is ProposalState.LOST), None)
    winner = main or (additions[0] if additions else lost)
    outcome = outcome_of(winner.kind) if winner is not None and winner is not lost else Outcome.REJECT
    if how.deferred:
        winner, outcome = None, Outcome.DEFER
    elif outcome is Outcome.APPROVE and additions:
        outcome = Outcome.APPROVE_REWORDED
    return MatterDecisionRow(
        id=new_id(),
        matter_id=case.id,
        meeting_id=case.meeting_id,
        outcome=outcome,
        proposal_id=winner.id if winner else None,
        wording=_wording(main, additions) if outcome is Outcome.APPROVE_REWORDED else None,
        unanimous=how.unanimous,
        in_block=how.in_block,
        by_minority=how.by_minority,
        decided_at=unit.now,
    )


def _text(decision: MatterDecisionRow, rows: Sequence[ProposalRow]) -> str:
    """The proposal that decided the matter."""
    return next((row.text for row in rows if row.id == decision.proposal_id), "")


def _additions(rows: Sequence[ProposalRow]) -> list[ProposalRow]:
    return [row for row in rows if row.state is ProposalState.CARRIED and row.kind is ProposalKind.ADDITION]


def _wording(main: ProposalRow | None, additions: Sequence[ProposalRow]) -> str:
    """The text that was adopted: what won, and below it what was added."""
    return "\n\n".join(row.text for row in (*([main] if main else []), *additions) if row.text)


async def _effect(
    unit: Unit,
    case: MatterCase,
    row: MatterRow,
    decision: MatterDecisionRow,
    rows: Sequence[ProposalRow],
    actor: Actor,
    *,
    deferred: bool,
) -> None:
    winner = next((each for each in rows if each.id == decision.proposal_id), None)
    if row.clause_id is not None:
        await _decide_clause(unit, case, row.clause_id, decision, winner, actor, deferred=deferred)
    elif row.kind in {MatterKind.PASSAGE, MatterKind.DOCUMENT}:
        await carry_to_document(unit, case, decision, rows, actor)
    elif row.kind is MatterKind.FORMALITY and winner is not None:
        await formality_decided(unit, case, winner, actor)


async def _decide_clause(
    unit: Unit,
    case: MatterCase,
    clause_id: UUID,
    decision: MatterDecisionRow,
    winner: ProposalRow | None,
    actor: Actor,
    *,
    deferred: bool,
) -> None:
    """Decide the att-sats that the matter is about, under the item's §."""
    clause = await unit.motions.clause(clause_id)
    motion = await unit.motions.open(clause.motion_id, actor=actor)
    goes_on = winner is not None and not deferred and decision.outcome.goes_on
    verdict = Verdict(
        outcome=decision.outcome,
        wording=decision.wording,
        recipient=winner.recipient if winner else None,
        deferred_to=winner.back_at_id if winner and goes_on else None,
        paragraph=f"§ {case.item_number}" if case.item_number else None,
        by_tie=deferred,
    )
    await decide_clause(unit, motion, clause, verdict, actor)
    await conclude(unit, motion.id, actor)


async def _now(unit: Unit, proposal_id: UUID) -> UUID:
    """What a proposal has become: itself, or the reconciliation that replaced it."""
    row = await unit.matters.row(ProposalRow, proposal_id)
    while row.state is ProposalState.RECONCILED and row.reconciled_into_id is not None:
        row = await unit.matters.row(ProposalRow, row.reconciled_into_id)
    return row.id


async def _fall_questions(unit: Unit, matter_id: UUID, actor: Actor) -> None:
    """Questions about nothing that stands fall."""
    standing = {row.id for row in await unit.matters.proposals(matter_id) if row.state is ProposalState.MADE}
    for row in await unit.matters.questions(matter_id):
        if row.state in LEFT and row.proposals != "[]" and not standing & set(ids_of(row)):
            await take_question(
                unit, await unit.matters.question(row.id, actor=actor), "fall", actor=actor, follows=True
            )
