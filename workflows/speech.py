"""A place on the speakers' list: asked for, given, ended, withdrawn."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from workflows.engine import Awaited, Force, Guard, Role, Rule, Workflow
from workflows.proceedings import SpeechKind
from workflows.proceedings_guards import BY_CHAIR, IN_SESSION


class SpeechState(Enum):
    """Where a place on the speakers' list stands."""

    WAITING = "waiting"
    SPEAKING = "speaking"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class SpeechFacts:
    """What the rules know of a request for the floor, and of the floor itself."""

    meeting_sits: bool = False
    """The meeting is opened, and not adjourned."""
    item_open: bool = False
    kind: SpeechKind = SpeechKind.SPEECH
    present: bool = False
    """Whoever is to speak has been checked in."""
    may_speak: bool = False
    """They have the right to speak here, or on this item as its mover."""
    barred: bool = False
    """They take no part in the item (jäv)."""
    debate_closed: bool = False
    """The item has matters, and the debate on all of them is closed."""
    requested_at: datetime | None = None
    """When the request came; None for now."""
    list_closes_at: datetime | None = None
    """Streck: first moment too late."""
    on_list: bool = False
    """They have a place of the same kind on the list already."""
    to_reply_to: bool = False
    """Somebody else speaks, or was the last to."""
    somebody_speaks: bool = False
    waiting: int = 1
    """Places on the list."""
    their_turn: bool = True
    """They are the next by the order that the meeting has decided."""


_S = SpeechState
_HOLDER = frozenset({Role.REQUESTER}) | BY_CHAIR
_DEBATES = (SpeechKind.SPEECH, SpeechKind.REPLY)
"""A point of order is about how the meeting goes on: neither streck nor a closed debate keeps it out."""


def _came(facts: SpeechFacts, now: datetime) -> datetime:
    return facts.requested_at or now


def _before_streck(facts: SpeechFacts, now: datetime) -> bool:
    if facts.kind is not SpeechKind.SPEECH or facts.list_closes_at is None:
        return True
    return _came(facts, now) < facts.list_closes_at


_MAY_ASK = (
    Guard[SpeechFacts](
        "not_checked_in", lambda facts, now: facts.present, paragraph="rights-matrix", force=Force.INTEGRITY
    ),
    Guard[SpeechFacts](
        "barred", lambda facts, now: not facts.barred, paragraph="conflict-of-interest", force=Force.INTEGRITY
    ),
    Guard[SpeechFacts](
        "no_right_to_speak",
        lambda facts, now: facts.may_speak or facts.barred or not facts.present,
        paragraph="rights-matrix",
        force=Force.MEETING_ORDER,
    ),
    Guard[SpeechFacts]("on_list_already", lambda facts, now: not facts.on_list, force=Force.INTEGRITY),
    Guard[SpeechFacts](
        "debate_closed",
        lambda facts, now: facts.kind not in _DEBATES or not facts.debate_closed,
        force=Force.MEETING_ORDER,
    ),
    Guard[SpeechFacts](
        "list_closed",
        _before_streck,
        force=Force.MEETING_ORDER,
        closes_at=lambda facts: facts.list_closes_at if facts.kind is SpeechKind.SPEECH else None,
        says=lambda facts, now: {"closed": facts.list_closes_at},
    ),
    Guard[SpeechFacts](
        "nothing_to_reply_to",
        lambda facts, now: facts.kind is not SpeechKind.REPLY or facts.to_reply_to,
        force=Force.INTEGRITY,
    ),
    Guard[SpeechFacts]("received_in_future", lambda facts, now: _came(facts, now) <= now, force=Force.INTEGRITY),
)

SPEECH: Workflow[SpeechState, SpeechFacts] = Workflow(
    name="speech",
    states=SpeechState,
    initial=_S.WAITING,
    rules=(
        Rule(
            "request",
            (_S.WAITING,),
            None,
            "meeting-order",
            frozenset({Role.MEMBER}) | BY_CHAIR,
            (*IN_SESSION, *_MAY_ASK),
        ),
        Rule("withdraw", (_S.WAITING,), _S.WITHDRAWN, "meeting-order", _HOLDER),
        Rule(
            "give",
            (_S.WAITING,),
            _S.SPEAKING,
            "meeting-order",
            BY_CHAIR,
            (
                *IN_SESSION,
                Guard("nobody_waits", lambda facts, now: facts.waiting > 0, force=Force.INTEGRITY),
                Guard("somebody_speaks", lambda facts, now: not facts.somebody_speaks, force=Force.INTEGRITY),
                # The chair leads the debate: whoever is let in ahead of others is let in on the record.
                Guard("not_their_turn", lambda facts, now: facts.their_turn, force=Force.CUSTOM),
            ),
        ),
        Rule("end", (_S.SPEAKING,), _S.ENDED, "meeting-order", _HOLDER),
        Rule("put_back", (_S.SPEAKING,), _S.WAITING, "meeting-order", BY_CHAIR),
    ),
    awaits={_S.WAITING: Awaited(Role.PRESIDIUM, "give"), _S.SPEAKING: Awaited(Role.PRESIDIUM, "end")},
    final=frozenset({_S.ENDED, _S.WITHDRAWN}),
)
