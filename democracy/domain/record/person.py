"""Somebody whom the minutes name."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Person:
    """A person with what the minutes may say of them."""

    id: UUID
    given: str
    family: str
    belongs: str | None = None
    """What stands in brackets after the name: a branch, `DS`."""
    protected: bool = False
    """Protected identity: named nowhere."""
    erased: bool = False
