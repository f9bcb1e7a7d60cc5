import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.language import pick_language


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, "sv"),
        ("", "sv"),
        ("*", "sv"),
        ("de, fr;q=0.5", "sv"),
        ("en", "en"),
        ("en-GB,en;q=0.9", "en"),
        ("sv-SE,sv;q=0.9,en;q=0.8", "sv"),
        ("en-US,en;q=0.9,sv;q=0.8", "en"),
        ("en;q=0.3,sv;q=0.7", "sv"),
        ("de,en;q=0.1", "en"),
        ("en;q=0", "sv"),
        ("sv;q=0.5,en;q=0.5", "sv"),
        ("EN ; q=1.0", "en"),
        ("en;q=nonsense", "sv"),
        ("english", "sv"),
    ],
)
def test_the_reader_gets_the_language_that_they_prefer(header: str | None, expected: str) -> None:
    assert pick_language(header) == expected


@given(st.text())
def test_any_header_gives_one_of_the_two(header: str) -> None:
    assert pick_language(header) in {"sv", "en"}
