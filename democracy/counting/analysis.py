"""What the order of questions decides: every main proposal and every order, tried on known rankings."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from democracy.counting.ballots import Ballots
from democracy.counting.contra import ContraRule, Vote, decide_rivals
from democracy.counting.faults import CountError
from democracy.counting.lots import Lots
from democracy.counting.pairwise import pairwise
from democracy.counting.plan import Plan
from democracy.counting.protocol import Protocol
from democracy.counting.threshold import Figures

MOST = 10


@dataclass(frozen=True, slots=True)
class Orders:
    """For each main proposal, the winners that some order of votes leads to, each with one such order (outside in).

    A tie counts as able to go either way.
    """

    by_main: Mapping[str, Mapping[str, tuple[str, ...]]]

    @property
    def winners(self) -> tuple[str, ...]:
        """Everyone who can win."""
        return tuple(sorted({winner for found in self.by_main.values() for winner in found}))

    @property
    def main_decides(self) -> bool:
        """Whether the choice of main proposal changes who can win."""
        return len({frozenset(found) for found in self.by_main.values()}) > 1

    @property
    def order_decides(self) -> bool:
        """Whether, under some main proposal, the order of the other questions changes who can win."""
        return any(len(found) > 1 for found in self.by_main.values())

    def data(self) -> dict[str, Any]:
        """As a protocol writes it."""
        table = {
            main: {winner: list(order) for winner, order in sorted(found.items())}
            for main, found in self.by_main.items()
        }
        decides = {"main_decides": self.main_decides, "order_decides": self.order_decides}
        return {"by_main": table, "winners": list(self.winners), **decides}


def analyse(ballots: Ballots) -> Orders:
    """Try every main proposal and every order. Raises CountError `too_many_proposals` beyond ten."""
    names = ballots.candidates
    if len(names) > MOST:
        raise CountError("too_many_proposals", number=len(names), most=MOST)
    tree = _Tree(pairwise(ballots))
    everyone = frozenset(range(len(names)))
    by_main = {}
    for main in sorted(everyone):
        found = tree.named(main, everyone - {main})
        by_main[names[main]] = {names[w]: tuple(names[each] for each in order) for w, order in found.items()}
    return Orders(by_main)


@dataclass(slots=True)
class _Tree:
    """Every chain of votes, built from the innermost pair outwards; each set of rivals is worked out once."""

    counts: list[list[int]]
    known: dict[frozenset[int], dict[int, tuple[int, ...]]] = field(default_factory=dict)

    def named(self, named: int, rest: frozenset[int]) -> dict[int, tuple[int, ...]]:
        """Who can win when `named` meets whoever comes out of the rest, each with an order that leads there."""
        if not rest:
            return {named: (named,)}
        found: dict[int, tuple[int, ...]] = {}
        for other, order in self.select(rest).items():
            for winner in self.meet(named, other):
                found.setdefault(winner, (named, *order))
        return found

    def select(self, left: frozenset[int]) -> dict[int, tuple[int, ...]]:
        if left not in self.known:
            found: dict[int, tuple[int, ...]] = {}
            for named in sorted(left):
                found = self.named(named, left - {named}) | found
            self.known[left] = found
        return self.known[left]

    def meet(self, yes: int, no: int) -> tuple[int, ...]:
        difference = self.counts[yes][no] - self.counts[no][yes]
        return (yes,) if difference > 0 else (no,) if difference < 0 else (yes, no)


def decide_by_rankings(
    plan: Plan, ballots: Ballots, rule: ContraRule | None = None, lots: Lots | None = None
) -> Protocol:
    """Take every vote of the plan from known rankings; who ranks neither, or both alike, abstains."""
    rule = rule or ContraRule()
    votes: list[Vote] = []
    while True:
        fresh = Lots(lots.seed, lots.physical, lots.evidence) if lots else None
        protocol = decide_rivals(plan, votes, rule, fresh)
        pending: Mapping[str, Any] = protocol.pending or {}
        if pending.get("kind") != "vote" or pending["no"] not in ballots.candidates:
            return replace(protocol, ballots=ballots.summary())
        votes.append(_vote(ballots, pending["yes"], pending["no"]))


def _vote(ballots: Ballots, yes: str, no: str) -> Vote:
    counts = pairwise(ballots)
    a, b = ballots.candidates.index(yes), ballots.candidates.index(no)
    abstain = ballots.number + ballots.blank - counts[a][b] - counts[b][a]
    return Vote(yes, no, Figures(counts[a][b], counts[b][a], abstain=abstain))
