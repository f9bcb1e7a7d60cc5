"""The parts that a report is made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from democracy.formats.counting_words import Words


@dataclass(frozen=True, slots=True)
class Title:
    """A heading; level 1 is the page's."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Lines:
    """Short lines, one under another."""

    lines: Sequence[str]


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose first column holds names and whose others hold numbers."""

    header: Sequence[str]
    rows: Sequence[Sequence[str]]


Block: TypeAlias = Title | Lines | Table


def number_text(number: Any, words: Words) -> str:
    """A number of a protocol as people write it."""
    return words.decimal(number["decimal"]) if isinstance(number, Mapping) else str(number)


def figures_text(figures: Mapping[str, Any], words: Words) -> str:
    """Yes, no, blank and abstentions in a line."""
    return words.say("event", "figures", **{key: figures[key] for key in ("yes", "no", "blank", "abstain")})
