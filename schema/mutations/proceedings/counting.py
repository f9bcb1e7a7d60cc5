"""Mutations of those who count and of the chair who announces: figures, trial votes, lots, corrections."""

from datetime import datetime
from typing import Annotated, TypeAlias

import strawberry

from democracy.domain.kinds import Channel
from democracy.services.proceedings.announcing import Correction, HandLot, Tiebreak
from democracy.services.proceedings.divisions import Handed
from schema.context import Info
from schema.mutations.proceedings.divisions import (
    CHANNEL,
    DIVISION,
    FOR_WHOM,
    QUESTION,
    RECEIVED,
    FiguresInput,
    division_key,
    question_key,
    read_division,
)
from schema.mutations.results import KEY, aware
from schema.types.proceedings.division import Division
from schema.types.refusals import Conflict, InvalidInput, NotAllowed, NotFound
from workflows.proceedings import Choice


@strawberry.input(description="Input of `enterFigures`.")
class EnterFiguresInput:
    """Typed in."""

    division_id: strawberry.ID = DIVISION
    figures: FiguresInput = strawberry.field(description="What you counted.")
    idempotency_key: str | None = KEY


@strawberry.input(description="A lot drawn by hand, by the chair before two witnesses.")
class HandLotInput:
    """By hand."""

    winner: Choice = strawberry.field(description="What the lot fell on: YES or NO.")
    witnesses: list[str] = strawberry.field(description="Member numbers of the two witnesses.")


@strawberry.input(description="Input of `announceDivision`.")
class AnnounceDivisionInput:
    """Announced."""

    division_id: strawberry.ID = DIVISION
    casting_vote: Choice | None = strawberry.field(
        default=None, description="The chair's casting vote (utslagsröst) at equal figures, where the statutes give it."
    )
    lot_by_hand: HandLotInput | None = strawberry.field(
        default=None, description="A lot drawn by hand at equal figures, where the lot decides."
    )
    lot_from_shares: bool = strawberry.field(
        default=False, description="Draw the lot from the shares that were committed to before the vote."
    )
    idempotency_key: str | None = KEY


@strawberry.input(description="Input of `openTrialVote`.")
class OpenTrialVoteInput:
    """A trial."""

    question_id: strawberry.ID = QUESTION
    idempotency_key: str | None = KEY


@strawberry.input(description="Input of `countTrialVote`.")
class CountTrialVoteInput:
    """To be counted."""

    division_id: strawberry.ID = DIVISION
    member_number: str | None = FOR_WHOM
    channel: Channel = CHANNEL
    received_at: datetime | None = RECEIVED
    idempotency_key: str | None = KEY


@strawberry.input(description="Input of `announceTrialVote`.")
class AnnounceTrialVoteInput:
    """What it shows."""

    division_id: strawberry.ID = DIVISION
    winner: Choice = strawberry.field(description="YES or NO, as the chair finds.")
    idempotency_key: str | None = KEY


@strawberry.input(description="Input of `correctFigures`.")
class CorrectFiguresInput:
    """Put right."""

    division_id: strawberry.ID = DIVISION
    figures: FiguresInput = strawberry.field(description="The right figures.")
    reason: str = strawberry.field(description="What was wrong.")
    teller_number: str = strawberry.field(description="Member number of an elected teller who stands behind it.")
    aloud: bool = strawberry.field(
        default=False, description="The chair reads both figures to the meeting: needed once the next item is open."
    )
    idempotency_key: str | None = KEY


@strawberry.input(description="Input of `commitLotShare`.")
class CommitLotShareInput:
    """Committed."""

    division_id: strawberry.ID = DIVISION
    commitment: str = strawberry.field(
        description="SHA-256 over `LOT1-COMMIT`, a NUL and 16 to 64 random bytes of your own, in hex."
    )
    idempotency_key: str | None = KEY


@strawberry.input(description="Input of `revealLotShare`.")
class RevealLotShareInput:
    """Revealed."""

    division_id: strawberry.ID = DIVISION
    share: str = strawberry.field(description="The random bytes, in hex.")
    idempotency_key: str | None = KEY


