"""DOCX files as a word processor writes them, some of them hostile."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

from docx import Document
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn


def saved(document: Any) -> bytes:
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def numbered(document: Any, text: str, *, italic: bool = False) -> Any:
    """A paragraph that the word processor numbers."""
    paragraph = document.add_paragraph(style="List Number")
    paragraph.add_run(text).italic = italic
    return paragraph


def plan() -> bytes:
    """Typed numbers, numbers of a list, quotations by run and by style, bullets, a page break, a table, a link."""
    document = Document()
    document.add_heading("Plan", level=0)
    document.add_heading("Inledning", level=1)
    quotation = numbered(document, "Ett citat ur programmet. Det är långt.", italic=True)
    quotation.add_run().add_break()
    quotation.add_run("Ur Solpartiets program").italic = True
    numbered(document, "Vi möts ofta.")
    document.add_heading("Mål", level=2)
    numbered(document, "Vi ska:")
    document.add_paragraph("läsa", style="List Bullet")
    document.add_paragraph("skriva", style="List Bullet")
    italic = document.add_paragraph().add_run("Arbete")
    italic.italic = True
    cut = numbered(document, "Vi bjuder alla de")
    cut.add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph("medlemmar som är nya.")
    quoted = document.add_paragraph(style="Quote")
    quoted.add_run("5. Ett citat till. Det är kort.")
    document.add_paragraph("– Ur Solpartiets program 2016")
    cell = document.add_table(1, 1).cell(0, 0).paragraphs[0]
    cell.add_run("6. I en tabell.")
    return saved(document)


def rewritten(data: bytes, change: Callable[[str, bytes], bytes | None], **added: bytes) -> bytes:
    """The same package with parts changed, left out (None) or added."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            content = change(name, source.read(name))
            if content is not None:
                archive.writestr(name, content)
        for name, content in added.items():
            archive.writestr(name, content)
    return target.getvalue()


def replacing(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    def change(name: str, content: bytes) -> bytes:
        if name != part:
            return content
        assert old in content
        return content.replace(old, new, 1)

    return rewritten(data, change)


def with_tracked_change() -> bytes:
    document = Document()
    paragraph = document.add_paragraph("1. Vi möts.")
    inserted = OxmlElement("w:ins")
    inserted.set(qn("w:id"), "1")
    inserted.append(paragraph.add_run(" Ofta.")._r)
    paragraph._p.append(inserted)
    return saved(document)
