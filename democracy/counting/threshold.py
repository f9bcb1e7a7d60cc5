"""Thresholds: when a yes-or-no question is carried. Compared as whole numbers, never as percentages."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from democracy.counting.faults import CountError
from democracy.counting.lots import Lots
from democracy.counting.protocol import Protocol, Sheet

YES, NO = "ja", "nej"


class Base(StrEnum):
    """What the yes votes are measured against. `cast` is yes, no and blank; who abstains has not cast a vote."""

    YES_NO = "yes_no"
    CAST = "cast"
    PRESENT = "present"
    ENTITLED = "entitled"


class Tie(StrEnum):
    """What follows when as many vote yes as no. A casting vote exists only where the statutes give it."""

    CASTING = "casting"
    LOT = "lot"
    STATUS_QUO = "status_quo"
    DEFER = "defer"
    DEFER_THEN_LOT = "defer_then_lot"


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one vote. `casting` is the chair's casting vote ("ja" or "nej") if one was given."""

    yes: int
    no: int
    blank: int = 0
    abstain: int = 0
    present: int | None = None
    entitled: int | None = None
    casting: str | None = None

    def __post_init__(self) -> None:
        given = {"yes": self.yes, "no": self.no, "blank": self.blank, "abstain": self.abstain}
        given |= {name: n for name, n in (("present", self.present), ("entitled", self.entitled)) if n is not None}
        for name, figure in given.items():
            if figure < 0:
                raise CountError("negative_figure", figure=name, number=figure)
        self._within("present", self.cast + self.abstain, self.present)
        self._within("entitled", self.cast + self.abstain if self.present is None else self.present, self.entitled)
        if self.casting not in {None, YES, NO}:
            raise CountError("casting_vote", given=self.casting)

    @property
    def cast(self) -> int:
        """Yes, no and blank."""
        return self.yes + self.no + self.blank

    def base(self, base: Base) -> int:
        """The number that a threshold measures against. Raises CountError `base_unknown` if it was not counted."""
        sizes = {Base.YES_NO: self.yes + self.no, Base.CAST: self.cast}
        size = sizes.get(base, self.present if base is Base.PRESENT else self.entitled)
        if size is None:
            raise CountError("base_unknown", base=str(base))
        return size

    def data(self) -> dict[str, Any]:
        """As a protocol writes it."""
        votes = {"yes": self.yes, "no": self.no, "blank": self.blank, "abstain": self.abstain}
        return {**votes, "present": self.present, "entitled": self.entitled, "casting": self.casting}

    @staticmethod
    def _within(name: str, number: int, limit: int | None) -> None:
        if limit is not None and number > limit:
            raise CountError("more_than_roll", base=name, counted=number, limit=limit)


@dataclass(frozen=True, slots=True)
class Threshold:
    """A share of a base that the yes votes must exceed (`strict`) or reach."""

    numerator: int = 1
    denominator: int = 2
    strict: bool = True
    base: Base = Base.YES_NO

    def __post_init__(self) -> None:
        if not 0 <= self.numerator <= self.denominator or self.denominator < 1:
            raise CountError("share", numerator=self.numerator, denominator=self.denominator)

    @property
    def simple(self) -> bool:
        """More yes than no."""
        return self.strict and self.base is Base.YES_NO and 2 * self.numerator == self.denominator

    def test(self, figures: Figures) -> dict[str, Any]:
        """Both sides of the comparison: yes·denominator against numerator·base. A base of 0 carries nothing."""
        base = figures.base(self.base)
        left, right = figures.yes * self.denominator, self.numerator * base
        holds = base > 0 and (left > right if self.strict else left >= right)
        return {**self.data(), "of": base, "left": left, "right": right, "holds": holds}

    def data(self) -> dict[str, Any]:
        """As a protocol writes it."""
        share = {"numerator": self.numerator, "denominator": self.denominator}
        return {**share, "strict": self.strict, "base": str(self.base)}


@dataclass(frozen=True, slots=True)
class Quorum:
    """How many must be present: a share of those entitled, and never fewer than `least`."""

    numerator: int = 0
    denominator: int = 1
    strict: bool = False
    least: int = 0

    def test(self, figures: Figures) -> dict[str, Any]:
        """Whether the quorum is there. Raises CountError `base_unknown` if it cannot be known."""
        present = figures.base(Base.PRESENT)
        left, right = (
            present * self.denominator,
            self.numerator * (figures.base(Base.ENTITLED) if self.numerator else 0),
        )
        enough = (left > right if self.strict else left >= right) and present >= self.least
        return {**self.data(), "present": present, "met": enough}

    def data(self) -> dict[str, Any]:
        """As a protocol writes it."""
        share = {"numerator": self.numerator, "denominator": self.denominator}
        return {**share, "strict": self.strict, "least": self.least}


