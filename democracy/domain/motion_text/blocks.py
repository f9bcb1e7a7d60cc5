"""Lines become blocks: a paragraph or a list item each, with the wraps of e-mail and PDF undone."""

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from democracy.domain.motion_text.lead_ins import ATT, JOINED_ATT, ends_in_lead_in, is_heading, is_label, lead_ins

_BULLET = "•·●○▪▫◦‣⁃■□➢➤►*+\ue000-\uf8ff"
_MARK = re.compile(
    rf"(?P<mark>(?:(?:att-?sats|yrkande)\s+\d{{1,2}}\s*[:.)–-]*|[{_BULLET}]|[-–—]|\(?\d{{1,3}}[.):]|\(?[a-zåäö]\))(?=\s)"
    rf"|(?:[{_BULLET}–—-]|\(?\d{{1,3}}[.):]?|\(?(?:[a-zåäö]|[ivx]{{2,4}})[.)]|o)(?=\s*\b{ATT}))\s*(?=\S)",
    re.IGNORECASE,
)
_DASHES = frozenset("-–—")
_FULL_STOP = re.compile(r"[.!?:;]['\"»«”’)]*$")
_OPEN_WORD = re.compile(
    r"\b(?:för|till|genom|så|om|på|av|med|i|trots|utan|från|efter|än|ser|anser|innebär)$", re.IGNORECASE
)
_WIDEST_WRAP = 130


@dataclass(frozen=True)
class Block:
    """One paragraph, or one list item with the mark that stood before it."""

    text: str
    mark: str = ""

    @property
    def is_clause(self) -> bool:
        """Whether it begins as an att-sats does."""
        return JOINED_ATT.match(self.text) is not None


def blocks(lines: list[str]) -> list[Block]:
    """Gather lines into blocks. Blank lines always part them; other line breaks do unless the line was wrapped."""
    lines = [" ".join(each.split()) for each in lines]
    joiner = _Joiner(_wrap_width(lines))
    for line in lines:
        joiner.add(line)
    return joiner.blocks


def _wrap_width(lines: list[str]) -> int:
    """Return the width at which the text was wrapped, 0 if it was not."""
    width = max(map(len, lines), default=0)
    wrapped = any(
        len(one) >= 40 and not _FULL_STOP.search(one) and other[:1].islower() and not JOINED_ATT.match(other)
        for one, other in pairwise(lines)
    )
    return width if wrapped and width <= _WIDEST_WRAP else 0


class _Joiner:
    def __init__(self, width: int) -> None:
        self.blocks: list[Block] = []
        self._width = width
        self._previous = ""
        self._among_clauses = False

    def add(self, line: str) -> None:
        mark = _MARK.match(line) if line else None
        if mark and not self._is_dash_in_a_sentence(line, mark):
            self.blocks.append(Block(line[mark.end() :], mark["mark"].strip()))
        elif line and self._continues(line):
            self.blocks[-1] = replace(self.blocks[-1], text=f"{self.blocks[-1].text} {line}")
        elif line:
            self.blocks.append(Block(line))
        self._previous = line
        if line and not self._among_clauses:
            self._among_clauses = self._opens_clauses()

    def _opens_clauses(self) -> bool:
        text = self.blocks[-1].text
        return is_heading(text) or ends_in_lead_in(text) or any(lead_ins(text[-300:]))

    def _is_dash_in_a_sentence(self, line: str, mark: re.Match[str]) -> bool:
        if mark["mark"] not in _DASHES or not self._previous or self.blocks[-1].mark:
            return False
        return (
            line[mark.end() :][:1].islower()
            and not _FULL_STOP.search(self._previous)
            and not line[mark.end() :].startswith("att ")
        )

    def _continues(self, line: str) -> bool:
        if not self._previous or any(is_heading(each) or is_label(each) for each in (line, self._previous)):
            return False
        if JOINED_ATT.match(line):
            return self._continues_with_att()
        if line[0].islower():
            return True
        return self._is_full() and not (self.blocks[-1].mark and _FULL_STOP.search(self._previous))

    def _continues_with_att(self) -> bool:
        if ends_in_lead_in(self.blocks[-1].text) or _FULL_STOP.search(self._previous):
            return False
        if not self._among_clauses:
            return True
        if self.blocks[-1].mark:
            return not re.search(r"(?:,|\bsamt|\boch)$", self._previous)
        return _OPEN_WORD.search(self._previous) is not None

    def _is_full(self) -> bool:
        """Whether the previous line was as long as lines get here, so that its end means nothing."""
        ended = _FULL_STOP.search(self._previous) is not None
        return self._width > 0 and len(self._previous) >= self._width * (0.8 if ended else 0.6)
