"""A nomination committee's work (valberedning) on one election: its notes and its draft, seen by itself alone.

What it publishes is a step of the election; nothing of the way there is shown to anybody else, before or after.
"""

from dataclasses import dataclass
from enum import Enum

from workflows.engine import Awaited, Force, Guard, Role, Rule, Workflow


class NominationWorkState(Enum):
    """Whether the committee still works."""

    WORKING = "working"
    PUBLISHED = "published"


@dataclass(frozen=True)
class NominationWorkFacts:
    """What the rules know of it."""

    text_given: bool = True
    lists_fit: bool = True
    """Everybody who is proposed has been nominated, stands once, and has not declined."""


_S = NominationWorkState
_COMMITTEE = frozenset({Role.NOMINATION_COMMITTEE})
_G = Guard[NominationWorkFacts]

NOMINATION_WORK: Workflow[NominationWorkState, NominationWorkFacts] = Workflow(
    name="nomination_work",
    states=NominationWorkState,
    initial=NominationWorkState.WORKING,
    rules=(
        Rule("note", (_S.WORKING,), None, "elections", _COMMITTEE, (
            _G("text_missing", lambda facts, now: facts.text_given, force=Force.INTEGRITY),
        )),
        Rule("propose", (_S.WORKING,), None, "elections", _COMMITTEE, (
            _G("lists_do_not_fit", lambda facts, now: facts.lists_fit, force=Force.INTEGRITY),
        )),
        Rule("publish", (_S.WORKING,), _S.PUBLISHED, "elections", _COMMITTEE),
    ),
    awaits={_S.WORKING: Awaited(Role.NOMINATION_COMMITTEE, "publish")},
    final=frozenset({_S.PUBLISHED}),
)  # fmt: skip
