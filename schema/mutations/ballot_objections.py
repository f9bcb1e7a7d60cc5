"""Objections against a ballot, and their answers."""

from datetime import datetime
from typing import Annotated, TypeAlias

import strawberry

from democracy.domain.kinds import Channel
from schema.context import Info
from schema.ids import key_of, maybe_key
from schema.mutations.ballot_results import ballot_key, read_ballot
from schema.mutations.results import KEY, aware
from schema.types.member_ballot import MemberBallot
from schema.types.refusals import Conflict, InvalidInput, NotAllowed, NotFound
from workflows.ballot_kinds import ObjectionFinding


@strawberry.input(description="Input of `objectToBallot`.")
class ObjectToBallotInput:
    """Objected."""

    ballot_id: strawberry.ID = strawberry.field(description="The ballot.")
    text: str = strawberry.field(description="What is objected.")
    member_id: strawberry.ID | None = strawberry.field(
        default=None, description="For the secretary: whose objection is written in."
    )
    channel: Channel = strawberry.field(default=Channel.DIGITAL, description="For the secretary: how it came.")
    received_at: datetime | None = strawberry.field(
        default=None, description="For the secretary: when it came in, which decides whether it was in time."
    )
    idempotency_key: str | None = KEY


ObjectToBallotResult: TypeAlias = Annotated[
    MemberBallot | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("ObjectToBallotResult")
]


@strawberry.input(description="Input of `answerBallotObjection`.")
class AnswerBallotObjectionInput:
    """Answered."""

    objection_id: strawberry.ID = strawberry.field(description="The objection.")
    finding: ObjectionFinding = strawberry.field(description="What the body found.")
    answer: str = strawberry.field(description="Its answer, with reasons.")
    decision: str = strawberry.field(description="The decision: meeting and paragraph.")
    idempotency_key: str | None = KEY


AnswerBallotObjectionResult: TypeAlias = Annotated[
    MemberBallot | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("AnswerBallotObjectionResult")
]


@strawberry.type
class BallotObjectionMutations:
    """Root fields."""

    @strawberry.mutation(
        description="Object to a ballot (göra en invändning): its question, its electorate, how it is held or "
        "counted. Open to the "
        "electorate and the auditors until the time that the statutes give after the close; see `deadlines`."
    )
    async def object_to_ballot(self, info: Info, input: ObjectToBallotInput) -> ObjectToBallotResult:
        """Objected."""
        service = info.context.objecting(input.idempotency_key)
        key = await service.object(
            ballot_key(input),
            input.text,
            member_id=maybe_key(input.member_id, "Member", path="memberId"),
            channel=input.channel,
            received_at=input.received_at and aware(input.received_at, "receivedAt"),
            actor=info.context.actor,
        )
        return await read_ballot(info, key)

    @strawberry.mutation(
        description="Record what the ordering body found of an objection. Nothing is certified before every "
        "objection has its answer; "
        "after ANNULLING the ballot can only be annulled."
    )
    async def answer_ballot_objection(
        self, info: Info, input: AnswerBallotObjectionInput
    ) -> AnswerBallotObjectionResult:
        """Answered."""
        service = info.context.objecting(input.idempotency_key)
        key = await service.answer(
            key_of(input.objection_id, "BallotObjection", path="objectionId"),
            input.finding,
            input.answer,
            input.decision,
            actor=info.context.actor,
        )
        return await read_ballot(info, key)
