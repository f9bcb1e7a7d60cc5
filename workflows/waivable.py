"""Which conditions of the rulebook a meeting can set aside at all."""

from workflows.force import Force
from workflows.registry import registered
from workflows.rule import Guard


def conditions(workflow: str, code: str) -> tuple[Guard[object], ...]:
    """The conditions of that code in a procedure; none where there is no such procedure or code."""
    found = registered().get(workflow)
    if found is None:
        return ()
    return tuple(guard for rule in found.workflow.rules.values() for guard in rule.guards if guard.code == code)


def may_be_set_aside(workflow: str, code: str, *, statutes_too: bool) -> bool:
    """Whether a meeting may: its own order always, the statutes where they allow it and the body is named for that."""
    return any(
        guard.force is Force.MEETING_ORDER or (statutes_too and guard.statutes_may_waive)
        for guard in conditions(workflow, code)
    )
