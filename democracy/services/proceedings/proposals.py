"""Proposals (yrkanden): made, joined, left, withdrawn, taken over."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from democracy.domain import labels
from democracy.domain.actors import Actor
from democracy.errors import FieldError, InvalidInputError
from democracy.services.proceedings.document_changes import placed, record_change, taken_over, withdrawn_on_floor
from democracy.services.proceedings.proposal_steps import Wording, insert_proposal, take_proposal
from democracy.services.proceedings.receipt import Receipt, by_number, resolved
from democracy.services.proceedings.withdrawing import after_withdrawal
from democracy.services.use_case import Service, use_case
from democracy.storage import proposals
from democracy.storage.ledger import Text
from democracy.storage.proposal_case import TEXTUAL, ProposalCase
from democracy.storage.tables.matter import ProposalMoverRow, ProposalRow
from democracy.storage.unit_of_work import Unit
from workflows.proceedings import ProposalKind
from workflows.proposal import PROPOSAL, ProposalState

LONGEST = 10_000


class Proposals(Service):
    """Use cases of one proposal."""

    @use_case
    async def make(self, unit: Unit, matter_id: UUID, wording: Wording, receipt: Receipt, *, actor: Actor) -> UUID:
        """Propose something. What has been proposed already is joined: it is put once, with all its movers."""
        matter = await unit.matters.open(matter_id, actor=actor)
        receipt = await resolved(unit, receipt, matter, PROPOSAL, "make")
        matter, wording = await placed(unit, matter, wording, actor)
        matter_id = matter.id
        same = await _same(unit, matter_id, wording)
        if same is not None:
            await _join(unit, await unit.matters.proposal(same, actor=actor), receipt, actor)
            return same
        if wording.nominee_numbers and not matter.roles & PROPOSAL.rules["make"].by:
            raise PROPOSAL.wrong_role("make").under(matter.statutes)
        row = await _draft(unit, matter_id, wording, receipt, actor)
        case = await unit.matters.proposal(row.id, actor=actor)
        facts = replace(case.facts, **await _of_making(unit, case, wording, receipt, actor))
        await take_proposal(unit, case, "make", receipt, actor=actor, facts=facts, texts=[_text(row)])
        await record_change(unit, row, wording, receipt, actor)
        return row.id

    @use_case
    async def join(self, unit: Unit, proposal_id: UUID, receipt: Receipt, *, actor: Actor) -> UUID:
        """Stand behind a proposal beside its movers (ansluta sig)."""
        case = await unit.matters.open_proposal(proposal_id, actor=actor)
        await _join(unit, case, await resolved(unit, receipt, case, PROPOSAL, "join"), actor)
        return proposal_id

    @use_case
    async def withdraw(self, unit: Unit, proposal_id: UUID, receipt: Receipt, *, actor: Actor) -> UUID:
        """Withdraw a proposal; where others stand behind it too, it stays theirs."""
        case = await unit.matters.open_proposal(proposal_id, actor=actor)
        receipt = await resolved(unit, receipt, case, PROPOSAL, "withdraw")
        standing = await proposals.standing_movers(unit.session, proposal_id)
        own = _own(standing, receipt, actor)
        facts = replace(case.facts, movers=len(standing), stands_behind=own is not None)
        if len(standing) > 1 and own is not None:
            row = await take_proposal(unit, case, "leave", receipt, actor=actor, facts=facts)
            own.left_at = unit.now
            row.from_board = row.from_board and own.body_id is None
        else:
            await take_proposal(unit, case, "withdraw", receipt, actor=actor, facts=facts)
            await proposals.leave_all(unit.session, proposal_id, unit.now)
            await withdrawn_on_floor(unit, proposal_id, actor)
            await after_withdrawal(unit, case.matter_id, actor)
        return proposal_id

    @use_case
    async def take_over(self, unit: Unit, proposal_id: UUID, receipt: Receipt, *, actor: Actor) -> UUID:
        """Make a withdrawn proposal one's own."""
        case = await unit.matters.open_proposal(proposal_id, actor=actor)
        receipt = await resolved(unit, receipt, case, PROPOSAL, "take_over")
        right = await unit.matters.may_propose(case.matter_id, receipt.whose(actor))
        facts = replace(case.facts, received_at=receipt.received(unit), mover_has_right=right)
        row = await take_proposal(unit, case, "take_over", receipt, actor=actor, facts=facts)
        row.from_board = False
        await taken_over(unit, proposal_id, actor)
        await _stand(unit, proposal_id, receipt, actor)
        return proposal_id


