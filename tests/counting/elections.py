"""Random elections of every method and size, ties included, for comparing a count with its recount."""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from random import Random

from democracy.counting.allotment import AllotmentRule, Method, allot
from democracy.counting.analysis import decide_by_rankings
from democracy.counting.ballots import Ballots, Ranking
from democracy.counting.contra import ContraRule, Settling
from democracy.counting.lots import Lots, PhysicalLot
from democracy.counting.majority import MajorityRule, count_majority
from democracy.counting.plan import Plan
from democracy.counting.positional import PositionalRule, count_positional
from democracy.counting.protocol import Protocol
from democracy.counting.quota import Quota
from democracy.counting.relative import RelativeRule, count_relative
from democracy.counting.schulze import SchulzeRule, Strength, count_schulze
from democracy.counting.stv import StvRule, count_irv, count_stv
from democracy.counting.tally import Names, Tally
from democracy.counting.threshold import Base, Figures, Quorum, Rule, Threshold, Tie, decide

NAMES = ("Åsa Öberg", "Örjan Ek", "Maj-Lis Ström", "Per Älv", "Siv", "Noor Ali", "Ida", "Kim", "Li", "Bo")
Election = tuple[Protocol, Ballots | None, Ballots | None]
"""A count, its ballots, and those of its second ballot."""


def rankings(dice: Random, *, ties: bool = False, names: Sequence[str] = NAMES) -> Ballots:
    """A few or many ballots over some of the names, often with ties between candidates."""
    size = dice.randint(1, len(names))
    grouped: Counter[Ranking] = Counter()
    for _ in range(dice.choice([1, 2, 3, 5, 8, 20, 60])):
        order = dice.sample(range(size), dice.randint(1, size))
        places: list[tuple[int, ...]] = []
        for each in order:
            if ties and places and dice.random() < 0.3:
                places[-1] = tuple(sorted((*places[-1], each)))
            else:
                places.append((each,))
        grouped[tuple(places)] += dice.choice([1, 1, 2, 3, 10])
    return Ballots(tuple(names[:size]), grouped, dice.choice([0, 0, 4]), implicit=not ties or dice.random() < 0.8)


def lots(dice: Random) -> Lots:
    """Mostly a seed; sometimes nothing."""
    return Lots(dice.randbytes(32)) if dice.random() < 0.8 else Lots()


def quota(dice: Random, names: Sequence[str], seats: int) -> Quota | None:
    """Sometimes a quota."""
    if dice.random() < 0.6:
        return None
    groups = {name: dice.choice(["kvinna", "man"]) for name in names}
    return Quota({"kvinna": dice.randint(0, seats)}, groups, overrides_majority=dice.random() < 0.5)


def stv(dice: Random) -> Election:
    known = rankings(dice)
    return count_stv(known, StvRule(dice.randint(1, 6), exact=dice.random() < 0.5), lots(dice)), known, None


def irv(dice: Random) -> Election:
    known = rankings(dice)
    return count_irv(known, lots(dice)), known, None


def schulze(dice: Random) -> Election:
    known = rankings(dice, ties=True)
    return count_schulze(known, SchulzeRule(dice.choice(list(Strength))), lots(dice)), known, None


def positional(dice: Random) -> Election:
    known = rankings(dice)
    return count_positional(known, PositionalRule(dice.randint(1, 6)), lots(dice)), known, None


def majority(dice: Random) -> Election:
    known, seats = rankings(dice), dice.randint(1, 5)
    wanted = quota(dice, known.candidates, seats)
    names = dice.choice([Names.AT_MOST, Names.AT_MOST, Names.EXACTLY])
    rule = MajorityRule(
        seats,
        names,
        blank_counts=dice.random() < 0.5,
        quota=wanted,
        substitutes=dice.randint(0, seats),
        second_factor=dice.choice([2, 2, 1, 3]),
    )
    draws = lots(dice)
    first = count_majority(known, rule, draws)
    if first.pending is None or first.pending["kind"] != "second_ballot" or dice.random() < 0.2:
        return first, known, None
    second = rankings(dice, names=dice.sample(first.pending["candidates"], len(first.pending["candidates"])))
    return count_majority(known, rule, Lots(draws.seed), second=second), known, second


def relative(dice: Random) -> Election:
    known, seats = rankings(dice), dice.randint(1, 5)
    rule = RelativeRule(seats, substitutes=dice.randint(0, seats), quota=quota(dice, known.candidates, seats))
    if dice.random() < 0.3:
        votes = {name: dice.randint(0, 6) for name in known.candidates}
        return count_relative(Tally.figures(votes, 60, seats), rule, lots(dice)), None, None
    return count_relative(known, rule, lots(dice)), known, None


def threshold(dice: Random) -> Election:
    def figures() -> Figures:
        yes, no, blank, abstain = (dice.randint(0, 6) for _ in range(4))
        present = yes + no + blank + abstain + dice.randint(0, 4)
        return Figures(yes, no, blank, abstain, present, present + dice.randint(0, 5), dice.choice([None, "ja", "nej"]))

    def one() -> Threshold:
        share = dice.choice([(1, 2), (1, 2), (2, 3), (3, 4), (1, 1)])
        return Threshold(*share, strict=dice.random() < 0.6, base=dice.choice(list(Base)))

    half = dice.random() < 0.5
    tests = (Threshold(),) if half else tuple(one() for _ in range(dice.randint(1, 2)))
    floor = Quorum(1, dice.randint(1, 3), least=dice.randint(0, 4)) if dice.random() < 0.4 else None
    rule = Rule(tests, floor, dice.choice(list(Tie)), meetings=dice.randint(1, 2))
    return decide(rule, [figures()], lots(dice)), None, None


def contra(dice: Random) -> Election:
    known = rankings(dice, ties=True, names=NAMES[:6])
    order = dice.sample(known.candidates, len(known.candidates))
    level = dice.randrange(len(order) - 1) if len(order) > 1 and dice.random() < 0.2 else None
    plan = Plan.nested(order, level) if dice.random() < 0.5 else Plan.sequence(order[0], order[1:])
    qualified = Threshold(2, 3, strict=False) if dice.random() < 0.2 else None
    rule = ContraRule(Settling.LOT, dice.choice([Settling.LOT, Settling.MAIN_STANDS, Settling.DEFER]), qualified)
    return decide_by_rankings(plan, known, rule, lots(dice)), known, None


def allotment(dice: Random) -> Election:
    members = {
        name: dice.choice([0, dice.randint(0, 9), dice.randint(0, 400)]) for name in NAMES[: dice.randint(1, 10)]
    }
    members[NAMES[0]] += 1
    method = dice.choice(list(Method))
    brackets = ((5, 1), (100, 2), (None, 5))
    rule = AllotmentRule(
        method,
        minimum=dice.randint(0, 2),
        outside=dice.random() < 0.5,
        first=dice.choice([Fraction(1), Fraction(6, 5), Fraction(7, 5)]),
        per=dice.randint(1, 60),
        brackets=brackets,
    )
    return allot(members, None if rule.fixed else dice.randint(20, 60), rule, lots(dice)), None, None


METHODS = (stv, irv, schulze, positional, majority, relative, threshold, contra, allotment)


def by_hand(protocol: Protocol) -> dict[str, PhysicalLot]:
    """The first lot that a protocol waits for, as if the chair had drawn it."""
    if protocol.pending is None or protocol.pending["kind"] != "lot":
        return {}
    label, names = protocol.pending["label"], tuple(reversed(protocol.pending["between"]))
    return {label: PhysicalLot(label, names, "Maj Lind", ("Per Ek", "Siv Alm"))}
