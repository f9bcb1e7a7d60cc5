"""Old histories under today's rules: what they would say of a step that was taken under yesterday's."""

import types
from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from enum import Enum
from typing import Any, Union, get_args, get_origin, get_type_hints

from workflows.denial import Denial
from workflows.registry import registered


class NotReplayable(ValueError):  # noqa: N818 - it says what the step is
    """A recorded step names something that the rules of today do not have. `code` says what, `name` which."""

    def __init__(self, code: str, name: str) -> None:
        super().__init__(f"{code}: {name}")
        self.code = code
        self.name = name


def replay(record: Mapping[str, Any]) -> tuple[Denial, ...]:
    """What today's rules would say of a recorded step: empty when they still allow it.

    Raises NotReplayable with code `unknown_workflow`, `unknown_rule`, `unknown_state`, `unknown_role`, `unknown_facts`
    or `other_outcome` (the rule leads to another state today).
    """
    known = registered().get(str(record["workflow"]))
    if known is None:
        raise NotReplayable("unknown_workflow", str(record["workflow"]))
    workflow = known.workflow
    rule = workflow.rules.get(record["rule"])
    if rule is None:
        raise NotReplayable("unknown_rule", str(record["rule"]))
    for state in (record["source"], record["dest"]):
        if state not in workflow.states.__members__:
            raise NotReplayable("unknown_state", str(state))
    dest = record["source"] if rule.dest is None else rule.dest.name
    if record["dest"] != dest:
        raise NotReplayable("other_outcome", str(dest))
    facts = facts_from(known.facts, record["facts"])
    try:
        return workflow.replay(record, facts)
    except ValueError as error:
        raise NotReplayable("unknown_role", str(error)) from None


def facts_from(kind: type[Any], recorded: Mapping[str, Any]) -> Any:
    """Facts as they were when they were recorded: `workflows.step.plain_facts` backwards.

    A fact that has been added since has its default; one that no rule looks at any more is passed over. Raises
    NotReplayable where a value is not one of its field's type, or a fact without a default is missing.
    """
    hints = get_type_hints(kind)
    values: dict[str, Any] = {}
    for field in fields(kind):
        if field.name in recorded:
            try:
                values[field.name] = _read(hints[field.name], recorded[field.name])
            except (TypeError, ValueError, KeyError):
                raise NotReplayable("unknown_facts", field.name) from None
    try:
        return kind(**values)
    except TypeError as error:
        raise NotReplayable("unknown_facts", str(error)) from None


def _read(hint: Any, value: Any) -> Any:
    if get_origin(hint) in {Union, types.UnionType}:
        return _read_one_of(get_args(hint), value)
    if get_origin(hint) is frozenset:
        return frozenset(_read(get_args(hint)[0], each) for each in value)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint[value]
    if hint is datetime:
        return datetime.fromisoformat(value)
    if type(value) is not hint:
        raise TypeError(f"{value!r} is not {hint}")
    return value


def _read_one_of(hints: tuple[Any, ...], value: Any) -> Any:
    if value is None and type(None) in hints:
        return None
    for hint in hints:
        try:
            return _read(hint, value)
        except (TypeError, ValueError, KeyError):
            continue
    raise TypeError(f"{value!r} is none of {hints}")
