"""Reads the blocks of a motion from where its att-satser begin."""

import re
from dataclasses import dataclass, field
from itertools import islice
from typing import Self

from democracy.domain.motion_text.blocks import Block
from democracy.domain.motion_text.clauses import as_clause, parted, run_of_clauses
from democracy.domain.motion_text.lead_ins import ATT, LeadIn, is_heading, is_label, lead_ins

_BARE_ATT = re.compile(rf"\s*:?\s*({ATT})?[\s:]*", re.IGNORECASE)
_INLINE_MARK = re.compile(rf"[\s:]*(?P<mark>\(?(?:\d{{1,2}}|[a-z])[.)])?\s*(?={ATT})", re.IGNORECASE)


@dataclass(frozen=True)
class Start:
    """The block with which the att-satser begin, and what counts as one."""

    number: int
    weak: bool = False
    """ "Jag föreslår att" begins att-satser, not only "jag yrkar att"."""
    without_att: bool = False
    """Paragraphs without "att" are att-satser too, as long as nothing else is."""


@dataclass
class Removed:
    """What fell away, in order."""

    lead_ins: list[str] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)


class Reader:
    """One reading of a motion's body: reasoning until `start`, then att-satser until they end."""

    def __init__(self, body: list[Block], start: Start) -> None:
        self.reasoning: list[Block] = []
        self.clauses: list[str] = []
        self.with_att_added: list[str] = []
        self.removed = Removed()
        self.resumed = False
        self._body = body
        self._start = start
        self._open = False
        self._unfinished = ""
        self._waiting: list[Block] = []

    def read(self) -> Self:
        """Read every block; return the reader itself."""
        for block in self._body[: self._start.number]:
            self._reason(block)
        for number, block in enumerate(self._body[self._start.number :]):
            self._open = self._open or number == 0
            self._waiting.append(block)
            while self._waiting:
                self._read_block(self._waiting.pop())
        self._finish()
        return self

    def _read_block(self, block: Block) -> None:
        if is_heading(block.text):
            self._remove_lead_in(f"{block.mark} {block.text}".strip())
        elif lead_in := self._lead_in(block):
            self._read_lead_in(block, lead_in)
        elif block.is_clause and (self._open or block.mark or block.text[0].islower()):
            self._read_clause(block)
        elif self._open and self._goes_on(block):
            self._unfinished = f"{self._unfinished} {block.mark} {block.text}".replace("  ", " ")
        elif self._open and (block.mark or self._start.without_att):
            self._read_clause(block)
        else:
            self._reason(block)

    def _lead_in(self, block: Block) -> LeadIn | None:
        return next(lead_ins(block.text, weak=self._start.weak or self._open), None)

    def _goes_on(self, block: Block) -> bool:
        """Whether a block belongs to the att-sats before it: after a colon, or in the middle of a sentence."""
        before = self._unfinished
        if before.endswith(":"):
            return True
        return bool(before) and not block.mark and block.text[0].islower() and not before.endswith((".", ";"))

    def _read_lead_in(self, block: Block, lead_in: LeadIn) -> None:
        before, words = block.text[: lead_in.start].strip(), block.text[lead_in.start : lead_in.end].strip()
        rest = block.text[lead_in.end :]
        if lead_in.meaningful:
            before, words = f"{before} {words.rstrip(':')}:".strip(), ""
        if before:
            self._reason(Block(before, block.mark))
        elif block.mark:
            self.removed.marks.append(block.mark)
        bare = _BARE_ATT.fullmatch(rest)
        self._remove_lead_in(f"{words} {bare[1] or ''}".strip() if bare else words)
        if not bare:
            self._read_run(rest.lstrip(" :"))

    def _remove_lead_in(self, words: str) -> None:
        self._finish()
        if words:
            self.removed.lead_ins.append(words)
        self._open = True

    def _read_run(self, text: str) -> None:
        """Read what follows a lead-in in the same paragraph."""
        if (match := _INLINE_MARK.match(text)) and match["mark"]:
            self.removed.marks.append(match["mark"])
            text = text[match.end() :]
        run, after = run_of_clauses(text)
        pieces, joints = parted(run, running=True)
        self._add(pieces, joints)
        self._finish()
        if after:
            self._open = any(each.start == 0 for each in islice(lead_ins(after, weak=True), 1))
            self._waiting.append(Block(after))

    def _read_clause(self, block: Block) -> None:
        self._finish()
        self._open = True
        if block.mark[:1].isalnum() or block.mark[:1] == "(":
            self.removed.marks.append(block.mark)
        if block.mark or not block.is_clause:
            self._add([block.text], [])
        else:
            self._add(*parted(block.text, running=False))

    def _add(self, pieces: list[str], joints: list[str]) -> None:
        self.removed.marks.extend(joints)
        for piece in pieces:
            self._finish()
            self._unfinished = piece

    def _finish(self) -> None:
        """Close the att-sats that was being read."""
        text, self._unfinished = self._unfinished.strip(), ""
        if not text:
            return
        clause, joints = as_clause(text)
        self.removed.marks.extend(joints)
        if clause:
            self.clauses.append(clause)
        if clause and not Block(text).is_clause:
            self.with_att_added.append(clause)

    def _reason(self, block: Block) -> None:
        self._finish()
        self._open = False
        if is_label(block.text):
            self.removed.lead_ins.append(f"{block.mark} {block.text}".strip())
            return
        self.resumed = self.resumed or bool(self.clauses)
        self.reasoning.append(block)
