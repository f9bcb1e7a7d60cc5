"""The candidate pledge (kandidatförsäkran): one version in force at a time; a new one leaves old signatures behind."""

from dataclasses import dataclass
from enum import Enum

from workflows.engine import Awaited, Force, Guard, Role, Rule, Workflow


class PledgeState(Enum):
    """Whether a version is the one to sign."""

    IN_FORCE = "in_force"
    REPLACED = "replaced"


@dataclass(frozen=True)
class PledgeFacts:
    """What the rules know of it."""

    text_given: bool = True
    decision_given: bool = True


PLEDGE: Workflow[PledgeState, PledgeFacts] = Workflow(
    name="pledge",
    states=PledgeState,
    initial=PledgeState.IN_FORCE,
    rules=(
        Rule("adopt", (PledgeState.IN_FORCE,), None, "elections", frozenset({Role.SECRETARY}), (
            Guard("text_missing", lambda facts, now: facts.text_given, force=Force.INTEGRITY),
            Guard("decision_missing", lambda facts, now: facts.decision_given),
        )),
        Rule("replace", (PledgeState.IN_FORCE,), PledgeState.REPLACED, "elections", frozenset({Role.SECRETARY})),
    ),
    awaits={PledgeState.IN_FORCE: Awaited(Role.SECRETARY, "replace")},
    final=frozenset({PledgeState.REPLACED}),
)  # fmt: skip
