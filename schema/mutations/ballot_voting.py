"""While a ballot is open, beside the digital votes: check, post, reminders."""

from datetime import date
from typing import Annotated, TypeAlias

import strawberry

from schema.context import Info
from schema.ids import key_of, maybe_key
from schema.mutations.ballot_results import ballot_key, read_ballot
from schema.mutations.results import KEY
from schema.types.member_ballot import MemberBallot
from schema.types.refusals import Conflict, InvalidInput, NotAllowed, NotFound
from workflows.ballot_kinds import EnvelopeFault


@strawberry.input(description="Input of `checkMemberBallot`.")
class CheckMemberBallotInput:
    """Checked."""

    ballot_id: strawberry.ID = strawberry.field(description="The ballot.")
    idempotency_key: str | None = KEY


CheckMemberBallotResult: TypeAlias = Annotated[
    MemberBallot | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("CheckMemberBallotResult")
]


@strawberry.input(description="Input of `markPostalVote`.")
class MarkPostalVoteInput:
    """Envelope marked."""

    ballot_id: strawberry.ID = strawberry.field(description="The ballot.")
    member_id: strawberry.ID = strawberry.field(description="From whom the envelope is.")
    received_on: date | None = strawberry.field(
        default=None, description="The local day on which it came in; today if left out."
    )
    idempotency_key: str | None = KEY


MarkPostalVoteResult: TypeAlias = Annotated[
    MemberBallot | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("MarkPostalVoteResult")
]


@strawberry.input(description="Input of `setEnvelopeAside`.")
class SetEnvelopeAsideInput:
    """Envelope set aside."""

    ballot_id: strawberry.ID = strawberry.field(description="The ballot.")
    fault: EnvelopeFault = strawberry.field(description="Why.")
    member_id: strawberry.ID | None = strawberry.field(
        default=None, description="From whom it is, if anybody can tell."
    )
    received_on: date | None = strawberry.field(
        default=None, description="The local day on which it came in; today if left out."
    )
    idempotency_key: str | None = KEY


SetEnvelopeAsideResult: TypeAlias = Annotated[
    MemberBallot | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("SetEnvelopeAsideResult")
]


@strawberry.input(description="Input of `remindVoters`.")
class RemindVotersInput:
    """Reminded."""

    ballot_id: strawberry.ID = strawberry.field(description="The ballot.")
    idempotency_key: str | None = KEY


RemindVotersResult: TypeAlias = Annotated[
    MemberBallot | NotAllowed | NotFound | InvalidInput | Conflict, strawberry.union("RemindVotersResult")
]


@strawberry.type
class BallotVotingMutations:
    """Root fields."""

    @strawberry.mutation(
        description="Shortly before it opens: count the electorate's digest anew, hold it against the published "
        "one, and look whether "
        "the urn takes ballots. The clock does the same when it opens the ballot."
    )
    async def check_member_ballot(self, info: Info, input: CheckMemberBallotInput) -> CheckMemberBallotResult:
        """Checked."""
        service = info.context.ballot_holding(input.idempotency_key)
        key = await service.check(
            ballot_key(input),
            actor=info.context.actor,
        )
        return await read_ballot(info, key)

    @strawberry.mutation(
        description="Mark somebody's envelope off in the roll (pricka av en röst med post). From now on their "
        "digital vote is shut. "
        "`voted_already`: a digital vote came first; set the envelope aside unopened."
    )
    async def mark_postal_vote(self, info: Info, input: MarkPostalVoteInput) -> MarkPostalVoteResult:
        """Envelope marked."""
        service = info.context.postal_channel(input.idempotency_key)
        key = await service.mark(
            ballot_key(input),
            key_of(input.member_id, "Member", path="memberId"),
            input.received_on,
            actor=info.context.actor,
        )
        return await read_ballot(info, key)

    @strawberry.mutation(description="Note that an envelope was set aside unopened (lägga åt sidan), and why.")
    async def set_envelope_aside(self, info: Info, input: SetEnvelopeAsideInput) -> SetEnvelopeAsideResult:
        """Envelope set aside."""
        service = info.context.postal_channel(input.idempotency_key)
        key = await service.set_aside(
            ballot_key(input),
            input.fault,
            maybe_key(input.member_id, "Member", path="memberId"),
            input.received_on,
            actor=info.context.actor,
        )
        return await read_ballot(info, key)

    @strawberry.mutation(
        description="Remind those who have not voted (påminna), by mail or letter, at most once a day. Nobody is "
        "told who they are or "
        "how many. The clock does it on the days that the statutes name."
    )
    async def remind_voters(self, info: Info, input: RemindVotersInput) -> RemindVotersResult:
        """Reminded."""
        service = info.context.ballot_reminding(input.idempotency_key)
        key = await service.remind(
            ballot_key(input),
            actor=info.context.actor,
        )
        return await read_ballot(info, key)
