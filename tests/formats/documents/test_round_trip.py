"""What is written is read back as it was, in Markdown and in DOCX."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from democracy.domain.numbered_text.paragraphs import Heading, Paragraph, lettered
from democracy.formats.documents.docx_out import write_docx
from democracy.formats.documents.incoming import Format, read_document
from democracy.formats.documents.markdown_out import write_markdown
from democracy.formats.documents.outgoing import Outgoing, with_even_headings
from democracy.formats.html_page import to_page
from democracy.formats.pdf import to_pdf

INTRODUCTION, SOURCE = Heading(1, "Inledning"), "Ur Solpartiets program"
TEXT = [
    Paragraph(1, "Citat. Det är långt.", (), (INTRODUCTION,), locked=True, provenance=SOURCE),
    Paragraph(2, "2018. Det året & nu: 3 * 3 < 10 # _inte_ [länk](x) &amp; \\ slut.\n- inget streck\n17. inget nummer"),
    Paragraph(2, "Inskjutet.", suffix="A"),
    Paragraph(4, "", lettered(("Ett mål", "Två mål:", "1. tre")), (Heading(4, "Mål *nu*"),)),
    Paragraph(9, "Vi ska:", lettered(("läsa.",)), (Heading(3, "Längre fram"), Heading(5, "Djupt"))),
]
MARKS = ["å", "Vi", "*", "_x_", "12.", "-", "■", "a)", "§", "#", "&lt;", "<b>", "\\", "==", "|", "`", "[x](y)", "!"]
WORDS = st.lists(st.sampled_from(MARKS), min_size=1, max_size=5).map(" ".join)


def plain(paragraphs: list[Paragraph] | tuple[Paragraph, ...]) -> list[tuple[str, str, bool, str | None]]:
    return [(str(each.place), each.text, each.locked, each.provenance) for each in paragraphs]


@pytest.mark.parametrize("form", [Format.MARKDOWN, Format.DOCX])
def test_a_text_comes_back_as_it_was(form: Format) -> None:
    document = Outgoing("Plan", "Förslag", TEXT)
    data = write_docx(document) if form is Format.DOCX else write_markdown(document).encode()
    read = read_document(data, form).paragraphs
    if form is Format.DOCX:  # a line inside a paragraph that looks like a bullet is one there
        assert plain(read)[:1] + plain(read)[2:] == plain(TEXT)[:1] + plain(TEXT)[2:]
    else:
        assert plain(read) == plain(TEXT)
    assert [each.heading for each in read] == ["Inledning", "Inledning", "Inledning", "Mål *nu*", "Djupt"]


@given(st.lists(st.tuples(WORDS, st.lists(WORDS, max_size=2)), min_size=1, max_size=4))
def test_no_character_is_taken_for_a_mark(drawn: list[tuple[str, list[str]]]) -> None:
    text = [
        Paragraph(number, f"{lead} ord.", lettered(tuple(f"{each} slut." for each in points)))
        for number, (lead, points) in enumerate(drawn, start=1)
    ]
    written = write_markdown(Outgoing("Plan", "", text))
    assert plain(read_document(written.encode(), Format.MARKDOWN).paragraphs) == plain(text)


def test_headings_never_skip_a_level() -> None:
    levels = [heading.level for headings, _ in with_even_headings(TEXT) for heading in headings]
    assert levels == [2, 3, 3, 4]


def test_the_page_and_the_pdf_show_every_number_as_it_is() -> None:
    markdown = write_markdown(Outgoing("Plan", "", TEXT))
    page = to_page(markdown, title="Plan")
    for label in ("1.", "2.", "2 A.", "4.", "9."):
        assert f"<strong>{label}</strong>" in page
    pdf = to_pdf(markdown, title="Plan")
    assert b"pdfuaid" in pdf


def test_a_docx_says_its_title_and_language_and_nothing_of_who_made_it() -> None:
    with zipfile.ZipFile(io.BytesIO(write_docx(Outgoing("Plan för 2017", "", TEXT)))) as archive:
        core, styles = archive.read("docProps/core.xml").decode(), archive.read("word/styles.xml").decode()
    assert "Plan för 2017" in core
    assert "python-docx" not in core
    assert 'w:val="sv-SE"' in styles
