"""A handover (överlämning): what an outgoing officer holds, ticked off one by one until somebody else holds it."""

from dataclasses import dataclass
from enum import Enum

from workflows.engine import Awaited, Force, Guard, Role, Rule, Workflow


class HandoverState(Enum):
    """Whether something is left to hand over."""

    OPEN = "open"
    DONE = "done"


@dataclass(frozen=True)
class HandoverFacts:
    """What the rules know of it."""

    left: int = 0
    """Lines that nobody has ticked."""
    text_given: bool = True
    ticked: bool = False
    """The line in question has been ticked."""


_S = HandoverState
_BOTH = frozenset({Role.RESPONSIBLE, Role.SUCCESSOR, Role.SECRETARY})
"""Whoever leaves, whoever takes over, and the secretary for either."""
_G = Guard[HandoverFacts]

HANDOVER: Workflow[HandoverState, HandoverFacts] = Workflow(
    name="handover",
    states=HandoverState,
    initial=HandoverState.OPEN,
    rules=(
        Rule("draw_up", (_S.OPEN,), None, "elections", frozenset({Role.RESPONSIBLE, Role.SECRETARY})),
        Rule("add", (_S.OPEN,), None, "elections", _BOTH, (
            _G("text_missing", lambda facts, now: facts.text_given, force=Force.INTEGRITY),
        )),
        Rule("tick", (_S.OPEN,), None, "elections", _BOTH, (
            _G("ticked_before", lambda facts, now: not facts.ticked, force=Force.INTEGRITY),
        )),
        Rule("untick", (_S.OPEN,), None, "elections", _BOTH, (
            _G("not_ticked", lambda facts, now: facts.ticked, force=Force.INTEGRITY),
        )),
        Rule("finish", (_S.OPEN,), _S.DONE, "elections", _BOTH, (
            _G("lines_left", lambda facts, now: facts.left == 0, says=lambda facts, now: {"count": facts.left}),
        )),
    ),
    awaits={_S.OPEN: Awaited(Role.RESPONSIBLE, "finish")},
    final=frozenset({_S.DONE}),
)  # fmt: skip
