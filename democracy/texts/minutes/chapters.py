"""A fixed text taken apart again into its head, its §§ and its annexes."""

import re
from dataclasses import dataclass

_HEADING = re.compile(r"^(#{1,2}) (.*)$", re.MULTILINE)
_NUMBER = re.compile(r"^§ (\d+)\b")


@dataclass(frozen=True, slots=True)
class Chapter:
    """One part of a text, with its heading."""

    number: int | None
    """Its §; None for the head and the annexes."""
    heading: str
    text: str
    """Markdown, heading included."""


def chapters(text: str) -> list[Chapter]:
    """Every part, in its order. Nothing but the minutes' own headings begins one: what people write cannot."""
    starts = list(_HEADING.finditer(text))
    ends = [*(each.start() for each in starts[1:]), len(text)][: len(starts)]
    return [
        Chapter(_number(found[2]), found[2], text[found.start() : end].rstrip("\n") + "\n")
        for found, end in zip(starts, ends, strict=True)
    ]


def chapter(text: str, number: int | None) -> str | None:
    """One § by its number, or the head."""
    return next((each.text for each in chapters(text) if each.number == number), None)


def _number(heading: str) -> int | None:
    found = _NUMBER.match(heading)
    return int(found[1]) if found else None
