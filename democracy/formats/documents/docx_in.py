"""DOCX into blocks: headings and lists by style or as typed, emphasis, line breaks, tables read cell by cell."""

import io
from collections.abc import Iterable, Iterator

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

from democracy.domain.numbered_text.blocks import Block, Kind, Line, Run, text_of, without_start
from democracy.domain.numbered_text.marks import number_mark, point_mark
from democracy.formats.documents.docx_lists import Lists
from democracy.formats.documents.docx_package import check_package
from democracy.formats.documents.docx_styles import Element, Styles, numbering_of, outline_level, toggle, value
from democracy.formats.documents.faults import DocumentFileError

_PARAGRAPH, _RUN, _TEXT = qn("w:p"), qn("w:r"), qn("w:t")
_BREAKS = frozenset({qn("w:br"), qn("w:cr")})
_CHARACTERS = {qn("w:tab"): " ", qn("w:noBreakHyphen"): "-"}
# Text boxes float beside the text, and their fallback repeats it.
_ASIDE = frozenset({qn("w:txbxContent"), "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"})


def read_docx(data: bytes) -> list[Block]:
    """Read a DOCX file. Raises DocumentFileError for what is unsafe, damaged or has tracked changes."""
    check_package(data)
    try:
        document = Document(io.BytesIO(data))
        reader = _Reader(Styles(document.styles.element), Lists(_numbering(document)))
        return [block for each in _paragraphs(document.element.body) for block in reader.blocks(each)]
    # python-docx raises whatever a damaged part makes it stumble over.
    except Exception as error:
        raise DocumentFileError("damaged") from error


def _numbering(document: Element) -> Element | None:
    for each in document.part.rels.values():
        if each.reltype == RELATIONSHIP_TYPE.NUMBERING:
            return each.target_part.element
    return None


def _paragraphs(body: Element) -> Iterator[Element]:
    """Paragraphs in the order of the text, those in tables and content controls too."""
    waiting = [iter(body)]
    while waiting:
        element = next(waiting[-1], None)
        if element is None:
            waiting.pop()
        elif element.tag == _PARAGRAPH:
            yield element
        elif element.tag not in _ASIDE:
            waiting.append(iter(element))


class _Reader:
    def __init__(self, styles: Styles, lists: Lists) -> None:
        self._styles = styles
        self._lists = lists

    def blocks(self, paragraph: Element) -> Iterator[Block]:
        """One paragraph of the file, parted where a line within it begins with a bullet."""
        style = self._styles.facts(value(paragraph, "w:pPr/w:pStyle"))
        lines = [line for line in self._lines(paragraph) if text_of(line)]
        if not lines:
            return
        level = outline_level(paragraph) or style.level
        if level:
            yield Block(Kind.HEADING, tuple(lines), level=level)
            return
        numbering = numbering_of(paragraph) or style.numbering
        if numbering is None or numbering[0] == "0":
            yield from _typed(lines, inside=_is_indented(paragraph))
        else:
            yield from self._listed(lines, *numbering)

    def _listed(self, lines: list[Line], list_id: str, level: int) -> Iterator[Block]:
        number = self._lists.number(list_id, level)
        first = Block(Kind.POINT if number is None else Kind.NUMBERED, (), number, inside=level > 0)
        yield from _parted(first, lines)

    def _lines(self, paragraph: Element) -> list[Line]:
        style = self._styles.facts(value(paragraph, "w:pPr/w:pStyle"))
        lines: list[list[Run]] = [[]]
        for run in _runs(paragraph):
            own = self._styles.facts(value(run, "w:rPr/w:rStyle"))
            italic = _said(toggle(run, "w:rPr/w:i"), own.italic, style.italic)
            bold = _said(toggle(run, "w:rPr/w:b"), own.bold, style.bold)
            for index, text in enumerate(_characters(run).split("\n")):
                if index:
                    lines.append([])
                if text:
                    lines[-1].append(Run(text, italic, bold))
        return [tuple(each) for each in lines]


def _said(*answers: bool | None) -> bool:
    return next((each for each in answers if each is not None), False)


def _runs(paragraph: Element) -> Iterator[Element]:
    """The runs of a paragraph, those in links and content controls too; never those of a text box or hidden ones."""
    waiting = [iter(paragraph)]
    while waiting:
        element = next(waiting[-1], None)
        if element is None:
            waiting.pop()
        elif element.tag == _RUN:
            if not toggle(element, "w:rPr/w:vanish"):
                yield element
        elif element.tag not in _ASIDE and element.tag != _PARAGRAPH:
            waiting.append(iter(element))


def _characters(run: Element) -> str:
    return "".join(_character(each) for each in run)


def _character(element: Element) -> str:
    if element.tag == _TEXT:
        return (element.text or "").replace("\n", " ")
    if element.tag in _BREAKS:
        return "" if element.get(qn("w:type")) == "page" else "\n"
    return _CHARACTERS.get(element.tag, "")


def _is_indented(paragraph: Element) -> bool:
    found = paragraph.find(f"{qn('w:pPr')}/{qn('w:ind')}")
    left: str = "" if found is None else found.get(qn("w:left")) or found.get(qn("w:start")) or ""
    return left.isdigit() and int(left) > 0


def _typed(lines: list[Line], *, inside: bool) -> Iterator[Block]:
    """A paragraph outside every list: its number or bullet may be typed by hand."""
    text = text_of(lines[0])
    if mark := number_mark(text):
        lines = [without_start(lines[0], mark.length), *lines[1:]]
        yield from _parted(Block(Kind.NUMBERED, (), mark.number, suffix=mark.suffix), lines)
    elif mark := point_mark(text):
        lines = [without_start(lines[0], mark.length), *lines[1:]]
        yield from _parted(Block(Kind.POINT, (), inside=inside), lines)
    else:
        yield from _parted(Block(Kind.TEXT, (), inside=inside), lines)


def _parted(first: Block, lines: Iterable[Line]) -> Iterator[Block]:
    block, gathered = first, list[Line]()
    for line in lines:
        mark = point_mark(text_of(line))
        if mark and (gathered or first.kind is Kind.NUMBERED):
            yield _with(block, gathered)
            block, gathered = Block(Kind.POINT, (), inside=True), [without_start(line, mark.length)]
        else:
            gathered.append(line)
    yield _with(block, gathered)


def _with(block: Block, lines: list[Line]) -> Block:
    return Block(block.kind, tuple(lines), block.number, block.level, block.suffix, block.inside)
