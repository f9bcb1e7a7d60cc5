"""Who plays which part: beside those of the content, the people whom a district needs to work."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from democracy.demo.content import Branch, Content, Name
from democracy.domain.kinds import Gender
from democracy.domain.swedish import plain_word

FIRST_NUMBER = 1001
LARGEST_BOARD = 5
MEMBERS_PER_DELEGATE = 20
"""The district's own rule: a delegate for each started twenty."""

NEWCOMER = "Kaveh Solmyr"
"""Whose fee was entered on the wrong day, so that he seemed to be a member in time."""


@dataclass(frozen=True)
class Member:
    """A member as the register will have them."""

    number: str
    name: Name
    branch: Branch
    has_email: bool = True

    @property
    def email(self) -> str | None:
        """An address at a domain that nobody can own."""
        return f"{plain_word(str(self.name), '.')}@medlem.example" if self.has_email else None

    def __str__(self) -> str:
        return str(self.name)


@dataclass(frozen=True)
class Cast:
    """All members, those with a part in the story first."""

    members: tuple[Member, ...]

    def named(self, name: str) -> Member:
        """The member of that name."""
        return self._by_name[name]

    @cached_property
    def _by_name(self) -> dict[str, Member]:
        return {str(each): each for each in self.members}

    def of(self, branch: str) -> list[Member]:
        """The members who vote in a branch."""
        return [each for each in self.members if each.branch.name == branch]


def cast(content: Content) -> Cast:
    """Give every branch as many members as it has, with names of their own."""
    people = {each.name: each for each in content.people}
    branches = {each.name: each for each in content.branches}
    names = content.names.distinct()
    known = [(_as_name(content, name), branches[each.branch], each.has_email) for name, each in people.items()]
    fresh = (name for name in names if str(name) not in people)
    others = [
        (next(fresh), branch, place % 7 != 0)
        for branch in branches.values()
        for place in range(branch.members - sum(each.branch == branch.name for each in people.values()))
    ]
    return Cast(tuple(Member(str(FIRST_NUMBER + i), *each) for i, each in enumerate((*known, *others))))


def board_of(cast: Cast, branch: Branch, keep_out: Sequence[str]) -> list[Member]:
    """Who leads a branch, the chair first and the secretary second: nobody with another part."""
    return [each for each in cast.of(branch.name) if str(each) not in keep_out][:LARGEST_BOARD]


def delegates_of(cast: Cast, branch: Branch, keep_out: Sequence[str]) -> Iterator[Member]:
    """Whom a branch sends to the conference."""
    free = [each for each in cast.of(branch.name) if str(each) not in keep_out]
    yield from free[: math.ceil(branch.members / MEMBERS_PER_DELEGATE)]


def _as_name(content: Content, name: str) -> Name:
    given, family = name.split(" ")
    gender = Gender.WOMAN if given in content.names.women else Gender.MAN if given in content.names.men else None
    return Name(given, family, gender)
