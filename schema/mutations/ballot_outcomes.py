"""What a ballot comes to: papers, count, certification, publication, what the body decides, the end."""

from typing import Annotated, TypeAlias

import strawberry

from democracy.services.ballots.papers import Paper
from schema.context import Info
from schema.mutations.ballot_results import ballot_key, read_ballot
from schema.mutations.results import KEY
from schema.types.member_ballot import MemberBallot
from schema.types.refusals import Conflict, InvalidInput, NotAllowed, NotFound


@strawberry.input(description="How a question is answered on paper.")
class BallotPaperAnswerInput:
    """An answer."""

    number: int = strawberry.field(description="The question's number.")
    options: list[str] = strawberry.field(
        description="The alternatives' codes, in the order of preference where the question is ranked; none for "
        "blank. "
        "A free answer is `text`."
    )


@strawberry.input(description="Papers that say the same.")
class BallotPaperInput:
    """Papers."""

    answers: list[BallotPaperAnswerInput] = strawberry.field(
        description="One for each question; a question that is left out is blank."
    )
    number: int = strawberry.field(description="How many papers say this.")

    def paper(self) -> Paper:
        """As the service takes it."""
        return Paper({each.number: tuple(each.options) for each in self.answers}, self.number)


@strawberry.input(description="Input of `countBallotPapers`.")
class CountBallotPapersInput:
    """Papers counted."""

    ballot_id: strawberry.ID = strawberry.field(description="The ballot.")
    papers: list[BallotPaperInput] = strawberry.field(description="Papers that say the same, together.")
    spoilt: int = strawberry.field(default=0, description="Envelopes with nothing in them that can be read as a vote.")
    idempotency_key: str | None = KEY


CountBallotPapersResult: TypeAlias = Annotated[
    MemberBallot | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("CountBallotPapersResult")
]


@strawberry.input(description="Input of `countMemberBallot`.")
class CountMemberBallotInput:
    """Counted."""

    ballot_id: strawberry.ID = strawberry.field(description="The ballot.")
    idempotency_key: str | None = KEY


CountMemberBallotResult: TypeAlias = Annotated[
    MemberBallot | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("CountMemberBallotResult")
]


@strawberry.input(description="Input of `certifyBallot`.")
class CertifyBallotInput:
    """Certified."""

    ballot_id: strawberry.ID = strawberry.field(description="The ballot.")
    decision: str = strawberry.field(description="The decision: meeting and paragraph.")
    idempotency_key: str | None = KEY


CertifyBallotResult: TypeAlias = Annotated[
    MemberBallot | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("CertifyBallotResult")
]


@strawberry.input(description="Input of `publishBallotResult`.")
class PublishBallotResultInput:
    """Published."""

    ballot_id: strawberry.ID = strawberry.field(description="The ballot.")
    idempotency_key: str | None = KEY


PublishBallotResultResult: TypeAlias = Annotated[
    MemberBallot | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("PublishBallotResultResult")
]


@strawberry.input(description="Input of `decideOnBallot`.")
class DecideOnBallotInput:
    """Decided."""

    ballot_id: strawberry.ID = strawberry.field(description="The ballot.")
    outcome: str = strawberry.field(description="What the body decides, and why.")
    decision: str = strawberry.field(description="The decision: meeting and paragraph.")
    idempotency_key: str | None = KEY


DecideOnBallotResult: TypeAlias = Annotated[
    MemberBallot | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("DecideOnBallotResult")
]


@strawberry.input(description="Input of `annulMemberBallot`.")
class AnnulMemberBallotInput:
    """Annulled."""

    ballot_id: strawberry.ID = strawberry.field(description="The ballot.")
    decision: str = strawberry.field(description="The decision: meeting and paragraph.")
    reason: str = strawberry.field(description="Why.")
    idempotency_key: str | None = KEY


AnnulMemberBallotResult: TypeAlias = Annotated[
    MemberBallot | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("AnnulMemberBallotResult")
]


