"""Our counting against other people's. Where they differ, docs/counting-oracles.md says why.

Run by `make test-long`, which installs the group `oracles`.
"""

import importlib
import random
import warnings
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pytest

from democracy.counting.allotment import AllotmentRule, Method, allot
from democracy.counting.ballots import Ballots
from democracy.counting.protocol import Protocol
from democracy.counting.schulze import SchulzeRule, Strength, count_schulze
from democracy.counting.stv import StvRule, count_irv, count_stv
from tests.counting.build import dice_of, random_ballots
from tests.counting.elections import rankings
from tests.counting.shaped import shaped

pytestmark = [pytest.mark.long, pytest.mark.filterwarnings("ignore")]
SHAPED, RANDOM = 1200, 400


def library(name: str) -> Any:
    """A library of the group, or skip with the reason."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return importlib.import_module(name)
        except ImportError:
            pytest.skip(f"{name} is not installed: uv sync --group oracles")


def elections() -> Iterator[tuple[Ballots, int]]:
    """Elections shaped like real ones, then wholly random ones."""
    yield from (shaped(seed) for seed in range(SHAPED))
    for seed in range(RANDOM):
        candidates = 3 + seed % 7
        yield (
            random_ballots(seed, candidates=candidates, number=30 + seed * 3, steepness=1.2),
            1 + seed % (candidates - 1),
        )


def without_lots(exact: bool) -> Iterator[tuple[Ballots, int, Protocol]]:
    """The elections that no lot has to settle: the others' lots are their own."""
    for known, seats in elections():
        protocol = count_stv(known, StvRule(seats, exact=exact))
        if protocol.settled:
            yield known, seats, protocol


def several_at_once(protocol: Protocol) -> bool:
    """Whether two or more were elected at one stage: where the others' order of transfers is another."""
    return any(len(stage["elected"]) > 1 for stage in protocol.stages)


def winners(protocol: Protocol) -> set[int]:
    return {protocol.candidates.index(name) for name in protocol.elected}


def test_pref_voting_elects_the_same_by_the_scottish_rules() -> None:
    count = library("pref_voting.proportional_methods").stv_scottish
    profile = library("pref_voting.profiles_with_ties").ProfileWithTies
    compared = 0
    for known, seats, protocol in without_lots(exact=False):
        flat = known.strict()
        ranks = [{each: at for at, each in enumerate(order)} for order in flat]
        everyone = list(range(len(known.candidates)))
        theirs = count(profile(ranks, list(flat.values()), candidates=everyone), num_seats=seats, rng=random)
        assert set(theirs) == winners(protocol)
        compared += 1
    assert compared > 900


def test_stvpoll_elects_the_same_unless_several_reach_the_quota_at_once() -> None:
    count = library("stvpoll.scottish_stv").calculate_scottish_stv
    same: Counter[bool] = Counter()
    for known, seats, protocol in without_lots(exact=False):
        theirs = count(tuple(range(len(known.candidates))), known.strict(), seats)
        agrees = set(theirs.elected_as_set()) == winners(protocol)
        assert agrees or several_at_once(protocol)
        same[agrees] += 1
    assert same[True] > 900
    assert 0 < same[False] < 0.05 * same[True]


def test_votelib_elects_the_same_in_exact_fractions_unless_several_reach_the_quota_at_once() -> None:
    module, errors = library("votelib.evaluate.sequential"), library("votelib.evaluate.core")
    count = module.TransferableVoteSelector(
        transferer="Gregory", quota_function=lambda valid, seats: valid // (seats + 1) + 1
    )
    found: Counter[str] = Counter()
    for known, seats, protocol in without_lots(exact=True):
        try:
            agrees = set(count.evaluate(known.strict(), seats)) == winners(protocol)
        except (NotImplementedError, errors.VotingSystemError):
            found["gave up"] += 1
            continue
        assert agrees or several_at_once(protocol)
        found["same" if agrees else "other"] += 1
    assert found["same"] > 600
    assert found["other"] < 0.02 * found["same"]


