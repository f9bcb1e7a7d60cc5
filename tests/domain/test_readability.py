"""LIX, on texts that are easy to count by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from democracy.domain.readability import Readability, readability


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vi bor här.", Readability(3, 3, 1)),
        # Seven letters make a long word: 2 words, 1 long, 1 sentence: 2 + 50.
        ("Bra klokare!", Readability(52, 2, 1)),
        ("Ett. Två. Tre", Readability(1, 3, 3)),
        ("- Ett äpple\n- Två päron", Readability(2, 4, 2)),
        ("Kl. 10 går vi", Readability(2, 4, 2)),
    ],
)
def test_lix_is_words_per_sentence_and_the_share_of_long_words(text: str, expected: Readability) -> None:
    assert readability(text) == expected


@pytest.mark.parametrize("text", ["", " ", "…", "— ."])
def test_what_has_no_words_has_no_measure(text: str) -> None:
    assert readability(text) is None


@given(st.text())
def test_any_text_has_a_measure_of_sound_size_or_none(text: str) -> None:
    measured = readability(text)
    assert measured is None or 1 <= measured.lix <= measured.words + 100
