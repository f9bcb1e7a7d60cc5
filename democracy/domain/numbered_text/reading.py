"""From blocks to numbered paragraphs: headings, continuations, points, quotations, and notes on what was guessed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from democracy.domain.numbered_text.blocks import Block, Kind, Run, text_of
from democracy.domain.numbered_text.drafts import Draft
from democracy.domain.numbered_text.joining import goes_on, is_ended, is_title, looks_like_heading
from democracy.domain.numbered_text.paragraphs import Heading, Paragraph
from democracy.domain.numbered_text.quotations import is_attribution

# A list may skip a few numbers; a line that begins with "2018." is no paragraph.
_LONGEST_GAP = 50
_LARGEST_FIRST = 999
_BOLD_LEVEL, _ITALIC_LEVEL = 3, 4


class NoteCode(StrEnum):
    """What whoever imports a text should look at."""

    JOINED = "joined"
    """A paragraph that a page break had cut was put together."""
    NUMBER_CHANGED = "number_changed"
    """A number came again; the paragraph got the next one. The note's text is the number as written."""
    NUMBER_MISSING = "number_missing"
    """A number is skipped before this paragraph."""
    NUMBERED = "numbered"
    """The text had no numbers; each of its paragraphs got one."""
    LOCK_WITHOUT_SOURCE = "lock_without_source"
    """It is in italics like a quotation, but does not say what it quotes."""
    LEFT_OUT = "left_out"
    """A text outside the numbered paragraphs."""


@dataclass(frozen=True)
class Note:
    """A code, the label of the paragraph that it is about ("" for none), and a text."""

    code: NoteCode
    label: str = ""
    text: str = ""


@dataclass(frozen=True)
class Reading:
    """What was read. Every word of the file stands in a paragraph, a heading, a provenance or a note."""

    paragraphs: tuple[Paragraph, ...]
    notes: tuple[Note, ...]


def read(blocks: Sequence[Block]) -> Reading:
    """Gather blocks into paragraphs. Never fails; a text without any paragraph gives none."""
    notes: list[Note] = []
    if not any(each.kind is Kind.NUMBERED for each in blocks):
        blocks = list(_numbered(blocks))
        if any(each.kind is Kind.NUMBERED for each in blocks):
            notes.append(Note(NoteCode.NUMBERED))
    reader = _Reader(notes)
    for index, block in enumerate(blocks):
        reader.add(block, blocks[index + 1] if index + 1 < len(blocks) else None)
    return reader.finish()


def _numbered(blocks: Sequence[Block]) -> Iterator[Block]:
    """Number the paragraphs of a text that has no numbers of its own."""
    number, before = 0, ""
    for each in blocks:
        own = (
            each.kind is Kind.TEXT
            and not each.inside
            and not is_attribution(each.text)
            and not looks_like_heading(each)
        )
        if own and not is_title(each.text) and not (before and not is_ended(before)):
            number += 1
            yield replace(each, kind=Kind.NUMBERED, number=number)
        else:
            yield each
        before = each.text if each.kind is Kind.TEXT and own and not is_title(each.text) else ""


