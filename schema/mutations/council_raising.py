"""A matter before a council comes up: raised, prepared, declared, made confidential, sounded."""

from datetime import datetime
from typing import Annotated, TypeAlias

import strawberry

from democracy.domain.kinds import Channel
from democracy.services.council.raising import Matter, Raising, Report
from democracy.services.council.sounding import Sounding
from schema.context import Info
from schema.ids import key_of, maybe_key
from schema.mutations.council_results import decision_key, given_time, maybe_person, read_decision, read_paper
from schema.mutations.election_results import serve
from schema.mutations.proceedings.results import MEMBER, NUMBER
from schema.mutations.results import KEY, VERSION
from schema.types.council_decision import CouncilDecision
from schema.types.council_parts import OpenedCouncilPaper
from schema.types.refusals import Conflict, InvalidInput, NotAllowed, NotFound
from workflows.council_kinds import Confidentiality, Initiative, MatterSort


@strawberry.input(description="Input of `raiseCouncilMatter`.")
class RaiseCouncilMatterInput:
    """Raised."""

    body_id: strawberry.ID = strawberry.field(description="The council or board that is to decide.")
    title: str = strawberry.field(description="What it is called.")
    summary: str = strawberry.field(description="Markdown: what it is about.")
    sort: MatterSort = strawberry.field(description="What sort of matter it is, for the unit's policy.")
    initiative: Initiative = strawberry.field(description="Through which channel it is raised.")
    received_at: datetime | None = strawberry.field(
        default=None, description="When it came in, where the secretary writes it in; with its zone."
    )
    idempotency_key: str | None = KEY


RaiseCouncilMatterResult: TypeAlias = Annotated[
    CouncilDecision | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("RaiseCouncilMatterResult")
]


@strawberry.input(description="Input of `attachCouncilPaper`.")
class AttachCouncilPaperInput:
    """Attached."""

    decision_id: strawberry.ID = strawberry.field(description="The matter.")
    title: str = strawberry.field(description="What it is called.")
    text: str = strawberry.field(description="Markdown.")
    marked_secret: bool = strawberry.field(default=False, description="It bears an authority's secrecy stamp.")
    idempotency_key: str | None = KEY


AttachCouncilPaperResult: TypeAlias = Annotated[
    CouncilDecision | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("AttachCouncilPaperResult")
]


@strawberry.input(description="Input of `prepareCouncilMatter`.")
class PrepareCouncilMatterInput:
    """Prepared."""

    decision_id: strawberry.ID = strawberry.field(description="The matter.")
    text: str = strawberry.field(description="Markdown.")
    alternatives: list[str] = strawberry.field(description="Ways to choose between: two or more.")
    costs: str = strawberry.field(description="What they cost.")
    consequences: str = strawberry.field(description="What follows from them.")
    expected_version: int | None = VERSION
    idempotency_key: str | None = KEY


PrepareCouncilMatterResult: TypeAlias = Annotated[
    CouncilDecision | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("PrepareCouncilMatterResult")
]


@strawberry.input(description="Input of `declareCouncilMatter`.")
class DeclareCouncilMatterInput:
    """Declared."""

    decision_id: strawberry.ID = strawberry.field(description="The matter.")
    decision: str = strawberry.field(description="The decision: body, meeting and paragraph.")
    reason: str = strawberry.field(description="Why.")
    principle: bool = strawberry.field(default=False, description="Important in principle (principiellt viktigt).")
    urgent: bool = strawberry.field(default=False, description="Urgent (brådskande).")
    idempotency_key: str | None = KEY


DeclareCouncilMatterResult: TypeAlias = Annotated[
    CouncilDecision | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("DeclareCouncilMatterResult")
]


@strawberry.input(description="Input of `setCouncilConfidentiality`.")
class SetCouncilConfidentialityInput:
    """Its level set."""

    decision_id: strawberry.ID = strawberry.field(description="The matter.")
    level: Confidentiality = strawberry.field(description="Who reads the papers.")
    embargo_until: datetime | None = strawberry.field(
        default=None, description="From then on every member of the unit reads it; with its zone."
    )
    reason: str = strawberry.field(default="", description="Why: needed to change what was set before.")
    negotiators_id: strawberry.ID | None = strawberry.field(
        default=None, description="NEGOTIATORS: the body of those who negotiate."
    )
    idempotency_key: str | None = KEY


SetCouncilConfidentialityResult: TypeAlias = Annotated[
    CouncilDecision | NotAllowed | NotFound | InvalidInput | Conflict,
    strawberry.union("SetCouncilConfidentialityResult"),
]


