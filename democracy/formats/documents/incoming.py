"""A file that somebody hands in, whatever it really is: read, or refused with the remedy."""

import codecs
import re
from enum import StrEnum
from typing import Final

from democracy.domain.numbered_text.blocks import Block
from democracy.domain.numbered_text.reading import Reading, read
from democracy.formats.documents.docx_in import read_docx
from democracy.formats.documents.faults import DocumentFileError
from democracy.formats.documents.text_in import read_markdown, read_plain

MOST_BYTES: Final = 6_000_000
MOST_PARAGRAPHS: Final = 5_000
_MEGABYTE = 1_000_000
_MOST_TEXT = 2_000_000
_ZIP, _OLE, _PDF, _RTF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"{\\rtf"
_MARKED_UP = re.compile(
    rb"^#{1,6}[ \t]+\S|(?:^|[\s(])(\*{1,3})[^\s*](?:[^*\n]*[^\s*])?\1(?=[\s.,;:!?)]|$)", re.MULTILINE
)
_BYTE_ORDER_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


class Format(StrEnum):
    """The formats that a document can be handed in as."""

    MARKDOWN = "markdown"
    PLAIN = "plain"
    DOCX = "docx"


_ENDINGS = {
    ".md": Format.MARKDOWN, ".markdown": Format.MARKDOWN, ".txt": Format.PLAIN, ".text": Format.PLAIN,
    ".docx": Format.DOCX,
}  # fmt: skip


def format_of(name: str, data: bytes) -> Format:
    """The format by what the file begins with, then by the end of its name; text without a known ending is Markdown.

    A ".txt" with Markdown's headings or emphasis is Markdown: many programs save it so.
    """
    if data.startswith(_ZIP):
        return Format.DOCX
    ending = name[name.rfind(".") :].lower() if "." in name else ""
    form = _ENDINGS.get(ending, Format.MARKDOWN)
    return Format.MARKDOWN if form is Format.PLAIN and _MARKED_UP.search(data[:_MOST_TEXT]) else form


def read_document(data: bytes, form: Format) -> Reading:
    """Read the numbered paragraphs of a file. Raises DocumentFileError."""
    if len(data) > MOST_BYTES:
        raise DocumentFileError("too_large", most=MOST_BYTES // _MEGABYTE)
    reading = read(_blocks(data, form))
    if len(reading.paragraphs) > MOST_PARAGRAPHS:
        raise DocumentFileError("too_many_paragraphs", most=MOST_PARAGRAPHS)
    if not reading.paragraphs:
        raise DocumentFileError("no_paragraphs")
    return reading


def _blocks(data: bytes, form: Format) -> list[Block]:
    _check_beginning(data, form)
    if form is Format.DOCX:
        return read_docx(data)
    text = _decoded(data)
    if len(text) > _MOST_TEXT:
        raise DocumentFileError("too_large", most=_MOST_TEXT // _MEGABYTE)
    return read_markdown(text) if form is Format.MARKDOWN else read_plain(text)


def _check_beginning(data: bytes, form: Format) -> None:
    if not data.strip():
        raise DocumentFileError("empty")
    if data.startswith(_PDF):
        raise DocumentFileError("pdf")
    if data.startswith(_OLE):
        raise DocumentFileError("old_word")
    if data.startswith(_RTF) or data.startswith(_ZIP) != (form is Format.DOCX):
        raise DocumentFileError("wrong_type")


def _decoded(data: bytes) -> str:
    encoding = next((name for mark, name in _BYTE_ORDER_MARKS if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise DocumentFileError("binary" if b"\0" in data[:4000] else "encoding") from error
    if "\0" in text:
        raise DocumentFileError("binary")
    return text
