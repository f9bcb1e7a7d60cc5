"""DOCX files: what a word processor writes is read, what is unsafe or unclear is refused with a remedy."""

import io
import zipfile
from contextlib import suppress

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from democracy.formats.documents.docx_package import MOST_XML
from democracy.formats.documents.faults import DocumentFileError
from democracy.formats.documents.incoming import MOST_BYTES, Format, format_of, read_document
from tests.formats.documents.papers import plan, replacing, rewritten, saved, with_tracked_change

PLAN = plan()
ENTITY = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
RELATIONS = "word/_rels/document.xml.rels"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def zipped(**parts: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def relation(kind: str, target: str) -> bytes:
    return (
        '<Relationship Id="r99" TargetMode="External" Target="' + target + '" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/' + kind + '"/></Relationships>'
    ).encode()


def in_utf_16(name: str, content: bytes) -> bytes:
    return (ENTITY.decode() + "<a/>").encode("utf-16") if name == "word/document.xml" else content


def refusal(data: bytes, form: Format = Format.DOCX) -> str:
    with pytest.raises(DocumentFileError) as refused:
        read_document(data, form)
    for language in ("sv", "en"):
        words = refused.value.words(language)
        assert words.endswith(".")
        assert "{" not in words
    return refused.value.code


def test_numbers_headings_bullets_quotations_and_cuts_are_read() -> None:
    paragraphs = read_document(PLAN, Format.DOCX).paragraphs
    assert [(each.number, each.heading, each.text, each.locked, each.provenance) for each in paragraphs] == [
        (1, "Inledning", "Ett citat ur programmet. Det är långt.", True, "Ur Solpartiets program"),
        (2, "Inledning", "Vi möts ofta.", False, None),
        (3, "Mål", "Vi ska:\n- läsa\n- skriva", False, None),
        (4, "Arbete", "Vi bjuder alla de medlemmar som är nya.", False, None),
        (5, "Arbete", "Ett citat till. Det är kort.", True, "Ur Solpartiets program 2016"),
        (6, "Arbete", "I en tabell.", False, None),
    ]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"PK\x03\x04" + bytes(100), "damaged"),
        (PLAN[: len(PLAN) // 2], "damaged"),
        (bytes(MOST_BYTES + 1), "too_large"),
        (zipped(**{"[Content_Types].xml": b" " * (MOST_XML + 1), "word/document.xml": b"<a/>"}), "unpacks_too_large"),
        (zipped(**{f"word/part{number}.txt": b"" for number in range(2100)}), "unpacks_too_large"),
        (zipped(**{"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<a/>"}), "other_office"),
        (zipped(**{"[Content_Types].xml": b"<a/>", "xl/workbook.xml": b"<a/>"}), "other_office"),
        (zipped(**{"readme.txt": b"hej"}), "wrong_type"),
        (rewritten(PLAN, lambda name, content: content, **{"word/vbaProject.bin": b"x"}), "macros"),
        (replacing(PLAN, "[Content_Types].xml", b"document.main+xml", b"document.macroEnabled.main+xml"), "macros"),
        (replacing(PLAN, "word/document.xml", b"<w:document", ENTITY + b"<w:document"), "entities"),
        (rewritten(PLAN, in_utf_16), "entities"),
        (replacing(PLAN, RELATIONS, b"</Relationships>", relation("attachedTemplate", "http://a.dotm")), "external"),
        (replacing(PLAN, RELATIONS, b"</Relationships>", relation("image", "file:///a.png")), "external"),
        (with_tracked_change(), "tracked_changes"),
        (replacing(PLAN, "word/document.xml", b"</w:body>", b"</w:bod>"), "damaged"),
        (rewritten(PLAN, lambda name, content: None if name == "_rels/.rels" else content), "damaged"),
        (OLE, "old_word"),
        (b"%PDF-1.7\n", "pdf"),
        (b"1. Ett stycke.", "wrong_type"),
    ],
)  # fmt: skip
def test_a_file_that_is_unsafe_or_unclear_is_refused_with_its_remedy(data: bytes, code: str) -> None:
    assert refusal(data) == code


def test_a_link_to_a_page_is_no_fetched_content() -> None:
    linked = replacing(PLAN, RELATIONS, b"</Relationships>", relation("hyperlink", "https://example.org"))
    assert len(read_document(linked, Format.DOCX).paragraphs) == 6


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (PLAN, "wrong_type"),
        (b"%PDF-1.7\n", "pdf"),
        (OLE, "old_word"),
        (b"{\\rtf1 hej}", "wrong_type"),
        (b" \n", "empty"),
        ("1. Räksmörgås.".encode("latin-1"), "encoding"),
        (b"1. A\0B.", "binary"),
        (b"\x89PNG\r\n\x1a\n\0\0", "binary"),
        (b"# Bara en rubrik", "no_paragraphs"),
        (b"a" * 2_000_001, "too_large"),
        (b"".join(b"%d. x\n\n" % number for number in range(1, 5_002)), "too_many_paragraphs"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("form", [Format.MARKDOWN, Format.PLAIN])
def test_a_text_that_is_none_is_refused_with_its_remedy(data: bytes, code: str, form: Format) -> None:
    assert refusal(data, form) == code


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_text_is_read_in_the_encodings_that_say_so(encoding: str) -> None:
    (one,) = read_document("1. Räksmörgås.".encode(encoding), Format.PLAIN).paragraphs
    assert one.text == "Räksmörgås."


@pytest.mark.parametrize(
    ("name", "data", "form"),
    [
        ("plan.docx", b"text", Format.DOCX),
        ("plan.TXT", b"text", Format.PLAIN),
        ("plan.txt", b"3 * 3\n* punkt\n#taggen\n**", Format.PLAIN),
        ("plan.txt", b"ett\n## Rubrik\n", Format.MARKDOWN),
        ("plan.txt", b"1. *Ett citat.*\n", Format.MARKDOWN),
        ("plan.md", b"text", Format.MARKDOWN),
        ("plan", b"text", Format.MARKDOWN),
        ("plan.txt", PLAN, Format.DOCX),
    ],
)
def test_the_format_is_told_by_content_then_by_name(name: str, data: bytes, form: Format) -> None:
    assert format_of(name, data) is form


@given(st.data())
def test_no_damage_to_a_file_breaks_the_reader(data: st.DataObject) -> None:
    damaged = bytearray(PLAN)
    for _ in range(data.draw(st.integers(1, 4))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    with suppress(DocumentFileError):
        assert read_document(bytes(damaged), Format.DOCX).paragraphs


def test_lists_that_the_word_processor_restarts_go_on_counting() -> None:
    document = Document()
    document.add_paragraph("Ett.", style="List Number")
    document.add_paragraph("Två.", style="List Number 2")
    document.add_paragraph("Tre.", style="List Number")
    assert [each.number for each in read_document(saved(document), Format.DOCX).paragraphs] == [1, 2, 3]
