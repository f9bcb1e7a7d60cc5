"""Contra-proposition (kontrapropositionsvotering): which of several rival proposals a meeting decides on.

The counter-proposal is voted out first, the innermost pair first, and then meets the main proposal. Abstentions are
recorded and never count. N proposals take at most N−1 votes.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from democracy.counting.faults import CountError
from democracy.counting.lots import Lots
from democracy.counting.plan import Plan, Side
from democracy.counting.protocol import Protocol, Sheet
from democracy.counting.threshold import YES, Figures, Threshold


class Settling(StrEnum):
    """How a tie is settled. `main_stands` and `defer` are for the main vote only."""

    LOT = "lot"
    CASTING = "casting"
    DEFER = "defer"
    MAIN_STANDS = "main_stands"


@dataclass(frozen=True, slots=True)
class ContraRule:
    """Ties in preparatory votes and in the main vote, and a qualified majority if the matter needs one.

    With `qualified`, rivals are sorted by simple majority and the survivor meets `unchanged` under that threshold.
    """

    preparatory: Settling = Settling.LOT
    final: Settling = Settling.LOT
    qualified: Threshold | None = None
    unchanged: str = "oförändrat"
    paragraph: str = ""

    def __post_init__(self) -> None:
        if self.preparatory not in {Settling.LOT, Settling.CASTING}:
            raise CountError("preparatory_tie", rule=str(self.preparatory))

    def data(self) -> dict[str, Any]:
        """As a protocol writes it."""
        qualified = None if self.qualified is None else self.qualified.data()
        ties = {"preparatory": str(self.preparatory), "final": str(self.final)}
        return {**ties, "qualified": qualified, "unchanged": self.unchanged, "paragraph": self.paragraph}


@dataclass(frozen=True, slots=True)
class Vote:
    """A vote that was taken: what ja and nej meant, and the figures."""

    yes: str
    no: str
    figures: Figures

    def data(self) -> dict[str, Any]:
        """As a protocol writes it."""
        return {"yes": self.yes, "no": self.no, "figures": self.figures.data()}


class _StopError(Exception):
    """Something is still missing, or the matter is deferred."""


@dataclass(slots=True)
class _Chain:
    plan: Plan
    votes: Mapping[tuple[str, str], Vote]
    rule: ContraRule
    withdrawn: Collection[str]
    sheet: Sheet
    used: list[tuple[str, str]] = field(default_factory=list)
    outcome: str | None = None

    def run(self) -> str | None:
        self._questions()
        self._acclaimed_again()
        winner = self._rounds()
        if winner is not None and self.rule.qualified is not None:
            winner = self._qualified(winner)
        return winner

    def _questions(self) -> None:
        if self.plan.form != "nested":
            return
        levels = len(self.plan.order) - 1 if self.plan.acclaimed is None else self.plan.acclaimed + 1
        for level in range(max(levels, 1)):
            put = list(self.plan.order[level:])
            divided = len(put) > 1 and self.plan.acclaimed != level
            self.sheet.stage(kind="question", put=put, named=put[0], division=divided)

    def _acclaimed_again(self) -> None:
        level = self.plan.acclaimed
        left = [name for name in self.plan.order[level or 0 :] if name not in self.withdrawn]
        if level is not None and self.plan.order[level] in self.withdrawn and left:
            self.sheet.pending = {"kind": "question", "put": left}
            raise _StopError

    def _rounds(self) -> str | None:
        alive = [name for name in self._put() if name not in self.withdrawn]
        if not self.plan.pairs:
            return alive[0] if alive else None
        winners: list[str | None] = []
        for at, pair in enumerate(self.plan.pairs):
            main = at == len(self.plan.pairs) - 1
            winners.append(self._meet(self._side(pair.yes, winners), self._side(pair.no, winners), main=main))
        return winners[-1]

    def _put(self) -> tuple[str, ...]:
        level = self.plan.acclaimed
        return self.plan.order if level is None else self.plan.order[: level + 1]

    def _side(self, side: Side, winners: Sequence[str | None]) -> str | None:
        name = side if isinstance(side, str) else winners[side - 1]
        return None if name in self.withdrawn else name

    def _meet(self, yes: str | None, no: str | None, *, main: bool) -> str | None:
        if yes is None or no is None:
            left = yes if no is None else no
            self.sheet.stage(kind="withdrawn", winner=left)
            return left
        vote = self._taken(yes, no, "main" if main else "preparatory")
        stage = self.sheet.stage(kind="main" if main else "preparatory", **vote.data(), tie=None, winner=None)
        figures = vote.figures
        winner = yes if figures.yes > figures.no else no if figures.no > figures.yes else self._tie(vote, stage, main)
        stage["winner"] = winner
        return winner

    def _taken(self, yes: str, no: str, role: str) -> Vote:
        vote = self.votes.get((yes, no))
        if vote is None:
            self.sheet.pending = {"kind": "vote", "role": role, "yes": yes, "no": no}
            raise _StopError
        self.used.append((yes, no))
        return vote

    def _tie(self, vote: Vote, stage: dict[str, Any], main: bool) -> str:
        settling = self.rule.final if main else self.rule.preparatory
        stage["tie"] = str(settling)
        if settling is Settling.MAIN_STANDS:
            return vote.yes
        if settling is Settling.DEFER:
            self.outcome = "deferred"
            raise _StopError
        if settling is Settling.LOT:
            return self.sheet.lots.one(f"vote {stage['stage']}", (vote.yes, vote.no))
        if vote.figures.casting is None:
            self.sheet.pending = {"kind": "casting_vote", "between": [vote.yes, vote.no]}
            raise _StopError
        return vote.yes if vote.figures.casting == YES else vote.no

    def _qualified(self, winner: str) -> str:
        threshold = self.rule.qualified or Threshold()
        vote = self._taken(winner, self.rule.unchanged, "qualified")
        test = threshold.test(vote.figures)
        survivor = winner if test["holds"] else self.rule.unchanged
        self.sheet.stage(kind="qualified", **vote.data(), test=test, winner=survivor)
        return survivor


def decide_rivals(
    plan: Plan,
    votes: Sequence[Vote],
    rule: ContraRule | None = None,
    lots: Lots | None = None,
    *,
    withdrawn: Sequence[str] = (),
) -> Protocol:
    """Follow an approved plan through the votes taken so far.

    `pending` names the next vote while one is missing. A proposal withdrawn in mid-chain leaves its place to the one
    it would have met; votes it took part in are listed as annulled. Raises CountError `vote_not_in_plan` for a vote
    that the plan never comes to.
    """
    rule = rule or ContraRule()
    taken = {(vote.yes, vote.no): vote for vote in votes}
    if len(taken) != len(votes) or not set(withdrawn) <= set(plan.order):
        raise CountError("vote_twice" if len(taken) != len(votes) else "withdrawn_unknown")
    sheet = Sheet(lots or Lots())
    chain = _Chain(plan, taken, rule, frozenset(withdrawn), sheet)
    winner = _run(chain)
    annulled = _annulled(taken, chain, withdrawn)
    sheet.elected = [] if winner is None else [winner]
    figures = {"plan": plan.data(), "votes": [each.data() for each in votes], "withdrawn": list(withdrawn)}
    more = {"annulled": [list(each) for each in annulled]}
    return sheet.protocol("contra", rule.data(), plan.order, seats=1, figures=figures, outcome=chain.outcome, more=more)


def _run(chain: _Chain) -> str | None:
    winner = None
    with chain.sheet.counting():
        try:
            winner = chain.run()
        except _StopError:
            return None
        if winner is None:
            chain.outcome = "all_withdrawn"
    return winner


def _annulled(
    taken: Mapping[tuple[str, str], Vote], chain: _Chain, withdrawn: Collection[str]
) -> list[tuple[str, str]]:
    left = [pair for pair in taken if pair not in chain.used]
    if left and not withdrawn:
        raise CountError("vote_not_in_plan", yes=left[0][0], no=left[0][1])
    return left
