from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from democracy.counting.ballots import Ballots
from democracy.counting.lots import Lots
from democracy.counting.schulze import SchulzeRule, Strength, count_schulze
from tests.counting.build import SEED, ballots

# The example of Schulze's own paper, where E wins.
PAPER = ballots(
    "ABCDE",
    "5 A>C>B>E>D",
    "5 A>D>E>C>B",
    "8 B>E>D>A>C",
    "3 C>A>B>E>D",
    "7 C>A>E>B>D",
    "2 C>B>A>D>E",
    "7 D>C>E>B>A",
    "8 E>B>A>D>C",
)


def test_the_papers_own_example_elects_e() -> None:
    protocol = count_schulze(PAPER)
    assert protocol.elected == ("E",)
    assert protocol.stages[1]["table"]["E"] == {"A": 25, "B": 28, "C": 28, "D": 31}
    assert protocol.stages[2]["condorcet"] is None


def test_winning_votes_and_margins_may_differ() -> None:
    known = ballots("ABC", "6 A>B>C", "5 B>C>A", "3 C>A>B", "1 C", "4 BC>A", "2 A>C>B")
    by_votes = count_schulze(known).stages[1]["table"]
    by_margins = count_schulze(known, SchulzeRule(Strength.MARGINS)).stages[1]["table"]
    assert by_votes != by_margins


def test_a_tie_is_reported_and_waits_for_a_lot() -> None:
    known = ballots("ABC", "5 A>C>B", "5 B>C>A")
    protocol = count_schulze(known)
    assert protocol.stages[2]["winners"] == ["A", "B", "C"]
    assert protocol.pending == {"kind": "lot", "label": "winner", "between": ["A", "B", "C"]}
    assert count_schulze(known, lots=Lots(SEED)).elected[0] in "ABC"


def test_without_a_ballot_nobody_wins() -> None:
    assert count_schulze(Ballots(("A", "B"), {})).elected == ()


@pytest.mark.parametrize(("implicit", "against"), [(True, 5), (False, 0)])
def test_those_not_ranked_stand_last_unless_the_file_says_otherwise(implicit: bool, against: int) -> None:
    protocol = count_schulze(ballots("ABC", "5 A>B", implicit=implicit), lots=Lots(SEED))
    assert protocol.stages[0]["table"]["A"]["C"] == against


@st.composite
def weak_orders(draw: st.DrawFn) -> Ballots:
    names = "ABCDE"[: draw(st.integers(1, 5))]
    rankings = Counter[tuple[tuple[int, ...], ...]]()
    for _ in range(draw(st.integers(1, 8))):
        ranks = draw(st.lists(st.integers(0, 4), min_size=len(names), max_size=len(names)))
        places = (tuple(at for at, rank in enumerate(ranks) if rank == level) for level in range(4))
        ranking = tuple(place for place in places if place)
        if ranking:
            rankings[ranking] += draw(st.integers(1, 9))
    return Ballots(tuple(names), rankings)


@given(weak_orders(), st.sampled_from(Strength))
def test_a_condorcet_winner_always_wins(known: Ballots, strength: Strength) -> None:
    protocol = count_schulze(known, SchulzeRule(strength))
    winner = protocol.stages[2]["condorcet"]
    assert winner is None or not known.number or protocol.elected == (winner,)


@given(weak_orders(), st.sampled_from(Strength))
def test_there_is_always_a_winner_or_a_tie_of_winners(known: Ballots, strength: Strength) -> None:
    winners = count_schulze(known, SchulzeRule(strength)).stages[2]["winners"]
    assert bool(winners) == bool(known.number)
