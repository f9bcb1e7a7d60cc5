"""`democracy import`, `export` and `erase`, as the operator runs them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from democracy.cli import commands, export
from tests.services.register_files import MANDATES, MEMBERS, UNITS, write


@pytest.fixture(autouse=True)
def environment(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMOCRACY_DATABASE_URL", database_url)


def run(*arguments: str, answer: str | None = None) -> Result:
    return CliRunner().invoke(commands, arguments, input=answer)


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    texts = {"units": UNITS, "members": MEMBERS, "mandates": MANDATES}
    return {kind: str(write(tmp_path, text, f"{kind}.csv")) for kind, text in texts.items()}


@pytest.fixture
def filled(files: dict[str, str]) -> None:
    assert run("import", "units", files["units"], "--apply").exit_code == 0
    members = run("import", "members", files["members"], "--statutes", "vansterpartiet", "--apply")
    assert members.exit_code == 0, members.output
    assert run("import", "mandates", files["mandates"], "--apply").exit_code == 0


def test_a_look_tells_what_would_happen_and_applying_does_it_once(files: dict[str, str]) -> None:
    look = run("import", "units", files["units"])
    assert look.exit_code == 0
    assert "Ingenting har skrivits än." in look.output
    assert "4 nya, 0 ändrade, 0 oförändrade" in look.output
    assert "--apply" in look.output
    assert "4 nya, 0 ändrade, 0 oförändrade" in run("import", "units", files["units"], "--apply").output
    assert "0 nya, 0 ändrade, 4 oförändrade" in run("import", "units", files["units"], "--apply").output


def test_every_bad_row_is_printed_and_the_command_fails(tmp_path: Path) -> None:
    path = write(tmp_path, UNITS + "X;;klubb;\nY;Ypsilon;distrikt;BORTA\n")
    result = run("import", "units", str(path), "--apply")
    assert result.exit_code == 1
    assert "Fel på 2 rader:" in result.output
    assert "rad 6, Namn: Rutan är tom." in result.output
    assert "rad 6, Typ: »klubb« är okänt. Skriv något av: parti, distrikt," in result.output
    assert "rad 7, Överordnad: »BORTA« finns varken i filen eller i registret." in result.output
    assert "4 nya" in run("import", "units", str(write(tmp_path, UNITS))).output


def test_members_need_statutes_and_units_first(files: dict[str, str]) -> None:
    assert "import units" in run("import", "members", files["members"]).output
    run("import", "units", files["units"], "--apply")
    result = run("import", "members", files["members"])
    assert result.exit_code == 1
    assert "--statutes" in result.output


def test_an_unreadable_file_says_what_to_do(tmp_path: Path) -> None:
    path = write(tmp_path, "Kod;Namn\n")
    result = run("import", "units", str(path))
    assert result.exit_code == 1
    assert "Kolumnen »Typ« saknas." in result.output


@pytest.mark.usefixtures("filled")
def test_an_export_is_read_by_people_and_by_programs() -> None:
    words = run("export", "person", "1001")
    assert "Åsa" in words.output
    assert "Medlemskap (2)" in words.output
    found = json.loads(run("export", "person", "1001", "--json").output)
    assert found["register"][0]["family_name"] == "Östergård"
    assert found["mandates"][0]["role"] == "chair"
    assert found.keys() == export.SECTIONS.keys()
    nobody = run("export", "person", "9")
    assert nobody.exit_code == 1
    assert "ingen medlem med nummer 9" in nobody.output


@pytest.mark.usefixtures("filled")
def test_erasing_asks_first_and_leaves_the_ledger_whole() -> None:
    asked = run("erase", "person", "1001", "--reason", "Har begärt det.", answer="n\n")
    assert asked.exit_code == 1
    assert "Åsa" in run("export", "person", "1001").output
    done = run("erase", "person", "1001", "--reason", "Har begärt det.", "--yes")
    assert done.exit_code == 0, done.output
    assert run("export", "person", "1001").exit_code == 1
    ledger = run("verify", "ledger", "--json")
    assert ledger.exit_code == 0, ledger.output
    assert "Östergård" not in ledger.output


@pytest.mark.usefixtures("filled")
def test_erasing_without_a_reason_is_refused_in_words() -> None:
    result = run("erase", "person", "1002", "--reason", " ", "--yes")
    assert result.exit_code == 1
    assert "Skälet saknas." in result.output
    assert "Zeb" in run("export", "person", "1002").output


def test_a_database_that_is_not_ready_is_told_in_one_sentence(
    files: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEMOCRACY_DATABASE_URL", f"sqlite:///{tmp_path / 'empty.db'}")
    for arguments in (("import", "units", files["units"]), ("export", "person", "1"),
                      ("erase", "person", "1", "--reason", "x", "--yes")):  # fmt: skip
        result = run(*arguments)
        assert result.exit_code == 1
        assert "democracy migrate" in result.output
        assert "Traceback" not in result.output
