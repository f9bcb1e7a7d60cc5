from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from democracy.counting.faults import CountError
from democracy.counting.lots import Lots
from democracy.counting.threshold import Base, Figures, Minority, Quorum, Rule, Threshold, Tie, decide
from tests.counting.build import SEED

TWO_THIRDS = Threshold(2, 3, strict=False)
THREE_QUARTERS_OF_CAST = Threshold(3, 4, strict=False, base=Base.CAST)


def carried(threshold: Threshold, figures: Figures) -> bool:
    return decide(Rule((threshold,)), [figures]).outcome == "carried"


@pytest.mark.parametrize(
    ("threshold", "figures", "outcome"),
    [
        (TWO_THIRDS, Figures(66, 33), True),
        (TWO_THIRDS, Figures(66, 34), False),
        (THREE_QUARTERS_OF_CAST, Figures(74, 25, abstain=1), False),
        (THREE_QUARTERS_OF_CAST, Figures(75, 25, abstain=1), True),
        (Threshold(), Figures(10, 3, abstain=28), True),
        (Threshold(base=Base.PRESENT), Figures(10, 3, abstain=28, present=41), False),
        (Threshold(base=Base.CAST), Figures(5, 4, blank=1), False),
        (Threshold(base=Base.CAST), Figures(5, 4, abstain=1), True),
        (Threshold(base=Base.ENTITLED), Figures(51, 0, entitled=101), True),
        (Threshold(base=Base.ENTITLED), Figures(50, 0, entitled=100), False),
        (Threshold(strict=False), Figures(0, 0), False),
        (Threshold(0, 1, strict=False), Figures(0, 0), False),
    ],
)
def test_a_threshold_is_compared_in_whole_numbers(threshold: Threshold, figures: Figures, outcome: bool) -> None:
    assert carried(threshold, figures) is outcome


def test_the_protocol_shows_both_sides_of_the_comparison() -> None:
    test = decide(Rule((THREE_QUARTERS_OF_CAST,)), [Figures(74, 25, abstain=1)]).stages[0]["tests"][0]
    assert (test["left"], test["right"], test["of"], test["holds"]) == (296, 297, 99, False)


@pytest.mark.parametrize(
    ("figures", "outcome"),
    [
        (Figures(60, 10, present=100, entitled=150), "carried"),
        (Figures(60, 10, present=130, entitled=150), "not_carried"),
        (Figures(60, 40, present=100, entitled=150), "not_carried"),
    ],
)
def test_two_bases_at_once_must_both_hold(figures: Figures, outcome: str) -> None:
    rule = Rule((TWO_THIRDS, Threshold(base=Base.PRESENT)))
    assert decide(rule, [figures]).outcome == outcome


def test_the_quorum_comes_first() -> None:
    rule = Rule(quorum=Quorum(1, 2, least=10))
    assert decide(rule, [Figures(9, 0, present=9, entitled=10)]).outcome == "no_quorum"
    assert decide(rule, [Figures(20, 0, present=49, entitled=100)]).outcome == "no_quorum"
    assert decide(rule, [Figures(20, 0, present=50, entitled=100)]).outcome == "carried"
    assert decide(rule, [Figures(20, 0, present=49, entitled=100)]).stages[0]["tests"] == []


def test_two_meetings_must_both_carry() -> None:
    rule = Rule((TWO_THIRDS,), meetings=2)
    first = decide(rule, [Figures(66, 33)])
    assert first.pending == {"kind": "meeting", "number": 2}
    assert first.data()["complete"] is False
    assert decide(rule, [Figures(66, 33), Figures(80, 20)]).outcome == "carried"
    assert decide(rule, [Figures(66, 33), Figures(60, 40)]).outcome == "not_carried"
    assert decide(rule, [Figures(60, 40)]).outcome == "not_carried"


def test_more_meetings_than_the_rule_asks_for_are_refused() -> None:
    with pytest.raises(CountError, match="meetings"):
        decide(Rule(), [Figures(2, 1), Figures(2, 1)])


