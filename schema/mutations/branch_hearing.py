"""Branches that an application affects are heard, and the board drafts."""

from datetime import datetime
from typing import Annotated, TypeAlias
from uuid import UUID

import strawberry

from democracy.services.branches.hearing import Answer, Hearing
from schema.context import Info
from schema.ids import key_of
from schema.mutations.case_results import application_key, members, read_application, serve
from schema.mutations.proceedings.results import MEMBER, NUMBER, person
from schema.mutations.results import KEY, aware
from schema.types.branch_application import BranchApplication
from schema.types.refusals import Conflict, InvalidInput, NotAllowed, NotFound
from workflows.appeal_facts import ConflictGround
from workflows.branch_application_facts import Position


def _units(given: list[strawberry.ID] | None) -> list[UUID]:
    return [key_of(each, "Unit", path=f"unitIds.{at}") for at, each in enumerate(given or ())]


def _answer(given: "AnswerBranchConsultationInput") -> Answer:
    unit = key_of(given.unit_id, "Unit", path="unitId")
    return Answer(unit, given.position, given.text, given.decision, members(given.present_ids, "presentIds"))


@strawberry.input(description="Input of `consultBranches`.")
class ConsultBranchesInput:
    """Asked."""

    application_id: strawberry.ID = strawberry.field(description="The application.")
    unit_ids: list[strawberry.ID] | None = strawberry.field(default=None, description="Other units to hear.")
    due_at: datetime | None = strawberry.field(default=None, description="Until when; by the statutes unless you say.")
    idempotency_key: str | None = KEY


ConsultBranchesResult: TypeAlias = Annotated[
    BranchApplication | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("ConsultBranchesResult")
]


@strawberry.input(description="Input of `skipBranchHearing`.")
class SkipBranchHearingInput:
    """Gone on."""

    application_id: strawberry.ID = strawberry.field(description="The application.")
    reason: str = strawberry.field(description="Why.")
    idempotency_key: str | None = KEY


SkipBranchHearingResult: TypeAlias = Annotated[
    BranchApplication | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("SkipBranchHearingResult")
]


@strawberry.input(description="Input of `answerBranchConsultation`.")
class AnswerBranchConsultationInput:
    """Answered."""

    application_id: strawberry.ID = strawberry.field(description="The application.")
    unit_id: strawberry.ID = strawberry.field(description="The branch.")
    position: Position = strawberry.field(description="What it thinks.")
    text: str = strawberry.field(description="Markdown: its answer.")
    decision: str = strawberry.field(description="The decision: meeting and paragraph.")
    present_ids: list[strawberry.ID] | None = strawberry.field(
        default=None,
        description="Those who took part; leave out for its whole board. They take no part in the district's decision.",
    )
    idempotency_key: str | None = KEY


AnswerBranchConsultationResult: TypeAlias = Annotated[
    BranchApplication | NotAllowed | NotFound | InvalidInput | Conflict,
    strawberry.union("AnswerBranchConsultationResult"),
]


@strawberry.input(description="Input of `meetConsultationAnswer`.")
class MeetConsultationAnswerInput:
    """Met."""

    application_id: strawberry.ID = strawberry.field(description="The application.")
    unit_id: strawberry.ID = strawberry.field(description="The branch that answered.")
    text: str = strawberry.field(description="Markdown.")
    idempotency_key: str | None = KEY


MeetConsultationAnswerResult: TypeAlias = Annotated[
    BranchApplication | NotAllowed | NotFound | InvalidInput | Conflict,
    strawberry.union("MeetConsultationAnswerResult"),
]


@strawberry.input(description="Input of `closeBranchHearing`.")
class CloseBranchHearingInput:
    """Closed."""

    application_id: strawberry.ID = strawberry.field(description="The application.")
    idempotency_key: str | None = KEY


CloseBranchHearingResult: TypeAlias = Annotated[
    BranchApplication | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("CloseBranchHearingResult")
]


