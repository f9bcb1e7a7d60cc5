"""Which amendments are decided together: those of which only one can be adopted are rivals on one point."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic

from democracy.domain.numbered_text.amendments import Amendment, Operation
from democracy.domain.numbered_text.collisions import CONTRADICTIONS, CollisionKind, Key, collision
from democracy.domain.numbered_text.paragraphs import Place


class Aspect(StrEnum):
    """What about its place a point decides."""

    TEXT = "text"
    POSITION = "position"
    """Whether the passage stays where it stands."""
    ADDITION = "addition"
    """Whether something new is put beside it."""


@dataclass(frozen=True)
class DecidedTogether(Generic[Key]):
    """One point: its place, what is decided about it, and the amendments; those that say the same in one group."""

    place: Place
    aspect: Aspect
    groups: tuple[tuple[Key, ...], ...]


def points(amendments: Mapping[Key, Amendment]) -> list[DecidedTogether[Key]]:
    """The points that amendments to one text give a meeting to decide, in the order of the text.

    Within a point, and within a group, the amendments keep the order in which they were given.
    """
    found = [_point(members, amendments) for members in _connected(amendments)]
    return sorted(found, key=lambda point: (point.place, list(Aspect).index(point.aspect)))


def _connected(amendments: Mapping[Key, Amendment]) -> Iterator[list[Key]]:
    """Parts of which no amendment is in the way of one in another part."""
    left = list(amendments)
    while left:
        part = [left.pop(0)]
        for one in part:
            near = [other for other in left if _together(amendments[one], amendments[other])]
            part += near
            left = [other for other in left if other not in near]
        yield sorted(part, key=list(amendments).index)


def _together(one: Amendment, other: Amendment) -> bool:
    kind = collision(one, other)
    if kind in CONTRADICTIONS or kind is CollisionKind.SAME:
        return True
    # What is new beside one place is one point, though each part of it is answered by itself.
    return one.operation is other.operation is Operation.INSERT and one.place == other.place


def _point(members: Sequence[Key], amendments: Mapping[Key, Amendment]) -> DecidedTogether[Key]:
    own = [amendments[key] for key in members]
    operations = {each.operation for each in own}
    if operations == {Operation.INSERT}:
        aspect = Aspect.ADDITION
    else:
        aspect = Aspect.POSITION if operations == {Operation.MOVE} else Aspect.TEXT
    return DecidedTogether(_place(own, aspect), aspect, tuple(_groups(members, amendments)))


def _place(own: Sequence[Amendment], aspect: Aspect) -> Place:
    """The widest place whose text is at stake: a paragraph before a point in it."""
    changed = [each for each in own if aspect is not Aspect.TEXT or each.operation in _ON_TEXT]
    return min(each.place for each in changed)


_ON_TEXT = frozenset({Operation.REPLACE, Operation.DELETE})


def _groups(members: Sequence[Key], amendments: Mapping[Key, Amendment]) -> Iterator[tuple[Key, ...]]:
    groups: list[list[Key]] = []
    for key in members:
        same = [group for group in groups if collision(amendments[group[0]], amendments[key]) is CollisionKind.SAME]
        if same:
            same[0].append(key)
        else:
            groups.append([key])
    return iter([tuple(group) for group in groups])
