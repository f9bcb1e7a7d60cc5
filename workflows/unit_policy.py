"""What a unit has decided on how it decides: which routes are closed, and its political position."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from workflows.engine import Awaited, Force, Guard, Role, Rule, Workflow


class UnitPolicyState(Enum):
    """Whether it still holds."""

    IN_FORCE = "in_force"
    REPLACED = "replaced"


@dataclass(frozen=True)
class UnitPolicyFacts:
    """What the rules know of it."""

    decision_given: bool = True
    starts_at: datetime | None = None
    """When a new position begins."""
    last_began_at: datetime | None = None
    """When the position before it began."""
    is_council: bool = True
    """The body is a council: no other body follows the political position."""
    rule_given: bool = True
    """The statutes say how the council is made up in this position."""
    countable: bool = True
    """The branches have members to count, and no lot is needed between them."""


_G = Guard[UnitPolicyFacts]
_BY = frozenset({Role.SECRETARY})
_DECISION = _G("decision_missing", lambda facts, now: facts.decision_given, force=Force.INTEGRITY)

UNIT_POLICY: Workflow[UnitPolicyState, UnitPolicyFacts] = Workflow(
    name="unit_policy",
    states=UnitPolicyState,
    initial=UnitPolicyState.IN_FORCE,
    rules=(
        Rule("set_route", (UnitPolicyState.IN_FORCE,), None, "meeting-decision", _BY, (_DECISION,)),
        Rule(
            "set_position",
            (UnitPolicyState.IN_FORCE,),
            None,
            "delegates",
            _BY,
            (
                _DECISION,
                _G("not_a_council", lambda facts, now: facts.is_council, force=Force.INTEGRITY),
                _G("no_rule", lambda facts, now: facts.rule_given),
                _G("not_countable", lambda facts, now: facts.countable, force=Force.INTEGRITY),
                _G(
                    "begins_before_last",
                    lambda facts, now: (
                        facts.starts_at is None or facts.last_began_at is None or facts.last_began_at < facts.starts_at
                    ),
                    force=Force.INTEGRITY,
                ),
            ),
        ),
        Rule("replace", (UnitPolicyState.IN_FORCE,), UnitPolicyState.REPLACED, "delegates", _BY),
    ),
    awaits={UnitPolicyState.IN_FORCE: Awaited(Role.SECRETARY, "replace")},
    final=frozenset({UnitPolicyState.REPLACED}),
)
