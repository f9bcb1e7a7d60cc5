"""Texts and amendments to them, drawn by Hypothesis."""

from hypothesis import strategies as st

from democracy.domain.numbered_text.amendments import BEGINNING, Amendment, Operation, Side, faults
from democracy.domain.numbered_text.paragraphs import Heading, Paragraph, Place, lettered

WORDS = st.lists(st.sampled_from(["vi", "ska", "inte", "möta", "å", "LO:s"]), min_size=1, max_size=4).map(" ".join)


@st.composite
def texts(draw: st.DrawFn) -> list[Paragraph]:
    """A text with points, headings and locks; every second heading or so is new."""
    found: list[Paragraph] = []
    heading: str | None = None
    for number in range(1, draw(st.integers(2, 6)) + 1):
        above = tuple(Heading(draw(st.integers(1, 3)), draw(WORDS)) for _ in range(draw(st.integers(0, 1))))
        heading = above[-1].text if above else heading
        points = lettered(tuple(draw(st.lists(WORDS, max_size=3))))
        lead = draw(WORDS) if not points else draw(st.one_of(st.just(""), WORDS))
        found.append(Paragraph(number, lead, points, above, heading, locked=draw(st.booleans())))
    return found


def places(text: list[Paragraph]) -> list[Place]:
    """Every place of a text."""
    return [
        place
        for each in text
        for place in (each.place, *(Place(each.number, each.suffix, point.letter) for point in each.points))
    ]


@st.composite
def amendments(draw: st.DrawFn, text: list[Paragraph]) -> Amendment:
    """Any amendment, possible or not."""
    everywhere = [*places(text), BEGINNING]
    return Amendment(
        draw(st.sampled_from(Operation)),
        draw(st.sampled_from(everywhere)),
        draw(WORDS),
        draw(st.sampled_from(everywhere)),
        draw(st.sampled_from(Side)),
    )


@st.composite
def texts_and_amendments(draw: st.DrawFn, *, most: int = 6) -> tuple[list[Paragraph], list[Amendment]]:
    """A text and amendments that it can take, each by itself."""
    text = draw(texts())
    drawn = draw(st.lists(amendments(text), max_size=most))
    return text, [each for each in drawn if not faults(text, each)]
