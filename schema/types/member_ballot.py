"""A member ballot (medlemsomröstning) in the API."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime
from uuid import UUID

import strawberry

from democracy.domain.readability import readability
from democracy.storage.reads.ballot_parts import (
    CorrectionView,
    ObjectionView,
    OptionView,
    QuestionView,
    SideView,
    SupportView,
)
from democracy.storage.reads.ballots import BallotView
from schema.context import Info
from schema.ids import global_id
from schema.reading import reading_of
from schema.types.case import Action, Deadline, HistoryStep, NextStep
from schema.types.node import Node
from schema.types.page import PageInfo
from schema.types.urn import Urn
from workflows.ballot_kinds import CorrectionKind, QuestionForm, SecrecyLevel
from workflows.engine import Role
from workflows.member_ballot import MEMBER_BALLOT, MemberBallotState
from workflows.statutes.parameters.ballots import Effect

DOCUMENTATION = "/docs/member_ballot"
_KEEPERS = frozenset({Role.SECRETARY, Role.STAFF, Role.SCRUTINEER, Role.BOARD})


@strawberry.type(description="How hard a text is to read, by the Swedish measure LIX.")
class Readability:
    """LIX."""

    lix: int = strawberry.field(description="Below 40 is easy, from 60 on very hard.")
    words: int = strawberry.field(description="Words in the text.")
    sentences: int = strawberry.field(description="Sentences in it; a line of a list is one.")

    @classmethod
    def of(cls, text: str) -> "Readability | None":
        """Measured."""
        found = readability(text)
        return cls(lix=found.lix, words=found.words, sentences=found.sentences) if found else None


@strawberry.type(description="An alternative of a question.")
class BallotOption:
    """What can be chosen."""

    code: str = strawberry.field(description="What stands on the sealed ballot.")
    text: str = strawberry.field(description="In words.")

    @classmethod
    def of(cls, view: OptionView) -> "BallotOption":
        """From what was read."""
        return cls(code=view.code, text=view.text)


@strawberry.type(description="A question of a ballot.")
class BallotQuestion:
    """What is asked."""

    key: strawberry.Private[UUID]
    number: int = strawberry.field(description="Its number; also its id on the sealed ballot.")
    form: QuestionForm = strawberry.field(description="How it is answered.")
    text: str = strawberry.field(description="The question.")
    most: int | None = strawberry.field(description="TEXT: at most so many bytes.")

    @strawberry.field(description="The alternatives in their order; none for free text.", metadata={"list_size": 5})
    async def options(self, info: Info) -> list[BallotOption]:
        """By the loader."""
        return [BallotOption.of(view) for view in await info.context.loaders.ballots.options.load(self.key)]

    @classmethod
    def of(cls, view: QuestionView) -> "BallotQuestion":
        """From what was read."""
        return cls(key=view.id, number=view.number, form=view.form, text=view.text, most=view.most)


@strawberry.type(description="What one side has to say to the voters.")
class BallotSide:
    """A side."""

    name: str = strawberry.field(description="The side.")
    author: str | None = strawberry.field(description="Who answers for the text.")
    text: str | None = strawberry.field(description="Markdown; null until it has come in.")
    passed_at: datetime | None = strawberry.field(description="When it was noted that the side left its room empty.")

    @strawberry.field(description="How hard the text is to read.")
    def readability(self) -> Readability | None:
        """LIX of the text."""
        return Readability.of(self.text) if self.text else None

    @classmethod
    def of(cls, view: SideView) -> "BallotSide":
        """From what was read."""
        return cls(name=view.name, author=view.author, text=view.text, passed_at=view.passed_at)


@strawberry.type(description="That a branch stands behind the demand for a ballot.")
class BallotSupport:
    """A branch's decision."""

    unit_id: strawberry.ID = strawberry.field(description="The branch.")
    unit_name: str = strawberry.field(description="Its name.")
    decision: str = strawberry.field(description="The decision of its meeting.")
    decided_on: date = strawberry.field(description="When it was made.")
    members: int = strawberry.field(description="Members voting in it on the day of the demand.")
    withdrawn_at: datetime | None = strawberry.field(description="When the support was withdrawn.")

    @classmethod
    def of(cls, view: SupportView) -> "BallotSupport":
        """From what was read."""
        return cls(
            unit_id=global_id("Unit", view.unit_id),
            unit_name=view.unit_name,
            decision=view.decision,
            decided_on=view.decided_on,
            members=view.members,
            withdrawn_at=view.withdrawn_at,
        )


