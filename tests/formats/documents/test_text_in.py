"""Numbered paragraphs out of Markdown and plain text, with the traps of papers that have gone through a PDF."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from democracy.domain.numbered_text.paragraphs import Paragraph
from democracy.domain.numbered_text.reading import NoteCode, Reading, read
from democracy.formats.documents.text_in import read_markdown, read_plain
from tests.shared import shared_paper

PLAN = Path(__file__).with_name("plan.md").read_text("utf-8")


def markdown(text: str) -> Reading:
    return read(read_markdown(text))


def paragraphs(text: str) -> list[Paragraph]:
    return list(markdown(text).paragraphs)


def of_plan(number: int) -> Paragraph:
    return next(each for each in paragraphs(PLAN) if each.number == number)


def test_every_number_is_a_paragraph() -> None:
    assert [each.number for each in paragraphs(PLAN)] == list(range(1, 12))


@pytest.mark.parametrize(
    ("number", "heading"),
    [
        (1, "Inledning"),
        (3, "Arbete"),
        (4, "Miljön som ram"),
        (5, "Miljön som ram"),
        (6, "Språken"),
        (8, "Mål för perioden"),
        (11, "Nu kör vi!"),
    ],
)
def test_a_paragraph_has_the_nearest_heading(number: int, heading: str) -> None:
    assert of_plan(number).heading == heading


def test_italic_quotations_are_locked_and_nothing_else() -> None:
    assert [each.number for each in paragraphs(PLAN) if each.locked] == [1, 3, 4, 6]


@pytest.mark.parametrize("number", [1, 3, 4, 6])
def test_the_line_of_attribution_belongs_to_its_lock(number: int) -> None:
    assert of_plan(number).provenance == "Ur Solpartiets program"
    assert "Solpartiet" not in of_plan(number).text
    assert "*" not in of_plan(number).text


def test_an_asterisk_between_spaces_is_itself() -> None:
    assert of_plan(5).text == "Därför planerar vi med 10 * 3 procent mindre utsläpp."


def test_bullets_under_a_number_are_its_points() -> None:
    assert [(each.letter, each.text) for each in of_plan(8).points] == [
        ("a", "Varje förening har en studieansvarig"),
        ("b", "Varje möte har tid för nya medlemmar."),
        ("c", "Vi byter erfarenheter."),
    ]
    assert [each.letter for each in of_plan(9).points] == ["a", "b", "c"]


def test_a_paragraph_that_a_page_break_cut_is_whole() -> None:
    assert of_plan(10).text == (
        "Distriktet ordnar läger. Till lägret kommer vi att bjuda alla de medlemmar som har gått med under året."
        " Avgiften är låg."
    )


def test_what_stands_outside_the_paragraphs_is_told() -> None:
    notes = markdown(PLAN).notes
    left_out = [each.text for each in notes if each.code is NoteCode.LEFT_OUT]
    assert left_out[0].startswith("Kommentar:")
    assert "norrviken@example.org" in left_out
    assert [each.label for each in notes if each.code is NoteCode.JOINED] == ["10"]


def test_the_plan_of_2017_has_its_64_paragraphs() -> None:
    found = paragraphs(shared_paper("seeds", "004*").read_text("utf-8"))
    assert [each.number for each in found] == list(range(1, 65))
    assert [each.number for each in found if each.locked] == [1, 7, 8, 10, 12, 15]
    assert {each.provenance for each in found} == {None, "Ur Vänsterpartiets partiprogram"}
    assert {each.number: len(each.points) for each in found if each.points} == {
        17: 1,
        20: 3,
        22: 2,
        24: 1,
        27: 4,
        33: 2,
    }
    by_number = {each.number: each for each in found}
    assert "kommer ett eller flera utskick att gå till de målgrupper som definieras centralt." in by_number[61].text
    assert by_number[34].text.endswith("i den omfattning vi vill.")
    assert by_number[64].text.endswith("en valstrategi för detta val.")
    assert [by_number[number].heading for number in (1, 7, 10, 12, 34, 35, 61)] == [
        "Inledning",
        "Klassamhället",
        "Ett grundläggande ekologiskt förhållningssätt",
        "Rasismen",
        "Nu kör vi!",
        "Förslag till valstrategi, Vänsterpartiet Storstockholm",
        "Hushållsutskick",
    ]
    assert not any("*" in each.text or "■" in each.text for each in found)


@pytest.mark.parametrize(
    "quotation",
    [
        "1. *Ett citat. Det är långt.*\n*Ur partiprogrammet 2016*",
        "1. *Ett citat. Det är långt.*\n\n*Ur partiprogrammet 2016*",
        "1. *Ett citat. Det är långt.*\n- Ur partiprogrammet 2016*",
        "1. *Ett citat. Det är långt.\n- Ur partiprogrammet 2016*",
        "1. *Ett citat. Det är långt.\n\n(Ur partiprogrammet 2016)",
        "1. Ett citat. Det är långt.*\n*Ur partiprogrammet 2016*",
        "1. _Ett citat. Det är långt._  \n– Ur partiprogrammet 2016",
        "1. ***Ett citat. Det är långt.***\n\nUr partiprogrammet 2016",
        "1. *Ett citat. Det är\n\nlångt.*\n\n*Ur partiprogrammet 2016*",
    ],
)
def test_a_lock_ends_with_its_paragraph_however_its_asterisks_are_broken(quotation: str) -> None:
    one, two = paragraphs(f"{quotation}\n\n2. Ett vanligt stycke om stadgar.\n")
    assert (one.text, one.locked, one.provenance) == ("Ett citat. Det är långt.", True, "Ur partiprogrammet 2016")
    assert (two.text, two.locked, two.provenance) == ("Ett vanligt stycke om stadgar.", False, None)


@pytest.mark.parametrize(
    "text",
    [
        "1. Vi citerar *Ur partiprogrammet* här.",
        "1. *Rasismen*",
        "1. Ett stycke.\n\nUr detta program växer en rörelse. Den är stark.",
        "1. Ett stycke.\n\n*Från plan till handling*",
        "1. **Viktigt:** vi möts.",
    ],
)
def test_what_only_looks_like_a_quotation_is_not_locked(text: str) -> None:
    assert [each.locked for each in paragraphs(text)] == [False]


def test_a_quotation_that_does_not_say_what_it_quotes_is_noted() -> None:
    reading = markdown("1. *Ett helt stycke i kursiv stil.*")
    assert reading.paragraphs[0].locked
    assert [(each.code, each.label) for each in reading.notes] == [(NoteCode.LOCK_WITHOUT_SOURCE, "1")]


def test_a_repeated_number_gets_the_next_and_a_skipped_one_is_noted() -> None:
    reading = markdown("# A\n1. Ett.\n2. Två.\n# B\n1. Tre.\n2. Fyra.\n7. Sju.")
    assert [each.number for each in reading.paragraphs] == [1, 2, 3, 4, 7]
    assert [(each.code, each.label, each.text) for each in reading.notes] == [
        (NoteCode.NUMBER_CHANGED, "3", "1"),
        (NoteCode.NUMBER_CHANGED, "4", "2"),
        (NoteCode.NUMBER_MISSING, "7", ""),
    ]


def test_a_numbered_list_inside_a_paragraph_is_its_points() -> None:
    one, two = paragraphs("1. Styrelsen ska:\n1. mötas\n2. besluta\n3. berätta\n\n2. Slut.")
    assert [each.text for each in one.points] == ["mötas", "besluta", "berätta"]
    assert two.text == "Slut."


def test_a_year_at_the_beginning_of_a_line_is_no_number() -> None:
    (one,) = paragraphs("1. Planen gäller sedan valet\n2014. Därefter skrivs en ny.")
    assert one.text == "Planen gäller sedan valet 2014. Därefter skrivs en ny."


def test_the_paragraphs_of_statutes_are_numbered_with_a_section_sign() -> None:
    assert [
        (each.number, each.text) for each in paragraphs("§ 1 Föreningen heter Sol.\n\n2 § Den har sitt säte i Vik.")
    ] == [
        (1, "Föreningen heter Sol."),
        (2, "Den har sitt säte i Vik."),
    ]


def test_plain_text_is_read_with_its_headings_bullets_and_page_numbers() -> None:
    text = "Inledning\n\n1. Vi möts ofta och\ngärna.\n\n12\n\nMål\n\n2) Vi ska:\n• läsa\n• skriva 2 * 2\n"
    one, two = read(read_plain(text)).paragraphs
    assert (one.heading, one.text) == ("Inledning", "Vi möts ofta och gärna.")
    assert (two.heading, [each.text for each in two.points]) == ("Mål", ["läsa", "skriva 2 * 2"])


def test_a_text_without_numbers_gets_them() -> None:
    reading = markdown("# Plan\n\nVi möts.\n\nVi äter:\n- bröd\n- soppa\n\nVi går hem.")
    assert [(each.number, each.text) for each in reading.paragraphs] == [
        (1, "Vi möts."),
        (2, "Vi äter:\n- bröd\n- soppa"),
        (3, "Vi går hem."),
    ]
    assert NoteCode.NUMBERED in {each.code for each in reading.notes}


@given(st.text(alphabet=st.sampled_from("ab1. \n*_-#§■åÄ(\\"), max_size=120))
def test_no_text_breaks_the_reader_and_numbers_only_rise(text: str) -> None:
    for reading in (markdown(text), read(read_plain(text))):
        numbers = [each.number for each in reading.paragraphs]
        assert numbers == sorted(set(numbers))


@given(st.text(alphabet=st.sampled_from("xyzåäö1. \n*#§■"), max_size=120))
def test_no_word_is_lost(text: str) -> None:
    reading = read(read_plain(text))
    kept = " ".join(
        [
            *(each.text for each in reading.notes),
            *(part for each in reading.paragraphs for part in (each.text, *(above.text for above in each.headings))),
        ]
    )
    words = [word for word in text.replace("\n", " ").split() if word.isalpha() and len(word) > 2]
    assert [word for word in words if word not in kept] == []