@dataclass(frozen=True, slots=True)
class Rule:
    """What carries a question: every threshold at each of so many meetings, and a quorum first."""

    thresholds: tuple[Threshold, ...] = (Threshold(),)
    quorum: Quorum | None = None
    tie: Tie = Tie.STATUS_QUO
    meetings: int = 1
    paragraph: str = ""

    def __post_init__(self) -> None:
        if not self.thresholds or self.meetings < 1:
            raise CountError("empty_rule")

    def tied(self, figures: Figures) -> bool:
        """As many yes as no where more yes than no is all that is asked for."""
        return figures.yes == figures.no > 0 and all(each.simple for each in self.thresholds)

    def data(self) -> dict[str, Any]:
        """As a protocol writes it."""
        tests = [each.data() for each in self.thresholds]
        quorum = None if self.quorum is None else self.quorum.data()
        rest = {"tie": str(self.tie), "meetings": self.meetings, "paragraph": self.paragraph}
        return {"thresholds": tests, "quorum": quorum, **rest}


def decide(rule: Rule, meetings: Sequence[Figures], lots: Lots | None = None) -> Protocol:
    """Decide a yes-or-no question from its figures, one set for each meeting that has voted so far.

    `outcome` is carried, not_carried, no_quorum or deferred; it is pending while a meeting, a lot or a casting vote
    is missing.
    """
    if not meetings or len(meetings) > rule.meetings + (rule.tie is Tie.DEFER_THEN_LOT):
        raise CountError("meetings", given=len(meetings), wanted=rule.meetings)
    sheet = Sheet(lots or Lots())
    outcome = None
    with sheet.counting():
        outcome = _through(rule, meetings, sheet)
    sheet.elected = {"carried": [YES], "not_carried": [NO], "no_quorum": [NO]}.get(outcome or "", [])
    figures = [each.data() for each in meetings]
    return sheet.protocol("threshold", rule.data(), (YES, NO), seats=1, figures=figures, outcome=outcome)


def _through(rule: Rule, meetings: Sequence[Figures], sheet: Sheet) -> str | None:
    carried, deferred = 0, False
    for figures in meetings:
        result = _at_meeting(rule, figures, sheet, deferred=deferred)
        if result in {"not_carried", "no_quorum"} or result is None:
            return result
        deferred = result == "deferred"
        carried += result == "carried"
        if carried == rule.meetings:
            return _end(result, figures, meetings)
    if deferred:
        return "deferred"
    sheet.pending = {"kind": "meeting", "number": len(meetings) + 1}
    return None


def _end(result: str, figures: Figures, meetings: Sequence[Figures]) -> str:
    if figures is not meetings[-1]:
        raise CountError("meetings", given=len(meetings), wanted=list(meetings).index(figures) + 1)
    return result


def _at_meeting(rule: Rule, figures: Figures, sheet: Sheet, *, deferred: bool) -> str | None:
    quorum = None if rule.quorum is None else rule.quorum.test(figures)
    stage = sheet.stage(figures=figures.data(), quorum=quorum, tests=[], tie=None, result=None)
    if quorum is not None and not quorum["met"]:
        result: str | None = "no_quorum"
    else:
        stage["tests"] = [each.test(figures) for each in rule.thresholds]
        carried = all(test["holds"] for test in stage["tests"])
        result = _tie(rule, figures, sheet, deferred=deferred) if rule.tied(figures) else _word(carried=carried)
    stage["result"] = result
    return result


def _tie(rule: Rule, figures: Figures, sheet: Sheet, *, deferred: bool) -> str | None:
    tie = Tie.LOT if deferred and rule.tie is Tie.DEFER_THEN_LOT else rule.tie
    sheet.stages[-1]["tie"] = str(tie)
    if tie in {Tie.DEFER, Tie.DEFER_THEN_LOT}:
        return "deferred"
    if tie is Tie.CASTING:
        if figures.casting is None:
            sheet.pending = {"kind": "casting_vote", "between": [YES, NO]}
            return None
        return _word(carried=figures.casting == YES)
    if tie is Tie.LOT:
        return _word(carried=sheet.lots.one(f"vote {len(sheet.stages)}", (YES, NO)) == YES)
    return "not_carried"


def _word(*, carried: bool) -> str:
    return "carried" if carried else "not_carried"


@dataclass(frozen=True, slots=True)
class Minority:
    """A right that a share of those present (or entitled) may use, such as an återremiss on one third."""

    numerator: int = 1
    denominator: int = 3
    base: Base = Base.PRESENT
    paragraph: str = ""

    def used(self, support: int, base: int) -> bool:
        """Whether so many of so many are enough: the share must be reached, and somebody must ask."""
        if not 0 <= support <= base:
            raise CountError("more_than_roll", base=str(self.base), counted=support, limit=base)
        return support > 0 and support * self.denominator >= self.numerator * base
