"""What goes on in a meeting now, for those in the hall and those at a distance."""

from datetime import datetime, timedelta
from uuid import UUID

import strawberry

from democracy.storage.reads.now import ItemNow, MatterNow, Now, ProposalNow
from democracy.texts import putting
from schema.context import Info
from schema.ids import global_id
from schema.reading import reading_of
from schema.types.proceedings.division import Division
from schema.types.proceedings.floor import floor_of
from schema.types.proceedings.may import MayDo, ToDo, may_do, to_do
from schema.types.proceedings.speech import Speech
from workflows.item import ItemState
from workflows.matter import MatterState
from workflows.proceedings import Choice, ItemKind, MatterKind, ProposalKind, QuestionKind
from workflows.proposal import ProposalState
from workflows.question import QuestionState


@strawberry.type(description="The item (punkt) that is open, or comes next.")
class CurrentItem:
    """An item."""

    id: strawberry.ID = strawberry.field(description="Its id.")
    number: int | None = strawberry.field(description="Its § in the minutes, once it has been opened.")
    title: str = strawberry.field(description="What it is called.")
    kind: ItemKind = strawberry.field(description="What it is about.")
    state: ItemState = strawberry.field(description="Where it stands.")
    purpose: str | None = strawberry.field(description="What is to come of it.")
    presenter: str | None = strawberry.field(description="Who presents it.")
    proposals_close_at: datetime | None = strawberry.field(
        description="Yrkandestopp: the first moment too late for a proposal in the matter itself."
    )

    @classmethod
    def of(cls, view: ItemNow) -> "CurrentItem":
        """From what was read."""
        same = ("number", "title", "kind", "state", "purpose", "presenter", "proposals_close_at")
        return cls(id=global_id("AgendaItem", view.id), **{name: getattr(view, name) for name in same})


@strawberry.type(description="The point (ärende) that is being decided: an att-sats, a passage, a question.")
class CurrentMatter:
    """A matter."""

    id: strawberry.ID = strawberry.field(description="Its id.")
    title: str = strawberry.field(description="What it is called.")
    kind: MatterKind = strawberry.field(description="What it is about.")
    state: MatterState = strawberry.field(description="Where it stands.")

    @classmethod
    def of(cls, view: MatterNow) -> "CurrentMatter":
        """From what was read."""
        return cls(id=global_id("Matter", view.id), title=view.title, kind=view.kind, state=view.state)


@strawberry.type(description="A proposal (yrkande) on the matter that is being decided.")
class CurrentProposal:
    """A proposal."""

    id: strawberry.ID = strawberry.field(description="Its id.")
    label: str = strawberry.field(description="What the chair calls it: A, B, B1.")
    kind: ProposalKind = strawberry.field(description="What sort it is.")
    state: ProposalState = strawberry.field(description="Where it stands.")
    text: str = strawberry.field(description="What it says.")

    @classmethod
    def of(cls, view: ProposalNow) -> "CurrentProposal":
        """From what was read."""
        same = ("label", "kind", "state", "text")
        return cls(id=global_id("Proposal", view.id), **{name: getattr(view, name) for name in same})


@strawberry.type(
    description="The question (proposition) that is being put, as the chair reads it aloud, or the next one to be put."
)
class CurrentQuestion:
    """A question."""

    id: strawberry.ID = strawberry.field(description="Its id.")
    kind: QuestionKind = strawberry.field(description="What it is about.")
    state: QuestionState = strawberry.field(description="Where it stands.")
    text: str = strawberry.field(description="As it is read aloud: »Ska ärendet avgöras i dag?«")
    yes_means: str | None = strawberry.field(
        description="What ja means. Null where one answers ja to one of several proposals."
    )
    no_means: str | None = strawberry.field(description="What nej means; null as above.")
    proposals: list[CurrentProposal] = strawberry.field(
        description="The proposals that meet in it, in the order in which they are put."
    )
    named: CurrentProposal | None = strawberry.field(
        description="What the chair has found to win; the gavel has not fallen."
    )
    answer: Choice | None = strawberry.field(description="The answer that the chair has found, where it is yes or no.")


@strawberry.type(description="The time of the open item (tidsbudget), breaks of the meeting left out.")
class TimeBudget:
    """In seconds."""

    planned_seconds: int | None = strawberry.field(description="As the agenda has it; null where it says nothing.")
    used_seconds: int = strawberry.field(description="How long it has been treated.")
    left_seconds: int | None = strawberry.field(description="What is left; below zero when it is passed.")
    ends_at: datetime | None = strawberry.field(description="When it will have been used, if nothing interrupts.")


@strawberry.type(description="An outcome that was named, on which no gavel has fallen (klubbslag saknas).")
class MissingGavel:
    """Asked for."""

    question_id: strawberry.ID = strawberry.field(description="The question: use the gavel on it, or confirm it.")
    item_number: int | None = strawberry.field(description="Its §.")
    text: str = strawberry.field(description="As the chair is asked: »§ 14 tillägg E saknar bekräftat utfall. Bifall?«")


