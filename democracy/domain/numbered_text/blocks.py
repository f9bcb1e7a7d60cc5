"""What every reader of files hands over: a text as a row of blocks, its emphasis kept, its marks already taken off."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeAlias

# A run of punctuation that somebody forgot to make italic does not open a quotation.
_WHOLLY = 0.95


@dataclass(frozen=True)
class Run:
    """Characters in one type."""

    text: str
    italic: bool = False
    bold: bool = False


Line: TypeAlias = tuple[Run, ...]
"""What stands between two line breaks that the writer meant."""


class Kind(StrEnum):
    """What a block is by its form alone."""

    HEADING = "heading"
    NUMBERED = "numbered"
    """It begins with a number, or with § and a number."""
    POINT = "point"
    """It begins with a bullet or a letter, or is a numbered item inside another."""
    TEXT = "text"


@dataclass(frozen=True)
class Block:
    """One block. `number` is what a numbered block says itself; `level` is a heading's, from 1."""

    kind: Kind
    lines: tuple[Line, ...]
    number: int | None = None
    level: int = 0
    suffix: str = ""
    """The letter after its number, as in "17 A."."""
    inside: bool = False
    """Whether it is indented as a part of the item above."""

    @property
    def text(self) -> str:
        """Its lines without emphasis, blank ones left out."""
        return "\n".join(text for text in map(text_of, self.lines) if text)


def without_start(line: Line, length: int) -> Line:
    """Cut a mark off: that many characters from the first that is no space."""
    text = "".join(run.text for run in line)
    length += len(text) - len(text.lstrip())
    rest: list[Run] = []
    for run in line:
        rest.append(replace(run, text=run.text[length:]))
        length = max(0, length - len(run.text))
    return tuple(each for each in rest if each.text)


def text_of(line: Iterable[Run]) -> str:
    """The characters of a line, single spaces between the words."""
    return " ".join("".join(run.text for run in line).split())


def wholly_italic(lines: Iterable[Line]) -> bool:
    """Whether practically every letter is italic; a text without letters is not."""
    return _share([(run.italic, run.text) for line in lines for run in line]) >= _WHOLLY


def wholly_bold(lines: Iterable[Line]) -> bool:
    """Whether practically every letter is bold."""
    return _share([(run.bold, run.text) for line in lines for run in line]) >= _WHOLLY


def _share(runs: list[tuple[bool, str]]) -> float:
    letters = [(marked, sum(map(str.isalnum, text))) for marked, text in runs]
    total = sum(count for _, count in letters)
    return sum(count for marked, count in letters if marked) / total if total else 0.0
