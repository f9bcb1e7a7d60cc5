"""Differences in whole words."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from democracy.domain.numbered_text.diff import Segment, SegmentKind, word_diff

TEXT = st.lists(st.sampled_from(["å", "ö", "vi", "LO:s", " ", "  ", "\n", ".", ","]), max_size=25).map("".join)
EQUAL, INSERT, DELETE = SegmentKind.EQUAL, SegmentKind.INSERT, SegmentKind.DELETE


def side(segments: tuple[Segment, ...], kind: SegmentKind) -> str:
    return "".join(each.text for each in segments if each.kind in {EQUAL, kind})


@given(TEXT, TEXT)
@example("x a b y", "x y")
@example("a b", " ")
def test_both_texts_can_be_read_out_of_their_difference(old: str, new: str) -> None:
    segments = word_diff(old, new)
    assert (side(segments, DELETE), side(segments, INSERT)) == (old, new)


@given(TEXT, TEXT)
def test_no_segment_is_empty_and_deletions_stand_before_insertions(old: str, new: str) -> None:
    segments = word_diff(old, new)
    assert all(each.text for each in segments)
    kinds = [each.kind for each in segments]
    assert (INSERT, DELETE) not in set(pairwise(kinds))
    assert all(one is not other for one, other in pairwise(kinds))


@given(TEXT)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert word_diff(text, text) == ((Segment(EQUAL, text),) if text else ())


@pytest.mark.parametrize(
    ("old", "new", "segments"),
    [
        (
            "Distriktet anställer en ombudsman på halvtid.",
            "Distriktet anställer en ombudsman på heltid, tidigast 2027.",
            [
                (EQUAL, "Distriktet anställer en ombudsman på "),
                (DELETE, "halvtid"),
                (INSERT, "heltid, tidigast 2027"),
                (EQUAL, "."),
            ],
        ),
        (
            "höger-vänster-frågor enligt C.H. Ek",
            "höger-vänster-frågan enligt C.H. Ek",
            [(DELETE, "höger-vänster-frågor"), (INSERT, "höger-vänster-frågan"), (EQUAL, " enligt C.H. Ek")],
        ),
        ("Vi går hem.", "Vi hem.", [(EQUAL, "Vi "), (DELETE, "går "), (EQUAL, "hem.")]),
        ("", "Nytt stycke.", [(INSERT, "Nytt stycke.")]),
        ("Bort.", "", [(DELETE, "Bort.")]),
    ],
)
def test_whole_words_differ_and_a_phrase_is_one_change(
    old: str, new: str, segments: list[tuple[SegmentKind, str]]
) -> None:
    assert [(each.kind, each.text) for each in word_diff(old, new)] == segments


def test_texts_without_a_word_in_common_are_an_old_and_a_new_one() -> None:
    old, new = " ".join(map(str, range(3000))), " ".join(map(str, range(3000, 6000)))
    assert [each.kind for each in word_diff(old, new)] == [DELETE, INSERT]
