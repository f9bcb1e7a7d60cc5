from hypothesis import given
from hypothesis import strategies as st

from democracy.domain.kinds import BodyKind, UnitKind
from democracy.domain.unit_tree import above, body_code, closure, in_circle, may_stand_under, standard_bodies

NODES = st.integers(0, 11)


@st.composite
def trees(draw: st.DrawFn) -> dict[int, int | None]:
    """Each stands under an earlier one: no circle can arise."""
    size = draw(st.integers(1, 12))
    return {node: draw(st.none() | st.integers(0, node - 1)) if node else None for node in range(size)}


@given(trees())
def test_the_closure_says_of_every_pair_how_far_one_is_above_the_other(parents: dict[int, int | None]) -> None:
    pairs = {(unit, ancestor): far for unit, ancestor, far in closure(parents)}
    for unit, parent in parents.items():
        assert pairs[unit, unit] == 0
        if parent is not None:
            upward = {ancestor: far + 1 for (node, ancestor), far in pairs.items() if node == parent}
            assert {a: far for (node, a), far in pairs.items() if node == unit and a != unit} == upward


@given(st.dictionaries(NODES, st.none() | NODES, min_size=1))
def test_a_unit_is_in_a_circle_when_going_up_comes_back_to_it(parents: dict[int, int | None]) -> None:
    for unit in parents:
        at, steps = parents[unit], 0
        while at is not None and at != unit and steps < 20:
            at, steps = parents.get(at), steps + 1
        assert in_circle(unit, parents) == (at == unit)
        assert len(list(above(unit, parents))) <= 12


def test_branches_stand_under_districts_and_nothing_under_branches() -> None:
    assert may_stand_under(UnitKind.LOCAL_BRANCH, UnitKind.DISTRICT)
    assert may_stand_under(UnitKind.PARTY, None)
    assert not may_stand_under(UnitKind.LOCAL_BRANCH, None)
    assert not any(may_stand_under(kind, UnitKind.LOCAL_BRANCH) for kind in UnitKind)
    assert not any(may_stand_under(kind, UnitKind.ASSOCIATION) for kind in UnitKind)


def test_every_kind_of_unit_has_a_board_auditors_and_a_nomination_committee() -> None:
    for kind in UnitKind:
        assert {BodyKind.BOARD, BodyKind.AUDITORS, BodyKind.NOMINATION_COMMITTEE} <= standard_bodies(kind).keys()
    assert body_code("ALM", BodyKind.BOARD) == "ALM/board"
