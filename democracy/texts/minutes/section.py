"""A § of the minutes: what is bound by events, and the words around it, which are the secretary's."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from democracy.texts.minutes.plain import prose

MARKER = re.compile(r"\{\{\s*([^{}]{1,60}?)\s*\}\}")


@dataclass(frozen=True, slots=True)
class Bound:
    """A line that follows from an event. Nobody writes it otherwise, moves it past another or leaves it out."""

    key: str
    """The wording says with `{{key}}` on a line of its own where it stands."""
    text: str
    joins: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """One § of the minutes, or its head."""

    item_id: UUID | None
    number: int | None
    heading: str
    bound: tuple[Bound, ...]
    intro: str = ""
    """What stands around the bound lines until the secretary writes something else."""
    level: int = 2


class WordingError(ValueError):
    """The wording names a bound line that there is none of, names one twice, or turns their order round."""

    def __init__(self, code: str, key: str) -> None:
        super().__init__(code, key)
        self.code, self.key = code, key


def check_wording(section: Section, wording: str) -> None:
    """Raise WordingError where the markers are not the bound lines' own, each once at most, in their order."""
    order = {bound.key: place for place, bound in enumerate(section.bound)}
    latest = -1
    for key in MARKER.findall(wording):
        if key not in order:
            raise WordingError("unknown_marker", key)
        if order[key] <= latest:
            raise WordingError("markers_out_of_order", key)
        latest = order[key]


def composed(section: Section, wording: str | None) -> str:
    """The section in Markdown. Bound lines that the wording does not place follow the last one that it does."""
    body = "\n\n".join(_paragraphs(section, section.intro if wording is None else wording))
    return (
        f"{'#' * section.level} {section.heading}\n\n{body}\n" if body else f"{'#' * section.level} {section.heading}\n"
    )


def _paragraphs(section: Section, wording: str) -> Iterator[str]:
    waiting = list(section.bound)
    pieces = MARKER.split(wording)
    # The texts stand at even places, the markers between them.
    for text, key in zip(pieces[::2], [*pieces[1::2], None], strict=True):
        if text.strip():
            yield prose(text)
        if key is None:
            yield from _joined(waiting)
        elif key in [bound.key for bound in waiting]:
            until = [bound.key for bound in waiting].index(key) + 1
            yield from _joined(waiting[:until])
            del waiting[:until]


def _joined(lines: Sequence[Bound]) -> Iterator[str]:
    paragraph = ""
    for bound in lines:
        if bound.joins and paragraph and "\n" not in paragraph:
            paragraph = f"{paragraph} {bound.text}"
            continue
        if paragraph:
            yield paragraph
        paragraph = bound.text
    if paragraph:
        yield paragraph
