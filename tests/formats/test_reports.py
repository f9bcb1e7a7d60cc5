"""Protocols in words: every method in both languages, as text, Markdown, CSV and RCTab."""

import ast
import csv
import io
import json
import string
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest
from markdown_it import MarkdownIt

import democracy.cli
import democracy.counting
import democracy.formats
from democracy.counting.allotment import allot
from democracy.counting.ballots import Ballots
from democracy.counting.faults import CountError
from democracy.counting.lots import Lots
from democracy.counting.publish import Publish, may_publish, published
from democracy.counting.stv import StvRule, count_stv
from democracy.formats.ballot_faults import FileError
from democracy.formats.counting_words import LANGUAGES, words
from democracy.formats.protocol_csv import protocol_csv
from democracy.formats.rctab import rctab
from democracy.formats.report import report
from democracy.formats.report_markdown import report_markdown
from democracy.formats.report_text import report_text
from tests.counting.build import SEED, ballots, dice_of
from tests.counting.elections import METHODS, Election

EXAMPLE = ballots("ABCD", "5 A>B", "4 A>C", "4 B", "3 C", "3 D>C")


def named(known: Ballots) -> Ballots:
    return Ballots(("Åsa Öberg", "Örjan|Ek", "*Maj*", "Per Älv"), known.rankings, known.blank)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.__name__)
def test_every_method_can_be_told_in_both_languages(method: Callable[[Random], Election], language: str) -> None:
    said = words(language)
    for number in range(60):
        data = json.loads(method(dice_of(number))[0].canonical())
        told = report(data, said, "Årsmöte")
        assert report_text(told).startswith("Årsmöte: ")
        assert report_markdown(told).startswith("# Årsmöte: ")
        assert protocol_csv(data, said).count("\r\n") >= 1


def test_the_table_of_rounds_stands_in_columns() -> None:
    text = report_text(report(count_stv(named(EXAMPLE), StvRule(2, exact=True)).data(), words("sv")))
    assert "Kandidat        Omg 1    Omg 2    Omg 3    Omg 4" in text
    assert "Örjan|Ek            4  5,11111  5,11111        0" in text
    assert text.endswith("Valda: Åsa Öberg, *Maj*\n")


def test_a_decimal_is_written_with_a_comma_in_swedish_and_a_point_in_english() -> None:
    data = count_stv(EXAMPLE, StvRule(2, exact=True)).data()
    assert "5,11111" in report_text(report(data, words("sv")))
    assert "5.11111" in report_text(report(data, words("en")))


def test_markdown_shows_names_as_they_are_written() -> None:
    text = report_markdown(report(count_stv(named(EXAMPLE), StvRule(2)).data(), words("sv")))
    html = MarkdownIt("commonmark").enable("table").render(text)
    assert "<td>Örjan|Ek</td>" in html
    assert "<td>*Maj*</td>" in html
    assert "<em>" not in html


def test_csv_has_the_exact_number_beside_its_decimal() -> None:
    data = count_stv(EXAMPLE, StvRule(2, exact=True)).data()
    rows = list(csv.reader(io.StringIO(protocol_csv(data, words("sv"))), delimiter=";"))
    assert ["2", "B", "46/9", "5,11111", ""] in rows
    assert ["1", "A", "9", "9", "ja"] in rows


def test_a_name_that_a_spreadsheet_would_run_is_written_as_text() -> None:
    protocol = allot({"=1+1": 5, "B": 3}, 2)
    assert "'=1+1" in protocol_csv(protocol.data(), words("sv"))


