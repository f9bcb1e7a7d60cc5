"""Appeals are heard, and decided."""

from datetime import date, datetime
from typing import Annotated, TypeAlias

import strawberry

from democracy.services.appeals.sides import AppealSides
from democracy.services.appeals.trying import AppealTrying
from democracy.services.cases.verdict import Verdict
from schema.context import Info
from schema.mutations.case_results import appeal_key, end_of, members, read_appeal, serve
from schema.mutations.proceedings.results import MEMBER, NUMBER, person
from schema.mutations.results import KEY, aware
from schema.types.appeal import Appeal
from schema.types.refusals import Conflict, InvalidInput, NotAllowed, NotFound
from workflows.appeal_facts import AppealOutcome, ConflictGround, DismissalGround


def _verdict(given: "DecideAppealInput") -> Verdict:
    return Verdict(
        given.decision, given.reasons, members(given.present_ids, "presentIds"), given.votes_for, given.votes_against,
        present_count=given.present_count,
    )  # fmt: skip


@strawberry.input(description="Input of `reconsiderRuling`.")
class ReconsiderRulingInput:
    """Reconsidered."""

    appeal_id: strawberry.ID = strawberry.field(description="The appeal.")
    decision: str = strawberry.field(description="The decision: meeting and paragraph.")
    reasons: str = strawberry.field(description="Why.")
    form_by: date | None = strawberry.field(
        default=None, description="Of a branch: the last day for its founding meeting."
    )
    idempotency_key: str | None = KEY


ReconsiderRulingResult: TypeAlias = Annotated[
    Appeal | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("ReconsiderRulingResult")
]


@strawberry.input(description="Input of `requestStay`.")
class RequestStayInput:
    """Asked."""

    appeal_id: strawberry.ID = strawberry.field(description="The appeal.")
    text: str = strawberry.field(description="Markdown: what is to wait, and why.")
    idempotency_key: str | None = KEY


RequestStayResult: TypeAlias = Annotated[
    Appeal | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("RequestStayResult")
]


@strawberry.input(description="Input of `decideStay`.")
class DecideStayInput:
    """Decided."""

    appeal_id: strawberry.ID = strawberry.field(description="The appeal.")
    granted: bool = strawberry.field(description="The decision waits, or applies.")
    decision: str = strawberry.field(description="The decision: meeting and paragraph.")
    reasons: str = strawberry.field(default="", description="Why.")
    idempotency_key: str | None = KEY


DecideStayResult: TypeAlias = Annotated[
    Appeal | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("DecideStayResult")
]


@strawberry.input(description="Input of `goOnWithAppeal`.")
class GoOnWithAppealInput:
    """Gone on."""

    appeal_id: strawberry.ID = strawberry.field(description="The appeal.")
    idempotency_key: str | None = KEY


GoOnWithAppealResult: TypeAlias = Annotated[
    Appeal | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("GoOnWithAppealResult")
]


@strawberry.input(description="Input of `hearAppeal`.")
class HearAppealInput:
    """Heard."""

    appeal_id: strawberry.ID = strawberry.field(description="The appeal.")
    text: str = strawberry.field(description="Markdown: what was said.")
    held_at: datetime | None = strawberry.field(default=None, description="When.")
    idempotency_key: str | None = KEY


HearAppealResult: TypeAlias = Annotated[
    Appeal | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("HearAppealResult")
]


@strawberry.input(description="Input of `barFromAppeal`.")
class BarFromAppealInput:
    """Barred."""

    appeal_id: strawberry.ID = strawberry.field(description="The appeal.")
    member_id: strawberry.ID | None = MEMBER
    member_number: str | None = NUMBER
    ground: ConflictGround = strawberry.field(description="Why.")
    idempotency_key: str | None = KEY


BarFromAppealResult: TypeAlias = Annotated[
    Appeal | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("BarFromAppealResult")
]


@strawberry.input(description="Input of `handOverAppeal`.")
class HandOverAppealInput:
    """Handed over."""

    appeal_id: strawberry.ID = strawberry.field(description="The appeal.")
    idempotency_key: str | None = KEY


HandOverAppealResult: TypeAlias = Annotated[
    Appeal | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("HandOverAppealResult")
]


@strawberry.input(description="Input of `decideAppeal`.")
class DecideAppealInput:
    """Decided."""

    appeal_id: strawberry.ID = strawberry.field(description="The appeal.")
    outcome: AppealOutcome = strawberry.field(description="What was decided.")
    decision: str = strawberry.field(description="The decision: meeting and paragraph.")
    reasons: str = strawberry.field(default="", description="Why.")
    present_ids: list[strawberry.ID] | None = strawberry.field(
        default=None, description="Those who took part; leave out for everybody with a vote who is not barred."
    )
    votes_for: int = strawberry.field(
        default=0, description="Votes for what was decided; both 0 where nobody asked for a count."
    )
    votes_against: int = strawberry.field(default=0, description="Votes against it.")
    present_count: int | None = strawberry.field(
        default=None, description="How many took part, for a body that is itself a meeting."
    )
    statement_considered: bool | None = strawberry.field(
        default=None, description="Of a late statement: whether it was taken into account."
    )
    replacement: str = strawberry.field(default="", description="Of a changed decision: what is decided instead.")
    form_by: date | None = strawberry.field(
        default=None, description="Of a branch: the last day for its founding meeting."
    )
    idempotency_key: str | None = KEY


DecideAppealResult: TypeAlias = Annotated[
    Appeal | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("DecideAppealResult")
]


