"""What a ballot asks, as it is given in."""

from datetime import datetime

import strawberry

from democracy.services.ballots.draft import Alternative, Asked, BallotDraft
from schema.ids import key_of
from schema.mutations.results import aware
from workflows.ballot_kinds import QuestionForm, SecrecyLevel


@strawberry.input(description="An alternative of a question.")
class BallotOptionInput:
    """What can be chosen."""

    code: str = strawberry.field(description="What stands on the sealed ballot: up to 16 lower-case letters or digits.")
    text: str = strawberry.field(description="In words.")


@strawberry.input(description="A question. Without alternatives it is answered with yes or no.")
class BallotQuestionInput:
    """What is asked."""

    text: str = strawberry.field(description="The question.")
    form: QuestionForm = strawberry.field(default=QuestionForm.ONE, description="How it is answered.")
    options: list[BallotOptionInput] | None = strawberry.field(default=None, description="The alternatives.")
    most: int | None = strawberry.field(default=None, description="TEXT: at most so many bytes.")

    def asked(self) -> Asked:
        """As the service takes it."""
        if self.options is None:
            return Asked(self.text, self.form, most=self.most)
        return Asked(self.text, self.form, [Alternative(each.code, each.text) for each in self.options], self.most)


@strawberry.input(description="What is known of a ballot when it is written down.")
class MemberBallotInput:
    """A draft."""

    body_id: strawberry.ID = strawberry.field(description="The body that orders it and decides upon it.")
    title: str = strawberry.field(description="What it is called.")
    background: str = strawberry.field(default="", description="Markdown: what led to the question.")
    questions: list[BallotQuestionInput] = strawberry.field(default_factory=list, description="What is asked.")
    sides: list[str] | None = strawberry.field(
        default=None, description="Who is given room to inform the voters; the yes side and the no side if left out."
    )
    urgent: bool = strawberry.field(default=False, description="Open for days instead of weeks.")
    agreement: bool = strawberry.field(default=False, description="About a negotiated agreement.")
    majority_possible: bool = strawberry.field(
        default=False, description="An agreement: the party can be in majority, or agree with one."
    )
    level: SecrecyLevel = strawberry.field(default=SecrecyLevel.CLOSED, description="From whom the vote is secret.")
    opens_at: datetime | None = strawberry.field(default=None, description="When it opens.")
    closes_at: datetime | None = strawberry.field(default=None, description="When it closes.")
    embargo_until: datetime | None = strawberry.field(default=None, description="Nobody else reads it before.")

    def draft(self) -> BallotDraft:
        """As the service takes it."""
        more = {} if self.sides is None else {"sides": tuple(self.sides)}
        return BallotDraft(
            body_id=key_of(self.body_id, "Body", path="ballot.bodyId"),
            title=self.title,
            background=self.background,
            questions=tuple(each.asked() for each in self.questions),
            urgent=self.urgent,
            agreement=self.agreement,
            majority_possible=self.majority_possible,
            level=self.level,
            opens_at=self.opens_at and aware(self.opens_at, "ballot.opensAt"),
            closes_at=self.closes_at and aware(self.closes_at, "ballot.closesAt"),
            embargo_until=self.embargo_until and aware(self.embargo_until, "ballot.embargoUntil"),
            **more,
        )
