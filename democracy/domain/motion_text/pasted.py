"""From a pasted text to a motion's parts, with a note for everything that was left out or is missing."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from democracy.domain.motion_text.blocks import Block, blocks
from democracy.domain.motion_text.characters import tidy
from democracy.domain.motion_text.lead_ins import ends_in_lead_in, is_heading, lead_ins
from democracy.domain.motion_text.reader import Reader, Start
from democracy.domain.motion_text.signature import without_signature
from democracy.domain.motion_text.title import take_title

# A text written to be slow offers thousands of beginnings; an honest one only a few.
_MOST_READINGS = 16


class NoteCode(StrEnum):
    """What the mover should look at."""

    TITLE_MISSING = "title_missing"
    REASONING_MISSING = "reasoning_missing"
    CLAUSES_MISSING = "clauses_missing"
    CLAUSES_BEFORE_REASONING = "clauses_before_reasoning"
    """Text that follows the att-satser was put with the reasoning."""
    ATT_ADDED = "att_added"
    """An att-sats had no "att" of its own; the note holds it as it now reads."""
    LEAD_IN_REMOVED = "lead_in_removed"
    """ "Därför yrkar jag", a heading, or the label before the title."""
    MARKS_REMOVED = "marks_removed"
    """Numbers and small words between att-satser."""
    SIGNATURE_REMOVED = "signature_removed"


@dataclass(frozen=True)
class Note:
    """A code, and the text that it is about."""

    code: NoteCode
    text: str = ""


@dataclass(frozen=True)
class Pasted:
    """The parts of a motion. Every word of the pasted text stands in one of them or in a note."""

    title: str
    reasoning: str
    """Markdown, its paragraphs parted by blank lines."""
    clauses: tuple[str, ...]
    """Each begins with "att " and ends with a full stop."""
    notes: tuple[Note, ...]


def split(text: str) -> Pasted:
    """Part a pasted text. Never fails: what cannot be told apart becomes reasoning."""
    lines, signature = without_signature(tidy(text).split("\n"))
    title, labels, bylines, body = take_title(blocks(lines))
    read = _read(body)
    reasoning = _markdown(read.reasoning)
    notes = (
        *_missing(title, reasoning, read),
        *(Note(NoteCode.ATT_ADDED, each) for each in read.with_att_added),
        *(Note(NoteCode.LEAD_IN_REMOVED, each) for each in (*labels, *read.removed.lead_ins)),
        *(Note(NoteCode.MARKS_REMOVED, " ".join(read.removed.marks)) for _ in read.removed.marks[:1]),
        *(Note(NoteCode.SIGNATURE_REMOVED, each) for each in (*bylines, *signature)),
    )
    return Pasted(title, reasoning, tuple(read.clauses), notes)


def _read(body: list[Block]) -> Reader:
    """Read the body from the likeliest beginning of its att-satser that yields any."""
    for start in islice(_starts(body), _MOST_READINGS):
        reader = Reader(body, start).read()
        if reader.clauses:
            return reader
    return Reader(body, Start(len(body))).read()


def _starts(body: list[Block]) -> Iterator[Start]:
    alone = [number for number, each in enumerate(body) if is_heading(each.text) or ends_in_lead_in(each.text)]
    for number in alone:
        if number + 1 < len(body) and (body[number + 1].is_clause or body[number + 1].mark):
            yield Start(number, weak=True)
    for weak in (False, True):
        within = [number for number, each in enumerate(body) if any(lead_ins(each.text, weak=weak))]
        yield from (Start(number, weak=weak) for number in reversed(within))
    for number, each in enumerate(body):
        if each.is_clause and (each.mark or each.text[0].islower()):
            yield Start(number)
    for number in alone:
        yield Start(number, weak=True, without_att=True)


def _missing(title: str, reasoning: str, read: Reader) -> Iterator[Note]:
    if not title:
        yield Note(NoteCode.TITLE_MISSING)
    if not reasoning:
        yield Note(NoteCode.REASONING_MISSING)
    if not read.clauses:
        yield Note(NoteCode.CLAUSES_MISSING)
    if read.resumed:
        yield Note(NoteCode.CLAUSES_BEFORE_REASONING)


def _markdown(reasoning: list[Block]) -> str:
    """Write paragraphs and lists; the items of one list stand on lines that follow each other."""
    parts: list[str] = []
    for number, each in enumerate(reasoning):
        item = (each.mark if each.mark[:1].isalnum() else "-") + " " if each.mark else ""
        between = "\n" if each.mark and number and reasoning[number - 1].mark else "\n\n"
        parts.append((between if number else "") + item + each.text)
    return "".join(parts)
