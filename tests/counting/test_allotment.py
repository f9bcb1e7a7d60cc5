from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from democracy.counting.allotment import AllotmentRule, Method, allot
from democracy.counting.faults import CountError
from democracy.counting.lots import Lots
from tests.counting.build import SEED

SIX = dict(zip("ABCDEF", [1200, 640, 310, 95, 22, 8], strict=True))


def seats(members: dict[str, int], number: int | None, rule: AllotmentRule) -> list[int]:
    protocol = allot(members, number, rule, Lots(SEED))
    return list(protocol.more["allotted"].values())


@pytest.mark.parametrize(
    ("number", "rule", "expected"),
    [
        (30, AllotmentRule(minimum=1), [15, 8, 4, 1, 1, 1]),
        (30, AllotmentRule(), [16, 9, 4, 1, 0, 0]),
        (24, AllotmentRule(minimum=1, outside=True), [14, 8, 4, 2, 1, 1]),
    ],
)
def test_the_worked_example(number: int, rule: AllotmentRule, expected: list[int]) -> None:
    assert seats(SIX, number, rule) == expected


def test_fourteen_by_one_point_two_and_thirty_five_by_three_are_a_tie() -> None:
    tie = {"A": 14, "B": 35}
    waiting = allot(tie, 2, AllotmentRule())
    assert Fraction(14) / Fraction(6, 5) == Fraction(35, 3)
    assert waiting.stages[0]["to"] == ["B"]
    assert waiting.pending == {"kind": "lot", "label": "last seat", "between": ["A", "B"]}
    assert sum(seats(tie, 2, AllotmentRule())) == 2


def test_a_tie_matters_only_at_the_last_seat() -> None:
    protocol = allot({"A": 100, "B": 100, "C": 30}, 2, AllotmentRule())
    assert protocol.settled
    assert protocol.more["allotted"] == {"A": 1, "B": 1, "C": 0}


def test_who_would_have_one_more_seat_is_known() -> None:
    protocol = allot(SIX, 30, AllotmentRule(minimum=1))
    more = allot(SIX, 31, AllotmentRule(minimum=1)).more["allotted"]
    (following,) = protocol.more["next"]
    assert more == protocol.more["allotted"] | {following: protocol.more["allotted"][following] + 1}


@pytest.mark.parametrize(
    ("rule", "number", "expected"),
    [
        (AllotmentRule(Method.DHONDT), 10, [6, 3, 1, 0, 0, 0]),
        (AllotmentRule(Method.LARGEST_REMAINDER), 10, [5, 3, 1, 1, 0, 0]),
        (AllotmentRule(Method.LARGEST_REMAINDER, minimum=1), 10, [4, 2, 1, 1, 1, 1]),
        (AllotmentRule(Method.PER_STARTED, per=100), None, [12, 7, 4, 1, 1, 1]),
        (AllotmentRule(Method.BRACKETS, brackets=((50, 1), (500, 3), (None, 7))), None, [7, 7, 3, 3, 1, 1]),
        (AllotmentRule(first=Fraction(7, 5)), 30, [16, 9, 4, 1, 0, 0]),
        (AllotmentRule(first=Fraction(1)), 30, [16, 9, 4, 1, 0, 0]),
    ],
)
def test_other_methods(rule: AllotmentRule, number: int | None, expected: list[int]) -> None:
    assert seats(SIX, number, rule) == expected


def test_a_started_hundred_is_one_more_only_when_it_has_started() -> None:
    assert seats({"A": 100, "B": 101}, None, AllotmentRule(Method.PER_STARTED, per=100)) == [1, 2]


def test_a_unit_without_members_gets_nothing_and_is_noted() -> None:
    protocol = allot({"A": 5, "B": 0}, 3, AllotmentRule(minimum=1))
    assert protocol.more["allotted"] == {"A": 3, "B": 0}
    assert protocol.notes == ("unit_without_members",)


