"""A document's numbered paragraphs, the points under them, and the names of its places."""

import re
from dataclasses import dataclass
from string import ascii_lowercase, ascii_uppercase

from democracy.domain.numbered_text.marks import point_mark

_LABEL = re.compile(r"(?:§|¶|stycke|punkt)?\s*(\d{1,5})\s*[.:§]?\s*([A-Z]{1,2})?\s*[.:]?\s*([a-z]{1,2})?\.?")


@dataclass(frozen=True)
class Heading:
    """A heading and its level, 1 being the highest."""

    level: int
    text: str


@dataclass(frozen=True)
class Point:
    """A sub-anchor (underpunkt): a bullet under a number, with the letter that it keeps."""

    letter: str
    text: str


@dataclass(frozen=True, order=True)
class Place:
    """A paragraph ("17", or "17 A" when it was inserted after 17), or a point in it ("17 b")."""

    number: int
    suffix: str = ""
    letter: str = ""

    @property
    def paragraph(self) -> "Place":
        """The paragraph that it is or lies in."""
        return Place(self.number, self.suffix)

    def __str__(self) -> str:
        return " ".join(part for part in (str(self.number), self.suffix, self.letter) if part)


def parse_place(label: str) -> Place | None:
    """Read "17", "17 A", "17 b" and the like; None when it is no place."""
    found = _LABEL.fullmatch(label.strip())
    return Place(int(found[1]), found[2] or "", found[3] or "") if found else None


@dataclass(frozen=True)
class Paragraph:
    """A numbered paragraph (numrerat stycke)."""

    number: int
    lead: str
    """The text before its points; lines as the writer parted them."""
    points: tuple[Point, ...] = ()
    headings: tuple[Heading, ...] = ()
    """The headings that stand between the paragraph before and this one."""
    heading: str | None = None
    """The nearest heading above it."""
    locked: bool = False
    """Whether it quotes a text that is decided elsewhere, so that no amendment may change it."""
    provenance: str | None = None
    """Where a locked text comes from."""
    suffix: str = ""

    @property
    def place(self) -> Place:
        """Its own place."""
        return Place(self.number, self.suffix)

    @property
    def text(self) -> str:
        """The whole paragraph: the lead, then each point on a line of its own after "- "."""
        return "\n".join((*([self.lead] if self.lead else ()), *(f"- {point.text}" for point in self.points)))

    def point(self, letter: str) -> Point | None:
        """The point with that letter, if there is one."""
        return next((point for point in self.points if point.letter == letter), None)


def parts_of(text: str) -> tuple[str, tuple[str, ...]]:
    """Part a text into its lead and its points; lines after a point without a mark of their own belong to it."""
    lead: list[str] = []
    points: list[str] = []
    for line in (" ".join(each.split()) for each in text.strip().splitlines()):
        mark = point_mark(line)
        if mark:
            points.append(line[mark.length :])
        elif points and line:
            points[-1] = f"{points[-1]} {line}"
        else:
            lead.append(line)
    return "\n".join(lead).strip(), tuple(points)


def lettered(texts: tuple[str, ...]) -> tuple[Point, ...]:
    """Give points their letters: a, b, … z, aa, ab, …"""
    return tuple(Point(letter_at(index), text) for index, text in enumerate(texts))


def letter_at(index: int) -> str:
    """The letter of a point, counted from 0."""
    return _at(index, ascii_lowercase)


def suffix_at(index: int) -> str:
    """The suffix of an inserted paragraph, counted from 0: A, B, …"""
    return _at(index, ascii_uppercase)


def _at(index: int, alphabet: str) -> str:
    high, low = divmod(index, len(alphabet))
    return (_at(high - 1, alphabet) if high else "") + alphabet[low]
