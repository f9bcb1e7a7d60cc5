"""What becomes of a matter before a council."""

from datetime import date
from typing import Annotated, TypeAlias

import strawberry

from democracy.services.council.deciding import Deciding
from schema.context import Info
from schema.ids import key_of, maybe_key
from schema.mutations.council_results import decision_key, read_decision
from schema.mutations.election_results import serve
from schema.mutations.proceedings.results import MEMBER, NUMBER, person
from schema.mutations.results import KEY
from schema.types.council_decision import CouncilDecision
from schema.types.refusals import Conflict, InvalidInput, NotAllowed, NotFound
from workflows.council_kinds import CouncilOutcome


@strawberry.input(description="Input of `callCouncilMeeting`.")
class CallCouncilMeetingInput:
    """Left to a meeting."""

    decision_id: strawberry.ID = strawberry.field(description="The matter.")
    idempotency_key: str | None = KEY


CallCouncilMeetingResult: TypeAlias = Annotated[
    CouncilDecision | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("CallCouncilMeetingResult")
]


@strawberry.input(description="Input of `decideCouncilMatter`.")
class DecideCouncilMatterInput:
    """Decided."""

    decision_id: strawberry.ID = strawberry.field(description="The matter.")
    item_id: strawberry.ID = strawberry.field(description="The item of the body's meeting under which it was decided.")
    outcome: CouncilOutcome = strawberry.field(description="What was decided.")
    text: str = strawberry.field(description="The decision in words.")
    idempotency_key: str | None = KEY


DecideCouncilMatterResult: TypeAlias = Annotated[
    CouncilDecision | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("DecideCouncilMatterResult")
]


@strawberry.input(description="Input of `signWrittenMinutes`.")
class SignWrittenMinutesInput:
    """Signed."""

    decision_id: strawberry.ID = strawberry.field(description="The matter.")
    idempotency_key: str | None = KEY


SignWrittenMinutesResult: TypeAlias = Annotated[
    CouncilDecision | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("SignWrittenMinutesResult")
]


@strawberry.input(description="Input of `reportCouncilDecision`.")
class ReportCouncilDecisionInput:
    """Reported."""

    decision_id: strawberry.ID = strawberry.field(description="The matter.")
    item_id: strawberry.ID = strawberry.field(description="The item under which it is reported.")
    idempotency_key: str | None = KEY


ReportCouncilDecisionResult: TypeAlias = Annotated[
    CouncilDecision | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("ReportCouncilDecisionResult")
]


@strawberry.input(description="Input of `assignCouncilDecision`.")
class AssignCouncilDecisionInput:
    """Assigned."""

    decision_id: strawberry.ID = strawberry.field(description="The matter.")
    member_id: strawberry.ID | None = MEMBER
    member_number: str | None = NUMBER
    report_by: date = strawberry.field(description="When it is to be reported back.")
    group_id: strawberry.ID | None = strawberry.field(default=None, description="The group that is bound, politically.")
    idempotency_key: str | None = KEY


AssignCouncilDecisionResult: TypeAlias = Annotated[
    CouncilDecision | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("AssignCouncilDecisionResult")
]


@strawberry.input(description="Input of `reportBackCouncilDecision`.")
class ReportBackCouncilDecisionInput:
    """Reported back."""

    decision_id: strawberry.ID = strawberry.field(description="The matter.")
    text: str = strawberry.field(description="Markdown: what was done, or why it was done otherwise.")
    idempotency_key: str | None = KEY


ReportBackCouncilDecisionResult: TypeAlias = Annotated[
    CouncilDecision | NotAllowed | NotFound | InvalidInput | Conflict,
    strawberry.union("ReportBackCouncilDecisionResult"),
]


@strawberry.input(description="Input of `explainCouncilDecision`.")
class ExplainCouncilDecisionInput:
    """Explained."""

    decision_id: strawberry.ID = strawberry.field(description="The matter.")
    rationale: str = strawberry.field(description="Markdown.")
    idempotency_key: str | None = KEY


ExplainCouncilDecisionResult: TypeAlias = Annotated[
    CouncilDecision | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("ExplainCouncilDecisionResult")
]