def test_the_snapshot_date_is_part_of_the_figures() -> None:
    protocol = allot({"A": 5}, 3, snapshot="2026-12-31")
    assert protocol.figures["snapshot"] == "2026-12-31"


@pytest.mark.parametrize(
    ("members", "number", "rule", "code"),
    [
        ({"A": 5, "B": 4, "C": 3}, 2, {"minimum": 1}, "fewer_seats_than_units"),
        ({"A": 0}, 2, {}, "no_members"),
        ({}, 2, {}, "no_members"),
        ({"A": -1}, 2, {}, "negative_figure"),
        ({"A": 1}, 0, {}, "seats"),
        ({"A": 1}, None, {}, "seats"),
        ({"A": 150}, 3, {"method": Method.PER_STARTED, "per": 100}, "seats_given_by_rule"),
        ({"A": 1}, 1, {"method": Method.PER_STARTED}, "per_started"),
        ({"A": 1}, 1, {"method": Method.BRACKETS}, "brackets"),
        ({"A": 1}, 1, {"method": Method.BRACKETS, "brackets": ((10, 1), (5, 2), (None, 3))}, "brackets"),
        ({"A": 1}, 1, {"method": Method.BRACKETS, "brackets": ((10, 2), (None, 1))}, "brackets"),
        ({"A": 1}, 1, {"method": Method.BRACKETS, "brackets": ((10, 2),)}, "brackets"),
        ({"A": 1}, 1, {"minimum": -1}, "allotment_rule"),
        ({"A": 1}, 1, {"first": Fraction(0)}, "allotment_rule"),
    ],
)
def test_what_cannot_be_shared_out_is_refused(
    members: dict[str, int], number: int | None, rule: dict[str, Any], code: str
) -> None:
    with pytest.raises(CountError, match=code):
        allot(members, number, AllotmentRule(**rule))


def test_fewer_seats_than_units_are_fine_without_a_minimum() -> None:
    assert seats({"A": 50, "B": 40, "C": 3}, 2, AllotmentRule()) == [1, 1, 0]


rules = st.one_of(
    st.builds(
        AllotmentRule,
        st.sampled_from([Method.SAINTE_LAGUE, Method.DHONDT, Method.LARGEST_REMAINDER]),
        minimum=st.integers(0, 2),
        outside=st.booleans(),
        first=st.sampled_from([Fraction(1), Fraction(6, 5), Fraction(7, 5)]),
    ),
    st.builds(AllotmentRule, st.just(Method.PER_STARTED), per=st.integers(1, 50), minimum=st.integers(0, 2)),
    st.just(AllotmentRule(Method.BRACKETS, brackets=((10, 0), (50, 1), (100, 4), (None, 9)))),
)
registers = st.lists(st.integers(0, 300), min_size=1, max_size=8).filter(any)


@given(registers, st.integers(16, 60), rules)
def test_a_larger_unit_never_gets_fewer_seats_than_a_smaller_one(
    sizes: list[int], number: int, rule: AllotmentRule
) -> None:
    members = {str(at): size for at, size in enumerate(sizes)}
    protocol = allot(members, None if rule.fixed else number, rule, Lots(SEED))
    got = protocol.more["allotted"]
    for a, size in members.items():
        assert all(got[a] <= got[b] for b, other in members.items() if size < other)
    if not rule.fixed:
        outside = rule.minimum * sum(size > 0 for size in sizes) if rule.outside else 0
        assert sum(got.values()) == number + outside == protocol.seats


@given(registers, st.integers(1, 40), st.sampled_from([Method.SAINTE_LAGUE, Method.DHONDT]))
def test_one_more_seat_takes_none_from_anybody(sizes: list[int], number: int, method: Method) -> None:
    members = {str(at): size for at, size in enumerate(sizes)}
    fewer, more = (allot(members, seats, AllotmentRule(method)) for seats in (number, number + 1))
    if fewer.settled and more.settled:
        assert all(fewer.more["allotted"][unit] <= more.more["allotted"][unit] for unit in members)
