"""The mark that a line begins with: a number, a bullet, a letter."""

import re
from dataclasses import dataclass

BULLETS = "•·●○▪▫◦‣⁃■□➢➤►*+–—-\ue000-\uf8ff"
_NUMBER = re.compile(
    r"(?:§\s*(?P<after>\d{1,4})\b\.?|(?P<before>\d{1,4})\s*§|(?P<plain>\d{1,4})(?:\s?(?P<suffix>[A-Z]{1,2}))?[.)])(?:\s+|$)"
)
_POINT = re.compile(rf"(?:[{BULLETS}]|\(?[a-zåäö]\))\s+(?=\S)|[■□●▪•➢➤►\ue000-\uf8ff](?=\S)")
_PAGE = re.compile(
    r"(?:[-–—]\s*)?(?:(?:sida|sid\.?)\s*)?\d{1,4}"
    r"(?:\s*(?:\(\d{1,4}\)|av\s+\d{1,4}|/\s*\d{1,4}))?(?:\s*[-–—])?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Mark:
    """A number, or None for a bullet or a letter; and how many characters the mark takes."""

    number: int | None
    length: int
    suffix: str = ""
    """The letter of a paragraph that was inserted: "17 A."."""


def number_mark(line: str) -> Mark | None:
    """Recognise "17. ", "17 A. ", "17) ", "§ 17 " and "17 § " at the beginning of a line."""
    found = _NUMBER.match(line)
    if found is None:
        return None
    return Mark(int(found["after"] or found["before"] or found["plain"]), found.end(), found["suffix"] or "")


def point_mark(line: str) -> Mark | None:
    """Recognise a bullet of any program, a dash or "a) " at the beginning of a line."""
    found = _POINT.match(line)
    return None if found is None else Mark(None, found.end())


def is_page_number(line: str) -> bool:
    """Whether a line standing alone is only the number of a page."""
    return _PAGE.fullmatch(line.strip()) is not None