@strawberry.input(description="Input of `declareCouncilConflict`.")
class DeclareCouncilConflictInput:
    """Declared."""

    decision_id: strawberry.ID = strawberry.field(description="The matter.")
    reason: str = strawberry.field(description="Why.")
    member_id: strawberry.ID | None = MEMBER
    member_number: str | None = NUMBER
    idempotency_key: str | None = KEY


DeclareCouncilConflictResult: TypeAlias = Annotated[
    CouncilDecision | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("DeclareCouncilConflictResult")
]


@strawberry.input(description="Input of `withdrawCouncilMatter`.")
class WithdrawCouncilMatterInput:
    """Withdrawn."""

    decision_id: strawberry.ID = strawberry.field(description="The matter.")
    reason: str = strawberry.field(description="Why.")
    idempotency_key: str | None = KEY


WithdrawCouncilMatterResult: TypeAlias = Annotated[
    CouncilDecision | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("WithdrawCouncilMatterResult")
]


@strawberry.input(description="Input of `soundCouncilMatter`.")
class SoundCouncilMatterInput:
    """Sounded."""

    decision_id: strawberry.ID = strawberry.field(description="The matter.")
    question: str = strawberry.field(description="What they are asked.")
    unit_ids: list[strawberry.ID] = strawberry.field(description="The units.")
    until: datetime | None = strawberry.field(default=None, description="Until when; with its zone.")
    idempotency_key: str | None = KEY


SoundCouncilMatterResult: TypeAlias = Annotated[
    CouncilDecision | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("SoundCouncilMatterResult")
]


@strawberry.input(description="Input of `answerSounding`.")
class AnswerSoundingInput:
    """Answered."""

    decision_id: strawberry.ID = strawberry.field(description="The matter.")
    unit_id: strawberry.ID = strawberry.field(description="The unit that answers.")
    text: str = strawberry.field(description="Markdown.")
    channel: Channel = strawberry.field(default=Channel.DIGITAL, description="How it came.")
    idempotency_key: str | None = KEY


AnswerSoundingResult: TypeAlias = Annotated[
    CouncilDecision | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("AnswerSoundingResult")
]


@strawberry.input(description="Input of `summariseSounding`.")
class SummariseSoundingInput:
    """Summed up."""

    decision_id: strawberry.ID = strawberry.field(description="The matter.")
    summary: str = strawberry.field(description="Markdown.")
    idempotency_key: str | None = KEY


SummariseSoundingResult: TypeAlias = Annotated[
    CouncilDecision | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("SummariseSoundingResult")
]


OpenCouncilPaperResult: TypeAlias = Annotated[
    OpenedCouncilPaper | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("OpenCouncilPaperResult")
]


@strawberry.input(description="Input of `openCouncilPaper`.")
class OpenCouncilPaperInput:
    """Opened."""

    paper_id: strawberry.ID = strawberry.field(description="The paper.")
    idempotency_key: str | None = KEY


