"""Amendments to one place, their collisions, and the text that is woven from what was approved."""

from collections import Counter
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from democracy.domain.numbered_text.amendments import Amendment, FaultCode, Operation, Side, faults, text_at
from democracy.domain.numbered_text.collisions import CONTRADICTIONS, CollisionKind, collision, collisions
from democracy.domain.numbered_text.paragraphs import Heading, Paragraph, Place, lettered, parse_place, parts_of
from democracy.domain.numbered_text.weaving import Decided, UnweavableError, Woven, weave
from tests.domain.numbered_text.texts import amendments, places, texts, texts_and_amendments

A, B = Heading(2, "A"), Heading(2, "B")
TEXT = [
    Paragraph(1, "Ett.", headings=(A,), heading="A"),
    Paragraph(2, "Citat.", heading="A", locked=True, provenance="Ur partiprogrammet 2016"),
    Paragraph(3, "", lettered(("röd", "grön", "gul")), (B,), "B"),
    Paragraph(4, "Fyra.", heading="B"),
]


def place(label: str) -> Place:
    found = parse_place(label)
    assert found is not None
    return found


def replacing(label: str, text: str) -> Amendment:
    return Amendment(Operation.REPLACE, place(label), text)


def inserting(label: str, text: str, side: Side = Side.AFTER) -> Amendment:
    return Amendment(Operation.INSERT, place(label), text, side=side)


def deleting(label: str) -> Amendment:
    return Amendment(Operation.DELETE, place(label))


def moving(label: str, to: str, side: Side = Side.AFTER) -> Amendment:
    return Amendment(Operation.MOVE, place(label), to=place(to), side=side)


def woven(*approved: Amendment) -> Woven[int]:
    return weave(TEXT, [Decided(each, 10 * index) for index, each in enumerate(approved, start=1)])


def as_read(result: Woven[int]) -> list[tuple[str, str]]:
    return [(str(each.paragraph.place), each.paragraph.text) for each in result.passages]


def test_what_is_approved_is_woven_in_and_linked_to_its_decision() -> None:
    result = woven(
        replacing("1", "Ett och ett halvt."),
        inserting("2", "Nytt."),
        inserting("2", "Nyare."),
        deleting("3 b"),
        inserting("3 a", "blå"),
        moving("4", "0"),
    )
    assert as_read(result) == [
        ("4", "Fyra."),
        ("1", "Ett och ett halvt."),
        ("2", "Citat."),
        ("2 A", "Nytt."),
        ("2 B", "Nyare."),
        ("3", "- röd\n- blå\n- gul"),
    ]
    assert [each.decisions for each in result.passages] == [(60,), (10,), (), (20,), (30,), ()]
    assert [(each.point.letter, each.decisions) for each in result.passages[-1].points] == [
        ("a", ()),
        ("b", (50,)),
        ("c", ()),
    ]
    assert [(str(each.place), each.decisions) for each in result.removed] == [("3 b", (40,))]


def test_a_point_moved_to_another_paragraph_gets_a_letter_there_and_keeps_its_origin() -> None:
    text = [TEXT[2], Paragraph(5, "Fem:", lettered(("svart",)))]
    result = weave(text, [Decided(moving("3 b", "5 a", Side.BEFORE), "beslut")])
    first, second = result.passages
    assert first.paragraph.text == "- röd\n- gul"
    assert [(each.point.letter, each.point.text, str(each.origin)) for each in second.points] == [
        ("b", "grön", "3 b"),
        ("a", "svart", "5 a"),
    ]


def test_a_reworded_paragraph_moves_with_its_new_words() -> None:
    result = woven(moving("1", "4"), replacing("1", "Uno."))
    assert as_read(result)[-1] == ("1", "Uno.")
    assert result.passages[-1].decisions == (20, 10)


def test_a_section_that_loses_its_paragraphs_loses_its_heading() -> None:
    result = woven(deleting("3"), moving("4", "1"))
    assert [(str(each.paragraph.place), each.paragraph.headings) for each in result.passages] == [
        ("1", (A,)),
        ("4", ()),
        ("2", ()),
    ]
    assert {each.paragraph.heading for each in result.passages} == {"A"}


