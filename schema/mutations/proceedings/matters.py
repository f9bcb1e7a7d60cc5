"""Mutations of matters: debate, order of questions, what the room decided, reopening, blocks."""

from datetime import datetime
from typing import Annotated, TypeAlias
from uuid import UUID

import strawberry

from democracy.domain.kinds import Channel
from democracy.domain.question_order import Form
from democracy.errors import NotFoundError
from democracy.services.motions.decisions import Votes
from democracy.services.proceedings.orders import Suggestion
from democracy.services.proceedings.recording import Heard
from schema.context import Info
from schema.ids import key_of, maybe_key
from schema.mutations.decisions import VotesInput
from schema.mutations.proceedings.handed import CHANNEL, FOR_WHOM, RECEIVED, receipt_of
from schema.mutations.results import KEY
from schema.types.proceedings.matter import Matter
from schema.types.refusals import Conflict, InvalidInput, NotAllowed, NotFound

MATTER = strawberry.field(description="The matter.")


@strawberry.input
class _OfMatter:
    """One matter."""

    matter_id: strawberry.ID = MATTER
    idempotency_key: str | None = KEY

    @property
    def key(self) -> UUID:
        """The matter that it names."""
        return key_of(self.matter_id, "Matter", path="matterId")


@strawberry.input(description="Input of `closeDebate`.")
class CloseDebateInput(_OfMatter):
    """Closed."""


@strawberry.input(description="Input of `reopenDebate`.")
class ReopenDebateInput(_OfMatter):
    """Open again."""


@strawberry.input(description="Input of `lapseMatter`.")
class LapseMatterInput(_OfMatter):
    """Lapsed."""


@strawberry.input(description="Input of `approveQuestionOrder`.")
class ApproveQuestionOrderInput(_OfMatter):
    """Approved."""


@strawberry.input(description="Input of `setQuestionOrder`. What is left out follows from the proposals.")
class SetQuestionOrderInput:
    """An order."""

    matter_id: strawberry.ID = MATTER
    main_id: strawberry.ID | None = strawberry.field(
        default=None, description="The main proposal (huvudförslag); the board's, if left out."
    )
    rival_ids: list[strawberry.ID] | None = strawberry.field(
        default=None, description="The rivals in the order in which they are put."
    )
    addition_ids: list[strawberry.ID] | None = strawberry.field(default=None, description="The additions in order.")
    form: Form = strawberry.field(default=Form.NESTED, description="How rivals meet.")
    member_number: str | None = FOR_WHOM
    channel: Channel = CHANNEL
    received_at: datetime | None = RECEIVED
    idempotency_key: str | None = KEY


@strawberry.input(description="Input of `recordDecision`.")
class RecordDecisionInput:
    """What the room decided."""

    matter_id: strawberry.ID = MATTER
    proposal_id: strawberry.ID | None = strawberry.field(
        default=None, description="The proposal that won; null where the meeting said no to the only one."
    )
    addition_ids: list[strawberry.ID] | None = strawberry.field(default=None, description="The additions that it took.")
    unanimous: bool = strawberry.field(default=False, description="The chair said that the meeting was unanimous.")
    idempotency_key: str | None = KEY


@strawberry.input(description="Input of `reopenMatter`.")
class ReopenMatterInput:
    """Taken up again."""

    matter_id: strawberry.ID = MATTER
    reason: str = strawberry.field(description="Why.")
    votes: VotesInput | None = strawberry.field(default=None, description="Figures, where the vote on it was counted.")
    idempotency_key: str | None = KEY


CloseDebateResult: TypeAlias = Annotated[
    Matter | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("CloseDebateResult")
]
ReopenDebateResult: TypeAlias = Annotated[
    Matter | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("ReopenDebateResult")
]
LapseMatterResult: TypeAlias = Annotated[
    Matter | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("LapseMatterResult")
]
SetQuestionOrderResult: TypeAlias = Annotated[
    Matter | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("SetQuestionOrderResult")
]
ApproveQuestionOrderResult: TypeAlias = Annotated[
    Matter | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("ApproveQuestionOrderResult")
]
RecordDecisionResult: TypeAlias = Annotated[
    Matter | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("RecordDecisionResult")
]
ReopenMatterResult: TypeAlias = Annotated[
    Matter | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("ReopenMatterResult")
]


