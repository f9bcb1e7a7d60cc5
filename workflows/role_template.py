"""A role template (uppdragsmall): what a post asks of its holder, used anew at each election, one version in force."""

from dataclasses import dataclass
from enum import Enum

from workflows.engine import Awaited, Force, Guard, Role, Rule, Workflow


class RoleTemplateState(Enum):
    """Whether elections read it."""

    IN_FORCE = "in_force"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class RoleTemplateFacts:
    """What the rules know of it."""

    text_given: bool = True
    decision_given: bool = True
    post_named: bool = True
    """A role in a kind of body; or neither, which is a role of the office."""


_S = RoleTemplateState
_OFFICE = frozenset({Role.SECRETARY})
_DECISION = Guard[RoleTemplateFacts]("decision_missing", lambda facts, now: facts.decision_given)

ROLE_TEMPLATE: Workflow[RoleTemplateState, RoleTemplateFacts] = Workflow(
    name="role_template",
    states=RoleTemplateState,
    initial=RoleTemplateState.IN_FORCE,
    rules=(
        Rule("adopt", (_S.IN_FORCE,), None, "elections", _OFFICE, (
            Guard("text_missing", lambda facts, now: facts.text_given, force=Force.INTEGRITY),
            Guard("post_missing", lambda facts, now: facts.post_named, force=Force.INTEGRITY),
            _DECISION,
        )),
        Rule("replace", (_S.IN_FORCE,), _S.REPLACED, "elections", _OFFICE),
        Rule("withdraw", (_S.IN_FORCE,), _S.WITHDRAWN, "elections", _OFFICE, (_DECISION,)),
    ),
    awaits={_S.IN_FORCE: Awaited(Role.SECRETARY, "replace")},
    final=frozenset({_S.REPLACED, _S.WITHDRAWN}),
)  # fmt: skip