def test_a_paragraph_without_text_that_loses_its_last_point_is_gone() -> None:
    result = woven(deleting("3 a"), deleting("3 b"), deleting("3 c"))
    assert [label for label, _ in as_read(result)] == ["1", "2", "4"]


def test_the_same_amendment_approved_twice_is_carried_out_once_for_both() -> None:
    result = woven(inserting("1", "Nytt."), inserting("1", " Nytt. "))
    assert [each.decisions for each in result.passages if each.origin is None] == [(10, 20)]


def test_decisions_that_contradict_each_other_are_named() -> None:
    with pytest.raises(UnweavableError) as refused:
        woven(replacing("1", "Uno."), deleting("1"), deleting("3"), replacing("3 a", "rosa"))
    assert set(refused.value.pairs) == {(10, 20), (30, 40)}


def test_an_approved_amendment_that_does_not_fit_is_named() -> None:
    with pytest.raises(UnweavableError) as refused:
        woven(deleting("2"), deleting("7"))
    assert [(decision, fault.code) for decision, fault in refused.value.misfits] == [
        (10, FaultCode.LOCKED),
        (20, FaultCode.PLACE_UNKNOWN),
    ]


@pytest.mark.parametrize(
    ("amendment", "codes"),
    [
        (replacing("2", "Annat."), [FaultCode.LOCKED]),
        (deleting("2"), [FaultCode.LOCKED]),
        (moving("2", "1"), [FaultCode.LOCKED]),
        (inserting("2", "Efter citatet."), []),
        (moving("1", "2"), []),
        (replacing("9", "Nio."), [FaultCode.PLACE_UNKNOWN]),
        (replacing("3 d", "d"), [FaultCode.PLACE_UNKNOWN]),
        (replacing("0", "noll"), [FaultCode.PLACE_UNKNOWN]),
        (replacing("1", "  "), [FaultCode.TEXT_MISSING]),
        (inserting("9", ""), [FaultCode.PLACE_UNKNOWN, FaultCode.TEXT_MISSING]),
        (replacing("1", " Ett. "), [FaultCode.UNCHANGED]),
        (moving("1", "1"), [FaultCode.UNCHANGED]),
        (Amendment(Operation.MOVE, place("1")), [FaultCode.DESTINATION_MISSING]),
        (moving("1", "3 a"), [FaultCode.DESTINATION_UNKNOWN]),
        (moving("3 a", "4"), [FaultCode.DESTINATION_UNKNOWN]),
    ],
)
def test_every_reason_why_an_amendment_cannot_be_put_is_given(amendment: Amendment, codes: list[FaultCode]) -> None:
    assert [each.code for each in faults(TEXT, amendment)] == codes


def test_a_refusal_names_what_the_locked_paragraph_quotes() -> None:
    (fault,) = faults(TEXT, deleting("2"))
    assert fault.provenance == "Ur partiprogrammet 2016"


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        (replacing("1", "x"), replacing("1", "y"), CollisionKind.RIVALS),
        (replacing("1", "x"), deleting("1"), CollisionKind.RIVALS),
        (moving("1", "4"), deleting("1"), CollisionKind.RIVALS),
        (moving("1", "4"), replacing("1", "x"), None),
        (replacing("1", "x"), replacing("1", " x "), CollisionKind.SAME),
        (replacing("3", "x"), deleting("3 a"), CollisionKind.CONTAINS),
        (moving("3", "1"), deleting("3 a"), None),
        (deleting("3"), inserting("3 a", "x"), CollisionKind.CONTAINS),
        (deleting("3"), inserting("3", "x"), None),
        (inserting("1", "x"), inserting("1", "y"), CollisionKind.SAME_GAP),
        (inserting("1", "x"), moving("4", "1"), CollisionKind.SAME_GAP),
        (inserting("1", "x"), inserting("1", "y", Side.BEFORE), None),
    ],
)
def test_amendments_collide(one: Amendment, other: Amendment, kind: CollisionKind | None) -> None:
    assert collision(one, other) is kind
    assert collision(other, one) is kind


@pytest.mark.parametrize("label", ["17", "17 A", "17 b", "17 A b", "0"])
def test_a_place_reads_back_as_it_was_written(label: str) -> None:
    assert str(parse_place(label)) == label