@pytest.mark.parametrize(
    ("tie", "casting", "outcome", "pending"),
    [
        (Tie.STATUS_QUO, None, "not_carried", None),
        (Tie.DEFER, None, "deferred", None),
        (Tie.DEFER_THEN_LOT, None, "deferred", None),
        (Tie.CASTING, "ja", "carried", None),
        (Tie.CASTING, "nej", "not_carried", None),
        (Tie.CASTING, None, None, "casting_vote"),
        (Tie.LOT, None, None, "lot"),
    ],
)
def test_a_tie_goes_as_the_rule_says(tie: Tie, casting: str | None, outcome: str | None, pending: str | None) -> None:
    protocol = decide(Rule(tie=tie), [Figures(50, 50, casting=casting)])
    assert protocol.outcome == outcome
    assert (protocol.pending or {}).get("kind") == pending


def test_a_chairs_casting_vote_is_not_asked_for_where_the_statutes_do_not_give_it() -> None:
    assert decide(Rule(tie=Tie.STATUS_QUO), [Figures(50, 50, casting="ja")]).outcome == "not_carried"


def test_a_matter_deferred_once_is_settled_by_lot_the_second_time() -> None:
    protocol = decide(Rule(tie=Tie.DEFER_THEN_LOT), [Figures(5, 5), Figures(7, 7)], Lots(SEED))
    assert protocol.outcome in {"carried", "not_carried"}
    assert [lot["label"] for lot in protocol.lots] == ["vote 2"]
    assert decide(Rule(tie=Tie.DEFER_THEN_LOT), [Figures(5, 5), Figures(8, 7)]).outcome == "carried"


def test_a_draw_against_a_qualified_threshold_is_no_tie() -> None:
    protocol = decide(Rule((TWO_THIRDS,), tie=Tie.LOT), [Figures(50, 50)])
    assert protocol.outcome == "not_carried"
    assert protocol.lots == ()


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"yes": -1, "no": 2}, "negative_figure"),
        ({"yes": 40, "no": 2, "present": 41}, "more_than_roll"),
        ({"yes": 30, "no": 2, "abstain": 10, "present": 41}, "more_than_roll"),
        ({"yes": 3, "no": 2, "present": 41, "entitled": 40}, "more_than_roll"),
        ({"yes": 3, "no": 2, "entitled": 4}, "more_than_roll"),
        ({"yes": 3, "no": 3, "casting": "kanske"}, "casting_vote"),
    ],
)
def test_impossible_figures_are_refused(given: dict[str, Any], code: str) -> None:
    with pytest.raises(CountError, match=code):
        Figures(**given)


def test_a_base_that_nobody_counted_is_an_error_not_a_guess() -> None:
    with pytest.raises(CountError, match="base_unknown"):
        decide(Rule((Threshold(base=Base.PRESENT),)), [Figures(10, 3)])


@pytest.mark.parametrize(
    ("support", "present", "used"), [(13, 39, True), (12, 39, False), (0, 0, False), (14, 40, True)]
)
def test_a_third_of_those_present_carry_a_reference_back(support: int, present: int, used: bool) -> None:
    assert Minority(1, 3).used(support, present) is used


def test_more_supporters_than_people_present_are_refused() -> None:
    with pytest.raises(CountError, match="more_than_roll"):
        Minority().used(4, 3)


shares = st.tuples(st.integers(0, 12), st.integers(1, 12)).filter(lambda pair: pair[0] <= pair[1])
thresholds = st.builds(
    lambda share, strict, base: Threshold(share[0], share[1], strict, base),
    shares,
    st.booleans(),
    st.sampled_from(Base),
)


@given(thresholds, *(st.integers(0, 60) for _ in range(4)), st.integers(0, 40), st.integers(0, 40))
def test_one_more_yes_never_costs_a_threshold(
    threshold: Threshold, yes: int, no: int, blank: int, abstain: int, others: int, absent: int
) -> None:
    present = yes + no + blank + abstain + others
    before = Figures(yes, no, blank, abstain, present, present + absent)
    after = Figures(yes + 1, no, blank, abstain, present + 1, present + absent + 1)
    assert not threshold.test(before)["holds"] or threshold.test(after)["holds"]


@given(thresholds, st.integers(0, 60), st.integers(0, 60), st.integers(1, 20))
def test_a_vote_that_moves_from_no_to_yes_never_costs_a_threshold(
    threshold: Threshold, yes: int, no: int, moved: int
) -> None:
    people = yes + no + moved
    before = Figures(yes, no + moved, present=people, entitled=people)
    after = Figures(yes + moved, no, present=people, entitled=people)
    assert not threshold.test(before)["holds"] or threshold.test(after)["holds"]
