"""A page beside each workflow: its states, a diagram, and every rule with its words. `make docs` writes them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from typing import Any, Final

from workflows.engine import Force, Guard, Role, Rule, Workflow
from workflows.registry import Registered, registered
from workflows.words import LANGUAGES, messages

FOLDER: Final = Path(__file__).parent

_SOME_TIME = datetime(2026, 1, 1, tzinfo=UTC)


def page(each: Registered) -> str:
    """The whole page of a workflow, Swedish beside English."""
    workflow = each.workflow
    parts = [
        f"# {both(f'{workflow.name}.page.title')}",
        *_said(f"{workflow.name}.page.about"),
        f"*{both('engine.page.generated')}*",
        f"## {both('engine.page.diagram')}",
        diagram(workflow),
        f"## {both('engine.page.states')}",
        _states(workflow),
        f"## {both('engine.page.rules')}",
        _rules(workflow),
        f"## {both('engine.page.guards')}",
        *_said("engine.page.forces"),
        *(section for rule in workflow.rules.values() if rule.guards for section in _guards(workflow, rule, each)),
    ]
    return "\n\n".join(parts) + "\n"


def diagram(workflow: Workflow[Any, Any]) -> str:
    """The states and the rules that lead from one to another, as a Mermaid state diagram."""
    ways: dict[tuple[Enum, Enum], list[str]] = {}
    for rule in workflow.rules.values():
        for source in rule.source:
            if rule.dest is not None and rule.dest is not source:
                ways.setdefault((source, rule.dest), []).append(rule.name)
    lines = [
        "```mermaid",
        "stateDiagram-v2",
        *(f'    state "{messages("sv")[_state_key(workflow, state)]}" as {state.name}' for state in workflow.states),
        f"    [*] --> {workflow.initial.name}",
        *(f"    {source.name} --> {dest.name} : {', '.join(names)}" for (source, dest), names in ways.items()),
        *(f"    {state.name} --> [*]" for state in workflow.states if state in workflow.final),
        "```",
    ]
    return "\n".join(lines)


def both(key: str) -> str:
    """A text in Swedish, then in English; once where they are the same."""
    return " / ".join(dict.fromkeys(_said(key)))


def _said(key: str) -> list[str]:
    return [messages(language)[key] for language in LANGUAGES]


def _states(workflow: Workflow[Any, Any]) -> str:
    rows = []
    for state in workflow.states:
        awaited = workflow.awaits.get(state)
        waits = "–" if awaited is None else f"{_role(awaited.who)}: `{awaited.what}`"
        rows.append((f"`{state.name}`", *_said(_state_key(workflow, state)), waits))
    return _table("engine.page.state_columns", rows)


def _rules(workflow: Workflow[Any, Any]) -> str:
    rows = []
    for rule in workflow.rules.values():
        sources = ", ".join(f"`{state.name}`" for state in rule.source)
        dest = both("engine.page.stays") if rule.dest is None else f"`{rule.dest.name}`"
        action = _said(f"{workflow.name}.action.{rule.name}")
        rows.append((f"`{rule.name}`", *action, f"{sources} → {dest}", _roles(rule.by), f"`{rule.paragraph}`"))
    return _table("engine.page.rule_columns", rows)


def _guards(workflow: Workflow[Any, Any], rule: Rule[Any, Any], each: Registered) -> list[str]:
    rows = [
        (
            f"`{guard.code}`",
            *_said(f"{workflow.name}.{guard.code}"),
            both(f"engine.force.{guard.force.value}"),
            f"`{guard.paragraph or rule.paragraph}`",
            _waivers(guard),
            _times(guard, each.facts),
        )
        for guard in rule.guards
    ]
    title = f"### `{rule.name}`: {both(f'{workflow.name}.action.{rule.name}')}"
    return [title, _table("engine.page.guard_columns", rows)]


def _waivers(guard: Guard[Any]) -> str:
    if guard.force is Force.CUSTOM:
        return both("engine.page.warns")
    if guard.force is Force.MEETING_ORDER:
        return both("engine.page.meeting_waives")
    return both("engine.page.statutes_waive") if guard.statutes_may_waive else both("engine.page.nobody")


def _times(guard: Guard[Any], facts: type[Any]) -> str:
    opens, closes = _fact_of(guard.opens_at, facts), _fact_of(guard.closes_at, facts)
    said = [f"{both('engine.page.opens')} `{opens}`"] if opens else []
    said += [f"{both('engine.page.closes')} `{closes}`"] if closes else []
    return "<br>".join(said) or "–"


def _fact_of(time: Callable[[Any], datetime | None], facts: type[Any]) -> str | None:
    """The fact that a guard's time comes from: the one which, alone set, is given back."""
    for field in fields(facts):
        if "datetime" in str(field.type) and time(facts(**{field.name: _SOME_TIME})) == _SOME_TIME:
            return field.name
    return None


def _role(role: Role) -> str:
    return both(f"engine.role.{role.value}")


def _roles(roles: Iterable[Role]) -> str:
    return "<br>".join(_role(role) for role in Role if role in roles)


def _state_key(workflow: Workflow[Any, Any], state: Enum) -> str:
    return f"{workflow.name}.state.{state.name}"


def _table(columns: str, rows: Sequence[Sequence[str]]) -> str:
    heads = zip(*(said.split("|") for said in _said(columns)), strict=True)
    names = ["<br>".join(dict.fromkeys(head)) for head in heads]
    lines = [names, ["---"] * len(names), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def pages() -> dict[Path, str]:
    """Every page by where it lies."""
    return {FOLDER / f"{each.module}.md": page(each) for each in registered().values()}


def main() -> None:
    """Write every page anew."""
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