@strawberry.input(description="Input of `dismissAppeal`.")
class DismissAppealInput:
    """Dismissed."""

    appeal_id: strawberry.ID = strawberry.field(description="The appeal.")
    ground: DismissalGround = strawberry.field(description="Why.")
    decision: str = strawberry.field(description="The decision: meeting and paragraph.")
    reasons: str = strawberry.field(description="In words.")
    idempotency_key: str | None = KEY


DismissAppealResult: TypeAlias = Annotated[
    Appeal | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("DismissAppealResult")
]


@strawberry.input(description="Input of `reportAppeal`.")
class ReportAppealInput:
    """Reported."""

    appeal_id: strawberry.ID = strawberry.field(description="The appeal.")
    decision: str = strawberry.field(description="The decision: meeting and paragraph.")
    idempotency_key: str | None = KEY


ReportAppealResult: TypeAlias = Annotated[
    Appeal | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("ReportAppealResult")
]


@strawberry.type
class AppealTryingMutations:
    """Root fields."""

    @strawberry.mutation(
        description="Change your own board's decision as the appellants asked (ompröva): the case is over."
    )
    async def reconsider_ruling(self, info: Info, input: ReconsiderRulingInput) -> ReconsiderRulingResult:
        """Reconsidered."""
        service = serve(info, AppealTrying, input.idempotency_key)
        key = await service.reconsider(
            appeal_key(input), input.decision, input.reasons, end_of(info, input.form_by), actor=info.context.actor
        )
        return await read_appeal(info, key)

    @strawberry.mutation(description="Ask that the decision waits while the appeal is tried (begära inhibition).")
    async def request_stay(self, info: Info, input: RequestStayInput) -> RequestStayResult:
        """Asked."""
        service = serve(info, AppealSides, input.idempotency_key)
        key = await service.request_stay(appeal_key(input), input.text, actor=info.context.actor)
        return await read_appeal(info, key)

    @strawberry.mutation(description="Record what the body that the statutes name decided on the request (inhibition).")
    async def decide_stay(self, info: Info, input: DecideStayInput) -> DecideStayResult:
        """Decided."""
        service = serve(info, AppealSides, input.idempotency_key)
        key = await service.decide_stay(
            appeal_key(input), input.decision, input.reasons, granted=input.granted, actor=info.context.actor
        )
        return await read_appeal(info, key)

    @strawberry.mutation(description="Go on without a side that has let its time pass.")
    async def go_on_with_appeal(self, info: Info, input: GoOnWithAppealInput) -> GoOnWithAppealResult:
        """Gone on."""
        service = serve(info, AppealSides, input.idempotency_key)
        key = await service.go_on(appeal_key(input), actor=info.context.actor)
        return await read_appeal(info, key)

    @strawberry.mutation(description="Record that the sides were heard (hörande), or that they did not want it.")
    async def hear_appeal(self, info: Info, input: HearAppealInput) -> HearAppealResult:
        """Heard."""
        service = serve(info, AppealSides, input.idempotency_key)
        key = await service.hear(
            appeal_key(input),
            input.text,
            aware(input.held_at, "heldAt") if input.held_at else None,
            actor=info.context.actor,
        )
        return await read_appeal(info, key)

    @strawberry.mutation(description="Record that somebody takes no part (jäv).")
    async def bar_from_appeal(self, info: Info, input: BarFromAppealInput) -> BarFromAppealResult:
        """Barred."""
        service = serve(info, AppealSides, input.idempotency_key)
        key = await service.bar(appeal_key(input), person(input), input.ground, actor=info.context.actor)
        return await read_appeal(info, key)

    @strawberry.mutation(
        description="Hand the case over to the next body, where so many are barred that yours cannot decide."
    )
    async def hand_over_appeal(self, info: Info, input: HandOverAppealInput) -> HandOverAppealResult:
        """Handed over."""
        service = serve(info, AppealSides, input.idempotency_key)
        key = await service.hand_over(appeal_key(input), actor=info.context.actor)
        return await read_appeal(info, key)

    @strawberry.mutation(
        description="Record what was decided on the appeal. The system carries it out: the first decision is set "
        "aside or stands, an application is approved."
    )
    async def decide_appeal(self, info: Info, input: DecideAppealInput) -> DecideAppealResult:
        """Decided."""
        service = serve(info, AppealTrying, input.idempotency_key)
        key = await service.decide(
            appeal_key(input),
            input.outcome,
            _verdict(input),
            input.replacement,
            end_of(info, input.form_by),
            statement_considered=input.statement_considered,
            actor=info.context.actor,
        )
        return await read_appeal(info, key)

    @strawberry.mutation(
        description="Record that the appeal is not tried (avvisa): it came late, or from somebody who may not appeal."
    )
    async def dismiss_appeal(self, info: Info, input: DismissAppealInput) -> DismissAppealResult:
        """Dismissed."""
        service = serve(info, AppealTrying, input.idempotency_key)
        key = await service.dismiss(
            appeal_key(input), input.ground, Verdict(input.decision, input.reasons), actor=info.context.actor
        )
        return await read_appeal(info, key)

    @strawberry.mutation(
        description="Record the meeting to which the outcome was reported (anmälan), where the statutes want that."
    )
    async def report_appeal(self, info: Info, input: ReportAppealInput) -> ReportAppealResult:
        """Reported."""
        service = serve(info, AppealTrying, input.idempotency_key)
        key = await service.report(appeal_key(input), input.decision, actor=info.context.actor)
        return await read_appeal(info, key)
