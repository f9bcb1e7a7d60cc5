"""Jämkning: one text instead of several, once every mover concerned has accepted it."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from democracy.domain import labels
from democracy.domain.actors import Actor
from democracy.services.proceedings.proposal_steps import Wording, insert_proposal, take_proposal
from democracy.services.proceedings.receipt import Receipt, resolved
from democracy.services.use_case import Service, use_case
from democracy.storage import proposals
from democracy.storage.ledger import Text
from democracy.storage.proposal_case import is_waiting
from democracy.storage.tables.matter import ProposalMoverRow, ProposalRow
from democracy.storage.unit_of_work import Unit
from workflows.proposal import PROPOSAL, ProposalState


class Reconciling(Service):
    """Use cases of a reconciliation."""

    @use_case
    async def reconcile(
        self, unit: Unit, matter_id: UUID, sources: Sequence[UUID], wording: Wording, receipt: Receipt, *, actor: Actor
    ) -> UUID:
        """Propose one text instead of several. Whoever proposes it accepts it; every other mover is asked."""
        matter = await unit.matters.open(matter_id, actor=actor)
        receipt = await resolved(unit, receipt, matter, PROPOSAL, "reconcile")
        replaced = await _replaceable(unit, matter_id, sources)
        row = await _draft(unit, matter_id, replaced, wording, receipt, actor)
        case = await unit.matters.proposal(row.id, actor=actor)
        whole = len(replaced) == len(set(sources))
        facts = replace(
            case.facts, sources=len(replaced) if whole else 0, received_at=receipt.received(unit)
        )  # fmt: skip
        text = Text("proposal", row.id, {"text": row.text})
        told = {"sources": [each.hex for each in sources]}
        await take_proposal(unit, case, "reconcile", receipt, actor=actor, facts=facts, outcome=told, texts=[text])
        await _settle(unit, row.id, actor)
        return row.id

    @use_case
    async def accept(self, unit: Unit, proposal_id: UUID, receipt: Receipt, *, actor: Actor) -> UUID:
        """Accept a reconciliation. When the last one has, it stands in the place of its sources."""
        case = await unit.matters.open_proposal(proposal_id, actor=actor)
        receipt = await resolved(unit, receipt, case, PROPOSAL, "accept")
        asked = await _asked(unit, proposal_id, receipt, actor)
        facts = replace(case.facts, asked=asked is not None)
        await take_proposal(unit, case, "accept", receipt, actor=actor, facts=facts)
        if asked is not None:
            asked.accepted_at, asked.recorded_by = unit.now, receipt.recorder(actor)
        await _settle(unit, proposal_id, actor)
        return proposal_id

    @use_case
    async def decline(self, unit: Unit, proposal_id: UUID, receipt: Receipt, *, actor: Actor) -> UUID:
        """Decline a reconciliation: its sources stand as they were."""
        case = await unit.matters.open_proposal(proposal_id, actor=actor)
        receipt = await resolved(unit, receipt, case, PROPOSAL, "decline")
        asked = await _asked(unit, proposal_id, receipt, actor)
        await take_proposal(unit, case, "decline", receipt, actor=actor)
        if asked is not None:
            asked.declined_at, asked.recorded_by = unit.now, receipt.recorder(actor)
        await proposals.release(unit.session, proposal_id)
        return proposal_id


async def drop_waiting(unit: Unit, matter_id: UUID, actor: Actor) -> None:
    """The order of questions is approved: what nobody has answered comes to nothing, and its sources are put."""
    for row in await unit.matters.proposals(matter_id):
        if row.state is ProposalState.DRAFTED:
            case = await unit.matters.proposal(row.id, actor=actor)
            await take_proposal(unit, case, "decline", actor=actor, follows=True)
            await proposals.release(unit.session, row.id)


async def _replaceable(unit: Unit, matter_id: UUID, sources: Sequence[UUID]) -> list[ProposalRow]:
    """Those of the named proposals that stand on the matter and are in no other reconciliation."""
    rows = await unit.matters.proposals(matter_id)
    stand = [row for row in rows if row.state is ProposalState.MADE and row.reconciled_into_id is None]
    return [row for row in stand if row.id in sources]


async def _draft(
    unit: Unit, matter_id: UUID, replaced: Sequence[ProposalRow], wording: Wording, receipt: Receipt, actor: Actor
) -> ProposalRow:
    taken = await proposals.labels(unit.session, matter_id)
    names = [each.label for each in replaced]
    label = labels.reconciled(names, taken) if names else labels.next_letter(taken)
    first = replaced[0] if replaced else None
    same = {name: getattr(first, name) for name in ("passage_id", "place", "operation", "adds_to_id") if first}
    row = await insert_proposal(
        unit, matter_id, wording, label, channel=receipt.channel, received_at=receipt.received(unit),
        recorded_by=receipt.recorder(actor),
    )  # fmt: skip
    for name, value in same.items():
        setattr(row, name, value)
    for each in replaced:
        each.reconciled_into_id = row.id
        for mover in await proposals.standing_movers(unit.session, each.id):
            await _ask(unit, row.id, mover, receipt, actor)
    return row


async def _ask(unit: Unit, proposal_id: UUID, mover: ProposalMoverRow, receipt: Receipt, actor: Actor) -> None:
    own = mover.member_id is not None and mover.member_id == receipt.whose(actor)
    known = await proposals.movers(unit.session, proposal_id)
    if any((each.member_id, each.body_id) == (mover.member_id, mover.body_id) for each in known):
        return
    await proposals.add_mover(
        unit.session, proposal_id, member_id=mover.member_id, body_id=mover.body_id, at=unit.now, accepted=own,
        recorded_by=receipt.recorder(actor) if own else None,
    )  # fmt: skip


async def _asked(unit: Unit, proposal_id: UUID, receipt: Receipt, actor: Actor) -> ProposalMoverRow | None:
    """The mover that somebody answers as: in person, else by a seat in a body."""
    who = receipt.whose(actor)
    waiting = [each for each in await proposals.movers(unit.session, proposal_id) if is_waiting(each)]
    personal = next((each for each in waiting if each.member_id == who), None)
    if personal or receipt.for_another(actor):
        return personal
    return next((each for each in waiting if each.body_id is not None), None)


async def _settle(unit: Unit, proposal_id: UUID, actor: Actor) -> None:
    case = await unit.matters.proposal(proposal_id, actor=actor)
    if case.facts.answers_left:
        return
    await take_proposal(unit, case, "settle", actor=actor, follows=True)
    for source in await proposals.sources(unit.session, proposal_id):
        replaced = await unit.matters.proposal(source.id, actor=actor)
        told = {"into": proposal_id.hex}
        await take_proposal(unit, replaced, "replace", actor=actor, outcome=told, follows=True)
