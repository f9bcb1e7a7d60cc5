"""Scottish STV (SSI 2007/42, rules 45-52). With one seat it is instant-runoff voting (IRV).

One transfer a stage, then look again; nothing is ever transferred to an elected candidate. A tie goes by the most
recent earlier stage where the tied stood unequal, and by lot if there is none.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from democracy.counting.ballots import Ballots
from democracy.counting.exact import number
from democracy.counting.faults import CountError
from democracy.counting.lots import Lots
from democracy.counting.piles import Piles
from democracy.counting.protocol import Protocol, Sheet

SCOTTISH = "SSI 2007/42, rules 45-52"


@dataclass(frozen=True, slots=True)
class StvRule:
    """How many seats, and whether a paper's value is kept exactly or cut to five decimals as rule 48 says."""

    seats: int
    exact: bool = False
    paragraph: str = SCOTTISH

    def __post_init__(self) -> None:
        if self.seats < 1:
            raise CountError("seats", seats=self.seats)


def count_stv(ballots: Ballots, rule: StvRule, lots: Lots | None = None, *, method: str = "scottish-stv") -> Protocol:
    """Count rankings for so many seats."""
    return _Count(ballots, rule, lots or Lots()).run(method)


def count_irv(ballots: Ballots, lots: Lots | None = None) -> Protocol:
    """Count rankings for one seat."""
    return count_stv(ballots, StvRule(1), lots, method="irv")


@dataclass(slots=True)
class _Count:
    ballots: Ballots
    rule: StvRule
    lots: Lots
    sheet: Sheet = field(init=False)
    piles: Piles = field(init=False)
    history: list[list[Fraction]] = field(default_factory=list)
    continuing: set[int] = field(init=False)
    elected: list[int] = field(default_factory=list)
    surpluses: set[int] = field(default_factory=set)
    tie: dict[str, Any] | None = None

    def __post_init__(self) -> None:
        self.sheet = Sheet(self.lots)
        self.piles = Piles(len(self.ballots.candidates), self.ballots.strict())
        self.continuing = set(range(len(self.ballots.candidates)))

    @property
    def quota(self) -> int:
        return self.ballots.number // (self.rule.seats + 1) + 1

    @property
    def vacancies(self) -> int:
        return self.rule.seats - len(self.elected)

    def run(self, method: str) -> Protocol:
        with self.sheet.counting():
            self._write("first_preferences", None)
            while not self._finished():
                self._next_stage()
        self.sheet.elected = [self.ballots.candidates[each] for each in self.elected]
        transfer = "exact" if self.rule.exact else "five_decimals"
        rule = {"seats": self.rule.seats, "transfer": transfer, "paragraph": self.rule.paragraph}
        rest = {"seats": self.rule.seats, "ballots": self.ballots.summary(), "more": {"quota": self.quota}}
        return self.sheet.protocol(method, rule, self.ballots.candidates, **rest)

    def _finished(self) -> bool:
        if not self.ballots.number:
            self.sheet.notes.append("no_valid_ballots")
            return True
        self._elect((each for each in self.continuing if self.piles.votes[each] >= self.quota), "elected")
        if self.vacancies and len(self.continuing) <= self.vacancies:
            self._elect(self.continuing, "last_vacancies")
            if self.vacancies:
                self.sheet.notes.append("seats_left_vacant")
            return True
        return not self.vacancies

    def _elect(self, found: Iterable[int], how: str) -> None:
        order = sorted(found, key=lambda each: (-self.piles.votes[each], each))
        self.elected += order
        self.continuing -= set(order)
        self.surpluses |= {each for each in order if self.piles.votes[each] > self.quota}
        self.sheet.stages[-1][how] = self._names(order)

    def _next_stage(self) -> None:
        votes = self.piles.votes
        if self.surpluses:
            largest = max(votes[each] for each in self.surpluses)
            self._transfer_surplus(self._pick("surplus", {c for c in self.surpluses if votes[c] == largest}, max))
        else:
            lowest = min(votes[each] for each in self.continuing)
            self._exclude(self._pick("exclusion", {c for c in self.continuing if votes[c] == lowest}, min))

    def _transfer_surplus(self, candidate: int) -> None:
        total = self.piles.votes[candidate]
        ratio = (total - self.quota) / total
        self.surpluses.discard(candidate)
        moved = self.piles.transfer(candidate, self.continuing, ratio, cut=not self.rule.exact)
        self.piles.loss += total - self.quota - sum(moved.values())
        self.piles.votes[candidate] = Fraction(self.quota)
        self._write("surplus", candidate, moved=moved, ratio=number(ratio))

    def _exclude(self, candidate: int) -> None:
        self.continuing.discard(candidate)
        moved = self.piles.transfer(candidate, self.continuing)
        self.piles.votes[candidate] = Fraction(0)
        self._write("exclusion", candidate, moved=moved)

    def _pick(self, kind: str, tied: set[int], best: Callable[[Iterable[Fraction]], Fraction]) -> int:
        self.tie = None
        if len(tied) == 1:
            return tied.pop()
        self.tie = {"between": self._names(sorted(tied)), "narrowed": [], "lot": None}
        for stage, votes in reversed(list(enumerate(self.history[:-1], start=1))):
            wanted = best(votes[each] for each in tied)
            if any(votes[each] != wanted for each in tied):
                tied = {each for each in tied if votes[each] == wanted}
                self.tie["narrowed"].append({"stage": stage, "left": self._names(sorted(tied))})
            if len(tied) == 1:
                return tied.pop()
        return self._draw(kind, tied)

    def _draw(self, kind: str, tied: set[int]) -> int:
        label = f"{kind} stage {len(self.history) + 1}"
        name = self.lots.one(label, self._names(tied))
        if self.tie is not None:
            self.tie["lot"] = label
        return self.ballots.candidates.index(name)

    def _write(self, action: str, of: int | None, *, moved: dict[int, Fraction] | None = None, **more: Any) -> None:
        self.history.append(list(self.piles.votes))
        names, votes = self.ballots.candidates, self.piles.votes
        gone = (moved or {}).pop(-1, Fraction(0))
        transfers = {names[each]: number(amount) for each, amount in sorted((moved or {}).items())}
        told = {"action": action, "of": None if of is None else names[of], "transfers": transfers, **more}
        state = {"votes": {names[each]: number(votes[each]) for each in range(len(names))}}
        lost = {"non_transferable": number(self.piles.non_transferable), "loss": number(self.piles.loss)}
        self.sheet.stage(**told, exhausted=number(gone), **state, **lost, elected=[], last_vacancies=[], tie=self.tie)

    def _names(self, found: Iterable[int]) -> list[str]:
        return [self.ballots.candidates[each] for each in found]


def invariant(stage: dict[str, Any]) -> Fraction:
    """The sum of a stage's votes, non-transferable votes and truncation loss: always the number of valid ballots."""
    lost = Fraction(stage["non_transferable"]["exact"]) + Fraction(stage["loss"]["exact"])
    return sum((Fraction(each["exact"]) for each in stage["votes"].values()), lost)
