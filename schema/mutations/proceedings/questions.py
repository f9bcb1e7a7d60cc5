"""Mutations of questions: the outcome named, the order of voting approved, the gavel."""

from typing import Annotated, TypeAlias
from uuid import UUID

import strawberry

from democracy.errors import NotFoundError
from democracy.services.proceedings.gavel import Named
from schema.context import Info
from schema.ids import key_of, maybe_key
from schema.mutations.results import KEY
from schema.types.proceedings.question import Question
from schema.types.refusals import Conflict, InvalidInput, NotAllowed, NotFound
from workflows.proceedings import Choice

QUESTION = strawberry.field(description="The question.")


@strawberry.input(description="Input of `declareAcclamation`.")
class DeclareAcclamationInput:
    """Found."""

    question_id: strawberry.ID = QUESTION
    proposal_id: strawberry.ID | None = strawberry.field(
        default=None, description="The proposal that has won, where several meet."
    )
    answer: Choice | None = strawberry.field(default=None, description="YES or NO, for a question without rivals.")
    idempotency_key: str | None = KEY


@strawberry.input(description="Input of `gavel`.")
class GavelInput:
    """The gavel."""

    question_id: strawberry.ID = QUESTION
    unanimous: bool = strawberry.field(
        default=False, description="The chair says that the meeting is unanimous (enhälligt)."
    )
    idempotency_key: str | None = KEY


@strawberry.input
class _OfQuestion:
    """One question."""

    question_id: strawberry.ID = QUESTION
    idempotency_key: str | None = KEY


@strawberry.input(description="Input of `approveVotingOrder`.")
class ApproveVotingOrderInput(_OfQuestion):
    """Approved."""


@strawberry.input(description="Input of `confirmOutcome`.")
class ConfirmOutcomeInput(_OfQuestion):
    """Confirmed."""


DeclareAcclamationResult: TypeAlias = Annotated[
    Question | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("DeclareAcclamationResult")
]
ApproveVotingOrderResult: TypeAlias = Annotated[
    Question | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("ApproveVotingOrderResult")
]
GavelResult: TypeAlias = Annotated[
    Question | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("GavelResult")
]
ConfirmOutcomeResult: TypeAlias = Annotated[
    Question | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("ConfirmOutcomeResult")
]


async def read_question(info: Info, key: UUID) -> Question:
    """The question as it is now."""
    info.context.fresh()
    view = await info.context.loaders.deciding.question.load(key)
    if view is None:
        raise NotFoundError("question", key)
    return Question.of(view)


@strawberry.type
class QuestionMutations:
    """Root fields."""

    @strawberry.mutation(
        description="Say what the meeting has decided by acclamation (ordföranden finner …). It can be said anew until "
        "the gavel falls, as after a trial vote (försöksvotering)."
    )
    async def declare_acclamation(self, info: Info, input: DeclareAcclamationInput) -> DeclareAcclamationResult:
        """Named."""
        named = Named(maybe_key(input.proposal_id, "Proposal", path="proposalId"), input.answer)
        service, question = (
            info.context.gavel(input.idempotency_key),
            key_of(input.question_id, "Question", path="questionId"),
        )
        return await read_question(info, await service.name(question, named, actor=info.context.actor))

    @strawberry.mutation(
        description="Record that the meeting approves the order of voting (voteringsordningen), where a chain takes "
        "more than one vote."
    )
    async def approve_voting_order(self, info: Info, input: ApproveVotingOrderInput) -> ApproveVotingOrderResult:
        """Approved."""
        service, question = (
            info.context.gavel(input.idempotency_key),
            key_of(input.question_id, "Question", path="questionId"),
        )
        return await read_question(info, await service.approve_voting(question, actor=info.context.actor))

    @strawberry.mutation(
        description="Let the gavel fall (klubba): what was named is decided, and locked. Refused once a division has "
        "been asked for."
    )
    async def gavel(self, info: Info, input: GavelInput) -> GavelResult:
        """Decided."""
        service, question = (
            info.context.gavel(input.idempotency_key),
            key_of(input.question_id, "Question", path="questionId"),
        )
        key = await service.fall(question, unanimous=input.unanimous, actor=info.context.actor)
        return await read_question(info, key)

    @strawberry.mutation(
        description="Confirm an outcome on which the gavel was forgotten (bekräfta utfallet): opening the next item "
        "asks for it. The time of the confirmation is kept."
    )
    async def confirm_outcome(self, info: Info, input: ConfirmOutcomeInput) -> ConfirmOutcomeResult:
        """Confirmed."""
        service, question = (
            info.context.gavel(input.idempotency_key),
            key_of(input.question_id, "Question", path="questionId"),
        )
        return await read_question(info, await service.confirm(question, actor=info.context.actor))
