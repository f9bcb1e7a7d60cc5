"""A document as it leaves: its title and paragraphs, with headings that never skip a level."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from democracy.domain.numbered_text.paragraphs import Heading, Paragraph

_TOP = 2
_DEEPEST = 6


@dataclass(frozen=True)
class Outgoing:
    """What is written to a file."""

    title: str
    status: str
    """A line under the title: what the text is, and when it became so. It may be empty."""
    paragraphs: Sequence[Paragraph]


def with_even_headings(paragraphs: Sequence[Paragraph]) -> Iterator[tuple[list[Heading], Paragraph]]:
    """Each paragraph with the headings right above it, their levels made even: 2 under the title, then one at a time.

    A reader who listens goes from heading to heading by level, and PDF/UA asks for it.
    """
    above: list[int] = []
    for paragraph in paragraphs:
        headings = []
        for each in paragraph.headings:
            above = [level for level in above if level < each.level]
            headings.append(Heading(min(_TOP + len(above), _DEEPEST), each.text))
            above.append(each.level)
        yield headings, paragraph
