"""What whoever presides should do next: pure, from where the meeting, its open item and what is put there stand."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from workflows.division import DivisionState
from workflows.matter import MatterState
from workflows.meeting import MeetingState
from workflows.question import QuestionState


class Noun(StrEnum):
    """What a move is about: the name of its workflow."""

    MEETING = "meeting"
    ITEM = "item"
    MATTER = "matter"
    QUESTION = "question"
    DIVISION = "division"
    SPEECH = "speech"


@dataclass(frozen=True)
class Move:
    """A rule to follow next."""

    noun: Noun
    rule: str


@dataclass(frozen=True)
class Situation:
    """Where a meeting stands, as far as the next move needs it."""

    meeting: MeetingState
    item_open: bool = False
    items_left: bool = False
    """Some item is planned or adjourned."""
    somebody_speaks: bool = False
    somebody_waits: bool = False
    matter: MatterState | None = None
    """The point that is being decided, or comes next under the open item; None where nothing is left."""
    proposals: int = 0
    """Proposals that stand on it."""
    orders: int = 0
    """Orders of questions that stand against each other."""
    question: QuestionState | None = None
    """The question that is put, or comes next."""
    votes_to_approve: bool = False
    """The question is divided on in several votes, and the meeting has not approved their order."""
    division: DivisionState | None = None
    """The division on that question which is not over."""


def next_moves(now: Situation) -> tuple[Move, ...]:
    """What to do next, the most natural first. Empty only before the call and when the meeting is over."""
    return tuple(dict.fromkeys(_moves(now)))


_DIVISION = {DivisionState.ORDERED: "open", DivisionState.OPEN: "close", DivisionState.CLOSED: "announce"}
_OVER = (None, QuestionState.DECIDED, QuestionState.FALLEN)
_QUESTION = {QuestionState.WAITING: "put", QuestionState.PUT: "name", QuestionState.NAMED: "gavel"}


def _moves(now: Situation) -> Iterator[Move]:
    if now.meeting is MeetingState.CALLED:
        yield Move(Noun.MEETING, "open")
    elif now.meeting is MeetingState.ADJOURNED:
        yield Move(Noun.MEETING, "resume")
    elif now.meeting is MeetingState.OPENED:
        yield from _sitting(now) if now.item_open else _between_items(now)


def _between_items(now: Situation) -> Iterator[Move]:
    yield Move(Noun.ITEM, "open") if now.items_left else Move(Noun.MEETING, "close")


def _sitting(now: Situation) -> Iterator[Move]:
    yield from _vote(now)
    # While something is being put nobody speaks but on a point of order; the list waits.
    if now.somebody_speaks:
        yield Move(Noun.SPEECH, "end")
    elif now.somebody_waits:
        yield Move(Noun.SPEECH, "give")
    if now.matter is None:
        yield Move(Noun.ITEM, "close")
        yield from _between_items(now) if now.items_left else ()
    else:
        yield from _matter(now, now.matter)


def _vote(now: Situation) -> Iterator[Move]:
    """A question that is being put goes before everything; one that waits its turn does not."""
    if now.question in (None, QuestionState.WAITING):
        return
    if now.division in _DIVISION and not (now.votes_to_approve and now.division is DivisionState.ORDERED):
        yield Move(Noun.DIVISION, _DIVISION[now.division])
    elif now.question is QuestionState.DIVIDING:
        yield Move(Noun.QUESTION, "approve_voting") if now.votes_to_approve else Move(Noun.DIVISION, "open")
    elif now.question in _QUESTION:
        yield Move(Noun.QUESTION, _QUESTION[now.question])


def _matter(now: Situation, matter: MatterState) -> Iterator[Move]:
    if matter is MatterState.OPEN:
        yield Move(Noun.MATTER, "close_debate")
    elif matter is MatterState.DEBATE_CLOSED and now.proposals == 0:
        yield Move(Noun.MATTER, "lapse")
    elif matter is MatterState.DEBATE_CLOSED:
        yield Move(Noun.MATTER, "approve_order" if now.orders else "propose_order")
    elif now.question is QuestionState.WAITING:
        yield Move(Noun.QUESTION, "put")
    elif matter is MatterState.ORDERED and now.question in _OVER:
        yield Move(Noun.MATTER, "decide")
