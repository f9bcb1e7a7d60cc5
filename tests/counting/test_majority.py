import pytest

from democracy.counting.ballots import Ballots
from democracy.counting.faults import CountError
from democracy.counting.lots import Lots
from democracy.counting.majority import MajorityRule, count_majority
from democracy.counting.quota import Quota
from democracy.counting.tally import Names, Tally
from tests.counting.build import SEED, ballots

FIRST = Tally.figures({"A": 80, "B": 61, "C": 51, "D": 50, "E": 40, "F": 30}, 100, 4)


def test_three_of_four_pass_the_line_and_the_rest_meet_in_a_second_ballot() -> None:
    protocol = count_majority(FIRST, MajorityRule(4))
    assert protocol.stages[0]["threshold"] == 51
    assert protocol.elected == ("A", "B", "C")
    assert protocol.pending == {"kind": "second_ballot", "candidates": ["D", "E"], "seats": 1}


def test_the_second_ballot_is_won_by_the_most_votes() -> None:
    second = Tally.figures({"D": 40, "E": 45}, 90, 1)
    protocol = count_majority(FIRST, MajorityRule(4), second=second)
    assert protocol.elected == ("A", "B", "C", "E")
    assert protocol.settled


@pytest.mark.parametrize(("votes", "elected"), [(25, ()), (26, ("A",))])
def test_half_is_not_a_majority(votes: int, elected: tuple[str, ...]) -> None:
    protocol = count_majority(Tally.figures({"A": votes, "B": 50 - votes}, 50, 1), MajorityRule(1))
    assert protocol.elected == elected


def test_more_than_the_seats_may_pass_the_line_and_the_top_are_elected() -> None:
    known = ballots("ABC", "4 A>B", "3 A>C", "3 B>C")
    protocol = count_majority(known, MajorityRule(2))
    assert protocol.stages[0]["votes"] == {"A": 7, "B": 7, "C": 6}
    assert protocol.elected == ("A", "B")


def test_a_tie_at_the_last_place_over_the_line_waits_for_a_lot() -> None:
    known = ballots("ABC", "3 A>B", "3 A>C", "3 B>C")
    assert count_majority(known, MajorityRule(2)).pending == {
        "kind": "lot",
        "label": "first ballot",
        "between": ["A", "B", "C"],
    }
    protocol = count_majority(known, MajorityRule(2), Lots(SEED))
    assert len(protocol.elected) == 2
    assert protocol.stages[0]["tie"]["lot"] == "first ballot"


def test_a_tie_at_the_cut_for_the_second_ballot_waits_for_a_lot() -> None:
    tally = Tally.figures({"A": 30, "B": 20, "C": 20, "D": 20}, 90, 1)
    pending = count_majority(tally, MajorityRule(1)).pending
    assert pending == {"kind": "lot", "label": "second ballot", "between": ["B", "C", "D"]}
    drawn = count_majority(tally, MajorityRule(1), Lots(SEED)).pending
    assert drawn is not None
    assert drawn["kind"] == "second_ballot"
    assert len(drawn["candidates"]) == 2


def test_a_tie_in_the_second_ballot_goes_by_lot() -> None:
    second = Tally.figures({"D": 45, "E": 45}, 90, 1)
    assert count_majority(FIRST, MajorityRule(4), second=second).pending is not None
    assert len(count_majority(FIRST, MajorityRule(4), Lots(SEED), second=second).elected) == 4


@pytest.mark.parametrize(("blank_counts", "threshold"), [(False, 6), (True, 11)])
def test_whether_a_blank_ballot_is_approved_is_a_setting(blank_counts: bool, threshold: int) -> None:
    protocol = count_majority(ballots("AB", "10 A", blank=10), MajorityRule(1, blank_counts=blank_counts))
    assert protocol.stages[0]["threshold"] == threshold
    assert protocol.elected == (() if blank_counts else ("A",))


def test_a_ballot_with_too_many_names_is_set_aside_and_counted_as_such() -> None:
    protocol = count_majority(ballots("ABC", "5 A>B>C", "3 A"), MajorityRule(2))
    assert protocol.ballots is not None
    assert protocol.ballots["set_aside"] == {"too_many_names": 5}
    assert protocol.ballots["valid"] == 3
    assert protocol.ballots["cast"] == 8
    assert protocol.stages[0]["votes"] == {"A": 3, "B": 0, "C": 0}


def test_where_exactly_n_names_are_asked_for_fewer_are_set_aside() -> None:
    protocol = count_majority(ballots("ABC", "5 A>B", "3 A"), MajorityRule(2, names=Names.EXACTLY))
    assert protocol.ballots is not None
    assert protocol.ballots["set_aside"] == {"too_few_names": 3}


def test_a_second_ballot_for_somebody_who_is_not_in_it_is_set_aside() -> None:
    second = ballots("ABCDEF", "40 D", "39 E", "11 F")
    protocol = count_majority(FIRST, MajorityRule(4), second=second)
    assert protocol.elected[-1] == "D"
    assert protocol.more["second"]["ballots"]["set_aside"] == {"not_on_the_list": 11}


def test_a_second_ballot_that_nothing_asks_for_is_refused() -> None:
    with pytest.raises(CountError, match="second_ballot_not_needed"):
        count_majority(Tally.figures({"A": 9, "B": 1}, 10, 1), MajorityRule(1), second=Tally.figures({"B": 9}, 10, 1))


