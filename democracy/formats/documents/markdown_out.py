"""Numbered paragraphs as Markdown. Every number is written out, so that no program counts them anew."""

import re
from collections.abc import Iterator

from democracy.domain.numbered_text.marks import number_mark, point_mark
from democracy.domain.numbered_text.paragraphs import Paragraph
from democracy.formats.documents.outgoing import Outgoing, with_even_headings

_SPECIAL = re.compile(r"[`*_\[\]<>#|~\\]|&(?=#?\w+;)")
# A backslash or an ampersand written as an entity cannot be taken for the beginning of something else.
_ENTITIES = {"\\": "&#92;", "&": "&amp;"}
_OPENERS = ("=", "-", "+")


def write_markdown(document: Outgoing) -> str:
    """Write the document. Quotations are in italics with their source below, as they are read back."""
    parts = [f"# {escaped(document.title)}"]
    if document.status:
        parts.append(f"*{escaped(document.status)}*")
    for headings, paragraph in with_even_headings(document.paragraphs):
        parts.extend(f"{'#' * each.level} {escaped(each.text)}" for each in headings)
        parts.extend(_paragraph(paragraph))
    return "\n\n".join(parts) + "\n"


def escaped(text: str) -> str:
    """Text that Markdown shows as it stands."""
    plain = _SPECIAL.sub(_escape, text)
    if plain.startswith(_OPENERS) or number_mark(plain) or point_mark(plain):
        return f"&#{ord(plain[0])};{plain[1:]}"
    return plain


def _escape(found: re.Match[str]) -> str:
    return _ENTITIES.get(found.group(), f"\\{found.group()}")


def _paragraph(paragraph: Paragraph) -> Iterator[str]:
    emphasis = "*" if paragraph.locked else ""
    lines = [f"{emphasis}{escaped(line)}{emphasis}" for line in paragraph.lead.split("\n") if line]
    if paragraph.provenance and not paragraph.points:
        lines.append(f"*{escaped(paragraph.provenance)}*")
    yield f"**{paragraph.place}.** ".rstrip() + (" " if lines else "") + "\\\n".join(lines)
    if paragraph.points:
        yield "\n".join(f"- {emphasis}{escaped(point.text)}{emphasis}" for point in paragraph.points)
        if paragraph.provenance:
            yield f"*{escaped(paragraph.provenance)}*"
