from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from democracy.counting.ballots import Ballots, Ranking
from democracy.counting.faults import CountError
from democracy.counting.lots import Lots, draw
from democracy.counting.protocol import Protocol
from democracy.counting.stv import StvRule, count_irv, count_stv, invariant
from tests.counting.build import SEED, ballots, random_ballots

EXAMPLE = ballots("ABCD", "5 A>B", "4 A>C", "4 B", "3 C", "3 D>C")


def votes(protocol: Protocol, stage: int) -> dict[str, str]:
    return {name: number["exact"] for name, number in protocol.stages[stage - 1]["votes"].items()}


def test_the_worked_example_is_counted_in_exact_fractions() -> None:
    protocol = count_stv(EXAMPLE, StvRule(2, exact=True))
    assert protocol.more["quota"] == 7
    assert votes(protocol, 1) == {"A": "9", "B": "4", "C": "3", "D": "3"}
    assert votes(protocol, 2) == {"A": "7", "B": "46/9", "C": "35/9", "D": "3"}
    assert votes(protocol, 3)["C"] == "62/9"
    assert [(stage["action"], stage["of"]) for stage in protocol.stages[2:]] == [("exclusion", "D"), ("exclusion", "B")]
    assert protocol.elected == ("A", "C")


def test_the_statute_cuts_each_papers_value_to_five_decimals() -> None:
    protocol = count_stv(EXAMPLE, StvRule(2))
    assert votes(protocol, 2)["B"] == str(4 + 5 * Fraction(22222, 10**5))
    assert protocol.stages[1]["loss"]["exact"] == str(2 - 9 * Fraction(22222, 10**5))
    assert protocol.elected == ("A", "C")


def test_one_seat_is_instant_runoff() -> None:
    protocol = count_irv(ballots("ABC", "4 A>B", "3 B>C", "2 C>B"))
    assert protocol.elected == ("B",)
    assert protocol.method == "irv"


def test_an_exact_quota_leaves_no_surplus_to_transfer() -> None:
    protocol = count_stv(ballots("ABC", "4 A>B", "3 B", "2 C"), StvRule(2))
    assert protocol.more["quota"] == 4
    assert [stage["action"] for stage in protocol.stages] == ["first_preferences", "exclusion"]
    assert protocol.elected == ("A", "B")


def test_of_several_over_the_quota_the_largest_surplus_goes_first_and_none_goes_to_an_elected() -> None:
    protocol = count_stv(ballots("ABCD", "9 A>B>C", "7 B>A>D", "2 C", "2 D"), StvRule(3, exact=True))
    assert protocol.more["quota"] == 6
    assert protocol.stages[0]["elected"] == ["A", "B"]
    surpluses = [(stage["of"], set(stage["transfers"])) for stage in protocol.stages if stage["action"] == "surplus"]
    assert surpluses == [("A", {"C"}), ("B", {"D"})]


def test_papers_without_a_further_preference_are_non_transferable() -> None:
    protocol = count_stv(ballots("ABCD", "8 A", "3 B", "2 C", "1 D"), StvRule(2))
    assert protocol.stages[1]["non_transferable"]["exact"] == "3"
    assert protocol.elected == ("A", "B")


def test_no_more_candidates_than_seats_are_all_elected() -> None:
    protocol = count_stv(ballots("ABC", "8 A", "1 B"), StvRule(5))
    assert set(protocol.elected) == {"A", "B", "C"}
    assert protocol.notes == ("seats_left_vacant",)


def test_without_a_valid_ballot_nobody_is_elected() -> None:
    protocol = count_stv(Ballots(("A", "B"), {}, blank=4), StvRule(1))
    assert protocol.elected == ()
    assert protocol.notes == ("no_valid_ballots",)


def test_a_tie_for_exclusion_looks_back_to_the_stage_where_the_tied_differed() -> None:
    protocol = count_irv(ballots("ABCD", "8 A", "5 B>C", "4 C>B", "1 D>C", "2 D>A"))
    assert protocol.stages[2]["of"] == "C"
    assert protocol.stages[2]["tie"] == {"between": ["B", "C"], "narrowed": [{"stage": 1, "left": ["C"]}], "lot": None}
    assert protocol.lots == ()


