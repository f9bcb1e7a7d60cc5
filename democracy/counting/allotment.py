"""Seats (ombud) for units in proportion to their members, each by the method that the statutes name."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from typing import Any

from democracy.counting.exact import number
from democracy.counting.faults import CountError
from democracy.counting.lots import Lots
from democracy.counting.protocol import Protocol, Sheet


class Method(StrEnum):
    """How seats follow members."""

    SAINTE_LAGUE = "sainte-lague"
    DHONDT = "dhondt"
    LARGEST_REMAINDER = "largest-remainder"
    PER_STARTED = "per-started"
    BRACKETS = "brackets"


SWEDISH_FIRST = Fraction(6, 5)
"""The first divisor of the adjusted odd-number method (jämkade uddatalsmetoden) since 2018; 7/5 before, 1 pure."""


@dataclass(frozen=True, slots=True)
class AllotmentRule:
    """The method with its settings.

    `minimum` seats for every unit with members, inside the total or on top of it (`outside`). `first` is the first
    divisor of Sainte-Laguë. `per` is the number of members for each started seat; `brackets` are (up to so many
    members, seats), in rising order, the last without an upper end.
    """

    method: Method = Method.SAINTE_LAGUE
    minimum: int = 0
    outside: bool = False
    first: Fraction = SWEDISH_FIRST
    per: int = 0
    brackets: tuple[tuple[int | None, int], ...] = ()
    paragraph: str = ""

    def __post_init__(self) -> None:
        if self.minimum < 0 or not 0 < self.first < 3:
            raise CountError("allotment_rule", minimum=self.minimum, first=self.first)
        if self.method is Method.PER_STARTED and self.per < 1:
            raise CountError("per_started", per=self.per)
        if self.method is Method.BRACKETS and not _rising(self.brackets):
            raise CountError("brackets")

    @property
    def fixed(self) -> bool:
        """Whether the rule itself gives the total."""
        return self.method in {Method.PER_STARTED, Method.BRACKETS}

    def divisor(self, seats: int) -> Fraction:
        """What a unit's members are divided by when it has so many seats."""
        if self.method is Method.DHONDT:
            return Fraction(seats + 1)
        return Fraction(2 * seats + 1) if seats else self.first

    def data(self) -> dict[str, Any]:
        """As a protocol writes it."""
        brackets = [list(each) for each in self.brackets]
        minimum = {"minimum": self.minimum, "outside": self.outside}
        rest = {"first": str(self.first), "per": self.per, "brackets": brackets, "paragraph": self.paragraph}
        return {"method": str(self.method), **minimum, **rest}


def _rising(brackets: Sequence[tuple[int | None, int]]) -> bool:
    """Upper ends rise to an open one, and more members never mean fewer seats."""
    ends = [end for end, _ in brackets]
    closed = [end for end in ends[:-1] if end is not None]
    seats = [seats for _, seats in brackets]
    ordered = all(a < b for a, b in pairwise(closed)) and all(a <= b for a, b in pairwise([0, *seats]))
    return bool(brackets) and ends[-1] is None and len(closed) == len(ends) - 1 and ordered


def allot(
    members: Mapping[str, int],
    seats: int | None,
    rule: AllotmentRule | None = None,
    lots: Lots | None = None,
    *,
    snapshot: str | None = None,
) -> Protocol:
    """Share out seats among units by their members on the snapshot date.

    `seats` is the total, without the minimum seats when these are outside; None where the rule gives the total. A unit
    without members gets nothing. `allotted` in the protocol has each unit's seats, `next` who would have one more.
    Raises CountError: `fewer_seats_than_units`, `no_members`, `negative_figure`, `seats_given_by_rule`, `seats`.
    """
    rule = rule or AllotmentRule()
    _check(members, seats, rule)
    table = _Table(members, rule, Sheet(lots or Lots()))
    with table.sheet.counting():
        table.share(seats or 0)
    total = sum(table.seats.values()) if table.sheet.pending is None else seats
    if seats is not None and rule.fixed and table.sheet.pending is None and total != seats:
        raise CountError("seats_given_by_rule", rule=total, asked=seats)
    more = {"allotted": table.seats, "next": table.following}
    figures = {"members": dict(members), "seats": seats, "snapshot": snapshot}
    return table.sheet.protocol("allotment", rule.data(), tuple(members), seats=total, figures=figures, more=more)