_Answers: TypeAlias = Division | NotAllowed | NotFound | InvalidInput | Conflict
EnterFiguresResult: TypeAlias = Annotated[_Answers, strawberry.union("EnterFiguresResult")]
AnnounceDivisionResult: TypeAlias = Annotated[_Answers, strawberry.union("AnnounceDivisionResult")]
OpenTrialVoteResult: TypeAlias = Annotated[_Answers, strawberry.union("OpenTrialVoteResult")]
CountTrialVoteResult: TypeAlias = Annotated[_Answers, strawberry.union("CountTrialVoteResult")]
AnnounceTrialVoteResult: TypeAlias = Annotated[_Answers, strawberry.union("AnnounceTrialVoteResult")]
CorrectFiguresResult: TypeAlias = Annotated[_Answers, strawberry.union("CorrectFiguresResult")]
CommitLotShareResult: TypeAlias = Annotated[_Answers, strawberry.union("CommitLotShareResult")]
RevealLotShareResult: TypeAlias = Annotated[_Answers, strawberry.union("RevealLotShareResult")]


@strawberry.type
class CountingMutations:
    """Root fields."""

    @strawberry.mutation(
        description="Type in what you counted (rösträknare). A sum above the roll is refused at once; what you typed "
        "in before is replaced."
    )
    async def enter_figures(self, info: Info, input: EnterFiguresInput) -> EnterFiguresResult:
        """Typed in."""
        service = info.context.tellers(input.idempotency_key)
        key = await service.enter(division_key(input), input.figures.count(), actor=info.context.actor)
        return await read_division(info, key)

    @strawberry.mutation(
        description="Announce the figures of a closed division: from then on everybody reads them, and the gavel can "
        "fall. Equal figures are settled as the statutes say."
    )
    async def announce_division(self, info: Info, input: AnnounceDivisionInput) -> AnnounceDivisionResult:
        """Announced."""
        hand = input.lot_by_hand
        by_hand = HandLot(hand.winner, tuple(hand.witnesses)) if hand else None
        tiebreak = Tiebreak(input.casting_vote, by_hand, input.lot_from_shares)
        service = info.context.announcing(input.idempotency_key)
        return await read_division(
            info, await service.announce(division_key(input), tiebreak, actor=info.context.actor)
        )

    @strawberry.mutation(description="Take a show of cards that nobody counts (försöksvotering).")
    async def open_trial_vote(self, info: Info, input: OpenTrialVoteInput) -> OpenTrialVoteResult:
        """A trial."""
        service = info.context.trials(input.idempotency_key)
        return await read_division(info, await service.open(question_key(input), actor=info.context.actor))

    @strawberry.mutation(
        description="Ask for a trial vote that is under way to be counted (begära rösträkning): `openDivision` then "
        "takes it."
    )
    async def count_trial_vote(self, info: Info, input: CountTrialVoteInput) -> CountTrialVoteResult:
        """To be counted."""
        received = aware(input.received_at, "receivedAt") if input.received_at else None
        handed = Handed(input.member_number, input.channel, received)
        service = info.context.trials(input.idempotency_key)
        key = await service.count_instead(division_key(input), handed, actor=info.context.actor)
        return await read_division(info, key)

    @strawberry.mutation(
        description="Say what a trial vote shows: the chair names the winner. Whoever has a vote may still ask for a "
        "count."
    )
    async def announce_trial_vote(self, info: Info, input: AnnounceTrialVoteInput) -> AnnounceTrialVoteResult:
        """What it shows."""
        service = info.context.trials(input.idempotency_key)
        key = await service.announce(division_key(input), input.winner, actor=info.context.actor)
        return await read_division(info, key)

    @strawberry.mutation(
        description="Put announced figures right (rätta röstsiffror). Both stand, and the outcome is named anew."
    )
    async def correct_figures(self, info: Info, input: CorrectFiguresInput) -> CorrectFiguresResult:
        """Put right."""
        correction = Correction(input.figures.count(), input.reason, input.teller_number, input.aloud)
        service = info.context.announcing(input.idempotency_key)
        key = await service.correct(division_key(input), correction, actor=info.context.actor)
        return await read_division(info, key)

    @strawberry.mutation(
        description="Commit to a share of a lot, before the division is closed. It is published at once."
    )
    async def commit_lot_share(self, info: Info, input: CommitLotShareInput) -> CommitLotShareResult:
        """Committed."""
        service = info.context.lot_shares(input.idempotency_key)
        key = await service.commit(division_key(input), input.commitment, actor=info.context.actor)
        return await read_division(info, key)

    @strawberry.mutation(description="Reveal the share that you committed to, once the division is closed.")
    async def reveal_lot_share(self, info: Info, input: RevealLotShareInput) -> RevealLotShareResult:
        """Revealed."""
        service = info.context.lot_shares(input.idempotency_key)
        key = await service.reveal(division_key(input), input.share, actor=info.context.actor)
        return await read_division(info, key)
