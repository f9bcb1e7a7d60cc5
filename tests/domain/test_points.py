"""Which amendments are decided together: whatever wins each point, the text can be woven."""

from hypothesis import given
from hypothesis import strategies as st

from democracy.domain.numbered_text.amendments import Amendment, Operation, faults
from democracy.domain.numbered_text.paragraphs import Paragraph, Place, Point
from democracy.domain.numbered_text.points import Aspect, points
from democracy.domain.numbered_text.weaving import Decided, weave

TEXT = [
    Paragraph(1, "Vi möts."), Paragraph(2, "", (Point("a", "Kassör."), Point("b", "Sekreterare."))),
    Paragraph(3, "Slut."),
]  # fmt: skip
PLACES = [Place(1), Place(2), Place(2, "", "a"), Place(2, "", "b"), Place(3)]

amendments = st.builds(
    Amendment, st.sampled_from(Operation), st.sampled_from(PLACES), st.sampled_from(["", "Nytt.", "Annat."]),
    st.sampled_from([None, *PLACES]),
).filter(lambda each: not faults(TEXT, each))  # fmt: skip


@given(st.lists(amendments, max_size=8))
def test_every_amendment_belongs_to_one_point_and_those_that_say_the_same_to_one_group(given: list[Amendment]) -> None:
    known = dict(enumerate(given))
    found = points(known)
    placed = sorted(key for point in found for group in point.groups for key in group)
    assert placed == sorted(known)


@given(st.lists(amendments, max_size=8), st.data())
def test_whatever_wins_each_point_the_text_can_be_woven(given: list[Amendment], data: st.DataObject) -> None:
    known = dict(enumerate(given))
    won: list[int] = []
    for point in points(known):
        if point.aspect is Aspect.ADDITION:
            won += [key for group in point.groups for key in group]
        else:
            won += data.draw(st.sampled_from([(), *point.groups]))
    woven = weave(TEXT, [Decided(known[key], key) for key in sorted(won)])
    made = {key for each in woven.passages for key in each.decisions} | {
        key for each in woven.passages for point in each.points for key in point.decisions
    } | {key for each in woven.removed for key in each.decisions}  # fmt: skip
    assert made == set(won)


def test_a_point_and_the_paragraph_that_it_lies_in_are_rivals_and_a_text_and_its_position_are_not() -> None:
    whole, part = (
        Amendment(Operation.DELETE, Place(2)),
        Amendment(Operation.REPLACE, Place(2, "", "a"), "Två kassörer."),
    )
    moved = Amendment(Operation.MOVE, Place(1), to=Place(3))
    reworded = Amendment(Operation.REPLACE, Place(1), "Vi ses.")
    found = points({"part": part, "moved": moved, "reworded": reworded, "whole": whole})
    assert [(str(point.place), point.aspect, point.groups) for point in found] == [
        ("1", Aspect.TEXT, (("reworded",),)), ("1", Aspect.POSITION, (("moved",),)),
        ("2", Aspect.TEXT, (("part",), ("whole",))),
    ]  # fmt: skip
