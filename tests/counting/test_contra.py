from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from democracy.counting.analysis import analyse, decide_by_rankings
from democracy.counting.ballots import Ballots
from democracy.counting.contra import ContraRule, Settling, Vote, decide_rivals
from democracy.counting.faults import CountError
from democracy.counting.lots import Lots
from democracy.counting.plan import Kind, Pair, Plan, arrange, rival_order
from democracy.counting.threshold import Figures, Threshold
from tests.counting.build import SEED, ballots

CYCLE = ballots("ABC", "34 A>B>C", "33 B>C>A", "32 C>A>B")
PQR = Plan.nested("PQR")


def vote(yes: str, no: str, for_yes: int, for_no: int, abstain: int = 0, casting: str | None = None) -> Vote:
    return Vote(yes, no, Figures(for_yes, for_no, abstain=abstain, casting=casting))


def test_three_proposals_are_decided_from_the_innermost_pair_outwards() -> None:
    protocol = decide_rivals(PQR, [vote("Q", "R", 40, 35, 25), vote("P", "Q", 48, 52)])
    assert protocol.elected == ("Q",)
    votes = [(stage["kind"], stage["yes"], stage["no"], stage["winner"]) for stage in protocol.stages[2:]]
    assert votes == [("preparatory", "Q", "R", "Q"), ("main", "P", "Q", "Q")]
    assert protocol.stages[2]["figures"]["abstain"] == 25


def test_the_next_vote_is_named_until_it_has_been_taken() -> None:
    assert decide_rivals(PQR, []).pending == {"kind": "vote", "role": "preparatory", "yes": "Q", "no": "R"}
    after = decide_rivals(PQR, [vote("Q", "R", 35, 40)])
    assert after.pending == {"kind": "vote", "role": "main", "yes": "P", "no": "R"}
    assert after.elected == ()


def test_the_questions_are_put_from_the_outside_in() -> None:
    questions = decide_rivals(PQR, []).stages
    assert [(stage["put"], stage["named"], stage["division"]) for stage in questions] == [
        (["P", "Q", "R"], "P", True),
        (["Q", "R"], "Q", True),
    ]


def test_with_full_rankings_the_condorcet_winner_can_win_against_the_main_proposal() -> None:
    known = ballots("SAB", "45 S>A>B", "30 A>B>S", "24 B>A>S")
    protocol = decide_by_rankings(Plan.nested("SAB"), known)
    figures = [(stage["figures"]["yes"], stage["figures"]["no"]) for stage in protocol.stages[2:]]
    assert figures == [(75, 24), (45, 54)]
    assert protocol.elected == ("A",)
    assert not analyse(known).main_decides


@pytest.mark.parametrize("main", "ABC")
def test_in_a_cycle_whichever_is_main_wins(main: str) -> None:
    rest = [name for name in "ABC" if name != main]
    assert decide_by_rankings(Plan.nested([main, *rest]), CYCLE).elected == (main,)
    assert decide_by_rankings(Plan.sequence(main, rest), CYCLE).elected == (main,)


def test_the_analysis_warns_that_the_choice_of_main_proposal_decides() -> None:
    orders = analyse(CYCLE)
    assert orders.main_decides
    assert {main: set(found) for main, found in orders.by_main.items()} == {"A": {"A"}, "B": {"B"}, "C": {"C"}}


def test_the_analysis_finds_where_the_order_alone_decides() -> None:
    known = ballots("MABC", "34 A>B>C>M", "33 B>C>A>M", "32 C>A>B>M")
    orders = analyse(known)
    assert orders.order_decides
    assert set(orders.by_main["M"]) == {"A", "B", "C"}
    for winner, order in orders.by_main["M"].items():
        assert decide_by_rankings(Plan.nested(order), known).elected == (winner,)


def test_one_proposal_needs_no_vote() -> None:
    protocol = decide_rivals(Plan.nested(["avslag"]), [])
    assert protocol.elected == ("avslag",)
    assert protocol.stages[0]["division"] is False


def test_acclamation_at_the_main_question_ends_it() -> None:
    protocol = decide_rivals(Plan.nested("PQR", acclaimed=0), [])
    assert protocol.elected == ("P",)
    assert protocol.settled


