"""Shares, quorums and majorities: how many are enough."""

from dataclasses import dataclass
from enum import StrEnum


class Base(StrEnum):
    """What a share is counted of."""

    YES_NO = "yes_no"
    CAST = "cast"
    PRESENT = "present"
    ENTITLED = "entitled"


class Blank(StrEnum):
    """Whether a blank ballot counts as cast."""

    NOT_CAST = "not_cast"
    CAST = "cast"


class Tie(StrEnum):
    """What settles equal figures."""

    CASTING_VOTE = "casting_vote"
    LOT = "lot"
    STATUS_QUO = "status_quo"
    DEFER_THEN_LOT = "defer_then_lot"


@dataclass(frozen=True)
class Share:
    """A part of something: at least numerator/denominator of it, or more than that where `strict`."""

    numerator: int
    denominator: int
    strict: bool = False

    def __post_init__(self) -> None:
        if not 0 < self.numerator <= self.denominator:
            raise ValueError("a share lies above 0 and at most at 1: write numerator between 1 and denominator")
        if self.strict and self.numerator == self.denominator:
            raise ValueError("nothing is more than the whole: drop strict, or lower the numerator")

    def met(self, count: int, total: int) -> bool:
        """Whether `count` out of `total` is enough. Nothing is enough of nobody."""
        needed, reached = self.numerator * total, count * self.denominator
        return total > 0 and (reached > needed if self.strict else reached >= needed)

    def needed(self, total: int) -> int:
        """The smallest number that is enough of `total`; at least one."""
        whole, rest = divmod(self.numerator * total, self.denominator)
        return max(1, whole + (1 if self.strict or rest else 0))


@dataclass(frozen=True)
class Majority:
    """What carries a question.

    More than numerator/denominator of `base` where `strict`, else at least that; where `also` names a second base, of
    that too. A vote holds only if `quorum` of those entitled take part. `tie` settles equal figures and `meetings` is
    the number of meetings in a row that have to carry it.
    """

    numerator: int
    denominator: int
    strict: bool
    base: Base
    blank: Blank
    tie: Tie
    quorum: Share | None = None
    also: Base | None = None
    meetings: int = 1

    def __post_init__(self) -> None:
        Share(self.numerator, self.denominator, self.strict)
        if self.meetings < 1:
            raise ValueError("at least one meeting decides: write meetings = 1 or more")
        if self.also is self.base:
            raise ValueError("the second base repeats the first: drop also, or name another base")

    @property
    def share(self) -> Share:
        """The part of the base that is needed."""
        return Share(self.numerator, self.denominator, self.strict)
