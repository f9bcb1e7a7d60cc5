"""Mutations of a division: asked for, opened, answered, closed, announced, annulled."""

from datetime import datetime
from typing import Annotated, Protocol, TypeAlias
from uuid import UUID

import strawberry

from democracy.domain.kinds import Channel
from democracy.errors import NotFoundError
from democracy.services.proceedings.closed_votes import ClosedVotes
from democracy.services.proceedings.divisions import Handed, Way
from democracy.services.proceedings.outcome import Count
from schema.context import Info
from schema.ids import key_of
from schema.mutations.results import KEY, aware
from schema.types.proceedings.division import Division
from schema.types.refusals import Conflict, InvalidInput, NotAllowed, NotFound
from workflows.proceedings import Choice, DivisionMethod

FOR_WHOM = strawberry.field(
    default=None, description="Member number of somebody else, for whom the meeting's secretary records it."
)
CHANNEL = strawberry.field(default=Channel.DIGITAL, description="How it reached the meeting.")
RECEIVED = strawberry.field(default=None, description="When it reached the meeting; now, if left out.")
QUESTION = strawberry.field(description="The question.")
DIVISION = strawberry.field(description="The division.")


@strawberry.input(description="Figures of a division, in votes.")
class FiguresInput:
    """Figures."""

    yes: int = strawberry.field(description="Ja.")
    no: int = strawberry.field(description="Nej.")
    abstained: int = strawberry.field(default=0, description="Avstår.")
    blank: int = strawberry.field(default=0, description="Blank ballots.")

    def count(self) -> Count:
        """As the services take them."""
        return Count(self.yes, self.no, self.abstained, self.blank)


@strawberry.input(description="Input of `requestDivision`.")
class RequestDivisionInput:
    """Asked for."""

    question_id: strawberry.ID = QUESTION
    member_number: str | None = FOR_WHOM
    channel: Channel = CHANNEL
    received_at: datetime | None = RECEIVED
    idempotency_key: str | None = KEY


@strawberry.input(description="Input of `requestSecretVote`.")
class RequestSecretVoteInput:
    """Asked for."""

    question_id: strawberry.ID = QUESTION
    member_number: str | None = FOR_WHOM
    channel: Channel = CHANNEL
    received_at: datetime | None = RECEIVED
    idempotency_key: str | None = KEY


@strawberry.input(description="Input of `openDivision`.")
class OpenDivisionInput:
    """Opened."""

    question_id: strawberry.ID = QUESTION
    method: DivisionMethod = strawberry.field(description="How it is taken.")
    decided: bool = strawberry.field(
        default=False, description="The meeting has decided on this way: needed for ROLL_CALL and SECRET."
    )
    counters: int = strawberry.field(
        default=1, description="How many tellers count, each for themselves: their figures have to agree."
    )
    sealed: bool = strawberry.field(
        default=False,
        description="With SECRET: votes are cast by `castBallot` into a sealed urn (förseglad urna) that counts them "
        "when the division is closed. Otherwise they are on paper, and tellers count.",
    )
    idempotency_key: str | None = KEY


@strawberry.input(description="Input of `castVote`.")
class CastVoteInput:
    """An answer."""

    division_id: strawberry.ID = DIVISION
    choice: Choice = strawberry.field(description="The answer.")
    member_number: str | None = FOR_WHOM
    idempotency_key: str | None = strawberry.field(
        default=None,
        description="Accepted, and not stored: its digest would tell how you voted. The same answer again changes "
        "nothing.",
    )


@strawberry.input(description="Input of `closeDivision`.")
class CloseDivisionInput:
    """Closed."""

    division_id: strawberry.ID = DIVISION
    figures: FiguresInput | None = strawberry.field(
        default=None, description="What was counted, where tellers count; it can be given in before or afterwards too."
    )
    idempotency_key: str | None = KEY


@strawberry.input(description="Input of `annulDivision`.")
class AnnulDivisionInput:
    """Annulled."""

    division_id: strawberry.ID = DIVISION
    reason: str = strawberry.field(description="What went wrong.")
    idempotency_key: str | None = KEY


