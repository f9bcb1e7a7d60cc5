"""What figures come to, whatever they are."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from democracy.services.proceedings.outcome import Count, Settled, Terms, result
from workflows.proceedings import Choice, QuestionKind
from workflows.statutes.majority import Base, Blank, Majority, Share, Tie

SIMPLE = Majority(1, 2, strict=True, base=Base.YES_NO, blank=Blank.NOT_CAST, tie=Tie.STATUS_QUO)
YES, NO = Choice.YES, Choice.NO

COUNTS = st.builds(Count, *[st.integers(0, 60)] * 4)
SHARES = st.sampled_from([(1, 2, True), (2, 3, False), (3, 4, False)])
MAJORITIES = st.builds(
    lambda tie, base, blank, share: Majority(share[0], share[1], share[2], base, blank, tie),
    st.sampled_from(Tie),
    st.sampled_from(Base),
    st.sampled_from(Blank),
    SHARES,
)
TERMS = st.builds(
    Terms,
    majority=MAJORITIES,
    kind=st.sampled_from(QuestionKind),
    role=st.sampled_from(["single", "main", "preparatory", "qualified"]),
    refer_back=st.none() | st.just(Share(1, 3)),
    chair_may=st.booleans(),
    deferred_before=st.booleans(),
)


@given(COUNTS, st.integers(0, 20), TERMS)
def test_figures_have_one_outcome_or_say_what_is_missing(count: Count, absent: int, terms: Terms) -> None:
    found = result(count, count.sum + absent, terms)
    settled = found.settled_by is not None
    assert settled is (found.needs is None)
    assert (found.winner is None) is (found.needs is not None or found.settled_by is Settled.DEFERRED)
    assert found.needs in {None, Settled.CASTING_VOTE, Settled.LOT}
    assert not (found.needs or found.settled_by in {Settled.DEFERRED, Settled.STATUS_QUO}) or found.tied


@given(COUNTS, TERMS)
def test_a_casting_vote_exists_only_where_the_statutes_give_it(count: Count, terms: Terms) -> None:
    found = result(count, count.sum, replace(terms, chair_may=False))
    assert found.needs is not Settled.CASTING_VOTE


@given(COUNTS, TERMS)
def test_a_preparatory_vote_always_has_a_winner_or_a_way_to_one(count: Count, terms: Terms) -> None:
    found = result(count, count.sum, replace(terms, role="preparatory", refer_back=None))
    if terms.kind is not QuestionKind.ORDER:
        assert found.settled_by not in {Settled.DEFERRED, Settled.STATUS_QUO}


@given(COUNTS, TERMS)
def test_equal_figures_defer_a_matter_only_once(count: Count, terms: Terms) -> None:
    found = result(count, count.sum, replace(terms, deferred_before=True))
    assert found.settled_by is not Settled.DEFERRED


@pytest.mark.parametrize(
    ("count", "role", "tie", "winner", "settled"),
    [
        (Count(31, 22, 4), "preparatory", Tie.LOT, YES, "majority"),
        (Count(27, 29, 1), "main", Tie.LOT, NO, "majority"),
        (Count(5, 5), "main", Tie.STATUS_QUO, YES, "status_quo"),
        (Count(5, 5), "single", Tie.STATUS_QUO, NO, "status_quo"),
        (Count(0, 0, 5), "single", Tie.LOT, NO, "majority"),
        (Count(5, 5), "main", Tie.DEFER_THEN_LOT, None, "deferred"),
    ],
)
def test_figures_as_the_rule_says(count: Count, role: str, tie: Tie, winner: Choice | None, settled: str) -> None:
    found = result(count, 57, Terms(replace(SIMPLE, tie=tie), role=role))
    assert (found.winner, found.settled_by) == (winner, settled)


def test_sixty_six_of_ninety_nine_reach_two_thirds_and_of_a_hundred_not() -> None:
    terms = Terms(replace(SIMPLE, numerator=2, denominator=3, strict=False), role="qualified")
    assert result(Count(66, 33), 100, terms).winner is YES
    assert result(Count(66, 34), 100, terms).winner is NO


def test_half_of_those_present_is_a_tie_only_where_everybody_answered() -> None:
    terms = Terms(replace(SIMPLE, base=Base.PRESENT, tie=Tie.CASTING_VOTE), chair_may=True)
    assert result(Count(5, 5), 10, terms).needs is Settled.CASTING_VOTE
    assert result(Count(5, 5), 12, terms).winner is NO


@pytest.mark.parametrize(("no", "present", "back"), [(13, 39, True), (12, 39, False), (20, 57, True)])
def test_a_third_of_those_present_send_a_matter_back(no: int, present: int, *, back: bool) -> None:
    terms = Terms(SIMPLE, QuestionKind.TODAY, refer_back=Share(1, 3))
    found = result(Count(present - no, no), present, terms)
    assert (found.winner, found.settled_by) == ((NO, "minority") if back else (YES, "majority"))