def test_pyrankvote_elects_the_same_by_instant_runoff() -> None:
    library_ = library("pyrankvote")
    compared = 0
    for known, _ in elections():
        protocol = count_irv(known)
        if not protocol.settled or any(stage["tie"] for stage in protocol.stages):
            continue
        people = [library_.Candidate(name) for name in known.candidates]
        papers = [
            library_.Ballot(ranked_candidates=[people[each] for each in order])
            for order, number in known.strict().items()
            for _ in range(number)
        ]
        theirs = library_.instant_runoff_voting(people, papers).get_winners()
        assert [each.name for each in theirs] == list(protocol.elected)
        compared += 1
        if compared == 300:
            return


def _pairs(known: Ballots) -> dict[tuple[str, str], int]:
    table = count_schulze(known).stages[0]["table"]
    return {(a, b): number for a, row in table.items() for b, number in row.items()}


def test_votelib_finds_the_same_schulze_paths() -> None:
    schulze = library("votelib.evaluate.condorcet").Schulze
    for seed in range(400):
        known = rankings(dice_of(seed), ties=True)
        theirs = schulze.widest_paths(_pairs(known))
        for a, row in count_schulze(known).stages[1]["table"].items():
            assert all(theirs.get((a, b), 0) == strength for b, strength in row.items())


@pytest.mark.parametrize("strength", Strength)
def test_pref_voting_finds_the_same_schulze_winners(strength: Strength) -> None:
    beat_path = library("pref_voting.margin_based_methods").beat_path
    profile = library("pref_voting.profiles_with_ties").ProfileWithTies
    compared = 0
    for seed in range(400):
        known = rankings(dice_of(seed), ties=True)
        if not known.implicit:
            continue
        ranks = [{each: at for at, place in enumerate(order) for each in place} for order in known.rankings]
        theirs = profile(ranks, list(known.rankings.values()), candidates=list(range(len(known.candidates))))
        theirs.use_extended_strict_preference()
        power = theirs.support if strength is Strength.WINNING_VOTES else theirs.margin
        found = beat_path(theirs, strength_function=power)
        ours = count_schulze(known, SchulzeRule(strength)).stages[2]["winners"]
        assert [known.candidates[each] for each in sorted(found)] == ours
        compared += 1
    assert compared > 300


def registers() -> Iterator[tuple[dict[str, int], int]]:
    for seed in range(600):
        dice = dice_of(seed)
        members = {f"Förening {at}": dice.randint(1, 900) for at in range(dice.randint(2, 12))}
        yield members, dice.randint(len(members), 60)


DIVISORS = {
    "dhondt": AllotmentRule(Method.DHONDT),
    "sainte-lague": AllotmentRule(first=Fraction(1)),
    "adjusted": AllotmentRule(),
    "adjusted with a minimum": AllotmentRule(minimum=1),
}


@pytest.mark.parametrize("name", DIVISORS)
def test_votelib_gives_the_same_seats_by_divisors(name: str) -> None:
    module, rule = library("votelib.evaluate.proportional"), DIVISORS[name]
    compared = 0
    for members, seats in registers():
        protocol = allot(members, seats, rule)
        if not protocol.settled:
            continue
        before = dict.fromkeys(members, rule.minimum) if rule.minimum else {}
        theirs = module.HighestAverages(rule.divisor).evaluate(members, seats, prev_gains=before)
        assert {unit: before.get(unit, 0) + theirs.get(unit, 0) for unit in members} == protocol.more["allotted"]
        compared += 1
    assert compared > 500


@pytest.mark.parametrize(
    ("theirs", "rule"),
    [
        ("dhondt", AllotmentRule(Method.DHONDT)),
        ("saintelague", AllotmentRule(first=Fraction(1))),
        ("hamilton", AllotmentRule(Method.LARGEST_REMAINDER)),
    ],
)
def test_apportionment_gives_the_same_seats(theirs: str, rule: AllotmentRule) -> None:
    compute = library("apportionment.methods").compute
    compared = 0
    for members, seats in registers():
        protocol = allot(members, seats, rule)
        if protocol.settled:
            found = compute(theirs, list(members.values()), seats, verbose=False)
            assert list(found) == list(protocol.more["allotted"].values())
            compared += 1
    assert compared > 500
