"""Markdown and plain text into blocks, line by line as people write them: numbers and bullets as they stand."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from democracy.domain.motion_text.characters import tidy
from democracy.domain.numbered_text.blocks import Block, Kind, Line, Run
from democracy.domain.numbered_text.joining import join
from democracy.domain.numbered_text.marks import Mark, is_page_number, number_mark, point_mark
from democracy.domain.numbered_text.quotations import is_attribution
from democracy.formats.documents.emphasis import lines_of

_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*\s*")
_RULE = re.compile(r"(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,}|(?:=\s*){3,}")
_BOLD_NUMBER = re.compile(r"^\*\*(§?\s?\d{1,4}(?:\s?[A-Z]{1,2}|\s?§)?[.)]?)\*\*(?=\s|$)")
_UNDERLINE = re.compile(r"=+|-{3,}")
_MARKS = str.maketrans("", "", "*_")
_INSIDE = 2
_ITEM_INSIDE = 4


@dataclass
class _Raw:
    kind: Kind
    texts: list[str] = field(default_factory=list)
    number: int | None = None
    level: int = 0
    suffix: str = ""
    inside: bool = False


def read_markdown(text: str) -> list[Block]:
    """Read Markdown, its emphasis included."""
    return [_block(raw, lines_of(raw.texts)) for raw in _Lines().read(text)]


def read_plain(text: str) -> list[Block]:
    """Read plain text: an asterisk or a number sign is itself."""
    return [_block(raw, tuple((Run(each),) for each in raw.texts)) for raw in _Lines(marked_up=False).read(text)]


def _block(raw: _Raw, lines: tuple[Line, ...]) -> Block:
    return Block(raw.kind, lines, raw.number, raw.level, raw.suffix, raw.inside)


class _Lines:
    def __init__(self, *, marked_up: bool = True) -> None:
        self._marked_up = marked_up
        self._blocks: list[_Raw] = []
        self._open = False
        """Whether the line before belongs to a block that this one may go on with."""
        self._breaks = False
        """Whether the line before ended in a break that the writer meant."""

    def read(self, text: str) -> Iterator[_Raw]:
        for line in tidy(text).split("\n"):
            self._add(line)
        return (each for each in self._blocks if each.kind is not Kind.TEXT or not _is_page(each))

    def _add(self, line: str) -> None:
        stripped = line.strip()
        if not stripped:
            self._open = False
        elif self._marked_up and (heading := _HEADING.fullmatch(stripped)):
            self._begin(Kind.HEADING, heading[2], level=len(heading[1]), is_open=False)
        elif self._is_underline(stripped):
            self._blocks[-1].kind, self._blocks[-1].level = Kind.HEADING, 1 if stripped[0] == "=" else 2
            self._open = False
        elif _RULE.fullmatch(stripped):
            self._open = False
        else:
            self._add_text(stripped, indent=len(line) - len(line.lstrip()))
            self._breaks = line.endswith("  ") or (self._marked_up and line.endswith("\\"))

    def _is_underline(self, stripped: str) -> bool:
        if not self._open or not _UNDERLINE.fullmatch(stripped):
            return False
        last = self._blocks[-1]
        return last.kind is Kind.TEXT and len(last.texts) == 1

    def _add_text(self, text: str, *, indent: int) -> None:
        if self._marked_up:
            text = text.lstrip("> ").removesuffix("\\") or text
            text = _BOLD_NUMBER.sub(r"\1 ", text)
        number = number_mark(text)
        if number and not self._is_number_in_a_sentence(number.number):
            self._begin_item(number, text[number.length :], inside=indent >= _ITEM_INSIDE)
        elif point := point_mark(text):
            self._begin(Kind.POINT, text[point.length :], inside=indent >= _INSIDE)
        elif self._open:
            self._continue(text)
        else:
            self._begin(Kind.TEXT, text, inside=indent >= _INSIDE)

    def _begin_item(self, mark: Mark, rest: str, *, inside: bool) -> None:
        point = point_mark(rest)
        self._begin(Kind.NUMBERED, "" if point else rest, inside=inside)
        self._blocks[-1].number, self._blocks[-1].suffix = mark.number, mark.suffix
        if point:
            self._begin(Kind.POINT, rest[point.length :], inside=True)

    def _is_number_in_a_sentence(self, number: int | None) -> bool:
        """Whether a wrapped line happens to begin with a year: "… sedan valet\\n2014. Därefter …"."""
        return self._open and not self._breaks and number is not None and number > 1500

    def _begin(self, kind: Kind, text: str, *, level: int = 0, inside: bool = False, is_open: bool = True) -> None:
        self._blocks.append(_Raw(kind, [text] if text else [], level=level, inside=inside))
        self._open, self._breaks = is_open, False

    def _continue(self, text: str) -> None:
        texts = self._blocks[-1].texts
        if not texts or self._breaks or is_attribution(text.translate(_MARKS)):
            texts.append(text)
        else:
            texts[-1] = join(texts[-1], text)


def _is_page(raw: _Raw) -> bool:
    return len(raw.texts) == 1 and is_page_number(raw.texts[0])
