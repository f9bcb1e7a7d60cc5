"""A decision in writing (per capsulam) in the API."""

from datetime import datetime
from typing import Annotated, TypeAlias

import strawberry

from democracy.domain.kinds import Channel
from democracy.services.council.asking import Asking, Opening
from schema.context import Info
from schema.ids import maybe_key
from schema.mutations.council_results import decision_key, read_decision, said
from schema.mutations.election_results import serve
from schema.mutations.proceedings.results import MEMBER, NUMBER, person
from schema.mutations.results import KEY, aware
from schema.types.council_decision import CouncilDecision
from schema.types.refusals import Conflict, InvalidInput, NotAllowed, NotFound
from workflows.council_kinds import CouncilAnswer


@strawberry.input(description="Input of `openWrittenProcedure`.")
class OpenWrittenProcedureInput:
    """Opened."""

    decision_id: strawberry.ID = strawberry.field(description="The matter.")
    question: str = strawberry.field(description="Answered with ja, nej or avstår.")
    closes_at: datetime = strawberry.field(description="When the window closes; with its zone.")
    decision: str = strawberry.field(description="The decision to ask in writing: body, meeting and paragraph.")
    ordered_by_id: strawberry.ID | None = strawberry.field(
        default=None, description="The body that decided so; the deciding body unless you say."
    )
    idempotency_key: str | None = KEY


OpenWrittenProcedureResult: TypeAlias = Annotated[
    CouncilDecision | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("OpenWrittenProcedureResult")
]


@strawberry.input(description="Input of `logContactAttempt`.")
class LogContactAttemptInput:
    """Sought."""

    decision_id: strawberry.ID = strawberry.field(description="The matter.")
    member_id: strawberry.ID | None = MEMBER
    member_number: str | None = NUMBER
    channel: Channel = strawberry.field(description="Which way.")
    note: str | None = strawberry.field(default=None, description="What came of it.")
    idempotency_key: str | None = KEY


LogContactAttemptResult: TypeAlias = Annotated[
    CouncilDecision | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("LogContactAttemptResult")
]


@strawberry.input(description="Input of `answerWrittenProcedure`.")
class AnswerWrittenProcedureInput:
    """Answered."""

    decision_id: strawberry.ID = strawberry.field(description="The matter.")
    answer: CouncilAnswer = strawberry.field(description="On the matter itself.")
    member_id: strawberry.ID | None = MEMBER
    member_number: str | None = NUMBER
    channel: Channel = strawberry.field(default=Channel.DIGITAL, description="How it came.")
    received_at: datetime | None = strawberry.field(
        default=None, description="When it came in, where the secretary writes it in; with its zone."
    )
    idempotency_key: str | None = KEY


AnswerWrittenProcedureResult: TypeAlias = Annotated[
    CouncilDecision | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("AnswerWrittenProcedureResult")
]


@strawberry.input(description="Input of `requestCouncilMeeting`.")
class RequestCouncilMeetingInput:
    """Asked for."""

    decision_id: strawberry.ID = strawberry.field(description="The matter.")
    member_id: strawberry.ID | None = MEMBER
    member_number: str | None = NUMBER
    channel: Channel = strawberry.field(default=Channel.DIGITAL, description="How it came.")
    received_at: datetime | None = strawberry.field(
        default=None, description="When it came in, where the secretary writes it in; with its zone."
    )
    idempotency_key: str | None = KEY


RequestCouncilMeetingResult: TypeAlias = Annotated[
    CouncilDecision | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("RequestCouncilMeetingResult")
]


@strawberry.input(description="Input of `reserveInWriting`.")
class ReserveInWritingInput:
    """Reserved."""

    decision_id: strawberry.ID = strawberry.field(description="The matter.")
    text: str = strawberry.field(description="Markdown.")
    member_id: strawberry.ID | None = MEMBER
    member_number: str | None = NUMBER
    channel: Channel = strawberry.field(default=Channel.DIGITAL, description="How it came.")
    received_at: datetime | None = strawberry.field(
        default=None, description="When it came in, where the secretary writes it in; with its zone."
    )
    idempotency_key: str | None = KEY


ReserveInWritingResult: TypeAlias = Annotated[
    CouncilDecision | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("ReserveInWritingResult")
]


@strawberry.input(description="Input of `closeWrittenProcedure`.")
class CloseWrittenProcedureInput:
    """Closed."""

    decision_id: strawberry.ID = strawberry.field(description="The matter.")
    idempotency_key: str | None = KEY


CloseWrittenProcedureResult: TypeAlias = Annotated[
    CouncilDecision | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("CloseWrittenProcedureResult")
]


@strawberry.type
class CouncilAskingMutations:
    """Root fields."""

    @strawberry.mutation(
        description="Open a written procedure (öppna per capsulam): the roll is fixed and everybody on it is sought."
    )
    async def open_written_procedure(self, info: Info, input: OpenWrittenProcedureInput) -> OpenWrittenProcedureResult:
        """Opened."""
        service = serve(info, Asking, input.idempotency_key)
        return await read_decision(
            info,
            await service.open(
                decision_key(input),
                Opening(
                    input.question,
                    aware(input.closes_at, "closesAt"),
                    input.decision,
                    maybe_key(input.ordered_by_id, "Body", path="orderedById"),
                ),
                actor=info.context.actor,
            ),
        )

    @strawberry.mutation(
        description="Log an attempt to reach somebody who is asked. The unreachable count as not having answered."
    )
    async def log_contact_attempt(self, info: Info, input: LogContactAttemptInput) -> LogContactAttemptResult:
        """Sought."""
        service = serve(info, Asking, input.idempotency_key)
        return await read_decision(
            info,
            await service.seek(decision_key(input), person(input), input.channel, input.note, actor=info.context.actor),
        )

    @strawberry.mutation(
        description="Answer (svara per capsulam), or as secretary write in what somebody answered when it "
        "was read to them. "
        "Nobody sees an answer before the window has closed."
    )
    async def answer_written_procedure(
        self, info: Info, input: AnswerWrittenProcedureInput
    ) -> AnswerWrittenProcedureResult:
        """Answered."""
        service = serve(info, Asking, input.idempotency_key)
        return await read_decision(
            info, await service.answer(decision_key(input), input.answer, said(input), actor=info.context.actor)
        )

    @strawberry.mutation(
        description="Ask for a meeting instead (begära möte): about the form, not the matter. When enough "
        "ask, the procedure "
        "stops at once and its answers are never shown."
    )
    async def request_council_meeting(
        self, info: Info, input: RequestCouncilMeetingInput
    ) -> RequestCouncilMeetingResult:
        """Asked for."""
        service = serve(info, Asking, input.idempotency_key)
        return await read_decision(
            info, await service.ask_meeting(decision_key(input), said(input), actor=info.context.actor)
        )

    @strawberry.mutation(description="Record a reservation within the window of a written procedure.")
    async def reserve_in_writing(self, info: Info, input: ReserveInWritingInput) -> ReserveInWritingResult:
        """Reserved."""
        service = serve(info, Asking, input.idempotency_key)
        return await read_decision(
            info, await service.reserve(decision_key(input), input.text, said(input), actor=info.context.actor)
        )

    @strawberry.mutation(
        description="Close the window when its time is over, as the clock does: decided, or left to a meeting."
    )
    async def close_written_procedure(
        self, info: Info, input: CloseWrittenProcedureInput
    ) -> CloseWrittenProcedureResult:
        """Closed."""
        service = serve(info, Asking, input.idempotency_key)
        return await read_decision(info, await service.close(decision_key(input), actor=info.context.actor))
