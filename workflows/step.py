"""What comes out of a rule: a step taken, or what could be done."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from enum import Enum
from typing import Any, Generic, TypeVar

from workflows.denial import Denial
from workflows.force import Role

S = TypeVar("S", bound=Enum)


@dataclass(frozen=True)
class Step(Generic[S]):
    """A rule that may be followed, with all that made it so: enough to judge it again under tomorrow's rules."""

    workflow: str
    rule: str
    source: S
    dest: S
    paragraph: str
    roles: frozenset[Role]
    now: datetime
    facts: Mapping[str, Any]
    """The facts as plain JSON values."""
    waived: frozenset[str] = frozenset()
    """Codes of guards that did not hold but had been set aside by a recorded decision."""
    warnings: tuple[Denial, ...] = ()
    """Breaches of custom: said aloud, stopping nothing."""


@dataclass(frozen=True)
class Option:
    """One rule out of the present state: whether you may follow it now, else why not and when."""

    name: str
    allowed: bool
    denials: tuple[Denial, ...]
    warnings: tuple[Denial, ...]
    by: frozenset[Role]
    paragraph: str
    opens_at: datetime | None
    closes_at: datetime | None


@dataclass(frozen=True)
class Awaited:
    """What a case waits for in one state: who is to act, and by which rule."""

    who: Role
    what: str


@dataclass(frozen=True)
class Awaiting:
    """The same for one case: until when, and on what ground."""

    who: Role
    what: str
    by: datetime | None
    paragraph: str


def plain(value: Any) -> Any:
    """A fact as JSON: enums by name, times as ISO 8601 in UTC, sets sorted.

    Raises TypeError for anything else: facts hold no free text and no objects, so that the ledger can keep them.
    """
    if isinstance(value, Enum):
        return value.name
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted((plain(each) for each in value), key=str)
    raise TypeError(f"{type(value).__name__} cannot be a fact: use bool, int, datetime, an enum or a frozenset of them")


def plain_facts(facts: Any) -> dict[str, Any]:
    """Every field of a frozen dataclass of facts, as JSON."""
    return {field.name: plain(getattr(facts, field.name)) for field in fields(facts)}
