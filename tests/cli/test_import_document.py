"""`democracy import document`: a look at how a file is read."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from democracy.cli import commands
from tests.formats.documents.papers import plan
from tests.shared import shared_paper

MARKDOWN = Path(__file__).parents[1] / "formats" / "documents" / "plan.md"


def looked_at(*arguments: str) -> Result:
    return CliRunner().invoke(commands, ["import", "document", *arguments], prog_name="democracy")


def test_the_paragraphs_are_a_list_of_objects() -> None:
    told = looked_at(str(MARKDOWN), "--json")
    assert told.exit_code == 0
    found = json.loads(told.output)
    assert [each["number"] for each in found] == list(range(1, 12))
    assert found[2] == {
        "number": 3,
        "heading": "Arbete",
        "text": "Arbete är mer än lön. Det är också det som binder oss samman med andra, och därför ska det ordnas"
        " av dem som utför det.",
        "locked": True,
        "provenance": "Ur Solpartiets program",
        "subanchors": [],
    }
    assert found[8]["text"].splitlines()[0] == "- Håll årsmötet före mars."
    assert found[8]["subanchors"][1] == {"anchor": "b", "text": "Bjud in grannföreningen."}


def test_the_plan_of_2017_has_64_paragraphs_six_of_them_locked() -> None:
    found = json.loads(looked_at(str(shared_paper("seeds", "004*")), "--json").output)
    assert len(found) == 64
    assert sum(each["locked"] for each in found) == 6


def test_the_words_show_locks_points_and_what_to_look_at() -> None:
    told = looked_at(str(MARKDOWN)).output
    assert "plan.md: 11 stycken, 6 underpunkter, 4 låsta. Inget har sparats." in told
    assert "3. [låst: Ur Solpartiets program] Arbete är mer än lön." in told
    assert "   b) Bjud in grannföreningen." in told
    assert "- Stycke 10 var delat av en sidbrytning och har satts ihop." in told


def test_a_docx_is_read_whatever_it_is_called(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes(plan())
    assert len(json.loads(looked_at(str(path), "--json").output)) == 6


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("plan.docx", b"PK\x03\x04 trasig", "DOCX-filen är skadad."),
        ("plan.docx", b"1. Text.", "Spara den som DOCX, Markdown (.md) eller ren text"),
        ("plan.txt", "1. Räksmörgås.".encode("latin-1"), "spara den som UTF-8"),
        ("plan.md", b"x" * 6_000_001, "Filen är för stor. Den får vara högst 6 MB."),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_the_remedy(
    tmp_path: Path, name: str, data: bytes, words: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    told = looked_at(str(path), "--json")
    assert told.exit_code == 1
    assert words in told.output
