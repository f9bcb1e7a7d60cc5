"""What the figures of a division come to: who wins, what settled it, and what is still missing."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from democracy.counting.threshold import Base, Figures, Threshold
from workflows.proceedings import Choice, QuestionKind
from workflows.statutes.majority import Blank, Majority, Share, Tie


class Settled(StrEnum):
    """What settled a division."""

    MAJORITY = "majority"
    MINORITY = "minority"
    """The right of the few to have a matter referred back."""
    CASTING_VOTE = "casting_vote"
    LOT = "lot"
    STATUS_QUO = "status_quo"
    DEFERRED = "deferred"
    """Equal figures: the matter waits for another meeting."""


@dataclass(frozen=True)
class Count:
    """The figures of one division, in votes."""

    yes: int
    no: int
    abstained: int = 0
    blank: int = 0

    @property
    def sum(self) -> int:
        """Everybody who took part."""
        return self.yes + self.no + self.abstained + self.blank


@dataclass(frozen=True)
class Terms:
    """The rule that one division is settled by."""

    majority: Majority
    kind: QuestionKind = QuestionKind.RIVALS
    role: str = "single"
    """`preparatory`, `main`, `qualified` or `single`."""
    refer_back: Share | None = None
    """The share of those present that sends the matter back, where nej means that and the right is not used up."""
    chair_may: bool = False
    """The statutes give this chair a casting vote."""
    deferred_before: bool = False
    """Equal figures have deferred the matter once."""


@dataclass(frozen=True)
class Result:
    """Who wins. With neither winner nor `settled_by`, a casting vote or a lot is missing."""

    winner: Choice | None = None
    settled_by: Settled | None = None
    needs: Settled | None = None
    """`CASTING_VOTE` or `LOT`."""
    tied: bool = field(default=False)


def result(count: Count, entitled: int, terms: Terms) -> Result:
    """What the figures come to by themselves."""
    if terms.refer_back is not None and terms.refer_back.met(count.no, entitled):
        return Result(Choice.NO, Settled.MINORITY)
    if terms.role in {"preparatory", "main"}:
        if count.yes != count.no:
            return Result(Choice.YES if count.yes > count.no else Choice.NO, Settled.MAJORITY)
        return _equal(terms)
    if terms.majority.strict and _on_the_line(count, entitled, terms.majority):
        return _equal(terms)
    carried = all(test["holds"] for test in _tests(count, entitled, terms.majority))
    return Result(Choice.YES if carried else Choice.NO, Settled.MAJORITY)


def _on_the_line(count: Count, entitled: int, majority: Majority) -> bool:
    """As many ja as nej, and one more ja would have carried it."""
    tests = _tests(count, entitled, majority)
    half = 2 * majority.numerator == majority.denominator
    return half and count.yes == count.no > 0 and all(test["left"] == test["right"] for test in tests)


def _equal(terms: Terms) -> Result:
    tie = terms.majority.tie
    if terms.kind is QuestionKind.ORDER:
        return Result(Choice.YES, Settled.STATUS_QUO, tied=True)
    if tie is Tie.CASTING_VOTE and terms.chair_may:
        return Result(needs=Settled.CASTING_VOTE, tied=True)
    if terms.role == "preparatory" or tie in {Tie.LOT, Tie.CASTING_VOTE} or terms.deferred_before:
        return Result(needs=Settled.LOT, tied=True)
    if tie is Tie.DEFER_THEN_LOT:
        return Result(settled_by=Settled.DEFERRED, tied=True)
    return Result(Choice.YES if terms.role == "main" else Choice.NO, Settled.STATUS_QUO, tied=True)


def _tests(count: Count, entitled: int, majority: Majority) -> list[dict[str, Any]]:
    cast = count.blank if majority.blank is Blank.CAST else 0
    figures = Figures(
        count.yes, count.no, cast, count.abstained + count.blank - cast, present=entitled, entitled=entitled
    )
    bases = [majority.base, *([majority.also] if majority.also else [])]
    share = (majority.numerator, majority.denominator, majority.strict)
    return [Threshold(*share, Base(each.value)).test(figures) for each in bases]