def test_acclamation_of_the_counter_proposal_leaves_one_vote() -> None:
    plan = Plan.nested("PQR", acclaimed=1)
    assert decide_rivals(plan, []).pending == {"kind": "vote", "role": "main", "yes": "P", "no": "Q"}
    assert decide_rivals(plan, [vote("P", "Q", 3, 2)]).elected == ("P",)


def test_a_proposal_withdrawn_in_mid_chain_leaves_its_place() -> None:
    protocol = decide_rivals(PQR, [vote("Q", "R", 40, 35)], withdrawn="Q")
    assert protocol.pending == {"kind": "vote", "role": "main", "yes": "P", "no": "R"}
    assert protocol.more["annulled"] == [["Q", "R"]]
    done = decide_rivals(PQR, [vote("Q", "R", 40, 35), vote("P", "R", 1, 2)], withdrawn="Q")
    assert done.elected == ("R",)


def test_a_withdrawn_main_proposal_leaves_the_counter_proposal() -> None:
    assert decide_rivals(PQR, [vote("Q", "R", 40, 35)], withdrawn="P").elected == ("Q",)


def test_when_a_proposal_named_by_acclamation_is_withdrawn_its_rivals_are_put_again() -> None:
    protocol = decide_rivals(Plan.nested("PQRS", acclaimed=1), [], withdrawn="Q")
    assert protocol.pending == {"kind": "question", "put": ["R", "S"]}


def test_when_everything_is_withdrawn_nothing_is_decided() -> None:
    protocol = decide_rivals(PQR, [], withdrawn="PQR")
    assert (protocol.outcome, protocol.elected) == ("all_withdrawn", ())


@pytest.mark.parametrize(
    ("rule", "casting", "winner", "pending"),
    [
        (ContraRule(preparatory=Settling.LOT), None, None, "lot"),
        (ContraRule(preparatory=Settling.CASTING), None, None, "casting_vote"),
        (ContraRule(preparatory=Settling.CASTING), "nej", "R", None),
    ],
)
def test_a_tie_in_the_preparatory_vote(
    rule: ContraRule, casting: str | None, winner: str | None, pending: str | None
) -> None:
    protocol = decide_rivals(PQR, [vote("Q", "R", 40, 40, casting=casting)], rule)
    if pending:
        assert protocol.pending is not None
        assert protocol.pending["kind"] == pending
    else:
        assert protocol.stages[2]["winner"] == winner


@pytest.mark.parametrize(
    ("final", "outcome", "elected"),
    [(Settling.MAIN_STANDS, None, ("P",)), (Settling.DEFER, "deferred", ()), (Settling.CASTING, None, ("Q",))],
)
def test_a_tie_in_the_main_vote(final: Settling, outcome: str | None, elected: tuple[str, ...]) -> None:
    votes = [vote("Q", "R", 40, 35), vote("P", "Q", 50, 50, casting="nej")]
    protocol = decide_rivals(PQR, votes, ContraRule(final=final))
    assert (protocol.outcome, protocol.elected) == (outcome, elected)


def test_a_lot_settles_a_tie_when_there_is_a_seed() -> None:
    votes = [vote("Q", "R", 40, 35), vote("P", "Q", 50, 50)]
    protocol = decide_rivals(PQR, votes, lots=Lots(SEED))
    assert protocol.elected[0] in "PQ"
    assert protocol.lots[0]["items"] == ["P", "Q"]


def test_a_preparatory_tie_cannot_be_settled_by_letting_the_main_stand() -> None:
    with pytest.raises(CountError, match="preparatory_tie"):
        ContraRule(preparatory=Settling.MAIN_STANDS)


@pytest.mark.parametrize(("figures", "winner"), [((66, 33), "A"), ((66, 34), "oförändrat")])
def test_the_survivor_of_simple_majorities_meets_unchanged_under_the_qualified_rule(
    figures: tuple[int, int], winner: str
) -> None:
    rule = ContraRule(qualified=Threshold(2, 3, strict=False))
    votes = [vote("A", "B", 51, 49), Vote("A", "oförändrat", Figures(*figures))]
    assert decide_rivals(Plan.nested("AB"), votes[:1], rule).pending == {
        "kind": "vote",
        "role": "qualified",
        "yes": "A",
        "no": "oförändrat",
    }
    assert decide_rivals(Plan.nested("AB"), votes, rule).elected == (winner,)


