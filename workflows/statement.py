"""What somebody has put into the minutes beside a decision: a reservation, a note, a special statement.

A reservation (reservation) says that one does not stand behind the decision; a note (protokollsanteckning) is open to
everybody at the meeting; a special statement (särskilt yttrande) explains how one reasoned.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from workflows.engine import Force, Guard, Role, Rule, Workflow


class StatementState(Enum):
    """Where a statement stands."""

    RECORDED = "recorded"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class StatementFacts:
    """What the rules know of a statement."""

    open_until_done: bool = True
    """The event after which nothing is added has not come: the statutes say which."""
    attends: bool = True
    """Whoever makes it is at the meeting, or was when the matter was decided."""
    decided: bool = True
    """The matter has been decided."""
    took_part: bool = True
    """They had a vote when it was decided, and were not barred."""
    voters_only: bool = True
    """The statutes give a reservation to those who took part with a vote."""
    made_before: bool = False
    """They have made one of the same kind on the same matter, which stands."""
    for_the_decision: bool = False
    """The proposal that they reserve themselves in favour of is the one that was carried."""
    text_given: bool = True
    received_at: datetime | None = None
    own: bool = True
    """It is theirs."""


_S = StatementState
_MAKERS = frozenset({Role.MEMBER, Role.MEETING_SECRETARY})
_OPEN = Guard[StatementFacts](
    "too_late", lambda facts, now: facts.open_until_done, paragraph="board-reservation", force=Force.STATUTE
)
_ATTENDS = Guard[StatementFacts]("not_at_the_meeting", lambda facts, now: facts.attends, paragraph="rights-matrix")
_RECEIVED = Guard[StatementFacts](
    "received_in_future",
    lambda facts, now: facts.received_at is None or facts.received_at <= now,
    force=Force.INTEGRITY,
)
_TEXT = Guard[StatementFacts]("text_missing", lambda facts, now: facts.text_given, force=Force.INTEGRITY)
_OWN = Guard[StatementFacts]("not_yours", lambda facts, now: facts.own, force=Force.INTEGRITY)

STATEMENT: Workflow[StatementState, StatementFacts] = Workflow(
    name="statement",
    states=StatementState,
    initial=StatementState.RECORDED,
    rules=(
        Rule(
            "reserve",
            (_S.RECORDED,),
            None,
            "board-reservation",
            _MAKERS,
            (
                _OPEN,
                Guard("undecided", lambda facts, now: facts.decided, force=Force.INTEGRITY),
                Guard("took_no_part", lambda facts, now: facts.took_part or not facts.voters_only),
                Guard("made_before", lambda facts, now: not facts.made_before),
                Guard("for_the_decision", lambda facts, now: not facts.for_the_decision),
                _RECEIVED,
            ),
        ),
        Rule("note", (_S.RECORDED,), None, "minutes", _MAKERS, (_OPEN, _ATTENDS, _TEXT, _RECEIVED)),
        Rule("explain", (_S.RECORDED,), None, "minutes", _MAKERS, (_OPEN, _ATTENDS, _TEXT, _RECEIVED)),
        Rule("withdraw", (_S.RECORDED,), _S.WITHDRAWN, "board-reservation", _MAKERS, (_OPEN, _OWN)),
    ),
    awaits={},
    final=frozenset({_S.RECORDED, _S.WITHDRAWN}),
)
