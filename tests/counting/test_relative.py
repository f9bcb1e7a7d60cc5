from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from democracy.counting.faults import CountError
from democracy.counting.lots import Lots
from democracy.counting.positional import PositionalRule, count_positional
from democracy.counting.quota import Quota, alternate
from democracy.counting.relative import RelativeRule, count_relative
from democracy.counting.tally import Tally
from tests.counting.build import SEED, ballots


def test_the_most_votes_are_elected() -> None:
    protocol = count_relative(ballots("ABC", "5 B", "4 A", "2 C"), RelativeRule(2))
    assert protocol.elected == ("B", "A")
    assert protocol.stages[0]["votes"] == {"A": 0, "B": 5, "C": 2} | {"A": 4}


def test_a_tie_that_does_not_touch_the_last_place_needs_no_lot() -> None:
    protocol = count_relative(Tally.figures({"A": 5, "B": 5, "C": 1}, 10, 2), RelativeRule(2))
    assert protocol.elected == ("A", "B")
    assert protocol.lots == ()


def test_a_tie_at_the_last_place_needs_a_lot() -> None:
    tally = Tally.figures({"A": 5, "B": 3, "C": 3}, 10, 2)
    waiting = count_relative(tally, RelativeRule(2))
    assert waiting.pending == {"kind": "lot", "label": "last place", "between": ["B", "C"]}
    drawn = count_relative(tally, RelativeRule(2), Lots(SEED))
    assert drawn.elected == ("A", drawn.lots[0]["order"][0])


def test_substitutes_follow_in_the_order_of_the_votes_and_ties_among_them_go_by_lot() -> None:
    tally = Tally.figures({"A": 9, "B": 8, "C": 3, "D": 3, "E": 1}, 12, 2)
    protocol = count_relative(tally, RelativeRule(2, substitutes=2), Lots(SEED))
    assert sorted(protocol.more["substitutes"]) == ["C", "D"]
    assert protocol.lots[0]["label"] == "substitutes block 3"
    assert count_relative(tally, RelativeRule(2, substitutes=1)).pending is not None


def test_who_lost_the_lot_for_the_last_place_is_the_first_substitute() -> None:
    tally = Tally.figures({"A": 9, "B": 8, "C": 8, "D": 3}, 14, 2)
    protocol = count_relative(tally, RelativeRule(2, substitutes=2), Lots(SEED))
    assert protocol.more["substitutes"] == [protocol.lots[0]["order"][1], "D"]


def test_substitutes_never_outnumber_members() -> None:
    with pytest.raises(CountError, match="more_substitutes_than_members"):
        RelativeRule(2, substitutes=3)


GROUPS = {"A": "m", "B": "m", "C": "m", "D": "k", "E": "k"}


def test_a_candidate_is_skipped_only_if_taking_them_makes_the_minimum_impossible() -> None:
    tally = Tally.figures({"A": 9, "B": 8, "C": 7, "D": 2, "E": 1}, 12, 4)
    protocol = count_relative(tally, RelativeRule(4, quota=Quota({"k": 2}, GROUPS)))
    assert protocol.elected == ("A", "B", "D", "E")
    assert [each["skipped"] for each in protocol.stages[0]["skipped"]] == ["C"]


def test_a_quota_already_met_skips_nobody() -> None:
    tally = Tally.figures({"D": 9, "A": 8, "E": 7, "B": 2, "C": 1}, 12, 3)
    protocol = count_relative(tally, RelativeRule(3, quota=Quota({"k": 1}, GROUPS)))
    assert protocol.elected == ("D", "A", "E")
    assert protocol.stages[0]["skipped"] == []


def test_a_minimum_that_too_few_stand_for_is_noted_and_keeps_nobody_out() -> None:
    tally = Tally.figures({"A": 9, "B": 8, "C": 7, "D": 2}, 12, 3)
    protocol = count_relative(tally, RelativeRule(3, quota=Quota({"k": 2}, GROUPS)))
    assert protocol.elected == ("A", "B", "D")
    assert protocol.notes == ("quota_unmet",)


def test_a_lot_is_drawn_only_among_those_whom_the_quota_leaves() -> None:
    tally = Tally.figures({"A": 9, "B": 5, "D": 5, "C": 5}, 12, 2)
    protocol = count_relative(tally, RelativeRule(2, quota=Quota({"k": 1}, GROUPS)))
    assert protocol.elected == ("A", "D")
    assert protocol.lots == ()


def test_a_quota_larger_than_the_seats_is_refused() -> None:
    with pytest.raises(CountError, match="quota_impossible"):
        RelativeRule(2, quota=Quota({"k": 2, "m": 1}, GROUPS))


def test_lists_alternate_as_far_as_the_groups_last() -> None:
    assert alternate("ABCDE", GROUPS) == ("A", "D", "B", "E", "C")
    assert alternate("ABC", GROUPS) == ("A", "B", "C")
    assert alternate("ABX", GROUPS) == ("A", "X", "B")


@given(st.lists(st.sampled_from("mk"), max_size=12))
def test_an_alternating_list_keeps_everyone_and_each_groups_own_order(groups: list[str]) -> None:
    order = [str(number) for number in range(len(groups))]
    of = dict(zip(order, groups, strict=True))
    listed = alternate(order, of)
    assert sorted(listed) == sorted(order)
    for group in "mk":
        assert [name for name in listed if of[name] == group] == [name for name in order if of[name] == group]
    same = sum(of[a] == of[b] for a, b in pairwise(listed))
    longer = max(groups.count("m"), groups.count("k"))
    assert same <= max(0, 2 * longer - len(groups) - (groups.count(groups[0]) == longer if groups else 0))


def test_place_k_goes_to_the_most_votes_on_places_1_to_k() -> None:
    protocol = count_positional(ballots("ABCD", "51 A>B>C>D", "49 D>C>B>A"), PositionalRule(4))
    assert protocol.elected == ("A", "B", "C", "D")
    assert [stage["votes"] for stage in protocol.stages[1:3]] == [{"B": 51, "C": 49, "D": 49}, {"C": 100, "D": 49}]


def test_a_tie_for_a_place_waits_for_a_lot() -> None:
    known = ballots("AB", "5 A>B", "5 B>A")
    pending = count_positional(known, PositionalRule(2)).pending
    assert pending == {"kind": "lot", "label": "place 1", "between": ["A", "B"]}
    assert sorted(count_positional(known, PositionalRule(2), Lots(SEED)).elected) == ["A", "B"]


def test_a_place_that_nobody_has_a_vote_for_stays_empty() -> None:
    protocol = count_positional(ballots("ABC", "5 A>B"), PositionalRule(3))
    assert protocol.elected == ("A", "B")
    assert protocol.notes == ("seats_left_vacant",)