def test_rctab_has_numbers_as_text_and_elects_each_winner_once() -> None:
    data = rctab(count_stv(EXAMPLE, StvRule(2)).data(), "Styrelsen")
    assert data["results"][0]["tally"] == {"A": "9", "B": "4", "C": "3", "D": "3"}
    assert data["results"][0]["tallyResults"] == [
        {"elected": "A", "transfers": {"B": "1.1111", "C": "0.88888", "residual surplus": "0.00002"}}
    ]
    assert data["results"][1]["tallyResults"] == [{"eliminated": "D", "transfers": {"C": "3"}}]
    assert data["results"][2]["tallyResults"] == [{"eliminated": "B", "transfers": {"exhausted": "5.1111"}}]
    elected = [each["elected"] for round_ in data["results"] for each in round_["tallyResults"] if "elected" in each]
    assert elected == ["A", "C"]
    assert data["summary"]["finalThreshold"] == "7"
    with pytest.raises(ValueError, match="allotment"):
        rctab(allot({"A": 1}, 1).data())


def test_every_round_of_rctab_adds_up() -> None:
    for number in range(100):
        known = ballots("ABCDE", f"{number + 9} A>B>C", "7 B>A", "5 C>D", "4 D>E", "3 E")
        data = rctab(count_stv(known, StvRule(3, exact=False), Lots(SEED)).data())
        for round_ in data["results"]:
            total = sum((Fraction(each) for each in round_["tally"].values()), Fraction(0))
            total += Fraction(round_["inactiveBallots"]["exhaustedChoices"])
            assert abs(total - known.number) < Fraction(1, 100)


@pytest.mark.parametrize(
    ("cast", "setting", "allowed"),
    [(19, Publish.ALL, False), (20, Publish.ALL, True), (500, Publish.AUDITORS, False)],
)
def test_few_ballots_are_never_published(cast: int, setting: Publish, allowed: bool) -> None:
    assert may_publish(cast, setting) is allowed
    protocol = count_stv(ballots("AB", f"{cast} A>B"), StvRule(1))
    digest = published(protocol, setting)["ballots"]["digest"]
    assert (digest is not None) is allowed
    assert protocol.data()["ballots"]["digest"] is not None


def test_both_languages_have_the_same_texts_with_the_same_values() -> None:
    swedish, english = (words(language).texts for language in LANGUAGES)

    def shape(texts: dict[str, dict[str, str]]) -> dict[tuple[str, str], set[str | None]]:
        return {
            (section, code): {name for _, name, _, _ in string.Formatter().parse(text) if name}
            for section, entries in texts.items()
            for code, text in entries.items()
        }

    assert shape(swedish) == shape(english)


def test_every_fault_that_can_be_raised_has_words_and_every_text_a_fault() -> None:
    raised: set[str] = set()
    for package in (democracy.counting, democracy.formats, democracy.cli):
        for file in Path(str(package.__file__)).parent.glob("*.py"):
            raised |= _codes(ast.parse(file.read_text(encoding="utf-8")))
    known = set(words("sv").texts["fault"])
    assert raised == known


def _codes(tree: ast.AST) -> set[str]:
    """Codes given to the two errors, to the functions that raise them, and returned by those that find faults."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            texts = [each.value for each in node.args if isinstance(each, ast.Constant) and isinstance(each.value, str)]
            if name in {"FileError", "CountError", "_refuse"}:
                found |= set(texts[:1])
            elif name == "whole_number":
                found |= set(texts[-1:])
            elif name == "say" and texts[:1] == ["fault"]:
                found |= set(texts[1:2])
            if name == "CountError":
                for each in node.args:
                    if isinstance(each, ast.IfExp):
                        found |= {
                            str(part.value) for part in (each.body, each.orelse) if isinstance(part, ast.Constant)
                        }
        elif isinstance(node, ast.FunctionDef) and node.name == "_fault":
            returned = [each.value for each in ast.walk(node) if isinstance(each, ast.Return)]
            firsts = [each.elts[0] for each in returned if isinstance(each, ast.Tuple)]
            found |= {str(first.value) for first in firsts if isinstance(first, ast.Constant) and first.value}
    return found


def test_a_fault_is_told_with_its_line() -> None:
    assert words("sv").fault(FileError(4, "unknown_candidate", name="Asa")) == "rad 4: Asa är ingen kandidat."
    assert words("en").fault(CountError("seats", seats=0)).startswith("give the number of seats")
