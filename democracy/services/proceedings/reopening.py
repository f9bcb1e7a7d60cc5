"""What is decided is locked; only a decision of the meeting, by the majority of its order, takes it up again."""

from dataclasses import replace
from uuid import UUID

from democracy.domain.actors import Actor
from democracy.services.motions.decisions import Votes, majority_met, reopen_clause
from democracy.services.proceedings.division_steps import lapse_ordered
from democracy.services.proceedings.document_decisions import reopen_in_document
from democracy.services.proceedings.matters import take_matter
from democracy.services.proceedings.proposal_steps import take_proposal
from democracy.services.proceedings.questions import take_question
from democracy.services.use_case import Service, use_case
from democracy.storage import matter_decisions, orders
from democracy.storage.ledger import Text
from democracy.storage.matter_case import LEFT
from democracy.storage.tables.matter import MatterRow
from democracy.storage.unit_of_work import Unit
from workflows.matter import MatterState
from workflows.proposal import PROPOSAL
from workflows.statutes.parameters.meetings import Matter


class Reopening(Service):
    """Use cases of a decided matter."""

    @use_case
    async def reopen(
        self, unit: Unit, matter_id: UUID, reason: str, votes: Votes | None = None, *, actor: Actor
    ) -> UUID:
        """Record that the meeting takes up a matter again (återuppta). Its decision remains, replaced.

        Where the vote on it was counted, `votes` have to reach the majority that the statutes ask for.
        """
        case = await unit.matters.open(matter_id, actor=actor)
        reason = reason.strip()
        carried = votes is None or await majority_met(unit, case.statutes, Matter.REOPEN, votes)
        facts = replace(case.facts, reopening_carried=carried, reason_given=bool(reason))
        told = {"votes": [votes.for_, votes.against, votes.abstained] if votes else None}
        text = Text("reopening", matter_id, {"reason": reason})
        row = await take_matter(unit, case, "reopen", actor=actor, facts=facts, outcome=told, texts=[text])
        await _undo(unit, row, reason, votes, actor, carried=carried)
        return matter_id


async def vote_again(unit: Unit, matter_id: UUID, reason: str, *, actor: Actor) -> None:
    """A vote was annulled after the gavel: what was decided by it is undone, and the order of questions begins anew."""
    case = await unit.matters.case(matter_id, actor=actor)
    decided = case.state is MatterState.DECIDED
    for question in await unit.matters.questions(matter_id):
        if question.state in LEFT:
            judged = await unit.matters.question(question.id, actor=actor)
            await take_question(unit, judged, "fall", actor=actor, follows=True)
    await lapse_ordered(unit, matter_id, actor)
    row = await take_matter(unit, case, "vote_again", actor=actor, follows=True)
    if decided:
        await _undo(unit, row, reason, None, actor, carried=True)
        return
    await orders.drop_all(unit.session, matter_id, unit.now)
    await _restore(unit, matter_id, actor)


async def _undo(unit: Unit, row: MatterRow, reason: str, votes: Votes | None, actor: Actor, *, carried: bool) -> None:
    """What a decision did is undone: on the proposals, in a document, on an att-sats."""
    await _replace(unit, row, reason)
    await orders.drop_all(unit.session, row.id, unit.now)
    await _restore(unit, row.id, actor)
    await reopen_in_document(unit, row.id, actor)
    if row.clause_id is not None:
        clause = await unit.motions.clause(row.clause_id)
        motion = await unit.motions.open(clause.motion_id, actor=actor)
        await reopen_clause(unit, motion, clause, reason, votes, actor, carried=carried)


async def _replace(unit: Unit, row: MatterRow, reason: str) -> None:
    decision = await matter_decisions.in_force(unit.session, row.id)
    if decision is not None:
        decision.replaced_at, decision.replaced_reason = unit.now, reason
    row.decided_at = None
    await unit.session.flush()


async def _restore(unit: Unit, matter_id: UUID, actor: Actor) -> None:
    """Every proposal that the decision ended stands again."""
    for row in await unit.matters.proposals(matter_id):
        if row.state in PROPOSAL.rules["restore"].source:
            case = await unit.matters.proposal(row.id, actor=actor)
            await take_proposal(unit, case, "restore", actor=actor, follows=True)
