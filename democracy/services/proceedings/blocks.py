"""Several motions decided at once (klumpbeslut): as the board proposes, or a whole category referred or noted."""

from dataclasses import dataclass, field, replace
from uuid import UUID

from democracy.domain import labels
from democracy.domain.actors import Actor
from democracy.errors import FieldError, InvalidInputError
from democracy.services.proceedings.deciding import How, decide_matter
from democracy.services.proceedings.matters import take_matter
from democracy.services.proceedings.proposal_steps import Wording, insert_proposal, take_proposal
from democracy.services.proceedings.receipt import Receipt, resolved
from democracy.services.proceedings.recording import end_all
from democracy.services.use_case import Service, use_case
from democracy.storage import agenda_items, proposals
from democracy.storage.tables.agenda import AgendaItemRow
from democracy.storage.unit_of_work import Unit
from workflows.matter import MATTER, MatterState
from workflows.proceedings import ProposalKind
from workflows.proposal import ProposalState

UNDECIDED = (MatterState.OPEN, MatterState.DEBATE_CLOSED)
AT_ONCE = (ProposalKind.REFER, ProposalKind.NOTED, ProposalKind.CONSIDERED_ANSWERED)
"""What whole categories may be disposed of by, beside the board's proposals."""


@dataclass(frozen=True)
class AllTo:
    """One decision for everything in the block, in the place of the board's proposals."""

    kind: ProposalKind
    recipient: str | None = None
    by: Receipt = field(default_factory=Receipt)
    """Who proposed it."""


class Blocks(Service):
    """Use cases of a block of motions."""

    @use_case
    async def decide(
        self, unit: Unit, item_id: UUID, all_to: AllTo | None = None, *, unanimous: bool = False, actor: Actor
    ) -> UUID:
        """Let the gavel fall on the whole block. Each matter in it gets a decision of its own; all or none."""
        matters = await _locked(unit, item_id, actor)
        if all_to is not None:
            if all_to.kind not in AT_ONCE:
                raise InvalidInputError(FieldError("allTo", "not_for_a_block"))
            first = await unit.matters.case(matters[0], actor=actor)
            all_to = replace(all_to, by=await resolved(unit, all_to.by, first, MATTER, "decide_in_block"))
        for matter_id in matters:
            await _decide(unit, matter_id, all_to, actor, unanimous=unanimous)
        return item_id

    @use_case
    async def lift(self, unit: Unit, item_id: UUID, receipt: Receipt, *, actor: Actor) -> UUID:
        """Lift an item out of its block: it is debated and decided by itself."""
        item = await unit.matters.row(AgendaItemRow, item_id)
        within = await _locked(unit, item.parent_id or item_id, actor)
        cases = [await unit.matters.case(each, actor=actor) for each in within]
        own = [case for case in cases if case.item_id == item_id]
        if not own:
            raise InvalidInputError(FieldError("itemId", "nothing_in_block"))
        receipt = await resolved(unit, receipt, own[0], MATTER, "lift")
        for case in own:
            who = receipt.whose(actor)
            judged = replace(case, roles=receipt.roles(case.roles, actor))
            await take_matter(unit, judged, "lift", actor=actor, outcome={"member": who.hex if who else None})
        item.parent_id = None
        return item_id


async def _locked(unit: Unit, item_id: UUID, actor: Actor) -> list[UUID]:
    """Lock a block for oneself, and what is undecided in it. InvalidInputError where there is nothing."""
    item = await unit.matters.row(AgendaItemRow, item_id)
    await unit.meetings.hold(item.meeting_id, actor=actor)
    await agenda_items.lock(unit.session, item_id)
    found = []
    for matter_id in await agenda_items.matters(unit.session, item_id):
        case = await unit.matters.open(matter_id, actor=actor)
        if case.state in UNDECIDED:
            found.append(matter_id)
    if not found:
        raise InvalidInputError(FieldError("itemId", "nothing_in_block"))
    return found


async def _decide(unit: Unit, matter_id: UUID, all_to: AllTo | None, actor: Actor, *, unanimous: bool) -> None:
    case = await unit.matters.case(matter_id, actor=actor)
    winner = await (_propose(unit, matter_id, all_to, actor) if all_to else _boards(unit, matter_id))
    facts = case.facts if all_to is None else replace(case.facts, recommended=True)
    standing = [row for row in await unit.matters.proposals(matter_id) if row.state is ProposalState.MADE]
    await end_all(unit, matter_id, {winner}, standing, actor)
    await decide_matter(unit, matter_id, actor, How("decide_in_block", unanimous=unanimous, in_block=True), facts)


async def _boards(unit: Unit, matter_id: UUID) -> UUID | None:
    rows = await unit.matters.proposals(matter_id)
    return next((row.id for row in rows if row.from_board and row.state is ProposalState.MADE), None)


async def _propose(unit: Unit, matter_id: UUID, all_to: AllTo, actor: Actor) -> UUID:
    """Make the proposal on one matter; where it stands already, it is that one."""
    for row in await unit.matters.proposals(matter_id):
        if row.state is ProposalState.MADE and (row.kind, row.recipient) == (all_to.kind, all_to.recipient):
            return row.id
    label = labels.next_letter(await proposals.labels(unit.session, matter_id))
    row = await insert_proposal(
        unit, matter_id, Wording(all_to.kind, recipient=all_to.recipient), label, channel=all_to.by.channel,
        received_at=all_to.by.received(unit), recorded_by=all_to.by.recorder(actor),
    )  # fmt: skip
    who = all_to.by.whose(actor)
    await proposals.add_mover(unit.session, row.id, member_id=who, at=unit.now)
    case = await unit.matters.proposal(row.id, actor=actor)
    facts = replace(case.facts, mover_has_right=await unit.matters.may_propose(matter_id, who), closes_at=None)
    await take_proposal(unit, case, "make", all_to.by, actor=actor, facts=facts)
    return row.id