async def _draft(unit: Unit, matter_id: UUID, wording: Wording, receipt: Receipt, actor: Actor) -> ProposalRow:
    if len(wording.text) > LONGEST:
        raise InvalidInputError(FieldError("text", "too_long", {"longest": LONGEST}))
    label = await _label(unit, matter_id, wording.variant_of, actor)
    row = await insert_proposal(
        unit, matter_id, wording, label, channel=receipt.channel, received_at=receipt.received(unit),
        recorded_by=receipt.recorder(actor),
    )  # fmt: skip
    named = [await by_number(unit, each, "nominees") for each in wording.nominee_numbers]
    await proposals.nominate(unit.session, row.id, [*wording.nominees, *named])
    await _stand(unit, row.id, receipt, actor)
    return row


async def _label(unit: Unit, matter_id: UUID, variant_of: UUID | None, actor: Actor) -> str:
    """The next letter; beside a proposal of which it is a variant, B1 and B2."""
    taken = await proposals.labels(unit.session, matter_id)
    first = next((row for row in taken.values() if row.id == variant_of), None)
    if variant_of is not None and first is None:
        raise InvalidInputError(FieldError("variantOfId", "id", {"kind": "Proposal"}))
    if first is None:
        return labels.next_letter(taken)
    letter = labels.letter_of(first.label)
    if first.label == letter:
        first.label = f"{letter}1"
        case = await unit.matters.proposal(first.id, actor=actor)
        if first.state in PROPOSAL.rules["relabel"].source:
            await take_proposal(unit, case, "relabel", actor=actor, outcome={"from": letter}, follows=True)
    return labels.next_variant(letter, {*taken, first.label})


async def _of_making(
    unit: Unit, case: ProposalCase, wording: Wording, receipt: Receipt, actor: Actor
) -> dict[str, Any]:
    addition = wording.kind is ProposalKind.ADDITION
    return {
        "mover_has_right": await unit.matters.may_propose(case.matter_id, receipt.whose(actor)),
        "received_at": receipt.received(unit),
        "adds_to_given": not addition or wording.adds_to is not None,
    }


def _own(standing: Sequence[ProposalMoverRow], receipt: Receipt, actor: Actor) -> ProposalMoverRow | None:
    """The mover that somebody is: in person, else by a seat in a body that moved it."""
    who = receipt.whose(actor)
    personal = next((each for each in standing if each.member_id == who), None)
    if personal or receipt.for_another(actor):
        return personal
    return next((each for each in standing if each.body_id is not None), None)


async def _stand(unit: Unit, proposal_id: UUID, receipt: Receipt, actor: Actor) -> None:
    await proposals.add_mover(
        unit.session, proposal_id, member_id=receipt.whose(actor), at=unit.now, recorded_by=receipt.recorder(actor)
    )


async def _join(unit: Unit, case: ProposalCase, receipt: Receipt, actor: Actor) -> None:
    who = receipt.whose(actor)
    standing = await proposals.standing_movers(unit.session, case.id)
    facts = replace(
        case.facts,
        received_at=receipt.received(unit),
        stands_behind=any(each.member_id == who for each in standing),
        mover_has_right=await unit.matters.may_propose(case.matter_id, who),
    )
    await take_proposal(unit, case, "join", receipt, actor=actor, facts=facts)
    await _stand(unit, case.id, receipt, actor)


async def _same(unit: Unit, matter_id: UUID, wording: Wording) -> UUID | None:
    """A proposal that stands and means the same: of a kind that says it all, or word for word."""
    if wording.nominees or wording.nominee_numbers or wording.variant_of is not None:
        return None
    wanted = _meaning(wording.kind, wording.text, wording.adds_to, wording.place, wording.recipient, wording.back_at)
    for row in await unit.matters.proposals(matter_id):
        adds_to = row.adds_to_id or (matter_id if row.kind is ProposalKind.ADDITION else None)
        own = _meaning(row.kind, row.text, adds_to, row.place, row.recipient, row.back_at_id)
        if row.state is ProposalState.MADE and own == wanted:
            return row.id
    return None


def _meaning(kind: ProposalKind, text: str, *rest: Any) -> tuple[Any, ...]:
    said = " ".join(text.casefold().split()) if kind in TEXTUAL or kind is ProposalKind.REFER_BACK else ""
    return kind, said, *rest


def _text(row: ProposalRow) -> Text:
    """What the proposal says, beside the ledger."""
    names = ("text", "recipient", "instruction", "reason", "back_by", "place")
    return Text("proposal", row.id, {name: getattr(row, name) for name in names})