@pytest.mark.parametrize(("label", "read_as"), [("¶17", "17"), ("§ 17 b", "17 b"), ("17b", "17 b"), ("stycke 4.", "4")])
def test_a_place_is_read_as_people_write_it(label: str, read_as: str) -> None:
    assert str(parse_place(label)) == read_as


@pytest.mark.parametrize("label", ["", "b", "sjutton", "17 b c", "17-18"])
def test_what_is_no_place_is_none(label: str) -> None:
    assert parse_place(label) is None


@given(texts())
def test_weaving_nothing_changes_nothing(text: list[Paragraph]) -> None:
    result: Woven[int] = weave(text, [])
    assert [each.paragraph for each in result.passages] == text


@given(texts())
def test_a_paragraph_reads_back_from_its_own_text(text: list[Paragraph]) -> None:
    for each in text:
        assert parts_of(each.text) == (each.lead, tuple(point.text for point in each.points))


@given(st.data())
def test_deleting_a_paragraph_and_adding_its_text_there_gives_the_same_words(data: st.DataObject) -> None:
    text = data.draw(texts())
    each: Paragraph = data.draw(st.sampled_from(text))
    decided = [
        Decided(Amendment(Operation.DELETE, each.place), 1),
        Decided(Amendment(Operation.INSERT, each.place, each.text), 2),
    ]
    unlocked = [Paragraph(p.number, p.lead, p.points, p.headings, p.heading) for p in text]
    assert [p.paragraph.text for p in weave(unlocked, decided).passages] == [p.text for p in text]


@given(st.data())
def test_moving_is_a_permutation(data: st.DataObject) -> None:
    text = data.draw(texts())
    drawn = data.draw(st.lists(amendments(text), max_size=4))
    moves = {each.place: each for each in drawn if each.operation is Operation.MOVE and not faults(text, each)}
    result = weave(text, [Decided(each, index) for index, each in enumerate(moves.values())])

    def words(paragraphs: list[Paragraph]) -> Counter[str]:
        return Counter(
            part for each in paragraphs for part in (each.lead, *(point.text for point in each.points)) if part
        )

    assert words([each.paragraph for each in result.passages]) == words(text)
    assert result.removed == ()


@given(st.data())
def test_whether_two_amendments_collide_does_not_depend_on_which_is_named_first(data: st.DataObject) -> None:
    text = data.draw(texts())
    one, other = data.draw(amendments(text)), data.draw(amendments(text))
    assert collision(one, other) == collision(other, one)
    assert collision(one, one) is CollisionKind.SAME


@given(texts_and_amendments())
def test_a_text_is_woven_exactly_when_nothing_contradicts_and_locks_never_change(
    drawn: tuple[list[Paragraph], list[Amendment]],
) -> None:
    text, approved = drawn
    numbered = dict(enumerate(approved))
    contradict = any(each.kind in CONTRADICTIONS for each in collisions(numbered))
    try:
        result = weave(text, [Decided(each, key) for key, each in numbered.items()])
    except UnweavableError:
        assert contradict
        return
    assert not contradict
    after = {each.origin: each.paragraph for each in result.passages if each.origin}
    for each in text:
        if each.locked:
            assert (after[each.place].lead, after[each.place].points) == (each.lead, each.points)
    names = places([each.paragraph for each in result.passages])
    assert len(names) == len(set(names))


@given(texts_and_amendments(most=3))
def test_the_order_of_decisions_matters_only_within_a_gap(drawn: tuple[list[Paragraph], list[Amendment]]) -> None:
    text, approved = drawn
    if any(True for _ in collisions(dict(enumerate(approved)))):
        return
    results = [
        [
            (each.paragraph.lead, {point.text for point in each.paragraph.points})
            for each in weave(text, decided).passages
        ]
        for decided in permutations([Decided(each, key) for key, each in enumerate(approved)])
    ]
    assert all(each == results[0] for each in results)


@given(texts_and_amendments())
def test_an_approved_rewording_is_what_then_stands_there(drawn: tuple[list[Paragraph], list[Amendment]]) -> None:
    text, approved = drawn
    for each in approved:
        if each.operation is Operation.REPLACE:
            result = weave(text, [Decided(each, 1)])
            assert text_at([passage.paragraph for passage in result.passages], each.place) == each.text
