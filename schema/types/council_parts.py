"""What belongs to a matter before a council in the API."""

from datetime import datetime

import strawberry

from democracy.domain.kinds import Channel
from democracy.storage.reads.council_parts import AccessView, AskedView, ConflictView, OpinionView, PaperView
from schema.ids import global_id
from workflows.council_kinds import CouncilAnswer


@strawberry.type(description="A paper of a matter (handling). Its text is read by `openCouncilPaper`, which is logged.")
class CouncilPaper:
    """A paper."""

    id: strawberry.ID = strawberry.field(description="Give it to `openCouncilPaper`.")
    title: str = strawberry.field(description="What it is called.")
    added_at: datetime = strawberry.field(description="When it was added.")

    @classmethod
    def of(cls, view: PaperView) -> "CouncilPaper":
        """From what was read."""
        return cls(id=global_id("CouncilPaper", view.id), title=view.title, added_at=view.added_at)


@strawberry.type(description="A paper that you have opened; the access log says that you did.")
class OpenedCouncilPaper:
    """With its text."""

    paper: CouncilPaper = strawberry.field(description="The paper.")
    text: str = strawberry.field(description="Markdown.")


@strawberry.type(description="That somebody opened a paper (åtkomstlogg). Shown to chair and secretary only.")
class CouncilAccess:
    """An opening."""

    name: str | None = strawberry.field(description="Who, unless the name is protected; null for staff.")
    paper: str = strawberry.field(description="Which paper.")
    at: datetime = strawberry.field(description="When.")

    @classmethod
    def of(cls, view: AccessView) -> "CouncilAccess":
        """From what was read."""
        return cls(name=view.name, paper=view.title, at=view.at)


@strawberry.type(description="A unit that is asked for its opinion (remissinstans).")
class CouncilOpinion:
    """Advice that binds nobody."""

    unit_id: strawberry.ID = strawberry.field(description="The unit.")
    unit_name: str = strawberry.field(description="Its name.")
    text: str | None = strawberry.field(description="Markdown; null until it has answered.")
    received_at: datetime | None = strawberry.field(description="When the answer came.")

    @classmethod
    def of(cls, view: OpinionView) -> "CouncilOpinion":
        """From what was read."""
        return cls(
            unit_id=global_id("Unit", view.unit_id),
            unit_name=view.unit_name,
            text=view.text,
            received_at=view.received_at,
        )


@strawberry.type(description="Somebody who is asked in writing. Shown to chair and secretary: never what they answer.")
class CouncilAsked:
    """A place in the procedure."""

    member_id: strawberry.ID = strawberry.field(description="The person.")
    name: str = strawberry.field(description="Their name.")
    answered: bool = strawberry.field(description="Has answered, whatever.")
    attempts: int = strawberry.field(description="How often they have been sought.")

    @classmethod
    def of(cls, view: AskedView) -> "CouncilAsked":
        """From what was read."""
        return cls(
            member_id=global_id("Member", view.member_id),
            name=view.name,
            answered=view.answer is not None,
            attempts=view.attempts,
        )


@strawberry.type(description="What you have answered yourself.")
class OwnCouncilAnswer:
    """Told to nobody else."""

    answer: CouncilAnswer | None = strawberry.field(description="Null until you have answered.")
    channel: Channel | None = strawberry.field(description="How it came.")
    asked_for_meeting: bool = strawberry.field(description="You have asked for a meeting.")

    @classmethod
    def of(cls, view: AskedView) -> "OwnCouncilAnswer":
        """From what was read."""
        return cls(answer=view.answer, channel=view.channel, asked_for_meeting=view.meeting_asked_at is not None)


@strawberry.type(description="A reservation against a decision in writing.")
class CouncilReservation:
    """Shown when the decision is."""

    name: str = strawberry.field(description="Who.")
    text: str = strawberry.field(description="Markdown.")


@strawberry.type(description="Somebody who takes no part because of a conflict of interest (jäv).")
class CouncilConflict:
    """Declared by themselves."""

    name: str = strawberry.field(description="Who.")
    reason: str = strawberry.field(description="Why.")

    @classmethod
    def of(cls, view: ConflictView) -> "CouncilConflict":
        """From what was read."""
        return cls(name=view.name, reason=view.reason)


@strawberry.type(description="The figures of a decision in writing. Of a procedure that was stopped there are none.")
class CouncilFigures:
    """Counted when the window closed."""

    asked: int = strawberry.field(description="How many were sought.")
    answered: int = strawberry.field(description="How many answered.")
    yes: int = strawberry.field(description="Ja.")
    no: int = strawberry.field(description="Nej.")
    abstained: int = strawberry.field(description="Avstår.")
    meetings_asked: int = strawberry.field(description="How many asked for a meeting: too few to stop it.")
