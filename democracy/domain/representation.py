"""Equal representation: whether so many of each of two genders are among some people."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from democracy.domain.kinds import Gender

TWO = (Gender.WOMAN, Gender.MAN)


@dataclass(frozen=True)
class Composition:
    """How many of each there are; `undeclared` have said nothing, which nobody has to."""

    women: int
    men: int
    others: int
    undeclared: int

    @classmethod
    def of(cls, genders: Iterable[Gender | None]) -> "Composition":
        """Counted."""
        found = Counter(genders)
        return cls(found[Gender.WOMAN], found[Gender.MAN], found[Gender.OTHER], found[None])

    def meets(self, least: int) -> bool:
        """At least so many women and as many men. Whoever is undeclared may be either: nobody is asked."""
        missing = max(0, least - self.women) + max(0, least - self.men)
        return missing <= self.undeclared


def least_of_each(seats: int, numerator: int, denominator: int) -> int:
    """How many of each gender so many seats need: rounded down, and never more than half of them."""
    return min(seats * numerator // denominator, seats // 2)


def by_turns(order: Iterable[Gender | None]) -> bool:
    """Women and men stand by turns (varvat): no two neighbours are known to be the same of the two."""
    return all(one is not next_ or one not in TWO for one, next_ in pairwise(order))