@strawberry.type(
    description="What goes on in a meeting now: the same in the hall and at a distance, in one query for a phone. "
    "Follow `meetingEvents` and ask again when something has happened."
)
class MeetingNow:
    """At the time of the request."""

    view: strawberry.Private[Now]
    item: CurrentItem | None = strawberry.field(description="The item that is open.")
    next_item: CurrentItem | None = strawberry.field(description="The item that comes after it.")
    matter: CurrentMatter | None = strawberry.field(description="The point that is being decided.")
    proposals: list[CurrentProposal] = strawberry.field(description="What stands on it.")
    time_budget: TimeBudget | None = strawberry.field(description="The time of the open item.")

    @strawberry.field(description="The question that is being put, or comes next.")
    def question(self, info: Info) -> CurrentQuestion | None:
        """In the reader's language."""
        return _question(self.view, info.context.language)

    @strawberry.field(description="The division (votering) on it, from the request to the announcement.")
    async def division(self, info: Info) -> Division | None:
        """At most one."""
        if self.view.division is None:
            return None
        found = await info.context.loaders.divisions.division.load(self.view.division.id)
        return Division.of(found) if found else None

    @strawberry.field(description="Who has the floor.")
    async def speaker(self, info: Info) -> Speech | None:
        """At most one."""
        floor = await floor_of(info, self.view.meeting_id)
        return await floor.speaking(info) if floor else None

    @strawberry.field(description="Who waits for it, the next one first.")
    async def speakers_list(self, info: Info) -> list[Speech]:
        """In the order that the meeting has decided."""
        floor = await floor_of(info, self.view.meeting_id)
        return await floor.in_line(info) if floor else []

    @strawberry.field(description="The outcome that waits for its gavel.")
    async def gavel_missing(self, info: Info) -> MissingGavel | None:
        """The first one."""
        return await _missing(info, self.view)

    @strawberry.field(
        description="What you may do now in the whole meeting: speak, propose, ask for a division, vote, preside. Ask "
        "with `allowed: null` for what you may not do, too, with every reason."
    )
    async def viewer_may(self, info: Info, allowed: bool | None = True) -> list[MayDo]:
        """From the same rules as every refusal."""
        return [each for each in await may_do(info, self.view) if allowed is None or each.allowed is allowed]

    @strawberry.field(description="What whoever presides should do next, the most natural first.")
    async def next_steps(self, info: Info) -> list[ToDo]:
        """For the presidium's screen."""
        return await to_do(info, self.view)

    @classmethod
    def of(cls, view: Now, at: datetime) -> "MeetingNow":
        """From what was read, at a time."""
        standing = [each for each in view.proposals if each.state is ProposalState.MADE]
        return cls(
            view=view,
            item=CurrentItem.of(view.item) if view.item else None,
            next_item=CurrentItem.of(view.next_item) if view.next_item else None,
            matter=CurrentMatter.of(view.matter) if view.matter else None,
            proposals=[CurrentProposal.of(each) for each in standing],
            time_budget=_budget(view, at),
        )


async def now_of(info: Info, meeting_id: UUID) -> MeetingNow | None:
    """A meeting that has been opened, as it stands."""
    view = await info.context.loaders.now.now.load(meeting_id)
    return MeetingNow.of(view, info.context.at) if view else None


def _budget(view: Now, at: datetime) -> TimeBudget | None:
    if view.item is None:
        return None
    used, planned = view.treated_seconds, view.item.minutes_planned
    left = None if planned is None else 60 * planned - used
    return TimeBudget(
        planned_seconds=None if planned is None else 60 * planned,
        used_seconds=used,
        left_seconds=left,
        ends_at=None if left is None else at + timedelta(seconds=left),
    )


def _question(view: Now, language: str) -> CurrentQuestion | None:
    question = view.question
    if question is None:
        return None
    by_id = {each.id: each for each in view.proposals}
    met = [by_id[each] for each in question.proposals if each in by_id]
    words = _words(view, met, language)
    named = by_id.get(question.named_id) if question.named_id else None
    return CurrentQuestion(
        id=global_id("Question", question.id),
        kind=question.kind,
        state=question.state,
        text=words.text,
        yes_means=words.yes_means,
        no_means=words.no_means,
        proposals=[CurrentProposal.of(each) for each in met],
        named=CurrentProposal.of(named) if named else None,
        answer=question.answer,
    )


def _words(view: Now, met: list[ProposalNow], language: str) -> putting.Put:
    question, division = view.question, view.division
    assert question is not None  # noqa: S101 - whoever asks has looked
    if division is not None and division.yes_means and division.no_means:
        return putting.vote(division.yes_means, division.no_means, language=language)
    above = next((each.label for each in view.proposals if view.above and each.id == view.above.named_id), None)
    return putting.put(
        question.kind,
        [each.label for each in met],
        language=language,
        proposal=met[0].kind if met else None,
        above=above,
        qualified=view.matter is not None and view.matter.majority != "ordinary",
    )


async def _missing(info: Info, view: Now) -> MissingGavel | None:
    if view.question is None or view.question.state is not QuestionState.NAMED:
        return None
    found = await info.context.loaders.now.forgotten(view.meeting_id)
    if found is None:
        return None
    reading = await reading_of(info.context, None)
    return MissingGavel(
        question_id=global_id("Question", found.question_id),
        item_number=found.number,
        text=reading.say("item.gavel_missing", found.said()),
    )
