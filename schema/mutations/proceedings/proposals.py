"""Mutations of proposals (yrkanden)."""

from datetime import datetime
from typing import Annotated, TypeAlias
from uuid import UUID

import strawberry

from democracy.domain.kinds import Channel
from democracy.errors import NotFoundError
from democracy.services.proceedings.proposal_steps import Wording
from schema.context import Info
from schema.ids import key_of, maybe_key
from schema.mutations.proceedings.handed import CHANNEL, FOR_WHOM, RECEIVED, receipt_of
from schema.mutations.results import KEY
from schema.types.proceedings.proposal import Proposal
from schema.types.refusals import Conflict, InvalidInput, NotAllowed, NotFound
from workflows.proceedings import PlaceOperation, ProposalKind

PROPOSAL = strawberry.field(description="The proposal.")


@strawberry.input(description="Input of `makeProposal`.")
class MakeProposalInput:
    """Proposed."""

    matter_id: strawberry.ID = strawberry.field(description="The matter.")
    kind: ProposalKind = strawberry.field(description="What sort of yrkande it is.")
    text: str = strawberry.field(default="", description="What the meeting would decide, in Markdown.")
    adds_to_id: strawberry.ID | None = strawberry.field(
        default=None, description="ADDITION: the matter, or the proposal that it adds to and falls with."
    )
    recipient: str | None = strawberry.field(default=None, description="REFER, REFER_BACK: to whom.")
    instruction: str | None = strawberry.field(default=None, description="REFER_BACK: what they are to do.")
    reason: str | None = strawberry.field(default=None, description="REFER_BACK: why.")
    back_by: str | None = strawberry.field(default=None, description="REFER_BACK: when it is to return, in words.")
    back_at_id: strawberry.ID | None = strawberry.field(
        default=None, description="REFER_BACK: the meeting that it returns to. DEFER: the meeting; it has to be named."
    )
    passage_id: strawberry.ID | None = strawberry.field(
        default=None,
        description="The paragraph of the item's document that it changes (`DocumentParagraph.id`). Left out on a "
        "matter about a passage: that one. Named on the matter about the rest of the text: the paragraph becomes a "
        "matter of its own, and the proposal is made there.",
    )
    place: str | None = strawberry.field(default=None, description="The point within it, by its letter: `b`.")
    operation: PlaceOperation | None = strawberry.field(
        default=None,
        description="How it changes that place. Left out: AMENDMENT and COUNTER replace its text, REJECT deletes it, "
        "ADDITION inserts after it.",
    )
    to_passage_id: strawberry.ID | None = strawberry.field(default=None, description="MOVE: beside which paragraph.")
    to_place: str | None = strawberry.field(default=None, description="MOVE: beside which point of it, by its letter.")
    to_beginning: bool = strawberry.field(default=False, description="MOVE: before the first paragraph.")
    before: bool = strawberry.field(default=False, description="INSERT, MOVE: before the place, not after it.")
    nominees: list[str] | None = strawberry.field(
        default=None, description="Member numbers of those whom it would elect."
    )
    variant_of_id: strawberry.ID | None = strawberry.field(
        default=None, description="The proposal of which it is a variant: they are called B1 and B2."
    )
    member_number: str | None = FOR_WHOM
    channel: Channel = CHANNEL
    received_at: datetime | None = RECEIVED
    idempotency_key: str | None = KEY

    def wording(self) -> Wording:
        """As the services take it."""
        return Wording(
            kind=self.kind,
            text=self.text,
            adds_to=maybe_key(self.adds_to_id, "Matter", "Proposal", path="addsToId"),
            recipient=self.recipient,
            instruction=self.instruction,
            reason=self.reason,
            back_by=self.back_by,
            back_at=maybe_key(self.back_at_id, "Meeting", path="backAtId"),
            passage=maybe_key(self.passage_id, "DocumentParagraph", path="passageId"),
            place=self.place,
            operation=self.operation,
            to_passage=maybe_key(self.to_passage_id, "DocumentParagraph", path="toPassageId"),
            to_place=self.to_place,
            to_beginning=self.to_beginning,
            before=self.before,
            nominee_numbers=tuple(self.nominees or ()),
            variant_of=maybe_key(self.variant_of_id, "Proposal", path="variantOfId"),
        )


@strawberry.input
class _OfProposal:
    """One proposal."""

    proposal_id: strawberry.ID = PROPOSAL
    member_number: str | None = FOR_WHOM
    channel: Channel = CHANNEL
    received_at: datetime | None = RECEIVED
    idempotency_key: str | None = KEY

    @property
    def key(self) -> UUID:
        """The proposal that it names."""
        return key_of(self.proposal_id, "Proposal", path="proposalId")


@strawberry.input(description="Input of `joinProposal`.")
class JoinProposalInput(_OfProposal):
    """Joined."""


@strawberry.input(description="Input of `withdrawProposal`.")
class WithdrawProposalInput(_OfProposal):
    """Withdrawn."""


@strawberry.input(description="Input of `takeOverProposal`.")
class TakeOverProposalInput(_OfProposal):
    """Taken over."""


@strawberry.input(description="Input of `acceptReconciliation`.")
class AcceptReconciliationInput(_OfProposal):
    """Accepted."""