class _Reader:
    def __init__(self, notes: list[Note]) -> None:
        self._notes = notes
        self._drafts: list[Draft] = []
        self._open: Draft | None = None
        self._headings: list[Heading] = []
        self._inner = 0
        """The number that the next item of a numbered list inside a paragraph would have; 0 outside one."""

    def add(self, block: Block, following: Block | None) -> None:
        if not block.text and block.kind is not Kind.NUMBERED:
            return
        match block.kind:
            case Kind.HEADING:
                self._add_heading(block.level, block.text)
            case Kind.NUMBERED:
                self._add_numbered(block)
            case Kind.POINT:
                self._add_point(block)
            case Kind.TEXT:
                self._add_text(block, following)

    def finish(self) -> Reading:
        self._notes.extend(Note(NoteCode.LEFT_OUT, text=each.text) for each in self._headings if self._drafts)
        paragraphs: list[Paragraph] = []
        heading: str | None = None
        for draft in self._drafts:
            heading = draft.headings[-1].text if draft.headings else heading
            paragraphs.append(draft.paragraph(heading))
        return Reading(tuple(paragraphs), (*self._notes, *self._sourceless(paragraphs)))

    def _sourceless(self, paragraphs: list[Paragraph]) -> Iterator[Note]:
        for each in paragraphs:
            if each.locked and each.provenance is None:
                yield Note(NoteCode.LOCK_WITHOUT_SOURCE, str(each.place))

    def _add_heading(self, level: int, text: str) -> None:
        self._headings.append(Heading(level, " ".join(text.split())))
        self._open, self._inner = None, 0

    def _add_numbered(self, block: Block) -> None:
        number = block.number or 0
        if self._open and (block.inside or self._is_inner(number, self._open)):
            self._inner = number + 1
            self._open.add_point(block)
            return
        last = self._drafts[-1].number if self._drafts else None
        if block.suffix and (number, block.suffix) > (last or 0, self._drafts[-1].suffix if self._drafts else ""):
            self._begin(block, number, block.suffix)
            return
        if number > (_LARGEST_FIRST if last is None else last + _LONGEST_GAP):
            self._add_text(replace(block, kind=Kind.TEXT, lines=_with_number(block)), None)
            return
        self._begin(block, self._number(number, last), "")

    def _is_inner(self, number: int, above: Draft) -> bool:
        """Whether it is an item of a numbered list inside the paragraph above: "… ska vi:", then 1, 2, 3."""
        return number == (self._inner or (1 if above.ends_with_colon else 0))

    def _number(self, number: int, last: int | None) -> int:
        if last is None or number == last + 1:
            return max(number, 1)
        if number <= last:
            self._notes.append(Note(NoteCode.NUMBER_CHANGED, str(last + 1), str(number)))
            return last + 1
        self._notes.append(Note(NoteCode.NUMBER_MISSING, str(number)))
        return number

    def _begin(self, block: Block, number: int, suffix: str) -> None:
        self._open = Draft(number, suffix, tuple(self._headings))
        self._open.add_lines(block.lines)
        self._drafts.append(self._open)
        self._headings, self._inner = [], 0

    def _add_point(self, block: Block) -> None:
        if self._open is None:
            self._leave_out(block)
        else:
            self._open.add_point(block)

    def _add_text(self, block: Block, following: Block | None) -> None:
        if self._open and is_attribution(block.text):
            self._open.attribute(block.text)
        elif not block.inside and looks_like_heading(block):
            self._add_heading(_BOLD_LEVEL if any(run.bold for run in block.lines[0]) else _ITALIC_LEVEL, block.text)
        elif self._open is None:
            self._add_loose(block, following)
        elif not block.inside and goes_on(self._open.tail, block.text):
            self._notes.append(Note(NoteCode.JOINED, self._open.label))
            self._open.go_on(block)
        elif not block.inside and self._is_plain_heading(block, following):
            self._add_heading(_BOLD_LEVEL, block.text)
        else:
            self._open.add_lines(block.lines)

    def _add_loose(self, block: Block, following: Block | None) -> None:
        if self._is_plain_heading(block, following):
            self._add_heading(_BOLD_LEVEL, block.text)
        else:
            self._leave_out(block)

    def _is_plain_heading(self, block: Block, following: Block | None) -> bool:
        """Whether a short line without emphasis stands where a heading would, right above a paragraph."""
        return is_title(block.text) and following is not None and following.kind in {Kind.NUMBERED, Kind.HEADING}

    def _leave_out(self, block: Block) -> None:
        self._notes.append(Note(NoteCode.LEFT_OUT, text=block.text))


def _with_number(block: Block) -> tuple[tuple[Run, ...], ...]:
    first, *rest = block.lines or ((),)
    return ((Run(f"{block.number}. {text_of(first)}"),), *rest)
