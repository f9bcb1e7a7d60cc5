from hypothesis import given
from hypothesis import strategies as st

from democracy.counting.naming import UNCHANGED, Cast, Level, Named, Next, Rivals, follow
from democracy.counting.threshold import Figures

ABCD = Rivals(("A", "B", "C", "D"), "A")


def cast(yes: str, no: str, for_yes: int, for_no: int, abstain: int = 0) -> Cast:
    return Cast(yes, no, Figures(for_yes, for_no, abstain=abstain), yes if for_yes > for_no else no)


def test_counter_proposals_are_named_from_the_outside_in_and_voted_from_the_inside_out() -> None:
    assert follow(ABCD, {}, []).name == Named(1, ("B", "C", "D"))
    divided = {1: Level("B", divided=True)}
    assert follow(ABCD, divided, []).name == Named(2, ("C", "D"))
    named = divided | {2: Level("C")}
    assert follow(ABCD, named, []).name == Named(2, ("C", "D"))
    closed = divided | {2: Level("C", closed=True)}
    first = follow(ABCD, closed, [])
    assert (first.pairs, first.vote, first.left) == ((("B", "C"), ("A", 1)), Next("preparatory", "B", "C"), 2)
    second = follow(ABCD, closed, [cast("B", "C", 31, 22, 4)])
    assert second.vote == Next("main", "A", "B")
    done = follow(ABCD, closed, [cast("B", "C", 31, 22, 4), cast("A", "B", 27, 29, 1)])
    assert (done.winner, done.left, done.votes) == ("B", 0, 2)


def test_an_approved_sequence_names_nobody() -> None:
    sequence = Rivals(("A", "B", "C"), "B", form="sequence")
    assert follow(sequence, {}, []).vote == Next("preparatory", "A", "C")


def test_a_single_proposal_is_voted_on_by_itself() -> None:
    alone = Rivals(("A",), "A")
    assert follow(alone, {}, []).vote == Next("single", "A", None)
    assert follow(alone, {}, [cast("A", UNCHANGED, 3, 5)]).winner == UNCHANGED


def test_a_survivor_meets_what_is_unchanged_where_a_qualified_majority_is_needed() -> None:
    statutes = Rivals(("R", "B", "C"), "R", rejection="R", qualified=True)
    first = follow(statutes, {}, [])
    assert (first.vote, first.votes) == (Next("main", "B", "C"), 2)
    second = follow(statutes, {}, [cast("B", "C", 9, 5)])
    assert second.vote == Next("qualified", "B", "R")
    assert follow(statutes, {}, [cast("B", "C", 9, 5), Cast("B", "R", Figures(9, 6), "R")]).winner == "R"


def test_equal_figures_that_defer_the_matter_end_the_chain() -> None:
    assert follow(Rivals(("A", "B"), "A"), {}, [Cast("A", "B", Figures(5, 5), None)]).deferred


def test_what_settled_equal_figures_is_followed() -> None:
    assert follow(Rivals(("A", "B"), "A"), {}, [Cast("A", "B", Figures(5, 5), "B")]).winner == "B"


def test_a_proposal_withdrawn_in_mid_chain_leaves_its_place() -> None:
    closed = {1: Level("B", divided=True), 2: Level("C", closed=True)}
    gone = Rivals(ABCD.order, "A", withdrawn=frozenset("B"))
    assert follow(gone, closed, []).vote == Next("main", "A", "C")
    again = Rivals(ABCD.order, "A", withdrawn=frozenset("C"))
    assert follow(again, {1: Level("B", closed=True)}, []).vote == Next("main", "A", "B")
    assert follow(again, {1: Level("C", closed=True)}, []).name == Named(1, ("B", "D"))
    assert follow(Rivals(("A", "B"), "A", withdrawn=frozenset("AB")), {}, []) == follow(ABCD_GONE, {}, [])


ABCD_GONE = Rivals(ABCD.order, "A", withdrawn=frozenset("ABCD"))


@given(st.data())
def test_every_chain_ends_with_one_of_the_proposals_that_stand(data: st.DataObject) -> None:
    names = data.draw(st.lists(st.sampled_from("ABCDEF"), min_size=1, max_size=6, unique=True))
    rejection = data.draw(st.sampled_from([None, *names]))
    withdrawn: set[str] = set()
    levels: dict[int, Level] = {}
    votes: list[Cast] = []
    form, qualified = data.draw(st.sampled_from(["nested", "sequence"])), data.draw(st.booleans())
    main = data.draw(st.sampled_from(names))
    for _ in range(4 * len(names) + 4):
        rivals = Rivals(tuple(names), main, form, rejection, qualified, frozenset(withdrawn))
        pending = follow(rivals, levels, votes)
        if pending.name is not None:
            assert len(pending.name.among) > 1
            assert not set(pending.name.among) & withdrawn
            named = data.draw(st.sampled_from(pending.name.among))
            divided = data.draw(st.booleans())
            levels[pending.name.level] = Level(named, divided=divided, closed=not divided)
        elif pending.vote is not None:
            no = pending.vote.no or UNCHANGED
            assert (pending.vote.yes, no) not in {(each.yes, each.no) for each in votes}
            assert pending.left > 0
            if len(withdrawn) < len(names) and data.draw(st.integers(0, 4)) == 0:
                withdrawn.add(data.draw(st.sampled_from([each for each in names if each not in withdrawn])))
                continue
            votes.append(cast(pending.vote.yes, no, *data.draw(st.sampled_from([(9, 4), (3, 7)]))))
        else:
            break
    standing = set(names) - withdrawn
    assert pending.winner in (standing | {UNCHANGED} if standing else {None})
