"""Parameters as a tree of settings, each with a dotted path, and back.

`boards.quorum` is one setting; where a field is a table over kinds of meeting, bodies and the like, each of its entries
is one: `motions.deadline.congress`. A level sets or leaves open one setting at a time.
"""

import dataclasses
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, get_args, get_origin

from workflows.statutes.codec import FAULTY, Decoder, encode, hints, required, without_none
from workflows.statutes.parameters import Parameters

Settings = Mapping[str, Any]


@dataclasses.dataclass(frozen=True)
class Field:
    """Where a setting lies: a field of a group, and whether it is a table with one setting an entry."""

    group: str
    name: str
    type: Any

    @property
    def path(self) -> str:
        """The field's dotted path."""
        return f"{self.group}.{self.name}"

    @property
    def entries(self) -> tuple[Any, Any] | None:
        """The types of an entry's key and value where the field is a table, else None."""
        if get_origin(self.type) is not Mapping:
            return None
        key, value = get_args(self.type)
        return key, value


@cache
def groups() -> dict[str, type]:
    """Every group of parameters by its name."""
    return {name: without_none(each) for name, each in hints(Parameters).items()}


@cache
def fields() -> dict[str, Field]:
    """Every field by its dotted path."""
    found = (
        Field(group, name, without_none(each))
        for group, record in groups().items()
        for name, each in hints(record).items()
    )
    return {field.path: field for field in found}


def known(path: str) -> bool:
    """Whether a path names a group, a field or an entry that could be set."""
    if path in groups() or path in fields():
        return True
    parent, _, entry = path.rpartition(".")
    field = fields().get(parent)
    return field is not None and field.entries is not None and (entry in list(field.entries[0]))


def covers(prefix: str, path: str) -> bool:
    """Whether a path lies at or under another."""
    return path == prefix or path.startswith(f"{prefix}.")


def split(tree: Any, decoder: Decoder) -> dict[str, Any]:
    """Typed settings out of nested tables. Faults go to the decoder."""
    settings: dict[str, Any] = {}
    for group, content in decoder.entries(tree, "parameters", list(groups())):
        for name, value in decoder.entries(content, f"parameters.{group}", list(hints(groups()[group]))):
            settings |= _settings(fields()[f"{group}.{name}"], value, decoder)
    return settings


def join(settings: Settings) -> dict[str, Any]:
    """Nested tables of plain values out of typed settings: what `split` reads."""
    tree: dict[str, Any] = {}
    for path, value in settings.items():
        *parents, last = path.split(".")
        table = tree
        for parent in parents:
            table = table.setdefault(parent, {})
        table[last] = encode(value)
    return tree


def assemble(settings: Settings, decoder: Decoder) -> Parameters | None:
    """The complete parameters, or None with a fault for everything that is missing or at odds."""
    before = len(decoder.faults)
    built, owned = {}, _by_field(settings)
    for name, record in groups().items():
        values = _values(name, owned)
        if values or name in required(Parameters):
            built[name] = _group(name, record, values, decoder)
    return None if len(decoder.faults) > before else Parameters(**built)


def _settings(field: Field, value: Any, decoder: Decoder) -> dict[str, Any]:
    decoded = decoder.decode(field.type, value, f"parameters.{field.path}")
    if decoded is FAULTY:
        return {}
    if field.entries is None:
        return {field.path: decoded}
    return {f"{field.path}.{entry}": each for entry, each in decoded.items()}


def _by_field(settings: Settings) -> dict[str, dict[str, Any]]:
    """The settings that lie in each field, in the order of their paths."""
    found: dict[str, dict[str, Any]] = {}
    for path in sorted(settings):
        field = path if path in fields() else path.rpartition(".")[0]
        found.setdefault(field, {})[path] = settings[path]
    return found


def _values(group: str, owned: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for field in fields().values():
        found = owned.get(field.path)
        if field.group != group or not found:
            continue
        if field.entries is None:
            values[field.name] = found[field.path]
        else:
            entry = field.entries[0]
            values[field.name] = MappingProxyType(
                {entry(path.rpartition(".")[2]): each for path, each in found.items()}
            )
    return values


def _group(name: str, record: type, values: dict[str, Any], decoder: Decoder) -> Any:
    missing = required(record) - values.keys()
    for each in sorted(missing):
        decoder.fault(f"parameters.{name}.{each}", "no level sets this.", "Set it here or at a higher level.")
    return FAULTY if missing else decoder.build(record, values, f"parameters.{name}")
