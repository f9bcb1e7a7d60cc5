"""Which amendments cannot both be adopted, or say the same, or stand in the same gap."""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from typing import Generic, TypeVar

from democracy.domain.numbered_text.amendments import Amendment, Operation
from democracy.domain.numbered_text.paragraphs import Place

Key = TypeVar("Key", bound=Hashable)


class CollisionKind(StrEnum):
    """How two amendments are in each other's way."""

    SAME = "same"
    """They change the same place in the same way: they are put to the vote once, with both movers."""
    RIVALS = "rivals"
    """They do different things with one place: only one can be adopted."""
    CONTAINS = "contains"
    """One changes a whole paragraph, the other a point in it: only one can be adopted."""
    SAME_GAP = "same_gap"
    """Both add something at the same place: both can be adopted, in the order in which they are decided."""


@dataclass(frozen=True)
class Collision(Generic[Key]):
    """Two amendments and how they collide."""

    one: Key
    other: Key
    kind: CollisionKind


CONTRADICTIONS = frozenset({CollisionKind.RIVALS, CollisionKind.CONTAINS})
"""The collisions of which only one amendment can be adopted."""

# A text and its place can change separately; taking a passage away changes both.
_ASPECTS = {
    Operation.REPLACE: frozenset({"text"}),
    Operation.MOVE: frozenset({"place"}),
    Operation.DELETE: frozenset({"text", "place"}),
    Operation.INSERT: frozenset[str](),
}
_WHOLE = frozenset({Operation.REPLACE, Operation.DELETE})


def collision(one: Amendment, other: Amendment) -> CollisionKind | None:
    """How two amendments to the same text collide, whichever is named first; None when both can stand untouched."""
    if _meaning(one) == _meaning(other):
        return CollisionKind.SAME
    if one.place == other.place and _ASPECTS[one.operation] & _ASPECTS[other.operation]:
        return CollisionKind.RIVALS
    if _contains(one, other) or _contains(other, one):
        return CollisionKind.CONTAINS
    if one.beside is not None and (one.beside, one.side) == (other.beside, other.side):
        return CollisionKind.SAME_GAP
    return None


def collisions(amendments: Mapping[Key, Amendment]) -> Iterator[Collision[Key]]:
    """Every pair that collides."""
    for (one, first), (other, second) in combinations(amendments.items(), 2):
        kind = collision(first, second)
        if kind is not None:
            yield Collision(one, other, kind)


def _meaning(amendment: Amendment) -> tuple[object, ...]:
    beside = None if amendment.beside is None else (amendment.beside, amendment.side)
    text = amendment.text.split() if amendment.operation in {Operation.REPLACE, Operation.INSERT} else []
    return amendment.operation, amendment.place, beside, text


def _contains(whole: Amendment, part: Amendment) -> bool:
    return whole.operation in _WHOLE and not whole.place.letter and whole.place in set(_paragraphs_entered(part))


def _paragraphs_entered(amendment: Amendment) -> Iterator[Place]:
    """The paragraphs within which something is changed."""
    for place in (amendment.place, amendment.destination):
        if place is not None and place.letter:
            yield place.paragraph
