"""Numbered paragraphs as DOCX, with real headings and lists, in Swedish."""

import io
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from democracy.domain.numbered_text.paragraphs import Paragraph
from democracy.formats.documents.outgoing import Outgoing, with_even_headings

_LANGUAGE = "sv-SE"
# The word processor shows when the file was made by its own clock; ours must not tell when somebody fetched it.
_MADE = datetime(2000, 1, 1, tzinfo=UTC)


def write_docx(document: Outgoing) -> bytes:
    """Write the document. Every number is typed out, so that the word processor does not count anew."""
    made = Document()
    _describe(made, document.title)
    made.add_heading(document.title, level=1)
    if document.status:
        made.add_paragraph().add_run(document.status).italic = True
    for headings, paragraph in with_even_headings(document.paragraphs):
        for each in headings:
            made.add_heading(each.text, level=each.level)
        _add(made, paragraph)
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def _describe(made: Any, title: str) -> None:
    properties = made.core_properties
    properties.title, properties.author, properties.comments = title, "", ""
    properties.language, properties.created, properties.modified = _LANGUAGE, _MADE, _MADE
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), _LANGUAGE)
    style = made.styles["Normal"].element.get_or_add_rPr()
    style.append(language)


def _add(made: Any, paragraph: Paragraph) -> None:
    written = made.add_paragraph()
    written.add_run(f"{paragraph.place}.").bold = True
    for index, line in enumerate(line for line in paragraph.lead.split("\n") if line):
        if index:
            written.add_run().add_break()
        written.add_run(f" {line}" if not index else line).italic = paragraph.locked
    for point in paragraph.points:
        made.add_paragraph(style="List Bullet").add_run(point.text).italic = paragraph.locked
    if paragraph.provenance:
        made.add_paragraph().add_run(paragraph.provenance).italic = True
