"""Delegates: how many a unit sends, and who stands in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from itertools import pairwise
from typing import cast
from zoneinfo import ZoneInfo

from workflows.statutes.deadlines import DayOfYear, DeadlineRule, local_day
from workflows.statutes.kinds import MeetingKind, Participant
from workflows.statutes.majority import Share
from workflows.statutes.parameters.base import nothing


class Method(StrEnum):
    """How seats are shared out among units."""

    PER_STARTED = "per_started"
    BRACKETS = "brackets"
    SAINTE_LAGUE = "sainte_lague"
    LARGEST_REMAINDER = "largest_remainder"
    DHONDT = "dhondt"
    EQUAL = "equal"


class Position(StrEnum):
    """The party's political position in a municipality or region: a dated fact that a body decides."""

    OPPOSITION = "opposition"
    MAJORITY = "majority"


class Replacement(StrEnum):
    """How long a substitute stands in."""

    FOR_A_WHILE = "for_a_while"
    FOR_GOOD = "for_good"
    EITHER = "either"


@dataclass(frozen=True)
class Snapshot:
    """When members are counted: on a day of the year (the latest one up to the meeting), or so long before it."""

    day: DayOfYear | None = None
    before: DeadlineRule | None = None

    def __post_init__(self) -> None:
        if (self.day is None) == (self.before is None):
            raise ValueError("a snapshot has either day or before: write one of them")

    def on(self, meeting: date | datetime, zone: ZoneInfo) -> date:
        """The day on which members are counted for a meeting that begins then."""
        if self.before is not None:
            return self.before.derive(meeting, zone).last_day
        return cast("DayOfYear", self.day).latest(local_day(meeting, zone))


@dataclass(frozen=True)
class Bracket:
    """Units with at most `members` get `seats`; the last bracket has no upper end."""

    seats: int
    members: int | None = None


@dataclass(frozen=True)
class FirstDivisor:
    """The first divisor of Sainte-Laguë's method, 6/5 or 7/5 for instance."""

    numerator: int
    denominator: int

    def __post_init__(self) -> None:
        if self.denominator < 1 or self.numerator < self.denominator:
            raise ValueError("the first divisor is at least 1, written as numerator and denominator")


@dataclass(frozen=True)
class Allotment:
    """How the seats of one kind of meeting are shared out.

    `per` members give one seat each started time; `brackets` are read from the smallest; the proportional methods
    share out `total` seats. Every unit gets `minimum`, inside the total or on top of it. `ex_officio` have a seat
    whatever the figures say.
    """

    method: Method
    minimum: int = 0
    minimum_inside_total: bool = True
    per: int | None = None
    total: int | None = None
    brackets: tuple[Bracket, ...] = ()
    first_divisor: FirstDivisor | None = None
    ex_officio: tuple[Participant, ...] = ()

    def __post_init__(self) -> None:
        for fault in self._faults():
            raise ValueError(fault)

    def _faults(self) -> list[str]:
        proportional = self.method in {Method.SAINTE_LAGUE, Method.LARGEST_REMAINDER, Method.DHONDT}
        return [
            words
            for wrong, words in (
                (self.minimum < 0, "write minimum as 0 or more"),
                ((self.method is Method.PER_STARTED) != bool(self.per), "per belongs to per_started, and only there"),
                ((self.method is Method.BRACKETS) != bool(self.brackets), "brackets belong to the method brackets"),
                (proportional != bool(self.total), "total belongs to the proportional methods, and only there"),
                (not _rising(self.brackets), "brackets rise in members, and only the last has none"),
            )
            if wrong
        ]


@dataclass(frozen=True)
class Delegates:
    """Delegates and their substitutes.

    `allotment` per kind of meeting; `council` where the size of the representative council follows the political
    position. Substitutes come from the own branch if `substitutes_own_branch`. An entry in the roll weighs at most
    `max_weight` votes and carries at most `max_proxies` for others.
    """

    snapshot: Snapshot
    substitutes_own_branch: bool
    replacement: Replacement
    max_weight: int
    max_proxies: int
    allotment: Mapping[MeetingKind, Allotment] = field(default_factory=nothing)
    council: Mapping[Position, Allotment] = field(default_factory=nothing)
    reported: Mapping[MeetingKind, DeadlineRule] = field(default_factory=nothing)
    substitutes_at_most: Share | None = None

    def __post_init__(self) -> None:
        if self.max_weight < 1 or self.max_proxies < 0:
            raise ValueError("an entry weighs at least 1 and carries 0 or more proxies")


def _rising(brackets: tuple[Bracket, ...]) -> bool:
    limits = [each.members for each in brackets]
    bounded = [each for each in limits[:-1] if each is not None]
    in_order = all(low < high for low, high in pairwise(bounded))
    return not limits or (len(bounded) == len(limits) - 1 and limits[-1] is None and in_order)