def test_second_figures_for_other_names_are_refused() -> None:
    with pytest.raises(CountError, match="second_ballot_names"):
        count_majority(FIRST, MajorityRule(4), second=Tally.figures({"F": 9}, 10, 1))


def test_nobody_is_elected_without_a_vote() -> None:
    protocol = count_majority(ballots("ABC", "5 A", blank=20), MajorityRule(2))
    assert protocol.elected == ("A",)
    assert protocol.settled
    assert protocol.notes == ("seats_left_vacant",)


def test_no_ballots_elect_nobody() -> None:
    protocol = count_majority(Ballots(("A", "B"), {}), MajorityRule(1))
    assert protocol.elected == ()
    assert protocol.notes == ("seats_left_vacant",)


@pytest.mark.parametrize(
    ("votes", "number", "code"),
    [
        ({"A": 11}, 10, "more_votes_than_ballots"),
        ({"A": 10, "B": 10, "C": 1}, 10, "more_votes_than_names"),
        ({"A": -1}, 10, "negative_figure"),
    ],
)
def test_figures_that_cannot_be_are_refused(votes: dict[str, int], number: int, code: str) -> None:
    with pytest.raises(CountError, match=code):
        Tally.figures(votes, number, 2)


GROUPS = {"A": "man", "B": "man", "C": "man", "D": "kvinna", "E": "kvinna"}
VOTES = Tally.figures({"A": 80, "B": 70, "C": 60, "D": 40, "E": 30}, 100, 3)


def test_a_quota_does_not_pass_over_the_line_unless_the_statutes_say_so() -> None:
    quota = Quota({"kvinna": 1}, GROUPS)
    protocol = count_majority(VOTES, MajorityRule(3, quota=quota))
    assert protocol.elected == ("A", "B", "C")
    assert protocol.notes == ("quota_unmet",)


def test_a_quota_that_may_override_the_line_leaves_a_seat_to_the_second_ballot() -> None:
    quota = Quota({"kvinna": 1}, GROUPS, overrides_majority=True)
    protocol = count_majority(VOTES, MajorityRule(3, quota=quota))
    assert protocol.elected == ("A", "B")
    assert protocol.stages[0]["skipped"] == [{"skipped": "C", "seats_left": 1, "still_wanted": {"kvinna": 1}}]
    assert protocol.pending == {"kind": "second_ballot", "candidates": ["C", "D"], "seats": 1}
    second = Tally.figures({"C": 70, "D": 20}, 90, 1)
    done = count_majority(VOTES, MajorityRule(3, quota=quota), second=second)
    assert done.elected == ("A", "B", "D")


def test_the_second_ballot_always_holds_somebody_who_can_fill_the_quota() -> None:
    tally = Tally.figures({"A": 80, "B": 70, "C": 45, "D": 5}, 100, 2)
    quota = Quota({"kvinna": 1}, GROUPS, overrides_majority=True)
    protocol = count_majority(tally, MajorityRule(2, quota=quota))
    assert protocol.pending == {"kind": "second_ballot", "candidates": ["B", "D"], "seats": 1}


def test_substitutes_are_the_next_in_the_order_of_the_first_ballot() -> None:
    second = Tally.figures({"D": 40, "E": 45}, 90, 1)
    protocol = count_majority(FIRST, MajorityRule(4, substitutes=2), second=second)
    assert protocol.more["substitutes"] == ["D", "F"]
    assert count_majority(FIRST, MajorityRule(4, substitutes=2)).more["substitutes"] == []
    with pytest.raises(CountError, match="more_substitutes_than_members"):
        MajorityRule(4, substitutes=5)


def test_no_seats_is_no_election() -> None:
    with pytest.raises(CountError, match="seats"):
        MajorityRule(0)


@pytest.mark.parametrize(("factor", "candidates"), [(1, ["C"]), (2, ["C", "D"]), (3, ["C", "D", "E"])])
def test_the_statutes_say_how_many_stand_in_the_second_ballot(factor: int, candidates: list[str]) -> None:
    first = Tally.figures({"A": 80, "B": 60, "C": 40, "D": 30, "E": 20}, 100, 3)
    pending = count_majority(first, MajorityRule(3, second_factor=factor)).pending
    assert pending == {"kind": "second_ballot", "candidates": candidates, "seats": 1}
    with pytest.raises(CountError, match="seats"):
        MajorityRule(3, second_factor=0)


def test_where_ballots_hold_exactly_as_many_names_as_seats_so_do_those_of_the_second() -> None:
    first = ballots("ABCD", "4 A>B", "3 C>D", "2 A>D", "1 C>B")
    rule = MajorityRule(2, Names.EXACTLY)
    assert count_majority(first, rule).elected == ("A",)
    second = ballots("BD", "5 B", "3 D", "2 B>D")
    protocol = count_majority(first, rule, second=second)
    assert protocol.elected == ("A", "B")
    assert protocol.more["second"]["ballots"]["set_aside"] == {"too_many_names": 2}
    two = ballots("ABCD", "3 A>B", "3 C>D", "3 B>C", "3 D>A")
    assert count_majority(two, rule).elected == ()
    held = count_majority(two, rule, second=ballots("ABCD", "3 A>B", "2 A>C", "2 C"))
    assert held.elected == ("A", "B")
    assert held.more["second"]["ballots"]["set_aside"] == {"too_few_names": 2}
