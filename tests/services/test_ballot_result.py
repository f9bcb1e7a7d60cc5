"""What votes come to: yes and no, several alternatives, rankings, free answers; quorum; papers among the rest."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from democracy.ballotbox.ballot import Body
from democracy.services.ballots.papers import Papers
from democracy.services.ballots.result import Asked, Cast, Terms, count, text
from democracy.services.ballots.turnout import FEW, SET_SIZE, grouped
from workflows.ballot_kinds import QuestionForm
from workflows.statutes.majority import Base, Majority, Share, Tie
from workflows.statutes.parameters.ballots import SIMPLE

TERMS = Terms(SIMPLE, None, "ballot-conduct")
YES_NO = Asked(1, QuestionForm.ONE, ("ja", "nej"))
THREE = ("a", "b", "c")


def cast(votes: Sequence[Sequence[str]], papers: Sequence[tuple[Sequence[str], int]] = (), **more: Any) -> Cast:
    bodies = [Body({"1": tuple(each)}, "A" * 16, "") for each in votes]
    counted = tuple(({"1": tuple(chosen)}, number) for chosen, number in papers)
    return Cast(bodies, more.get("spoilt", 0), Papers(counted, more.get("spoilt_papers", 0)), more.get("electors", 100))


def question(asked: Asked, votes: Cast, terms: Terms = TERMS) -> dict[str, Any]:
    (found,) = count([asked], votes, terms)["questions"]
    return dict(found)


@pytest.mark.parametrize(
    ("yes", "no", "blank", "outcome"),
    [(3, 2, 9, "CARRIED"), (2, 3, 0, "NOT_CARRIED"), (2, 2, 0, "NOT_CARRIED"), (0, 0, 4, "NO_VOTES")],
)
def test_more_yes_than_no_carries_and_blank_is_not_cast(yes: int, no: int, blank: int, outcome: str) -> None:
    found = question(YES_NO, cast([["ja"]] * yes + [["nej"]] * no + [[]] * blank))
    assert (found["outcome"], found["votes"], found["blank"]) == (outcome, {"ja": yes, "nej": no}, blank)


def test_papers_are_counted_with_the_rest_and_shown_beside() -> None:
    found = question(YES_NO, cast([["nej"]] * 2, [(["ja"], 3), ([], 1)]))
    assert (found["outcome"], found["votes"], found["paper"], found["blank"]) == (
        "CARRIED", {"ja": 3, "nej": 2}, {"ja": 3, "nej": 0}, 1,
    )  # fmt: skip


def test_a_share_of_those_entitled_and_a_quorum_are_held_to_the_electorate() -> None:
    entitled = replace(SIMPLE, base=Base.ENTITLED, strict=False)
    assert question(YES_NO, cast([["ja"]] * 49), Terms(entitled, None, ""))["outcome"] == "NOT_CARRIED"
    assert question(YES_NO, cast([["ja"]] * 50), Terms(entitled, None, ""))["outcome"] == "CARRIED"
    half = Terms(SIMPLE, Share(1, 2), "")
    few, enough = cast([["ja"]] * 47, spoilt=1, spoilt_papers=1), cast([["ja"]] * 47, [(["nej"], 1)], spoilt=2)
    assert count([YES_NO], few, half)["outcome"] == "NO_QUORUM"
    assert count([YES_NO], enough, half)["outcome"] == "CARRIED"


@pytest.mark.parametrize("tie", [Tie.LOT, Tie.CASTING_VOTE, Tie.DEFER_THEN_LOT])
def test_where_the_statutes_leave_a_tie_to_a_lot_or_a_chair_the_ballot_reports_it(tie: Tie) -> None:
    terms = Terms(replace(SIMPLE, tie=tie), None, "")
    found = question(YES_NO, cast([["ja"], ["nej"]]), terms)
    assert (found["outcome"], found["winners"]) == ("TIED", ["ja", "nej"])


def test_of_several_alternatives_the_most_votes_win_and_equal_ones_are_tied() -> None:
    asked = Asked(1, QuestionForm.SEVERAL, THREE)
    found = question(asked, cast([["a", "b"], ["b", "c"], ["b"]]))
    assert (found["outcome"], found["winners"], found["votes"]) == ("CHOSEN", ["b"], {"a": 1, "b": 3, "c": 1})
    tied = question(Asked(1, QuestionForm.ONE, THREE), cast([["a"], ["b"]]))
    assert (tied["outcome"], sorted(tied["winners"])) == ("TIED", ["a", "b"])


def test_a_ranked_question_is_won_by_the_alternative_that_beats_every_other() -> None:
    asked = Asked(1, QuestionForm.RANKED, THREE)
    votes = [["a", "b", "c"]] * 4 + [["b", "c", "a"]] * 3
    assert question(asked, cast(votes))["winners"] == ["a"]
    found = question(asked, cast(votes, [(["c", "b", "a"], 2)]))
    assert (found["outcome"], found["winners"]) == ("CHOSEN", ["b"])
    assert found["protocol"]["method"] == "schulze"


def test_free_answers_are_counted_and_decide_nothing() -> None:
    found = question(Asked(1, QuestionForm.TEXT, ()), cast([["Mer buss"], []], [(["text"], 2)]))
    assert (found["outcome"], found["answers"], found["blank"]) == ("NOTED", 3, 1)


@given(st.lists(st.sampled_from(["ja", "nej", ""]), max_size=30), st.randoms())
def test_the_same_votes_give_the_same_bytes_in_whatever_order_they_lie(votes: list[str], chance: Any) -> None:
    said = [[each] if each else [] for each in votes]
    mixed = list(said)
    chance.shuffle(mixed)
    assert text(count([YES_NO], cast(said), TERMS)) == text(count([YES_NO], cast(mixed), TERMS))


@given(st.lists(st.tuples(st.integers(1, 60), st.integers(0, 60)), max_size=12))
def test_turnout_is_shown_for_nobody_who_could_be_told_apart(units: list[tuple[int, int]]) -> None:
    electors = {UUID(int=at): size for at, (size, _) in enumerate(units)}
    voted = {UUID(int=at): min(size, came) for at, (size, came) in enumerate(units)}
    shown = grouped(electors, voted)
    assert all(each.electors >= SET_SIZE for each in shown)
    assert all(each.voted is None or FEW <= each.voted <= each.electors - FEW for each in shown)
    told = [unit for each in shown for unit in each.units]
    assert len(told) == len(set(told))
    # Everybody is shown together with others, or nobody of the small ones is.
    left = sum(size for unit, size in electors.items() if unit not in told)
    assert left < SET_SIZE


def test_one_figure_that_is_not_told_is_covered_by_another() -> None:
    sizes = {UUID(int=at): size for at, size in enumerate((60, 50, 40), 1)}
    shown = grouped(sizes, {UUID(int=1): 30, UUID(int=2): 20, UUID(int=3): 2})
    assert [each.voted for each in shown] == [30, None, None], "the total less two figures would be the third"


def test_small_units_stand_in_one_pool() -> None:
    sizes = {UUID(int=1): 40, UUID(int=2): 12, UUID(int=3): 9}
    shown = grouped(sizes, {UUID(int=1): 20, UUID(int=2): 3, UUID(int=3): 4})
    assert [(each.units, each.electors, each.voted) for each in shown] == [
        ((UUID(int=1),), 40, 20), ((UUID(int=3), UUID(int=2)), 21, 7),
    ]  # fmt: skip


def test_a_majority_of_two_bases_needs_both() -> None:
    both = Majority(1, 2, strict=True, base=Base.YES_NO, blank=SIMPLE.blank, tie=SIMPLE.tie, also=Base.ENTITLED)
    assert question(YES_NO, cast([["ja"]] * 30), Terms(both, None, ""))["outcome"] == "NOT_CARRIED"
