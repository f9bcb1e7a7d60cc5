"""Elections shaped like real ones: parties' candidates ranked together, most ballots short, a few favourites."""

from collections import Counter
from random import Random

from democracy.counting.ballots import Ballots, Ranking
from tests.counting.build import dice_of


def shaped(seed: int) -> tuple[Ballots, int]:
    """Ballots for 5 to 13 candidates of a few parties, and 2 to 7 seats."""
    dice = dice_of(seed)
    candidates, seats = dice.randint(5, 13), dice.randint(2, 7)
    parties: list[list[int]] = []
    while sum(map(len, parties)) < candidates:
        first = sum(map(len, parties))
        parties.append(list(range(first, min(candidates, first + dice.randint(1, 3)))))
    weights = [dice.random() ** 2 + 0.02 for _ in parties]
    rankings: Counter[Ranking] = Counter()
    for _ in range(dice.choice([20, 40, 80, 200, 1000])):
        rankings[tuple((each,) for each in _ballot(dice, parties, weights))] += 1
    return Ballots(tuple(str(at) for at in range(candidates)), rankings), min(seats, candidates - 1)


def _ballot(dice: Random, parties: list[list[int]], weights: list[float]) -> list[int]:
    order = sorted(range(len(parties)), key=lambda at: -(dice.random() ** (1 / weights[at])))
    named: list[int] = []
    for at in order[: dice.choice([1, 1, 1, 2, 2, 3, len(parties)])]:
        party = parties[at][:]
        if dice.random() < 0.3:
            dice.shuffle(party)
        named += party[: dice.choice([1, len(party), len(party)])]
    return named
