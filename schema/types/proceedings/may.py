"""What the reader may do in a meeting now, and what whoever presides should do next: from the rules themselves."""

from collections.abc import AsyncIterator, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

import strawberry

from democracy.domain.actors import Member
from democracy.storage.floor_case import FloorCase
from democracy.storage.matter_case import MatterCase
from democracy.storage.reads.floor import SpeechView
from democracy.storage.reads.now import Now
from schema.context import Context, Info
from schema.ids import global_id
from schema.reading import reading_of
from schema.types.case import Denial, Reading
from schema.types.proceedings.speech import actions_of
from workflows.division import DIVISION
from workflows.engine import Option, Workflow
from workflows.floor import FLOOR, FloorState
from workflows.item import ITEM
from workflows.matter import MATTER, MatterState
from workflows.meeting import MEETING
from workflows.presiding import Move, Noun, Situation, next_moves
from workflows.proceedings import SpeechKind
from workflows.proposal import PROPOSAL, ProposalFacts, ProposalState
from workflows.question import QUESTION, QuestionState
from workflows.speech import SPEECH, SpeechState


@strawberry.type(description="Something that you may do now in the meeting, or may not, and why.")
class MayDo:
    """An option."""

    noun: str = strawberry.field(description="The kind of thing that it is done with: `speech`, `question` …")
    id: strawberry.ID = strawberry.field(
        description="Which one. For a request for the floor the meeting, for a proposal the matter."
    )
    name: str = strawberry.field(description="Stable name of the rule: `request`, `make`, `cast` …")
    kind: SpeechKind | None = strawberry.field(description="For a request for the floor: of which kind.")
    label: str = strawberry.field(description="In words.")
    allowed: bool = strawberry.field(description="Whether you may do it now.")
    denials: list[Denial] = strawberry.field(description="Every reason why not; empty when allowed.")
    closes_at: datetime | None = strawberry.field(description="The first moment at which it is too late.")


@strawberry.type(description="Something that whoever presides should do next.")
class ToDo:
    """A move."""

    noun: str = strawberry.field(description="The kind of thing that it is done with.")
    id: strawberry.ID = strawberry.field(description="Which one.")
    what: str = strawberry.field(description="Stable name of the rule.")
    label: str = strawberry.field(description="In words.")
    about: str | None = strawberry.field(description="Whose turn it is, or the title of what comes next.")


async def may_do(info: Info, view: Now) -> list[MayDo]:
    """Everything that the rules know of, for the reader: first what an ombud does, then what those who preside do."""
    return [each async for each in _options(info.context, view)]


async def _options(context: Context, view: Now) -> AsyncIterator[MayDo]:
    floor = await context.loaders.floor.case.load(view.meeting_id)
    if floor is None:
        return
    reading = await reading_of(context, floor.statutes)
    for each in _requests(context, reading, floor):
        yield each
    for speech in _concerning(context, await context.loaders.floor.on_list.load(view.meeting_id)):
        for action in await actions_of(context, speech):
            yield MayDo(
                noun=SPEECH.name, id=global_id("Speech", speech.id), name=action.name, kind=None, label=action.label,
                allowed=action.allowed, denials=action.denials, closes_at=action.closes_at,
            )  # fmt: skip
    async for workflow, key, kind, options in _cases(context, view):
        for option in options:
            yield _may(reading, workflow.name, global_id(kind, key), option)
    options = FLOOR.options(FloorState.HELD, floor.facts, roles=floor.roles, now=context.at, waived=floor.waived)
    for option in options:
        yield _may(reading, FLOOR.name, global_id("Meeting", view.meeting_id), option)


def _requests(context: Context, reading: Reading, floor: FloorCase) -> Iterable[MayDo]:
    for kind in SpeechKind:
        facts = floor.asks(kind)
        options = SPEECH.options(SpeechState.WAITING, facts, roles=floor.roles, now=context.at, waived=floor.waived)
        for option in options:
            if option.name == "request":
                yield _may(reading, SPEECH.name, global_id("Meeting", floor.meeting_id), option, kind)


def _concerning(context: Context, listed: list[SpeechView]) -> list[SpeechView]:
    """The reader's own places, the speech that goes on, and the next."""
    first = next((each for each in listed if each.state is SpeechState.WAITING), None)
    own = context.actor.id if isinstance(context.actor, Member) else None
    return [each for each in listed if each is first or each.state is SpeechState.SPEAKING or each.member_id == own]


