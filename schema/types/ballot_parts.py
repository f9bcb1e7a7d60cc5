"""What belongs to a member ballot: its questions, sides, supports, corrections, objections."""

from datetime import date, datetime
from uuid import UUID

import strawberry

from democracy.domain.kinds import Channel
from democracy.domain.readability import readability
from democracy.storage.reads.ballot_parts import (
    CorrectionView,
    ObjectionView,
    OptionView,
    QuestionView,
    SideView,
    SupportView,
)
from schema.context import Info
from schema.ids import global_id
from workflows.ballot_kinds import CorrectionKind, ObjectionFinding, QuestionForm
from workflows.member_ballot_readers import KEEPERS


async def keeps(info: Info, ballot_id: UUID) -> bool:
    """Whether the reader is one of those who prepare the ballot and keep its roll."""
    case = await info.context.loaders.ballots.case.load(ballot_id)
    return case is not None and bool(case.roles & KEEPERS)


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
        return self.view.reason if await keeps(info, self.view.ballot_id) else None

    @strawberry.field(description="Whom it is about. Null for whoever does not keep the roll.")
    async def member_id(self, info: Info) -> strawberry.ID | None:
        """For those who keep the roll."""
        return global_id("Member", self.view.member_id) if await keeps(info, self.view.ballot_id) else None

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
    channel: Channel = strawberry.field(description="How it came in.")
    finding: ObjectionFinding | None = strawberry.field(description="What the body found; null until it has answered.")
    answer: str | None = strawberry.field(description="The body's answer; null until it has one.")
    answered_by: str | None = strawberry.field(description="By which decision: meeting and paragraph.")
    answered_at: datetime | None = strawberry.field(description="When it was answered.")

    @classmethod
    def of(cls, view: ObjectionView) -> "BallotObjection":
        """From what was read."""
        return cls(
            id=global_id("BallotObjection", view.id),
            text=view.text,
            received_at=view.received_at,
            recorded_at=view.recorded_at,
            channel=view.channel,
            finding=view.finding,
            answer=view.answer,
            answered_by=view.answered_by,
            answered_at=view.answered_at,
        )
