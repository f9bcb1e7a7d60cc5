"""Minimum numbers from groups, and lists that alternate between groups (varvade listor)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from democracy.counting.faults import CountError
from democracy.counting.lots import Lots


@dataclass(frozen=True, slots=True)
class Quota:
    """At least so many from each group. `overrides_majority` lets it pass over the 50 % line (statutes decide)."""

    minimum: Mapping[str, int]
    groups: Mapping[str, str]
    overrides_majority: bool = False
    paragraph: str = ""

    def data(self) -> dict[str, Any]:
        """As a protocol writes it."""
        rest = {"overrides_majority": self.overrides_majority, "paragraph": self.paragraph}
        return {"minimum": dict(self.minimum), "groups": dict(self.groups), **rest}


@dataclass(slots=True)
class Walk:
    """Take candidates in the order of their votes; skip one only if taking them makes the minimum impossible."""

    quota: Quota
    seats: int
    pool: list[str]
    taken: list[str] = field(default_factory=list)
    log: list[dict[str, Any]] = field(default_factory=list)

    def run(self, blocks: Sequence[Sequence[str]], lots: Lots, label: str) -> None:
        """Walk through blocks of equal votes. Within one, a lot decides only if not all of it can be taken."""
        for number, block in enumerate(blocks, start=1):
            if len(self.taken) == self.seats:
                return
            self._block(list(block), lots, f"{label} block {number}")

    def _block(self, block: list[str], lots: Lots, label: str) -> None:
        possible = [name for name in block if self._possible([name])]
        for name in block:
            if name not in possible:
                self._skip(name)
        tie = len(possible) > 1 and not self._possible(possible)
        for name in lots.order(label, possible) if tie else possible:
            if len(self.taken) == self.seats:
                return
            if self._possible([name]):
                self.taken.append(name)
            else:
                self._skip(name)

    def _possible(self, names: list[str]) -> bool:
        after = [*self.taken, *names]
        return len(after) <= self.seats and _missing(self.quota, after, self._left(names)) <= self.seats - len(after)

    def _left(self, names: list[str]) -> list[str]:
        return [name for name in self.pool if name not in self.taken and name not in names]

    def _skip(self, name: str) -> None:
        counts = Counter(self.quota.groups.get(each, "") for each in self.taken)
        wanted = {group: least - counts[group] for group, least in self.quota.minimum.items() if least > counts[group]}
        seats_left = self.seats - len(self.taken)
        self.log.append({"skipped": name, "seats_left": seats_left, "still_wanted": dict(sorted(wanted.items()))})

    def unmet(self) -> dict[str, int]:
        """What the minimum still lacks, by group: then too few candidates stood."""
        counts = Counter(self.quota.groups.get(each, "") for each in self.taken)
        return {group: least - counts[group] for group, least in self.quota.minimum.items() if least > counts[group]}


def _missing(quota: Quota, taken: list[str], left: list[str]) -> int:
    have = Counter(quota.groups.get(each, "") for each in taken)
    can = Counter(quota.groups.get(each, "") for each in left)
    return sum(min(max(0, least - have[group]), can[group]) for group, least in quota.minimum.items())


def check(quota: Quota, seats: int) -> None:
    """Raise CountError `quota_impossible` if the minimums ask for more than the seats."""
    if sum(quota.minimum.values()) > seats or min(quota.minimum.values(), default=0) < 0:
        raise CountError("quota_impossible", wanted=sum(quota.minimum.values()), seats=seats)


def alternate(order: Sequence[str], groups: Mapping[str, str]) -> tuple[str, ...]:
    """The same names so that neighbours are from different groups as far as it lasts, each group in its own order.

    Somebody without a group may stand anywhere.
    """
    left, listed, last = list(order), list[str](), ""
    while left:
        name = next((each for each in left if not last or groups.get(each, "") != last), left[0])
        left.remove(name)
        listed.append(name)
        last = groups.get(name, "")
    return tuple(listed)