RequestDivisionResult: TypeAlias = Annotated[
    Division | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("RequestDivisionResult")
]
RequestSecretVoteResult: TypeAlias = Annotated[
    Division | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("RequestSecretVoteResult")
]
OpenDivisionResult: TypeAlias = Annotated[
    Division | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("OpenDivisionResult")
]
CastVoteResult: TypeAlias = Annotated[
    Division | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("CastVoteResult")
]
CloseDivisionResult: TypeAlias = Annotated[
    Division | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("CloseDivisionResult")
]
AnnulDivisionResult: TypeAlias = Annotated[
    Division | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("AnnulDivisionResult")
]


class OfQuestion(Protocol):
    """An input that names a question."""

    question_id: strawberry.ID


class OfDivision(Protocol):
    """An input that names a division."""

    division_id: strawberry.ID


def question_key(given: OfQuestion) -> UUID:
    """The question that an input names."""
    return key_of(given.question_id, "Question", path="questionId")


def division_key(given: OfDivision) -> UUID:
    """The division that an input names."""
    return key_of(given.division_id, "Division", path="divisionId")


async def read_division(info: Info, key: UUID) -> Division:
    """The division as it is now."""
    info.context.fresh()
    view = await info.context.loaders.divisions.division.load(key)
    if view is None:
        raise NotFoundError("division", key)
    return Division.of(view)


@strawberry.type
class DivisionMutations:
    """Root fields."""

    @strawberry.mutation(
        description="Ask for a division (begära votering), before the gavel. As many as the statutes say are enough, "
        "usually one; the question is then voted on."
    )
    async def request_division(self, info: Info, input: RequestDivisionInput) -> RequestDivisionResult:
        """Asked for."""
        received = aware(input.received_at, "receivedAt") if input.received_at else None
        handed = Handed(input.member_number, input.channel, received)
        service = info.context.divisions(input.idempotency_key)
        return await read_division(info, await service.request(question_key(input), handed, actor=info.context.actor))

    @strawberry.mutation(
        description="Ask for a closed vote (begära sluten omröstning), before the gavel. It asks for a division "
        "too. When as many have asked as the statutes want (`minorities.secret_vote`), every vote on the "
        "matter is closed."
    )
    async def request_secret_vote(self, info: Info, input: RequestSecretVoteInput) -> RequestSecretVoteResult:
        """Asked for."""
        received = aware(input.received_at, "receivedAt") if input.received_at else None
        handed = Handed(input.member_number, input.channel, received)
        service = info.context.service(ClosedVotes, input.idempotency_key)
        return await read_division(info, await service.request(question_key(input), handed, actor=info.context.actor))

    @strawberry.mutation(
        description="Open the division that comes next on a question. The roll (röstlängden) is fixed first; only "
        "those in it vote."
    )
    async def open_division(self, info: Info, input: OpenDivisionInput) -> OpenDivisionResult:
        """Opened."""
        service = info.context.divisions(input.idempotency_key)
        way = Way(input.method, input.decided, input.counters, sealed=input.sealed)
        return await read_division(info, await service.open(question_key(input), way, actor=info.context.actor))

    @strawberry.mutation(
        description="Vote (rösta): on devices, or in a roll call. You may change your answer until the division is "
        "closed. The answer says whether your vote was in before that, and `ownAnswer` what it is."
    )
    async def cast_vote(self, info: Info, input: CastVoteInput) -> CastVoteResult:
        """An answer."""
        key = await info.context.votes().cast(
            division_key(input), input.choice, input.member_number, actor=info.context.actor
        )
        return await read_division(info, key)

    @strawberry.mutation(description="Close a division: nobody answers any more. The chair then announces it.")
    async def close_division(self, info: Info, input: CloseDivisionInput) -> CloseDivisionResult:
        """Closed."""
        service, count = info.context.divisions(input.idempotency_key), input.figures.count() if input.figures else None
        return await read_division(info, await service.close(division_key(input), count, actor=info.context.actor))

    @strawberry.mutation(
        description="Annul a vote that went wrong (ogiltigförklara), before the gavel. It is taken again by "
        "`openDivision`."
    )
    async def annul_division(self, info: Info, input: AnnulDivisionInput) -> AnnulDivisionResult:
        """Annulled."""
        service = info.context.divisions(input.idempotency_key)
        key = await service.annul(division_key(input), input.reason, actor=info.context.actor)
        return await read_division(info, key)
