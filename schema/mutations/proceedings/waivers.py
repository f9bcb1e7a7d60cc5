"""What the meeting sets aside, and how it reads an unclear paragraph."""

from typing import Annotated, TypeAlias

import strawberry

from democracy.services.motions.decisions import Votes
from democracy.services.proceedings.interpretations import Interpretations, Reading
from democracy.services.proceedings.waivers import SetAside, Waivers
from schema.context import Info
from schema.ids import key_of, maybe_key
from schema.mutations.decisions import VotesInput
from schema.mutations.results import KEY, meeting_key, read_meeting
from schema.types.meeting import Meeting
from schema.types.refusals import Conflict, InvalidInput, NotAllowed, NotFound


@strawberry.input(description="Input of `waiveRule`.")
class WaiveRuleInput:
    """Set aside."""

    meeting_id: strawberry.ID = strawberry.field(description="The meeting.")
    workflow: str = strawberry.field(description="The procedure whose rule it is, as a denial's `workflow`.")
    code: str = strawberry.field(description="The condition, as a denial's `code`.")
    item_id: strawberry.ID | None = strawberry.field(
        default=None, description="The item that it is for, with which it ends; the whole meeting if left out."
    )
    reason: str = strawberry.field(description="Why.")
    objections: str | None = strawberry.field(default=None, description="What was said against it, and by whom.")
    votes: VotesInput | None = strawberry.field(
        default=None, description="Figures, where the vote was counted. They have to reach the statutes' majority."
    )
    idempotency_key: str | None = KEY


WaiveRuleResult: TypeAlias = Annotated[
    Meeting | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("WaiveRuleResult")
]


@strawberry.input(description="Input of `endWaiver`.")
class EndWaiverInput:
    """Ended."""

    waiver_id: strawberry.ID = strawberry.field(description="What was set aside.")
    reason: str | None = strawberry.field(default=None, description="Why.")
    idempotency_key: str | None = KEY


EndWaiverResult: TypeAlias = Annotated[
    Meeting | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("EndWaiverResult")
]


@strawberry.input(description="Input of `recordInterpretation`.")
class RecordInterpretationInput:
    """Interpreted."""

    meeting_id: strawberry.ID = strawberry.field(description="The meeting that decided so.")
    paragraph: str = strawberry.field(description="Key of the paragraph that is read, such as `motion-late`.")
    text: str = strawberry.field(description="How it is read.")
    parameter: str | None = strawberry.field(
        default=None, description="The parameter that this settles, such as `motions.late_may_be_taken_up`."
    )
    value: str | None = strawberry.field(
        default=None, description="The value that follows, as JSON in the shape of a statutes file: `true`, `42` …"
    )
    votes: VotesInput | None = strawberry.field(default=None, description="Figures, where the vote was counted.")
    idempotency_key: str | None = KEY


RecordInterpretationResult: TypeAlias = Annotated[
    Meeting | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("RecordInterpretationResult")
]


@strawberry.type
class WaiverMutations:
    """Root fields."""

    @strawberry.mutation(
        description="Record that the meeting sets a rule aside (sätter åt sidan): one of its own order, or of statutes "
        "that let it. A refusal names it by `workflow` and `code`, and under `waivableBy` those who may record this. "
        "It takes effect at once."
    )
    async def waive_rule(self, info: Info, input: WaiveRuleInput) -> WaiveRuleResult:
        """Set aside."""
        rule = SetAside(input.workflow, input.code, input.reason, input.objections, votes_of(input.votes))
        item, service = maybe_key(input.item_id, "AgendaItem", path="itemId"), info.context.service
        key = await service(Waivers, input.idempotency_key).waive(
            meeting_key(input), rule, item, actor=info.context.actor
        )
        return await read_meeting(info, key)

    @strawberry.mutation(description="Record that a rule that was set aside applies again.")
    async def end_waiver(self, info: Info, input: EndWaiverInput) -> EndWaiverResult:
        """Ended."""
        waiver = key_of(input.waiver_id, "Waiver", path="waiverId")
        service = info.context.service(Waivers, input.idempotency_key)
        return await read_meeting(info, await service.end(waiver, input.reason, actor=info.context.actor))

    @strawberry.mutation(
        description="Record how the meeting reads an unclear paragraph (tolkning). It is dated, becomes the source of "
        "the parameter that it settles in the unit's statutes from today, and the meeting itself follows it."
    )
    async def record_interpretation(self, info: Info, input: RecordInterpretationInput) -> RecordInterpretationResult:
        """Interpreted."""
        reading = Reading(input.paragraph, input.text, input.parameter, input.value, votes_of(input.votes))
        service = info.context.service(Interpretations, input.idempotency_key)
        return await read_meeting(info, await service.record(meeting_key(input), reading, actor=info.context.actor))


def votes_of(given: VotesInput | None) -> Votes | None:
    """Figures as the services take them."""
    return None if given is None else Votes(given.for_, given.against, given.abstained)
