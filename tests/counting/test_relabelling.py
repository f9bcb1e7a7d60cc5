"""Who a candidate is called, and where in the file they stand, changes nothing but lots."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from democracy.counting.allotment import AllotmentRule, Method, allot
from democracy.counting.ballots import Ballots, Ranking
from democracy.counting.majority import MajorityRule, count_majority
from democracy.counting.positional import PositionalRule, count_positional
from democracy.counting.protocol import Protocol
from democracy.counting.relative import RelativeRule, count_relative
from democracy.counting.schulze import count_schulze
from democracy.counting.stv import StvRule, count_irv, count_stv
from tests.counting.build import dice_of
from tests.counting.elections import rankings

METHODS: dict[str, Callable[[Ballots], Protocol]] = {
    "scottish-stv": lambda known: count_stv(known, StvRule(3, exact=True)),
    "irv": count_irv,
    "schulze": count_schulze,
    "majority": lambda known: count_majority(known, MajorityRule(3)),
    "relative": lambda known: count_relative(known, RelativeRule(3)),
    "positional": lambda known: count_positional(known, PositionalRule(3)),
}


def moved(known: Ballots, seed: int) -> tuple[Ballots, dict[str, str]]:
    """The same ballots with candidates in another order and under other names; and the new name of each."""
    size = len(known.candidates)
    to = dice_of(seed).sample(range(size), size)
    new = {name: f"Ny {to[at]:02d}" for at, name in enumerate(known.candidates)}
    names = tuple(f"Ny {at:02d}" for at in range(size))
    again: dict[Ranking, int] = {}
    for ranking, number in known.rankings.items():
        again[tuple(tuple(sorted(to[each] for each in place)) for place in ranking)] = number
    return Ballots(names, again, known.blank, implicit=known.implicit), new


@pytest.mark.parametrize("method", METHODS)
@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_relabelling_candidates_changes_nothing_but_lots(method: str, election: int, names: int) -> None:
    known = rankings(dice_of(election), ties=method == "schulze")
    again, new = moved(known, names)
    before, after = METHODS[method](known), METHODS[method](again)
    assert {new[name] for name in before.elected} == set(after.elected)
    assert len(before.stages) == len(after.stages)
    asked = [set((each.pending or {}).get("between", ())) for each in (before, after)]
    assert {new[name] for name in asked[0]} == asked[1]


@given(st.lists(st.integers(0, 90), min_size=1, max_size=8).filter(any), st.integers(16, 40), st.randoms())
def test_the_order_of_the_register_changes_nothing_in_an_allotment(sizes: list[int], seats: int, dice: object) -> None:
    members = {str(at): size for at, size in enumerate(sizes)}
    units = list(members)
    dice.shuffle(units)  # type: ignore[attr-defined]
    for method in (Method.SAINTE_LAGUE, Method.DHONDT, Method.LARGEST_REMAINDER):
        rule = AllotmentRule(method, minimum=1)
        before, after = allot(members, seats, rule), allot({unit: members[unit] for unit in units}, seats, rule)
        assert before.settled == after.settled
        assert not before.settled or before.more["allotted"] == after.more["allotted"]
