"""What is proposed, and the steps of a proposal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from democracy.domain.actors import Actor
from democracy.domain.ids import new_id
from democracy.services.proceedings.receipt import Receipt
from democracy.services.proceedings.steps import take
from democracy.storage.ledger import Text
from democracy.storage.proposal_case import ProposalCase
from democracy.storage.tables.matter import ProposalRow
from democracy.storage.unit_of_work import Unit
from workflows.proceedings import PlaceOperation, ProposalKind
from workflows.proposal import PROPOSAL, ProposalFacts, ProposalState


@dataclass(frozen=True)
class Wording:
    """What somebody proposes."""

    kind: ProposalKind
    text: str = ""
    adds_to: UUID | None = None
    """An addition: the matter, or the proposal, that it adds to."""
    recipient: str | None = None
    instruction: str | None = None
    reason: str | None = None
    back_by: str | None = None
    back_at: UUID | None = None
    """The meeting that the matter comes back to, or is deferred to."""
    passage: UUID | None = None
    place: str | None = None
    operation: PlaceOperation | None = None
    to_passage: UUID | None = None
    """Moving: beside what."""
    to_place: str | None = None
    to_beginning: bool = False
    before: bool = False
    """Put before the place, not after it."""
    nominees: tuple[UUID, ...] = ()
    """Those whom it would elect."""
    nominee_numbers: tuple[str, ...] = ()
    """The same by their member numbers."""
    variant_of: UUID | None = None
    """The proposal of which it is a variant: together they are B1 and B2."""


async def take_proposal(
    unit: Unit,
    case: ProposalCase,
    rule: str,
    receipt: Receipt | None = None,
    *,
    actor: Actor,
    facts: ProposalFacts | None = None,
    outcome: Mapping[str, Any] | None = None,
    texts: Sequence[Text] = (),
    follows: bool = False,
) -> ProposalRow:
    """Follow a rule of a proposal. Returns its row."""
    row = await unit.matters.row(ProposalRow, case.id)
    told: dict[str, Any] = {"matter": case.matter_id.hex, "label": row.label, "kind": row.kind.name, **(outcome or {})}
    judged = case
    if receipt is not None:
        who = receipt.whose(actor)
        told |= {"member": who.hex if who else None, "channel": receipt.channel.name}
        told["received"] = receipt.received(unit).isoformat()
        judged = replace(case, roles=receipt.roles(case.roles, actor))
    await take(
        unit, PROPOSAL, judged, row, rule, actor=actor, facts=facts, outcome=told, texts=texts, follows=follows
    )  # fmt: skip
    return row


async def insert_proposal(unit: Unit, matter_id: UUID, wording: Wording, label: str, **more: Any) -> ProposalRow:
    """Write a proposal that is yet to be made."""
    row = ProposalRow(
        id=new_id(),
        matter_id=matter_id,
        kind=wording.kind,
        state=ProposalState.DRAFTED,
        label=label,
        text=wording.text.strip(),
        passage_id=wording.passage,
        place=wording.place,
        operation=wording.operation,
        adds_to_id=None if wording.adds_to == matter_id else wording.adds_to,
        recipient=wording.recipient,
        instruction=wording.instruction,
        reason=wording.reason,
        back_by=wording.back_by,
        back_at_id=wording.back_at,
        recorded_at=unit.now,
        **{"from_board": False, "of_motion": False, **more},
    )
    unit.session.add(row)
    await unit.session.flush()
    return row