def test_a_tie_without_a_difference_waits_for_a_lot() -> None:
    protocol = count_irv(ballots("ABC", "5 A", "3 B>A", "3 C>A"))
    assert protocol.pending == {"kind": "lot", "label": "exclusion stage 2", "between": ["B", "C"]}
    assert protocol.elected == ()
    assert len(protocol.stages) == 1


def test_the_lot_for_an_exclusion_falls_on_the_one_who_goes() -> None:
    protocol = count_irv(ballots("ABC", "5 A", "3 B>A", "3 C>A"), Lots(SEED))
    first = draw(SEED, "exclusion stage 2", "BC")[0]
    assert protocol.stages[1]["of"] == first
    assert protocol.stages[1]["tie"] == {"between": ["B", "C"], "narrowed": [], "lot": "exclusion stage 2"}
    assert protocol.elected == ("A",)


def test_candidates_without_votes_go_out_one_at_a_time() -> None:
    protocol = count_irv(ballots("ABCD", "5 A", "4 B"), Lots(SEED))
    assert protocol.elected == ("A",)
    assert len(protocol.stages) == 1


def test_tied_ranks_are_refused() -> None:
    with pytest.raises(CountError, match="tied_rank"):
        count_irv(ballots("ABC", "5 A>BC"))


def test_no_seats_is_no_election() -> None:
    with pytest.raises(CountError, match="seats"):
        StvRule(0)


def test_exact_fractions_that_outgrow_any_protocol_are_refused_openly() -> None:
    known = random_ballots(2, candidates=80, number=1200, steepness=1.2)
    with pytest.raises(CountError, match="fraction_too_long"):
        count_stv(known, StvRule(50, exact=True), Lots(SEED))
    assert len(count_stv(known, StvRule(50), Lots(SEED)).elected) == 50


@st.composite
def elections(draw: st.DrawFn, most: int = 8) -> tuple[Ballots, int]:
    names = "ABCDEFGH"[: draw(st.integers(1, most))]
    orders = st.permutations(names).flatmap(lambda order: st.integers(1, len(order)).map(lambda n: order[:n]))
    lines = draw(st.lists(st.tuples(st.integers(1, 12), orders), max_size=14))
    rankings = Counter[tuple[tuple[int, ...], ...]]()
    for number, order in lines:
        rankings[tuple((names.index(name),) for name in order)] += number
    return Ballots(tuple(names), rankings), draw(st.integers(1, most))


@given(elections(), st.booleans())
def test_the_sum_is_kept_at_every_stage(election: tuple[Ballots, int], exact: bool) -> None:
    known, seats = election
    protocol = count_stv(known, StvRule(seats, exact=exact), Lots(SEED))
    assert all(invariant(dict(stage)) == known.number for stage in protocol.stages)
    assert all(Fraction(stage["loss"]["exact"]) == 0 for stage in protocol.stages if exact)
    assert len(set(protocol.elected)) == len(protocol.elected) <= seats


@given(elections())
def test_whoever_reaches_the_quota_is_elected_and_stays_so(election: tuple[Ballots, int]) -> None:
    known, seats = election
    protocol = count_stv(known, StvRule(seats), Lots(SEED))
    for stage in protocol.stages:
        over = {name for name, number in stage["votes"].items() if Fraction(number["exact"]) >= protocol.more["quota"]}
        assert over <= set(protocol.elected)


@settings(max_examples=200)
@given(elections(), st.randoms(use_true_random=False))
def test_relabelling_candidates_changes_nothing_but_lots(election: tuple[Ballots, int], dice: object) -> None:
    known, seats = election
    moved = list(range(len(known.candidates)))
    dice.shuffle(moved)  # type: ignore[attr-defined]
    names = tuple(known.candidates[moved.index(at)] for at in range(len(moved)))
    flat = known.strict().items()
    rankings: dict[Ranking, int] = {tuple((moved[each],) for each in order): number for order, number in flat}
    before = count_stv(known, StvRule(seats, exact=True))
    after = count_stv(Ballots(names, rankings), StvRule(seats, exact=True))
    assert before.pending == after.pending
    assert [dict(stage["votes"]) for stage in before.stages] == [dict(stage["votes"]) for stage in after.stages]
    assert set(before.elected) == set(after.elected)