def test_a_vote_that_the_order_never_comes_to_is_refused() -> None:
    with pytest.raises(CountError, match="vote_not_in_plan"):
        decide_rivals(PQR, [vote("Q", "R", 40, 35), vote("P", "R", 48, 52)])


def test_an_agreed_sequence_of_pairs_may_be_any_knock_out() -> None:
    plan = Plan.agreed([Pair("A", "B"), Pair("C", 1), Pair("M", 2)])
    votes = [vote("A", "B", 2, 1), vote("C", "A", 1, 2), vote("M", "A", 1, 2)]
    assert decide_rivals(plan, votes).elected == ("A",)


@pytest.mark.parametrize(
    "pairs",
    [
        [],
        [Pair("A", "B"), Pair("M", "C")],
        [Pair("A", "B"), Pair("M", 2)],
        [Pair("A", 2), Pair("M", 1)],
        [Pair("A", "B"), Pair(1, "M")],
        [Pair("A", "B"), Pair("A", 1)],
    ],
)
def test_a_sequence_that_forgets_or_repeats_is_refused(pairs: list[Pair]) -> None:
    with pytest.raises(CountError):
        Plan.agreed(pairs)


def test_a_rival_order_of_questions_is_chosen_before_any_question_is_put() -> None:
    other = Plan.nested("QPR")
    assert rival_order(PQR, other, Figures(yes=40, no=41), votes_taken=0) is other
    assert rival_order(PQR, other, Figures(yes=40, no=40), votes_taken=0) is PQR
    with pytest.raises(CountError, match="order_too_late"):
        rival_order(PQR, other, Figures(yes=1, no=41), votes_taken=1)
    with pytest.raises(CountError, match="order_other_proposals"):
        rival_order(PQR, Plan.nested("PQ"), Figures(yes=1, no=41), votes_taken=0)


def test_handling_comes_first_rivals_next_and_additions_by_themselves() -> None:
    bifall, avslag = ("bifall", Kind.RIVAL), ("avslag", Kind.RIVAL)
    extra, later, back = ("tillägg", Kind.ADDITION), ("bordläggning", Kind.DEFER), ("återremiss", Kind.REFER_BACK)
    questions = arrange([bifall, extra, later, avslag, back])
    assert questions.today == ("återremiss", "bordläggning")
    assert questions.rivals == ("bifall", "avslag")
    assert questions.additions == ("tillägg",)


def test_too_many_proposals_for_the_analysis_are_refused() -> None:
    with pytest.raises(CountError, match="too_many_proposals"):
        analyse(ballots("ABCDEFGHIJK", "1 A>B"))


@st.composite
def rankings(draw: st.DrawFn) -> Ballots:
    names = "ABCDE"[: draw(st.integers(1, 5))]
    lines = draw(st.lists(st.tuples(st.integers(1, 9), st.permutations(names)), min_size=1, max_size=6))
    return ballots(names, *(f"{number} {'>'.join(order)}" for number, order in lines))


@given(rankings(), st.randoms(use_true_random=False), st.booleans())
def test_n_proposals_take_at_most_n_minus_1_votes_and_the_winner_is_never_beaten_after_it_was_chosen(
    known: Ballots, dice: object, nested: bool
) -> None:
    order = list(known.candidates)
    dice.shuffle(order)  # type: ignore[attr-defined]
    plan = Plan.nested(order) if nested else Plan.sequence(order[0], order[1:])
    protocol = decide_by_rankings(plan, known, lots=Lots(SEED))
    votes = [stage for stage in protocol.stages if stage["kind"] in {"preparatory", "main"}]
    assert len(votes) <= len(order) - 1
    winner = protocol.elected[0]
    since = next((at for at, stage in enumerate(votes) if winner in {stage["yes"], stage["no"]}), 0)
    for stage in votes[since:]:
        assert stage["winner"] == winner
        lead = stage["figures"]["yes"] - stage["figures"]["no"]
        assert lead == 0 or (lead > 0) == (stage["yes"] == winner)


@given(rankings())
def test_the_analysis_agrees_with_trying_every_order(known: Ballots) -> None:
    orders = analyse(known)
    for order in permutations(known.candidates):
        protocol = decide_by_rankings(Plan.nested(order), known, lots=Lots(SEED))
        assert protocol.elected[0] in orders.by_main[order[0]]