@strawberry.type
class CouncilRaisingMutations:
    """Root fields."""

    @strawberry.mutation(
        description="Raise a matter before a representantskap or a board (väcka ett ärende). Who, through "
        "which channel and "
        "when is kept."
    )
    async def raise_council_matter(self, info: Info, input: RaiseCouncilMatterInput) -> RaiseCouncilMatterResult:
        """Raised."""
        service = serve(info, Raising, input.idempotency_key)
        return await read_decision(
            info,
            await service.raise_(
                Matter(
                    key_of(input.body_id, "Body", path="bodyId"),
                    input.title,
                    input.summary,
                    input.sort,
                    input.initiative,
                    given_time(input.received_at),
                ),
                actor=info.context.actor,
            ),
        )

    @strawberry.mutation(
        description="Add a paper (handling). One that is secret by law is refused at every level: add the party's own "
        "summary."
    )
    async def attach_council_paper(self, info: Info, input: AttachCouncilPaperInput) -> AttachCouncilPaperResult:
        """Attached."""
        service = serve(info, Raising, input.idempotency_key)
        return await read_decision(
            info,
            await service.attach(
                decision_key(input),
                input.title,
                input.text,
                marked_secret=input.marked_secret,
                actor=info.context.actor,
            ),
        )

    @strawberry.mutation(description="Lay the report before the body (beredning).")
    async def prepare_council_matter(self, info: Info, input: PrepareCouncilMatterInput) -> PrepareCouncilMatterResult:
        """Prepared."""
        service = serve(info, Raising, input.idempotency_key)
        return await read_decision(
            info,
            await service.prepare(
                decision_key(input),
                Report(input.text, tuple(input.alternatives), input.costs, input.consequences),
                input.expected_version,
                actor=info.context.actor,
            ),
        )

    @strawberry.mutation(
        description="Record that a body has declared the matter important in principle, urgent, or both. Never "
        "inferred."
    )
    async def declare_council_matter(self, info: Info, input: DeclareCouncilMatterInput) -> DeclareCouncilMatterResult:
        """Declared."""
        service = serve(info, Raising, input.idempotency_key)
        return await read_decision(
            info,
            await service.declare(
                decision_key(input),
                input.decision,
                input.reason,
                principle=input.principle,
                urgent=input.urgent,
                actor=info.context.actor,
            ),
        )

    @strawberry.mutation(
        description="Say who reads the papers and until when they are under embargo (förtrolighet). It lifts by itself."
    )
    async def set_council_confidentiality(
        self, info: Info, input: SetCouncilConfidentialityInput
    ) -> SetCouncilConfidentialityResult:
        """Its level set."""
        service = serve(info, Raising, input.idempotency_key)
        return await read_decision(
            info,
            await service.set_level(
                decision_key(input),
                input.level,
                given_time(input.embargo_until, "embargoUntil"),
                input.reason,
                negotiators_id=maybe_key(input.negotiators_id, "Body", path="negotiatorsId"),
                actor=info.context.actor,
            ),
        )

    @strawberry.mutation(
        description="Declare a conflict of interest (anmäla jäv): you take no part, and the papers are closed to you."
    )
    async def declare_council_conflict(
        self, info: Info, input: DeclareCouncilConflictInput
    ) -> DeclareCouncilConflictResult:
        """Declared."""
        service = serve(info, Raising, input.idempotency_key)
        return await read_decision(
            info,
            await service.declare_conflict(
                decision_key(input), input.reason, maybe_person(input), actor=info.context.actor
            ),
        )

    @strawberry.mutation(description="Take the matter back (dra tillbaka) before anything is decided.")
    async def withdraw_council_matter(
        self, info: Info, input: WithdrawCouncilMatterInput
    ) -> WithdrawCouncilMatterResult:
        """Withdrawn."""
        service = serve(info, Raising, input.idempotency_key)
        return await read_decision(
            info, await service.withdraw(decision_key(input), input.reason, actor=info.context.actor)
        )

    @strawberry.mutation(description="Ask units for their opinion (remiss). It advises and binds nobody.")
    async def sound_council_matter(self, info: Info, input: SoundCouncilMatterInput) -> SoundCouncilMatterResult:
        """Sounded."""
        service = serve(info, Sounding, input.idempotency_key)
        return await read_decision(
            info,
            await service.sound(
                decision_key(input),
                input.question,
                [key_of(each, "Unit", path="unitIds") for each in input.unit_ids],
                given_time(input.until, "until"),
                actor=info.context.actor,
            ),
        )

    @strawberry.mutation(description="Answer for a unit (remissvar). A late answer is read too.")
    async def answer_sounding(self, info: Info, input: AnswerSoundingInput) -> AnswerSoundingResult:
        """Answered."""
        service = serve(info, Sounding, input.idempotency_key)
        return await read_decision(
            info,
            await service.answer(
                decision_key(input),
                key_of(input.unit_id, "Unit", path="unitId"),
                input.text,
                channel=input.channel,
                actor=info.context.actor,
            ),
        )

    @strawberry.mutation(description="Sum up what the units answered.")
    async def summarise_sounding(self, info: Info, input: SummariseSoundingInput) -> SummariseSoundingResult:
        """Summed up."""
        service = serve(info, Sounding, input.idempotency_key)
        return await read_decision(
            info, await service.summarise(decision_key(input), input.summary, actor=info.context.actor)
        )

    @strawberry.mutation(
        description="Open a paper and read it. That you did, and when, stands in the access log (åtkomstlogg), which "
        "chair and secretary read."
    )
    async def open_council_paper(self, info: Info, input: OpenCouncilPaperInput) -> OpenCouncilPaperResult:
        """Opened."""
        service = serve(info, Raising, input.idempotency_key)
        paper = key_of(input.paper_id, "CouncilPaper", path="paperId")
        return await read_paper(info, await service.open_paper(paper, actor=info.context.actor))
