"""A member ballot (medlemsomröstning) in the API."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

import strawberry

from democracy.domain.actors import Member
from democracy.services.ballots.own_vote import has_voted
from democracy.services.ballots.signing import to_sign
from democracy.storage.reads.ballots import BallotView
from democracy.texts.words import phrase
from schema.context import Context, Info
from schema.ids import global_id
from schema.reading import reading_of
from schema.types import promises
from schema.types.ballot_outcome import BallotResult, BallotToSign, BallotTurnout, UnitTurnout, texts_of
from schema.types.ballot_parts import (
    BallotObjection,
    BallotQuestion,
    BallotSide,
    BallotSupport,
    ElectorateCorrection,
    Readability,
    keeps,
)
from schema.types.case import Deadline
from schema.types.governed import Governed, Standing
from schema.types.page import PageInfo
from schema.types.urn import Urn
from workflows.ballot_kinds import SecrecyLevel
from workflows.member_ballot import MEMBER_BALLOT, MemberBallotState
from workflows.member_ballot_readers import may_read_result
from workflows.statutes.parameters.ballots import Effect


@strawberry.type(
    description="A ballot among the members (medlemsomröstning), §149. Nobody sees any outcome before it has closed, "
    "and nobody ever sees how somebody voted."
)
class MemberBallot(Governed):
    """A ballot."""

    workflow: ClassVar = MEMBER_BALLOT
    view: strawberry.Private[BallotView]
    state: MemberBallotState = strawberry.field(description="Where it stands.")
    title: str = strawberry.field(description="What it is called.")
    background: str = strawberry.field(description="Markdown: what led to the question.")
    effect: Effect = strawberry.field(description="Whether it binds, or advises the body that ordered it.")
    urgent: bool = strawberry.field(description="Open for days instead of weeks, as the statutes allow.")
    agreement: bool = strawberry.field(description="About a negotiated agreement: approve it or reject it.")
    level: SecrecyLevel = strawberry.field(description="From whom the vote is secret.")
    decision: str | None = strawberry.field(description="The decision that ordered it: meeting and paragraph.")
    support_needed: int | None = strawberry.field(
        description="Members whose branches have to stand behind a demand; null where there is no such right."
    )
    counted_on: date | None = strawberry.field(description="The day on which the electorate was counted.")
    electorate_size: int | None = strawberry.field(description="Voters in the electorate (röstlängden).")
    electorate_digest: str | None = strawberry.field(
        description="SHA-256 over the electorate, in hex: published before it opens."
    )
    embargo_until: datetime | None = strawberry.field(description="Its texts are read from this moment.")
    opens_at: datetime | None = strawberry.field(description="When it opens.")
    closes_at: datetime | None = strawberry.field(description="When it closes, by the server's clock.")
    announced_at: datetime | None = strawberry.field(description="When it was announced.")
    checked_at: datetime | None = strawberry.field(description="When roll and urn were last checked before it opened.")
    reminded_at: datetime | None = strawberry.field(description="When those who had not voted were last reminded.")
    certified_at: datetime | None = strawberry.field(description="When the body certified the result.")
    certified_by: str | None = strawberry.field(description="By which decision.")
    published_at: datetime | None = strawberry.field(description="When the result was published.")
    outcome: str | None = strawberry.field(description="Advisory: what the body decided upon it.")
    outcome_by: str | None = strawberry.field(description="By which decision.")
    ended_reason: str | None = strawberry.field(description="Why it was cancelled or annulled.")
    version: int = strawberry.field(description="Grows with every change; give it as `expectedVersion` when changing.")
    unit_id: strawberry.ID = strawberry.field(description="The unit whose members vote.")
    unit_name: str = strawberry.field(description="That unit's name.")
    body_id: strawberry.ID = strawberry.field(description="The body that orders it and decides upon it.")
    body_name: str = strawberry.field(description="That body's name.")

    @strawberry.field(description=promises.DESCRIPTION)
    def promise(self, info: Info) -> str:
        """By its level of secrecy."""
        return phrase(promises.of_level(self.level), info.context.language)

    @strawberry.field(description="The questions in their order.", metadata={"list_size": 2})
    async def questions(self, info: Info) -> list[BallotQuestion]:
        """By the loader."""
        return [BallotQuestion.of(view) for view in await info.context.loaders.ballots.questions.load(self.key)]

    @strawberry.field(description="What each side says.", metadata={"list_size": 2})
    async def sides(self, info: Info) -> list[BallotSide]:
        """By the loader."""
        return [BallotSide.of(view) for view in await info.context.loaders.ballots.sides.load(self.key)]

    @strawberry.field(description="The branches behind the demand, the first to support first.")
    async def supports(self, info: Info) -> list[BallotSupport]:
        """By the loader."""
        return [BallotSupport.of(view) for view in await info.context.loaders.ballots.supports.load(self.key)]

    @strawberry.field(description="Corrections of the electorate after the announcement.")
    async def corrections(self, info: Info) -> list[ElectorateCorrection]:
        """By the loader."""
        return [ElectorateCorrection.of(view) for view in await info.context.loaders.ballots.corrections.load(self.key)]

    @strawberry.field(
        description="Objections. Those who prepare the ballot read all of them, others the answered ones and their own."
    )
    async def objections(self, info: Info) -> list[BallotObjection]:
        """By the loader."""
        found = await info.context.loaders.ballots.objections.load(self.key)
        everything, own = await keeps(info, self.key), getattr(info.context.actor, "id", None)
        return [BallotObjection.of(view) for view in found if everything or view.answered_at or view.member_id == own]

    @strawberry.field(description="How many have taken part so far; null before it is announced.")
    async def turnout(self, info: Info) -> BallotTurnout | None:
        """By the loader."""
        found = await info.context.loaders.ballots.taken_part.load(self.key)
        if self.view.announced_at is None or not found:
            return None
        return BallotTurnout(electors=found[0].electors, digital=found[0].digital, by_post=found[0].by_post)

    @strawberry.field(description="Turnout by unit on the last day that was written down, the largest first.")
    async def turnout_by_unit(self, info: Info) -> list[UnitTurnout]:
        """By the loader."""
        return [UnitTurnout.of(view) for view in await info.context.loaders.ballots.turnout.load(self.key)]

    @strawberry.field(
        description="The result (resultatet). Null until it may be read: for those who count and certify when it has "
        "been counted, for the others as the statutes say, as a rule when the certified result is published."
    )
    async def result(self, info: Info) -> BallotResult | None:
        """Where the statutes let it be read."""
        if self.view.protocol is None or not await _reads_result(self.view, info):
            return None
        asked = await info.context.loaders.ballots.questions.load(self.key)
        options = [each for view in asked for each in await info.context.loaders.ballots.options.load(view.id)]
        return BallotResult.of(self.view.protocol, texts_of({view.id: view.number for view in asked}, options))

    @strawberry.field(description="What waits for two officers' signatures; empty for whoever is no officer.")
    async def to_sign(self, info: Info) -> BallotToSign:
        """Drawn up anew each time."""
        context = info.context
        found = await to_sign(context.app.database, context.app.seeds, self.key, actor=context.actor, at=context.at)
        return BallotToSign(
            voids=[each.decode() for each in found.voids],
            roll=None if found.roll is None else found.roll.decode(),
            extension=None if found.extension is None else found.extension.decode(),
            paper=None if found.paper is None else found.paper.decode(),
        )

    @strawberry.field(description="Its urns, rehearsals too, the first made first.", metadata={"list_size": 2})
    async def urns(self, info: Info) -> list[Urn]:
        """By the loader."""
        return [Urn.of(view) for view in await info.context.loaders.ballots.urns.load(self.key)]

    @strawberry.field(description="Whether you stand in the electorate.")
    async def viewer_may_vote(self, info: Info) -> bool:
        """From the case."""
        case = await info.context.loaders.ballots.case.load(self.key)
        return case is not None and case.facts.is_elector

    @strawberry.field(
        description="Whether you have voted: digitally, or by an envelope that was marked off. Told to nobody but "
        "yourself, and to you only until the keys are destroyed."
    )
    async def viewer_has_voted(self, info: Info) -> bool:
        """From the reader's own slot."""
        context = info.context
        case = await context.loaders.ballots.case.load(self.key)
        if case is None or not isinstance(context.actor, Member):
            return False
        return case.facts.slot_void or await has_voted(
            context.app.database, context.app.seeds, self.key, context.actor.id
        )

    @strawberry.field(description="How hard the question and its background are to read.")
    async def readability(self, info: Info) -> Readability | None:
        """LIX of all of it together."""
        asked = await info.context.loaders.ballots.questions.load(self.key)
        return Readability.of("\n\n".join([self.background, *(view.text for view in asked)]))

    async def standing(self, context: Context) -> Standing | None:
        """Its case."""
        return await context.loaders.ballots.case.load(self.key)

    @strawberry.field(description="Its times: `close`, and `objections` with how it follows from the statutes.")
    async def deadlines(self, info: Info) -> list[Deadline]:
        """From the row and the statutes."""
        return await _deadlines(self.view, info)

    @property
    def key(self) -> UUID:
        """The ballot's own id."""
        return self.view.id

    @classmethod
    def of(cls, view: BallotView) -> "MemberBallot":
        """From what was read."""
        return cls(
            id=global_id("MemberBallot", view.id),
            view=view,
            unit_id=global_id("Unit", view.unit_id),
            body_id=global_id("Body", view.body_id),
            **{name: getattr(view, name) for name in _SAME},
        )