@strawberry.input(description="Input of `closeCouncilMatter`.")
class CloseCouncilMatterInput:
    """Closed."""

    decision_id: strawberry.ID = strawberry.field(description="The matter.")
    idempotency_key: str | None = KEY


CloseCouncilMatterResult: TypeAlias = Annotated[
    CouncilDecision | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("CloseCouncilMatterResult")
]


@strawberry.type
class CouncilDecidingMutations:
    """Root fields."""

    @strawberry.mutation(description="Leave the matter to a meeting of the body.")
    async def call_council_meeting(self, info: Info, input: CallCouncilMeetingInput) -> CallCouncilMeetingResult:
        """Left to a meeting."""
        service = serve(info, Deciding, input.idempotency_key)
        return await read_decision(info, await service.call(decision_key(input), actor=info.context.actor))

    @strawberry.mutation(description="Record what a meeting of the body decided.")
    async def decide_council_matter(self, info: Info, input: DecideCouncilMatterInput) -> DecideCouncilMatterResult:
        """Decided."""
        service = serve(info, Deciding, input.idempotency_key)
        return await read_decision(
            info,
            await service.decide(
                decision_key(input),
                key_of(input.item_id, "AgendaItem", path="itemId"),
                input.outcome,
                input.text,
                actor=info.context.actor,
            ),
        )

    @strawberry.mutation(
        description="Sign the minutes of a written procedure (justera): the chair and somebody else who was asked."
    )
    async def sign_written_minutes(self, info: Info, input: SignWrittenMinutesInput) -> SignWrittenMinutesResult:
        """Signed."""
        service = serve(info, Deciding, input.idempotency_key)
        return await read_decision(info, await service.sign(decision_key(input), actor=info.context.actor))

    @strawberry.mutation(
        description="Report a decision in writing at the next meeting (anmäla). The report changes nothing in it."
    )
    async def report_council_decision(
        self, info: Info, input: ReportCouncilDecisionInput
    ) -> ReportCouncilDecisionResult:
        """Reported."""
        service = serve(info, Deciding, input.idempotency_key)
        return await read_decision(
            info,
            await service.report(
                decision_key(input), key_of(input.item_id, "AgendaItem", path="itemId"), actor=info.context.actor
            ),
        )

    @strawberry.mutation(description="Say who sees to it that the decision is carried out, and by when.")
    async def assign_council_decision(
        self, info: Info, input: AssignCouncilDecisionInput
    ) -> AssignCouncilDecisionResult:
        """Assigned."""
        service = serve(info, Deciding, input.idempotency_key)
        return await read_decision(
            info,
            await service.assign(
                decision_key(input),
                person(input),
                input.report_by,
                maybe_key(input.group_id, "Body", path="groupId"),
                actor=info.context.actor,
            ),
        )

    @strawberry.mutation(
        description="Report what has been done (återrapportera). A deviation is reported, never prevented."
    )
    async def report_back_council_decision(
        self, info: Info, input: ReportBackCouncilDecisionInput
    ) -> ReportBackCouncilDecisionResult:
        """Reported back."""
        service = serve(info, Deciding, input.idempotency_key)
        return await read_decision(
            info, await service.report_back(decision_key(input), input.text, actor=info.context.actor)
        )

    @strawberry.mutation(description="Publish why it was decided so, to everybody who may know of the decision.")
    async def explain_council_decision(
        self, info: Info, input: ExplainCouncilDecisionInput
    ) -> ExplainCouncilDecisionResult:
        """Explained."""
        service = serve(info, Deciding, input.idempotency_key)
        return await read_decision(
            info, await service.explain(decision_key(input), input.rationale, actor=info.context.actor)
        )

    @strawberry.mutation(description="Close the matter.")
    async def close_council_matter(self, info: Info, input: CloseCouncilMatterInput) -> CloseCouncilMatterResult:
        """Closed."""
        service = serve(info, Deciding, input.idempotency_key)
        return await read_decision(info, await service.finish(decision_key(input), actor=info.context.actor))