@strawberry.input(description="Input of `draftBranchDecision`.")
class DraftBranchDecisionInput:
    """Drafted."""

    application_id: strawberry.ID = strawberry.field(description="The application.")
    text: str = strawberry.field(description="Markdown.")
    idempotency_key: str | None = KEY


DraftBranchDecisionResult: TypeAlias = Annotated[
    BranchApplication | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("DraftBranchDecisionResult")
]


@strawberry.input(description="Input of `barFromBranchApplication`.")
class BarFromBranchApplicationInput:
    """Barred."""

    application_id: strawberry.ID = strawberry.field(description="The application.")
    member_id: strawberry.ID | None = MEMBER
    member_number: str | None = NUMBER
    ground: ConflictGround = strawberry.field(description="Why.")
    idempotency_key: str | None = KEY


BarFromBranchApplicationResult: TypeAlias = Annotated[
    BranchApplication | NotAllowed | NotFound | InvalidInput | Conflict,
    strawberry.union("BarFromBranchApplicationResult"),
]


@strawberry.type
class BranchHearingMutations:
    """Root fields."""

    @strawberry.mutation(description="Ask the branches that the founders come from, and others (remiss).")
    async def consult_branches(self, info: Info, input: ConsultBranchesInput) -> ConsultBranchesResult:
        """Asked."""
        service = serve(info, Hearing, input.idempotency_key)
        key = await service.consult(
            application_key(input),
            _units(input.unit_ids),
            aware(input.due_at, "dueAt") if input.due_at else None,
            actor=info.context.actor,
        )
        return await read_application(info, key)

    @strawberry.mutation(description="Go on without hearing anybody, where no branch is affected.")
    async def skip_branch_hearing(self, info: Info, input: SkipBranchHearingInput) -> SkipBranchHearingResult:
        """Gone on."""
        service = serve(info, Hearing, input.idempotency_key)
        key = await service.skip(application_key(input), input.reason, actor=info.context.actor)
        return await read_application(info, key)

    @strawberry.mutation(description="Answer for a branch that is heard (yttrande). The applicants read it at once.")
    async def answer_branch_consultation(
        self, info: Info, input: AnswerBranchConsultationInput
    ) -> AnswerBranchConsultationResult:
        """Answered."""
        service = serve(info, Hearing, input.idempotency_key)
        key = await service.answer(application_key(input), _answer(input), actor=info.context.actor)
        return await read_application(info, key)

    @strawberry.mutation(description="What you as applicants say of an answer (bemöta).")
    async def meet_consultation_answer(
        self, info: Info, input: MeetConsultationAnswerInput
    ) -> MeetConsultationAnswerResult:
        """Met."""
        service = serve(info, Hearing, input.idempotency_key)
        key = await service.meet(
            application_key(input), key_of(input.unit_id, "Unit", path="unitId"), input.text, actor=info.context.actor
        )
        return await read_application(info, key)

    @strawberry.mutation(description="Everybody has been heard: the board may decide.")
    async def close_branch_hearing(self, info: Info, input: CloseBranchHearingInput) -> CloseBranchHearingResult:
        """Closed."""
        service = serve(info, Hearing, input.idempotency_key)
        key = await service.close(application_key(input), actor=info.context.actor)
        return await read_application(info, key)

    @strawberry.mutation(description="Write the board's working draft (arbetsutkast), which nobody else reads.")
    async def draft_branch_decision(self, info: Info, input: DraftBranchDecisionInput) -> DraftBranchDecisionResult:
        """Drafted."""
        service = serve(info, Hearing, input.idempotency_key)
        key = await service.draft(application_key(input), input.text, actor=info.context.actor)
        return await read_application(info, key)

    @strawberry.mutation(description="Record that somebody takes no part (jäv).")
    async def bar_from_branch_application(
        self, info: Info, input: BarFromBranchApplicationInput
    ) -> BarFromBranchApplicationResult:
        """Barred."""
        service = serve(info, Hearing, input.idempotency_key)
        key = await service.bar(application_key(input), person(input), input.ground, actor=info.context.actor)
        return await read_application(info, key)
