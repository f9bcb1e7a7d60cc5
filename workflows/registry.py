"""Every workflow of the rulebook, found by itself.

A module of this package that holds `NAME: Workflow[States, Facts]` has registered it.
"""

import importlib
import pkgutil
import types
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, get_args, get_type_hints

import workflows
from workflows.engine import Workflow


@dataclass(frozen=True)
class Registered:
    """A workflow together with the type of its facts."""

    workflow: Workflow[Any, Any]
    facts: type[Any]
    module: str
    """The module that declares it, such as `motion`; its docstring says what the workflow is."""


@cache
def registered() -> Mapping[str, Registered]:
    """Every workflow of the rulebook by its name."""
    found: dict[str, Registered] = {}
    for module in pkgutil.iter_modules(workflows.__path__):
        if not module.ispkg:
            found |= _in_module(importlib.import_module(f"{workflows.__name__}.{module.name}"))
    return found


def paragraphs() -> frozenset[str]:
    """Every key of a paragraph that some rule names: each must exist in every adopted order."""
    return frozenset().union(*(each.workflow.paragraphs() for each in registered().values()))


def _in_module(module: types.ModuleType) -> dict[str, Registered]:
    values = vars(module)
    own = {name for name in values.get("__annotations__", {}) if isinstance(values.get(name), Workflow)}
    hints = get_type_hints(module) if own else {}
    where = module.__name__.rpartition(".")[2]
    return {values[name].name: Registered(values[name], get_args(hints[name])[1], where) for name in own}