async def _cases(
    context: Context, view: Now
) -> AsyncIterator[tuple[Workflow[Any, Any], UUID, str, tuple[Option, ...]]]:
    """The options of what goes on, from what an ombud does most to what concerns the meeting as a whole."""
    loaders = context.loaders
    if view.matter:
        matter = await loaders.now.matter_case.load(view.matter.id)
        if matter:
            yield PROPOSAL, matter.id, "Matter", _proposing(context, view, matter)
    if view.division:
        division = await loaders.divisions.case.load(view.division.id)
        if division:
            yield DIVISION, division.id, "Division", _of(context, DIVISION, division)
    if view.question:
        question = await loaders.now.question_case.load(view.question.id)
        if question:
            yield QUESTION, question.id, "Question", _of(context, QUESTION, question)
    if view.matter and (matter := await loaders.now.matter_case.load(view.matter.id)):
        yield MATTER, matter.id, "Matter", _of(context, MATTER, matter)
    if view.item and (item := await loaders.now.item_case.load(view.item.id)):
        yield ITEM, item.id, "AgendaItem", _of(context, ITEM, item)
    if meeting := await loaders.meeting_case.load(view.meeting_id):
        yield MEETING, meeting.id, "Meeting", _of(context, MEETING, meeting)


def _of(context: Context, workflow: Workflow[Any, Any], case: Any) -> tuple[Option, ...]:
    waived: frozenset[str] = getattr(case, "waived", frozenset())
    return workflow.options(case.state, case.facts, roles=case.roles, now=context.at, waived=waived)


def _proposing(context: Context, view: Now, matter: MatterCase) -> tuple[Option, ...]:
    """Making a proposal on the matter: whether the time and the right are there, before anything is written."""
    assert view.item is not None  # noqa: S101 - a matter stands under it
    facts = ProposalFacts(
        meeting_sits=matter.facts.meeting_sits,
        item_open=matter.facts.item_open,
        debate_open=matter.state is MatterState.OPEN,
        ordered=matter.state is MatterState.ORDERED,
        decided=matter.state in (MatterState.DECIDED, MatterState.LAPSED),
        closes_at=view.item.proposals_close_at,
        received_at=context.at,
    )
    options = PROPOSAL.options(
        ProposalState.DRAFTED, facts, roles=matter.roles, now=context.at, waived=view.item.waived
    )
    return tuple(option for option in options if option.name == "make")


def _may(reading: Reading, workflow: str, key: strawberry.ID, option: Option, kind: SpeechKind | None = None) -> MayDo:
    return MayDo(
        noun=workflow,
        id=key,
        name=option.name,
        kind=kind,
        label=reading.say(f"{workflow}.action.{option.name}"),
        allowed=option.allowed,
        denials=[reading.denial(reason) for reason in option.denials],
        closes_at=option.closes_at,
    )


async def to_do(info: Info, view: Now) -> list[ToDo]:
    """What comes next, in words, with what it is about."""
    context = info.context
    listed = await context.loaders.floor.on_list.load(view.meeting_id)
    reading = await reading_of(context, None)
    moves = next_moves(await _situation(context, view, listed))
    return [_to_do(reading, view, listed, move) for move in moves]


async def _situation(context: Context, view: Now, listed: list[SpeechView]) -> Situation:
    question = await context.loaders.now.question_case.load(view.question.id) if view.question else None
    facts = question.facts if question else None
    return Situation(
        meeting=view.state,
        item_open=view.item is not None,
        items_left=view.next_item is not None,
        somebody_speaks=any(each.state is SpeechState.SPEAKING for each in listed),
        somebody_waits=any(each.state is SpeechState.WAITING for each in listed),
        matter=view.matter.state if view.matter else None,
        proposals=sum(each.state is ProposalState.MADE for each in view.proposals),
        orders=view.orders,
        question=view.question.state if view.question else None,
        votes_to_approve=bool(
            facts
            and question
            and question.state is QuestionState.DIVIDING
            and facts.named_last
            and facts.votes > 1
            and not facts.voting_approved
        ),
        division=view.division.state if view.division else None,
    )


def _to_do(reading: Reading, view: Now, listed: list[SpeechView], move: Move) -> ToDo:
    kind, key, about = _about(view, listed, move)
    return ToDo(
        noun=move.noun,
        id=global_id(kind, key),
        what=move.rule,
        label=reading.say(f"{move.noun}.action.{move.rule}"),
        about=about,
    )


def _about(view: Now, listed: list[SpeechView], move: Move) -> tuple[str, UUID, str | None]:
    """The kind of thing, which one, and what to call it. A division that nobody has asked for is its question's."""
    item = view.next_item if move == Move(Noun.ITEM, "open") else view.item
    speech = next((each for each in listed if (each.state is SpeechState.SPEAKING) is (move.rule == "end")), None)
    if move.noun is Noun.ITEM and item:
        return "AgendaItem", item.id, item.title
    if move.noun is Noun.SPEECH and speech:
        return "Speech", speech.id, speech.name
    if move.noun is Noun.DIVISION and view.division:
        return "Division", view.division.id, None
    if move.noun in (Noun.QUESTION, Noun.DIVISION) and view.question:
        return "Question", view.question.id, None
    if move.noun is Noun.MATTER and view.matter:
        return "Matter", view.matter.id, view.matter.title
    return "Meeting", view.meeting_id, None
