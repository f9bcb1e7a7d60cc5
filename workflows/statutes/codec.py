"""Plain values (tables, lists, strings) to frozen dataclasses and back, every fault collected with its remedy."""

import dataclasses
import types
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime
from difflib import get_close_matches
from enum import StrEnum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from workflows.statutes.errors import Fault


class Faulty:
    """What decoding gives instead of a value that cannot be used."""


FAULTY = Faulty()


@dataclasses.dataclass
class Decoder:
    """Decodes one file and remembers its faults."""

    file: str
    faults: list[Fault] = dataclasses.field(default_factory=list)

    def fault(self, key: str, problem: str, remedy: str) -> Faulty:
        """Remember a fault, and give what stands in for the value."""
        self.faults.append(Fault(self.file, key or "(top)", problem, remedy))
        return FAULTY

    def decode(self, expected: Any, value: Any, key: str) -> Any:
        """`value` as the `expected` type, or FAULTY. Never raises."""
        expected = without_none(expected)
        if dataclasses.is_dataclass(expected) and isinstance(expected, type):
            return self._record(expected, value, key)
        origin = get_origin(expected)
        if origin is tuple:
            return self._list(get_args(expected)[0], value, key)
        if origin is Mapping:
            names, item = get_args(expected)
            return self._table(names, item, value, key)
        if isinstance(expected, type) and issubclass(expected, StrEnum):
            return self.choice(expected, value, key)
        return self._plain(expected, value, key)

    def choice(self, expected: type[StrEnum], value: Any, key: str) -> Any:
        """One of an enumeration's values."""
        if isinstance(value, str) and value in list(expected):
            return expected(value)
        return self.fault(key, f"{value!r} is not one of the choices.", f"Write one of: {', '.join(expected)}.")

    def unknown(self, key: str, name: str, known: list[str]) -> None:
        """Refuse a key that nothing reads, and guess what was meant."""
        near = get_close_matches(name, known, n=1)
        guess = (
            f"Did you mean {near[0]!r}? Otherwise remove it." if near else f"Known here: {', '.join(sorted(known))}."
        )
        self.fault(_under(key, name), "this key is unknown.", guess)

    def entries(self, value: Any, key: str, known: list[str]) -> list[tuple[str, Any]]:
        """The entries of a table whose names are known; the others are refused."""
        if not isinstance(value, Mapping):
            self.fault(key, f"{value!r} is no table.", f"Write a table with {', '.join(known)}.")
            return []
        for name in sorted(value.keys() - set(known)):
            self.unknown(key, name, known)
        return [(name, each) for name, each in value.items() if name in known]

    def build(self, make: Callable[..., Any], values: dict[str, Any], key: str) -> Any:
        """Call a constructor; what it refuses becomes a fault in its own words."""
        try:
            return make(**values)
        except ValueError as error:
            return self.fault(key, "the values contradict each other.", f"{error}.")

    def _record(self, expected: type, value: Any, key: str) -> Any:
        before = len(self.faults)
        known = hints(expected)
        found = dict(self.entries(value, key, list(known)))
        for name in sorted(required(expected) - found.keys()) if isinstance(value, Mapping) else ():
            self.fault(_under(key, name), "this key is missing.", f"Write {name} = … here.")
        given = {name: self.decode(known[name], each, _under(key, name)) for name, each in found.items()}
        return FAULTY if len(self.faults) > before else self.build(expected, given, key)

    def _list(self, item: Any, value: Any, key: str) -> Any:
        if not isinstance(value, list):
            return self.fault(key, f"{value!r} is no list.", "Write it within square brackets.")
        before = len(self.faults)
        items = tuple(self.decode(item, each, f"{key}[{index}]") for index, each in enumerate(value))
        if len(set(map(repr, items))) < len(items):
            self.fault(key, "something stands twice in the list.", "Write each once.")
        return FAULTY if len(self.faults) > before else items

    def _table(self, names: Any, item: Any, value: Any, key: str) -> Any:
        if not isinstance(value, Mapping):
            return self.fault(key, f"{value!r} is no table.", "Write name = value, or a table of its own.")
        before = len(self.faults)
        pairs = [
            (self.decode(names, name, f"{key}.{name}"), self.decode(item, each, f"{key}.{name}"))
            for name, each in value.items()
        ]
        return FAULTY if len(self.faults) > before else types.MappingProxyType(dict(pairs))

    def _plain(self, expected: type, value: Any, key: str) -> Any:
        if expected is date and isinstance(value, str):
            value = _day(value)
        if type(value) is not expected:
            return self.fault(key, f"{value!r} is no {_NAMES[expected]}.", f"Write {_EXAMPLES[expected]}.")
        return unicodedata.normalize("NFC", value) if isinstance(value, str) else value


_NAMES = {bool: "truth value", int: "whole number", str: "text", date: "day"}
_EXAMPLES = {
    bool: "true or false",
    int: "a whole number without quotation marks",
    str: 'text within "…"',
    date: "a day as 2026-01-31",
}


def encode(value: Any) -> Any:
    """A value as plain JSON. A field that has its default is left out, so that a later default alters no digest."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            each.name: encode(getattr(value, each.name))
            for each in dataclasses.fields(value)
            if getattr(value, each.name) != _default(each)
        }
    if isinstance(value, Mapping):
        return {str(key): encode(each) for key, each in value.items()}
    if isinstance(value, tuple):
        return [encode(each) for each in value]
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, StrEnum) else value


@cache
def hints(record: type) -> dict[str, Any]:
    """The fields of a dataclass and their types, in order."""
    found = get_type_hints(record)
    return {each.name: found[each.name] for each in dataclasses.fields(record)}


@cache
def required(record: type) -> frozenset[str]:
    """The fields that have no default."""
    return frozenset(each.name for each in dataclasses.fields(record) if _default(each) is dataclasses.MISSING)


def without_none(expected: Any) -> Any:
    """The type of an optional field when it is there. Other unions do not occur."""
    if get_origin(expected) not in {Union, types.UnionType}:
        return expected
    (only,) = (each for each in get_args(expected) if each is not type(None))
    return only


def _under(key: str, name: str) -> str:
    return f"{key}.{name}" if key else name


def _default(each: "dataclasses.Field[Any]") -> Any:
    if each.default_factory is not dataclasses.MISSING:
        return each.default_factory()
    return each.default


def _day(text: str) -> date | str:
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=None).date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return text