@strawberry.input(description="Input of `finishMemberBallot`.")
class FinishMemberBallotInput:
    """Finished."""

    ballot_id: strawberry.ID = strawberry.field(description="The ballot.")
    silence: str | None = strawberry.field(
        default=None,
        description="Why a key holder (nyckelhållare) has not stated that their key is destroyed: who, and what was "
        "done. Needed only where one has not.",
    )
    idempotency_key: str | None = KEY


FinishMemberBallotResult: TypeAlias = Annotated[
    MemberBallot | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("FinishMemberBallotResult")
]


@strawberry.type
class BallotOutcomeMutations:
    """Root fields."""

    @strawberry.mutation(
        description="Enter the papers as one teller has counted them. Two people count, each alone, and both have "
        "to come to the same; "
        "entered anew by the same person it replaces the earlier one."
    )
    async def count_ballot_papers(self, info: Info, input: CountBallotPapersInput) -> CountBallotPapersResult:
        """Papers counted."""
        service = info.context.paper_counting(input.idempotency_key)
        key = await service.count(
            ballot_key(input),
            [each.paper() for each in input.papers],
            input.spoilt,
            actor=info.context.actor,
        )
        return await read_ballot(info, key)

    @strawberry.mutation(
        description="Count it (räkna): what the urn opened to and the papers together, by the statutes' majority "
        "and turnout."
    )
    async def count_member_ballot(self, info: Info, input: CountMemberBallotInput) -> CountMemberBallotResult:
        """Counted."""
        service = info.context.ballot_counting(input.idempotency_key)
        key = await service.count(
            ballot_key(input),
            actor=info.context.actor,
        )
        return await read_ballot(info, key)

    @strawberry.mutation(
        description="Record that the ordering body certifies the result (fastställa). The count is made anew and "
        "the urn's bundle "
        "verified first."
    )
    async def certify_ballot(self, info: Info, input: CertifyBallotInput) -> CertifyBallotResult:
        """Certified."""
        service = info.context.ballot_certifying(input.idempotency_key)
        key = await service.certify(
            ballot_key(input),
            input.decision,
            actor=info.context.actor,
        )
        return await read_ballot(info, key)

    @strawberry.mutation(description="Publish the certified result (offentliggöra).")
    async def publish_ballot_result(self, info: Info, input: PublishBallotResultInput) -> PublishBallotResultResult:
        """Published."""
        service = info.context.ballot_certifying(input.idempotency_key)
        key = await service.publish(
            ballot_key(input),
            actor=info.context.actor,
        )
        return await read_ballot(info, key)

    @strawberry.mutation(
        description="Record what the ordering body decides upon an advisory ballot (rådgivande), §149."
    )
    async def decide_on_ballot(self, info: Info, input: DecideOnBallotInput) -> DecideOnBallotResult:
        """Decided."""
        service = info.context.ballot_certifying(input.idempotency_key)
        key = await service.decide(
            ballot_key(input),
            input.outcome,
            input.decision,
            actor=info.context.actor,
        )
        return await read_ballot(info, key)

    @strawberry.mutation(
        description="Record the body's decision that the ballot does not stand (ogiltig). An urn that is not open "
        "yet never will be."
    )
    async def annul_member_ballot(self, info: Info, input: AnnulMemberBallotInput) -> AnnulMemberBallotResult:
        """Annulled."""
        service = info.context.ballot_certifying(input.idempotency_key)
        key = await service.annul(
            ballot_key(input),
            input.decision,
            input.reason,
            actor=info.context.actor,
        )
        return await read_ballot(info, key)

    @strawberry.mutation(
        description="Close the case (avsluta): the keys that bind a voter to a slot are destroyed, and sealed ballots "
        "and lists removed; auditors take their bundle before. Every key holder has stated that their key is "
        "destroyed, or `silence` says why not. What can be verified stays."
    )
    async def finish_member_ballot(self, info: Info, input: FinishMemberBallotInput) -> FinishMemberBallotResult:
        """Finished."""
        service = info.context.ballot_finishing(input.idempotency_key)
        key = await service.finish(
            ballot_key(input),
            input.silence,
            actor=info.context.actor,
        )
        return await read_ballot(info, key)
