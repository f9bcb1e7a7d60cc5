"""Texts as PDF and as pages, for people who listen to them too."""

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from democracy.formats.html_page import to_page
from democracy.formats.pdf import PdfUnavailableError, to_pdf
from democracy.formats.typst_markup import to_typst

TEXT = "# Protokoll\n\n## § 1 Öppnande\n\n| Enhet | Ombud |\n|---|---|\n| Granvik | 3 |\n\n1. ett\n2. två\n"


def test_a_pdf_is_tagged_and_says_its_language_and_title() -> None:
    made = to_pdf(TEXT, title="Protokoll [1] #2")
    assert made.startswith(b"%PDF-1.7")
    for mark in (b"pdfuaid:part>1<", b"/StructTreeRoot", b"Protokoll [1] #2"):
        assert mark in made


def test_the_same_text_gives_the_same_bytes() -> None:
    assert to_pdf(TEXT, title="P") == to_pdf(TEXT, title="P")


def test_without_typst_the_refusal_names_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    monkeypatch.setattr("democracy.formats.pdf.find_spec", lambda name: None)
    with pytest.raises(PdfUnavailableError, match=r"pip install 'democracy\[pdf\]'"):
        to_pdf(TEXT, title="P")


@settings(max_examples=60)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Co", "Cn"]), max_size=60))
def test_nothing_that_somebody_writes_becomes_a_command(written: str) -> None:
    assert to_pdf(f"# P\n\n{written}\n\n> {written}\n\n- {written}\n", title=written or "P").startswith(b"%PDF")


def test_a_letter_that_no_font_can_show_takes_nothing_but_the_promise_away() -> None:
    made = to_pdf("# P\n\n\u0600\n", title="P")
    assert b"/StructTreeRoot" in made
    assert b"pdfuaid:part" not in made


def test_a_command_is_printed_as_it_stands() -> None:
    assert to_typst('#read("/etc/passwd") $x$ // nej') == '\\#read\\(\\"\\/etc\\/passwd\\"\\) \\$x\\$ \\/\\/ nej\n\n'


def test_a_page_has_its_language_headings_and_table_heads() -> None:
    page = to_page(TEXT + "\n<script>x</script> ![bild](https://a.example/x.png)", title="P & Q")
    assert '<html lang="sv">' in page
    assert "<title>P &amp; Q</title>" in page
    assert '<th scope="col">Enhet</th>' in page
    assert "<script" not in page
    assert "<img" not in page
