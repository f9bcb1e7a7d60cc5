"""Short ways of writing ballots in tests."""

from collections import Counter
from random import Random

from democracy.counting.ballots import Ballots, Ranking


def ranking(text: str, names: str) -> Ranking:
    """`A>BC` reads: A first, then B and C side by side."""
    return tuple(tuple(names.index(name) for name in place) for place in text.split(">") if place)


def ballots(names: str, *lines: str, blank: int = 0, implicit: bool = True) -> Ballots:
    """`ballots("ABC", "5 A>B", "4 C")`: candidates with one-letter names, and how many cast each ballot."""
    rankings: Counter[Ranking] = Counter()
    for line in lines:
        number, _, text = line.partition(" ")
        rankings[ranking(text, names)] += int(number)
    return Ballots(tuple(names), rankings, blank=blank, implicit=implicit)


SEED = bytes(32)


def dice_of(seed: int) -> Random:
    """Chance that is the same in every run."""
    return Random(seed)  # noqa: S311 - elections for tests, no secret


def random_ballots(seed: int, *, candidates: int, number: int, steepness: float = 1.0, full: bool = True) -> Ballots:
    """So many rankings; `steepness` above 1 makes the first candidates the favourites. Not `full`: cut anywhere."""
    dice = dice_of(seed)
    weights = [steepness**-at for at in range(candidates)]
    rankings: Counter[Ranking] = Counter()
    for _ in range(number):
        order = sorted(range(candidates), key=lambda at: -(dice.random() ** (1 / weights[at])))
        kept = candidates if full else dice.randint(1, candidates)
        rankings[tuple((at,) for at in order[:kept])] += 1
    return Ballots(tuple(f"Kandidat {at + 1}" for at in range(candidates)), rankings)