async def read_matter(info: Info, key: UUID) -> Matter:
    """The matter as it is now."""
    info.context.fresh()
    view = await info.context.loaders.deciding.matter.load(key)
    if view is None:
        raise NotFoundError("matter", key)
    return Matter.of(view)


@strawberry.type
class MatterMutations:
    """Root fields."""

    @strawberry.mutation(
        description="Close the debate on a matter (streck i debatten): then the order of questions is proposed."
    )
    async def close_debate(self, info: Info, input: CloseDebateInput) -> CloseDebateResult:
        """Closed."""
        service = info.context.matters(input.idempotency_key)
        return await read_matter(info, await service.close_debate(input.key, actor=info.context.actor))

    @strawberry.mutation(
        description="Open the debate again, before anything has been put. Orders of questions are given up."
    )
    async def reopen_debate(self, info: Info, input: ReopenDebateInput) -> ReopenDebateResult:
        """Open again."""
        service = info.context.matters(input.idempotency_key)
        return await read_matter(info, await service.reopen_debate(input.key, actor=info.context.actor))

    @strawberry.mutation(description="Let a matter lapse (falla) on which nobody proposes anything.")
    async def lapse_matter(self, info: Info, input: LapseMatterInput) -> LapseMatterResult:
        """Lapsed."""
        service = info.context.matters(input.idempotency_key)
        return await read_matter(info, await service.lapse(input.key, actor=info.context.actor))

    @strawberry.mutation(
        description="Propose an order of questions (propositionsordning). The chair's takes the place of an earlier "
        "one; anybody else's stands against it, and the meeting chooses before it is approved. Which proposal is the "
        "main one can be contested here, and only here."
    )
    async def set_question_order(self, info: Info, input: SetQuestionOrderInput) -> SetQuestionOrderResult:
        """Proposed."""
        suggestion = Suggestion(
            main=maybe_key(input.main_id, "Proposal", path="mainId"),
            rivals=tuple(key_of(each, "Proposal", path="rivalIds") for each in input.rival_ids or ()),
            additions=tuple(key_of(each, "Proposal", path="additionIds") for each in input.addition_ids or ()),
            form=input.form,
        )
        service, matter = info.context.orders(input.idempotency_key), key_of(input.matter_id, "Matter", path="matterId")
        key = await service.propose(matter, suggestion, receipt_of(input), actor=info.context.actor)
        return await read_matter(info, key)

    @strawberry.mutation(
        description="Record that the meeting approves the order of questions. The first question is put."
    )
    async def approve_question_order(self, info: Info, input: ApproveQuestionOrderInput) -> ApproveQuestionOrderResult:
        """Approved."""
        service = info.context.orders(input.idempotency_key)
        return await read_matter(info, await service.approve(input.key, actor=info.context.actor))

    @strawberry.mutation(
        description="Record in one act what the meeting decided on a matter, for a room that does not put each "
        "question here. The same rules hold: what is decided is a proposal that stands."
    )
    async def record_decision(self, info: Info, input: RecordDecisionInput) -> RecordDecisionResult:
        """Recorded."""
        heard = Heard(
            winner=maybe_key(input.proposal_id, "Proposal", path="proposalId"),
            additions=tuple(key_of(each, "Proposal", path="additionIds") for each in input.addition_ids or ()),
            unanimous=input.unanimous,
        )
        service = info.context.recording(input.idempotency_key)
        matter = key_of(input.matter_id, "Matter", path="matterId")
        return await read_matter(info, await service.decide(matter, heard, actor=info.context.actor))

    @strawberry.mutation(
        description="Record that the meeting takes up a decided matter again (mötet beslutar att återuppta). Its "
        "decision remains, replaced; its proposals stand again."
    )
    async def reopen_matter(self, info: Info, input: ReopenMatterInput) -> ReopenMatterResult:
        """Taken up again."""
        votes = Votes(input.votes.for_, input.votes.against, input.votes.abstained) if input.votes else None
        service = info.context.reopening(input.idempotency_key)
        matter = key_of(input.matter_id, "Matter", path="matterId")
        return await read_matter(info, await service.reopen(matter, input.reason, votes, actor=info.context.actor))