@strawberry.input(description="Input of `declineReconciliation`.")
class DeclineReconciliationInput(_OfProposal):
    """Declined."""


@strawberry.input(description="Input of `reconcileProposals`.")
class ReconcileProposalsInput:
    """Jämkning."""

    matter_id: strawberry.ID = strawberry.field(description="The matter.")
    proposal_ids: list[strawberry.ID] = strawberry.field(description="Those that it is to replace, at most 50.")
    kind: ProposalKind = strawberry.field(description="What sort of yrkande it is.")
    text: str = strawberry.field(description="The one text, in Markdown.")
    member_number: str | None = FOR_WHOM
    channel: Channel = CHANNEL
    received_at: datetime | None = RECEIVED
    idempotency_key: str | None = KEY


MakeProposalResult: TypeAlias = Annotated[
    Proposal | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("MakeProposalResult")
]
JoinProposalResult: TypeAlias = Annotated[
    Proposal | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("JoinProposalResult")
]
WithdrawProposalResult: TypeAlias = Annotated[
    Proposal | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("WithdrawProposalResult")
]
TakeOverProposalResult: TypeAlias = Annotated[
    Proposal | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("TakeOverProposalResult")
]
ReconcileProposalsResult: TypeAlias = Annotated[
    Proposal | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("ReconcileProposalsResult")
]
AcceptReconciliationResult: TypeAlias = Annotated[
    Proposal | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("AcceptReconciliationResult")
]
DeclineReconciliationResult: TypeAlias = Annotated[
    Proposal | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("DeclineReconciliationResult")
]


async def read_proposal(info: Info, key: UUID) -> Proposal:
    """The proposal as it is now."""
    info.context.fresh()
    view = await info.context.loaders.deciding.proposal.load(key)
    if view is None:
        raise NotFoundError("proposal", key)
    return Proposal.of(view)


@strawberry.type
class ProposalMutations:
    """Root fields."""

    @strawberry.mutation(
        description="Propose something on a matter (yrka). What means the same as a proposal that stands is joined to "
        "it. A board's or a motion's own proposal stands from the start."
    )
    async def make_proposal(self, info: Info, input: MakeProposalInput) -> MakeProposalResult:
        """Proposed."""
        matter = key_of(input.matter_id, "Matter", path="matterId")
        service = info.context.proposals(input.idempotency_key)
        key = await service.make(matter, input.wording(), receipt_of(input), actor=info.context.actor)
        return await read_proposal(info, key)

    @strawberry.mutation(description="Stand behind a proposal beside its movers (ansluta sig).")
    async def join_proposal(self, info: Info, input: JoinProposalInput) -> JoinProposalResult:
        """Joined."""
        service = info.context.proposals(input.idempotency_key)
        return await read_proposal(
            info, await service.join(input.key, receipt_of(input), actor=info.context.actor)
        )  # fmt: skip

    @strawberry.mutation(
        description="Withdraw a proposal (dra tillbaka). Where others stand behind it too, it stays theirs."
    )
    async def withdraw_proposal(self, info: Info, input: WithdrawProposalInput) -> WithdrawProposalResult:
        """Withdrawn, or left."""
        service = info.context.proposals(input.idempotency_key)
        return await read_proposal(
            info, await service.withdraw(input.key, receipt_of(input), actor=info.context.actor)
        )  # fmt: skip

    @strawberry.mutation(description="Make a withdrawn proposal your own (ta över).")
    async def take_over_proposal(self, info: Info, input: TakeOverProposalInput) -> TakeOverProposalResult:
        """Taken over."""
        service = info.context.proposals(input.idempotency_key)
        return await read_proposal(
            info, await service.take_over(input.key, receipt_of(input), actor=info.context.actor)
        )  # fmt: skip

    @strawberry.mutation(
        description="Propose one text instead of several (jämka), also after yrkandestopp. It stands when every mover "
        "concerned has accepted it; its sources stay as replaced."
    )
    async def reconcile_proposals(self, info: Info, input: ReconcileProposalsInput) -> ReconcileProposalsResult:
        """Reconciled, or waiting for the others."""
        matter = key_of(input.matter_id, "Matter", path="matterId")
        sources = [key_of(each, "Proposal", path="proposalIds") for each in input.proposal_ids[:50]]
        service, wording = info.context.reconciling(input.idempotency_key), Wording(input.kind, input.text)
        key = await service.reconcile(matter, sources, wording, receipt_of(input), actor=info.context.actor)
        return await read_proposal(info, key)

    @strawberry.mutation(description="Accept a reconciliation of your proposal (godta jämkningen).")
    async def accept_reconciliation(self, info: Info, input: AcceptReconciliationInput) -> AcceptReconciliationResult:
        """Accepted."""
        service = info.context.reconciling(input.idempotency_key)
        return await read_proposal(
            info, await service.accept(input.key, receipt_of(input), actor=info.context.actor)
        )  # fmt: skip

    @strawberry.mutation(description="Decline a reconciliation: its sources stand as they were.")
    async def decline_reconciliation(
        self, info: Info, input: DeclineReconciliationInput
    ) -> DeclineReconciliationResult:
        """Declined."""
        service = info.context.reconciling(input.idempotency_key)
        return await read_proposal(
            info, await service.decline(input.key, receipt_of(input), actor=info.context.actor)
        )  # fmt: skip