_SAME = (
    "state", "title", "background", "effect", "urgent", "agreement", "level", "decision", "support_needed",
    "counted_on", "electorate_size", "electorate_digest", "embargo_until", "opens_at", "closes_at", "announced_at",
    "checked_at", "reminded_at", "certified_at", "certified_by", "published_at", "outcome", "outcome_by",
    "ended_reason", "version", "unit_name", "body_name",
)  # fmt: skip


async def _reads_result(view: BallotView, info: Info) -> bool:
    case = await info.context.loaders.ballots.case.load(view.id)
    reading = await reading_of(info.context, view.statutes_digest)
    order = reading.rules.parameters.member_ballots if reading.rules else None
    if case is None or order is None:
        return False
    return may_read_result(case.state, case.roles, order.result_readers, order.result_at)


async def _deadlines(view: BallotView, info: Info) -> list[Deadline]:
    reading = await reading_of(info.context, view.statutes_digest)
    order = reading.rules.parameters.member_ballots if reading.rules else None
    if view.closes_at is None or order is None:
        return []
    found = []
    if view.objections_until is not None:
        derived = order.objections.derive(view.closes_at, info.context.app.zone)
        found.append(
            Deadline(name="objections", at=view.objections_until, derivation=derived.words(info.context.language))
        )
    return found


Counter = Callable[[], Awaitable[int]]


@strawberry.type(description="A ballot in a list.")
class MemberBallotEdge:
    """Relay's edge."""

    node: MemberBallot = strawberry.field(description="The ballot.")
    cursor: str = strawberry.field(description="Its place, for `after` and `before`.")


@strawberry.type(description="A page of ballots.")
class MemberBallotConnection:
    """Relay's connection."""

    edges: list[MemberBallotEdge] = strawberry.field(description="Ballots with their cursors.")
    nodes: list[MemberBallot] = strawberry.field(description="The same ballots without cursors.")
    page_info: PageInfo = strawberry.field(description="Where this page stands.")
    counter: strawberry.Private[Counter]

    @strawberry.field(description="How many there are in all. Counted only when asked for.")
    async def total_count(self) -> int:
        """A statement of its own."""
        return await self.counter()