@strawberry.type(description="A correction of the electorate (rättelse av röstlängden) after it was announced.")
class ElectorateCorrection:
    """With a reason, and two officers."""

    view: strawberry.Private[CorrectionView]
    id: strawberry.ID = strawberry.field(description="Its id, for `approveElectorateCorrection`.")
    kind: CorrectionKind = strawberry.field(description="Somebody was added or removed.")
    proposed_at: datetime = strawberry.field(description="When the first officer proposed it.")
    in_force_at: datetime | None = strawberry.field(description="When the second approved it; null until then.")

    @strawberry.field(description="Why. Null for whoever does not keep the roll: it may name somebody.")
    async def reason(self, info: Info) -> str | None:
        """For those who keep the roll."""
        return self.view.reason if await _keeps(info, self.view.ballot_id) else None

    @strawberry.field(description="Whom it is about. Null for whoever does not keep the roll.")
    async def member_id(self, info: Info) -> strawberry.ID | None:
        """For those who keep the roll."""
        return global_id("Member", self.view.member_id) if await _keeps(info, self.view.ballot_id) else None

    @classmethod
    def of(cls, view: CorrectionView) -> "ElectorateCorrection":
        """From what was read."""
        return cls(
            view=view,
            id=global_id("ElectorateCorrection", view.id),
            kind=view.kind,
            proposed_at=view.proposed_at,
            in_force_at=view.in_force_at,
        )


@strawberry.type(description="An objection (invändning) against a ballot, and the answer.")
class BallotObjection:
    """Shown without the objector's name."""

    id: strawberry.ID = strawberry.field(description="Its id, for `answerBallotObjection`.")
    text: str = strawberry.field(description="What is objected.")
    received_at: datetime = strawberry.field(description="When it came in.")
    recorded_at: datetime = strawberry.field(description="When it was written in.")
    answer: str | None = strawberry.field(description="The body's answer; null until it has one.")
    answered_at: datetime | None = strawberry.field(description="When it was answered.")

    @classmethod
    def of(cls, view: ObjectionView) -> "BallotObjection":
        """From what was read."""
        return cls(
            id=global_id("BallotObjection", view.id),
            text=view.text,
            received_at=view.received_at,
            recorded_at=view.recorded_at,
            answer=view.answer,
            answered_at=view.answered_at,
        )


@strawberry.type(
    description="A ballot among the members (medlemsomröstning), §149. Nobody sees any outcome before it has closed, "
    "and nobody ever sees how somebody voted."
)
class MemberBallot(Node):
    """A ballot."""

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
        keeps = await _keeps(info, self.key)
        own = getattr(info.context.actor, "id", None)
        return [BallotObjection.of(view) for view in found if keeps or view.answered_at or view.member_id == own]

    @strawberry.field(description="Its urns, rehearsals too, the first made first.", metadata={"list_size": 2})
    async def urns(self, info: Info) -> list[Urn]:
        """By the loader."""
        return [Urn.of(view) for view in await info.context.loaders.ballots.urns.load(self.key)]

    @strawberry.field(description="Whether you stand in the electorate.")
    async def viewer_may_vote(self, info: Info) -> bool:
        """From the case."""
        case = await info.context.loaders.ballots.case.load(self.key)
        return case is not None and case.facts.is_elector

    @strawberry.field(description="How hard the question and its background are to read.")
    async def readability(self, info: Info) -> Readability | None:
        """LIX of all of it together."""
        asked = await info.context.loaders.ballots.questions.load(self.key)
        return Readability.of("\n\n".join([self.background, *(view.text for view in asked)]))

    @strawberry.field(description="Everything that can be done in this state: by you or not, why not, and when.")
    async def actions(self, info: Info) -> list[Action]:
        """The workflow's options."""
        case = await info.context.loaders.ballots.case.load(self.key)
        if case is None:
            return []
        reading = await reading_of(info.context, case.statutes)
        options = MEMBER_BALLOT.options(case.state, case.facts, roles=case.roles, now=info.context.at)
        return [reading.action(MEMBER_BALLOT.name, option) for option in options]

    @strawberry.field(description="What the ballot waits for; empty when it is over.")
    async def next_steps(self, info: Info) -> list[NextStep]:
        """Who is to act."""
        case = await info.context.loaders.ballots.case.load(self.key)
        if case is None:
            return []
        reading = await reading_of(info.context, case.statutes)
        awaiting = MEMBER_BALLOT.next_steps(case.state, case.facts, now=info.context.at)
        return [reading.next_step(MEMBER_BALLOT.name, each) for each in awaiting]

    @strawberry.field(description="Its times: `close`, and `objections` with how it follows from the statutes.")
    async def deadlines(self, info: Info) -> list[Deadline]:
        """From the row and the statutes."""
        return await _deadlines(self.view, info)

    @strawberry.field(description="Every step that was taken, the oldest first. No vote is one of them.")
    async def history(self, info: Info) -> list[HistoryStep]:
        """From the ledger."""
        reading = await reading_of(info.context, self.view.statutes_digest)
        return [reading.step(view) for view in await info.context.loaders.history.load(self.key)]

    @strawberry.field(description="The page that describes the life of a ballot.")
    def documentation(self) -> str:
        """Path on this server."""
        return DOCUMENTATION

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
    "certified_at", "certified_by", "published_at", "outcome", "outcome_by", "ended_reason", "version", "unit_name",
    "body_name",
)  # fmt: skip


async def _keeps(info: Info, ballot_id: UUID) -> bool:
    """Whether the reader is one of those who prepare the ballot and keep its roll."""
    case = await info.context.loaders.ballots.case.load(ballot_id)
    return case is not None and bool(case.roles & _KEEPERS)


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
