"""What must be true of a workflow before it may rule anything."""

from collections.abc import Mapping
from enum import Enum
from typing import Any

from workflows.rule import Rule
from workflows.step import Awaited


class CrookedWorkflow(ValueError):  # noqa: N818 - it names what the workflow is
    """A workflow in which a case could be lost. The text names the state or rule and the remedy."""


def check_workflow(
    name: str,
    states: type[Enum],
    initial: Enum,
    rules: tuple[Rule[Any, Any], ...],
    awaits: Mapping[Any, Awaited],
    final: frozenset[Any],
) -> None:
    """Raise CrookedWorkflow with every fault at once."""
    faults = [
        *_doubles(rules),
        *_nameless_guards(rules),
        *(f"rule {rule.name} may be followed by nobody: name a role" for rule in rules if not rule.by),
        *_unreachable(states, initial, rules),
        *_dead_ends(states, rules, final),
        *_unattended(states, rules, awaits, final),
    ]
    if faults:
        raise CrookedWorkflow(f"workflow {name}: " + "; ".join(faults))


def _doubles(rules: tuple[Rule[Any, Any], ...]) -> list[str]:
    names = [rule.name for rule in rules]
    return [
        f"rule {each} is declared twice: give one another name"
        for each in sorted({n for n in names if names.count(n) > 1})
    ]


def _nameless_guards(rules: tuple[Rule[Any, Any], ...]) -> list[str]:
    return [
        f"rule {rule.name} has two guards with one code: give each reason its own"
        for rule in rules
        if len(rule.codes) < len(rule.guards)
    ]


def _unreachable(states: type[Enum], initial: Enum, rules: tuple[Rule[Any, Any], ...]) -> list[str]:
    reached, grows = {initial}, True
    while grows:
        more = {rule.dest for rule in rules if rule.dest is not None and reached & set(rule.source)} - reached
        reached |= more
        grows = bool(more)
    return [
        f"state {state.name} cannot be reached: add a rule that leads there or remove it"
        for state in states
        if state not in reached
    ]


def _dead_ends(states: type[Enum], rules: tuple[Rule[Any, Any], ...], final: frozenset[Any]) -> list[str]:
    leaving = {source for rule in rules if rule.dest is not None for source in rule.source if rule.dest != source}
    return [
        f"state {state.name} has no way out: add a rule or make it final"
        for state in states
        if state not in leaving | final
    ]


def _unattended(
    states: type[Enum], rules: tuple[Rule[Any, Any], ...], awaits: Mapping[Any, Awaited], final: frozenset[Any]
) -> list[str]:
    by_name = {rule.name: rule for rule in rules}
    faults = []
    for state in states:
        awaited = awaits.get(state)
        if awaited is None:
            if state not in final:
                faults.append(f"state {state.name} awaits nobody: name who is to act and by which rule")
            continue
        rule = by_name.get(awaited.what)
        if rule is None or state not in rule.source or awaited.who not in rule.by:
            faults.append(f"state {state.name} awaits {awaited.what} by {awaited.who}, which no rule allows there")
    return faults