def _check(members: Mapping[str, int], seats: int | None, rule: AllotmentRule) -> None:
    for unit, size in members.items():
        if size < 0:
            raise CountError("negative_figure", figure=unit, number=size)
    units = sum(size > 0 for size in members.values())
    if not units:
        raise CountError("no_members")
    if rule.fixed:
        return
    if seats is None or seats < 1:
        raise CountError("seats", seats=seats)
    if not rule.outside and rule.minimum * units > seats:
        raise CountError("fewer_seats_than_units", seats=seats, units=units, minimum=rule.minimum)


@dataclass(slots=True)
class _Table:
    members: Mapping[str, int]
    rule: AllotmentRule
    sheet: Sheet
    seats: dict[str, int] = field(default_factory=dict)
    following: list[str] = field(default_factory=list)

    def share(self, total: int) -> None:
        self.seats = dict.fromkeys(self.members, 0)
        ways: dict[Method, Callable[[], None]] = {
            Method.PER_STARTED: lambda: self._fixed(lambda size: -(-size // self.rule.per)),
            Method.BRACKETS: lambda: self._fixed(self._bracket),
            Method.LARGEST_REMAINDER: lambda: self._remainders(total),
        }
        ways.get(self.rule.method, lambda: self._divide(total))()
        if self.rule.outside:
            for unit in self._units():
                self.seats[unit] += self.rule.minimum
        if len(self._units()) < len(self.members):
            self.sheet.notes.append("unit_without_members")

    def _units(self) -> list[str]:
        return [unit for unit, size in self.members.items() if size]

    def _fixed(self, seats: Callable[[int], int]) -> None:
        floor = 0 if self.rule.outside else self.rule.minimum
        for unit in self._units():
            self.seats[unit] = max(floor, seats(self.members[unit]))
        self.sheet.stage(kind="by_members", seats=dict(self.seats))

    def _bracket(self, size: int) -> int:
        return next(seats for end, seats in self.rule.brackets if end is None or size <= end)

    def _divide(self, total: int) -> None:
        if self.rule.minimum and not self.rule.outside:
            self.seats |= dict.fromkeys(self._units(), self.rule.minimum)
            self.sheet.stage(kind="minimum", seats=dict(self.seats))
        left = total - sum(self.seats.values())
        while left:
            key, block = self._highest()
            chosen, tie = block, None
            if len(block) > left:
                chosen, tie = list(self.sheet.lots.order("last seat", block)[:left]), "last seat"
            for unit in chosen:
                self.seats[unit] += 1
            self.sheet.stage(kind="seats", key=number(key), between=block, to=chosen, lot=tie)
            left -= len(chosen)
        self.following = self._highest()[1]

    def _highest(self) -> tuple[Fraction, list[str]]:
        keys = {unit: self.members[unit] / self.rule.divisor(self.seats[unit]) for unit in self._units()}
        key = max(keys.values())
        return key, [unit for unit, each in keys.items() if each == key]

    def _remainders(self, total: int) -> None:
        units, left = self._units(), total
        least = 0 if self.rule.outside else self.rule.minimum
        while small := [unit for unit in units if self._share(unit, units, left) < least]:
            self.seats |= dict.fromkeys(small, least)
            units, left = [unit for unit in units if unit not in small], left - least * len(small)
        shares = {unit: self._share(unit, units, left) for unit in units}
        for unit, share in shares.items():
            self.seats[unit] = share.numerator // share.denominator
        over = total - sum(self.seats.values())
        quotas = {unit: number(share) for unit, share in shares.items()}
        self.sheet.stage(kind="quotas", quotas=quotas, seats=dict(self.seats), left=over)
        self._by_remainder({unit: share - self.seats[unit] for unit, share in shares.items()}, over)

    def _share(self, unit: str, units: Sequence[str], seats: int) -> Fraction:
        return Fraction(self.members[unit] * seats, sum(self.members[each] for each in units))

    def _by_remainder(self, remainders: Mapping[str, Fraction], over: int) -> None:
        for remainder in sorted(set(remainders.values()), reverse=True):
            if not over:
                return
            block = [unit for unit, each in remainders.items() if each == remainder]
            chosen, tie = block, None
            if len(block) > over:
                chosen, tie = list(self.sheet.lots.order("last seat", block)[:over]), "last seat"
            for unit in chosen:
                self.seats[unit] += 1
            self.sheet.stage(kind="remainder", key=number(remainder), between=block, to=chosen, lot=tie)
            over -= len(chosen)
