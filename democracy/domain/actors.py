"""Who acts: the one parameter that every use case takes."""

from dataclasses import dataclass
from typing import TypeAlias
from uuid import UUID


@dataclass(frozen=True)
class Member:
    """A member of the organisation, signed in or represented by whoever records for them."""

    id: UUID


@dataclass(frozen=True)
class Staff:
    """An employee: prepares and executes, never decides."""

    id: UUID


@dataclass(frozen=True)
class Clock:
    """Time itself: what happens because a moment has come."""


@dataclass(frozen=True)
class Operator:
    """Whoever runs the installation, at the command line."""


@dataclass(frozen=True)
class Anonymous:
    """Nobody known."""


Actor: TypeAlias = Member | Staff | Clock | Operator | Anonymous


def actor_key(actor: Actor) -> tuple[str, UUID | None]:
    """The kind and the id under which the ledger knows an actor."""
    return type(actor).__name__.lower(), getattr(actor, "id", None)
