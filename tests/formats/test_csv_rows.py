import tracemalloc
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from democracy.formats.csv_columns import Column, code, day, email, number, text, yes
from democracy.formats.csv_rows import CsvFile, UnusableFileError
from democracy.formats.register_files import MANDATES, MEMBERS, STAFF, UNITS

COLUMNS = (
    Column("number", ("Nummer", "Member number"), code, needed=True),
    Column("name", ("Namn",), text, needed=True),
    Column("paid_on", ("Betald", "Paid"), day),
    Column("email", ("E-post",), email),
    Column("protected", ("Skyddad",), yes),
    Column("position", ("Ordning",), number),
)


def opened(folder: Path, content: str | bytes, encoding: str = "utf-8") -> CsvFile:
    path = folder / "file.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return CsvFile(path, COLUMNS)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "latin-1"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_file_is_read_whatever_program_wrote_it(tmp_path: Path, encoding: str, delimiter: str, end: str) -> None:
    content = "".join(delimiter.join(cells) + end for cells in (("Nummer", "Namn"), ("1", "Åsa Öhr"), ("2", "Ängla")))
    assert [row.values for row in opened(tmp_path, content, encoding)] == [
        {"number": "1", "name": "Åsa Öhr"},
        {"number": "2", "name": "Ängla"},
    ]


@pytest.mark.parametrize("headings", ["Nummer;Namn;Betald", "member number;NAME;Paid", "MEMBER_NUMBER; namn ;paid-on"])
def test_headings_are_known_in_swedish_and_english_however_they_are_written(tmp_path: Path, headings: str) -> None:
    (row,) = opened(tmp_path, f"{headings}\n7;Bo;2026-03-01\n")
    assert row.values == {"number": "7", "name": "Bo", "paid_on": date(2026, 3, 1)}


def test_a_cell_may_hold_separators_quotes_and_line_breaks(tmp_path: Path) -> None:
    file = opened(tmp_path, 'sep=;\nNummer;Namn\n1;"Bo ""Bosse""\nEk; Jr"\n2;Eva\n')
    assert [(row.line, row.values["name"]) for row in file] == [(3, 'Bo "Bosse" Ek; Jr'), (5, "Eva")]


def test_every_fault_of_every_row_is_told_with_its_line_and_heading(tmp_path: Path) -> None:
    file = opened(
        tmp_path,
        "Nummer;Namn;Betald;E-post;Skyddad;Ordning\n"
        "1;Bo;20260301;bo@;kanske;ett\n"
        ";;;;;\n"
        "2;Eva;2026-02-29;eva@exempel.se;ja;3\n"
        "3;;;;;;för;många\n"
        "4;Ã…sa;;;;\n",
    )
    found = {(error.line, error.column) for row in file for error in row.errors}
    assert found == {
        (2, "Betald"), (2, "E-post"), (2, "Skyddad"), (2, "Ordning"), (4, "Betald"), (5, None), (6, "Namn"),
    }  # fmt: skip


def test_a_quote_without_its_pair_is_told_and_the_rest_of_the_file_still_read(tmp_path: Path) -> None:
    rows = list(opened(tmp_path, 'Nummer;Namn\n1;"Bo" Ek\n2;Eva\n'))
    assert [(row.line, [error.line for error in row.errors]) for row in rows] == [(2, [2]), (3, [])]


@pytest.mark.parametrize(
    ("content", "remedy"),
    [
        (b"", "tom"),
        (b"\n", "tom"),
        (b"PK\x03\x04rest", "CSV UTF-8"),
        ("Nummer;Namn\n1;Bo\n".encode("utf-16"), "CSV UTF-8"),
        ("Nummer;Namn\n1;Åsa Ström\n".encode("cp850"), "CSV UTF-8"),
        ("Nummer;Namn\n1;Åsa Ström\n".encode("mac-roman"), "CSV UTF-8"),
        (b"Nummer;Namn\n1;\x00\n", "CSV UTF-8"),
        (b"Nummer;Betald\n", "»Namn« saknas"),
        (b"Nummer;Namn;Name\n", "samma sak"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_do(tmp_path: Path, content: bytes, remedy: str) -> None:
    with pytest.raises(UnusableFileError, match=remedy):
        opened(tmp_path, content)


def test_headings_that_mean_nothing_are_named(tmp_path: Path) -> None:
    assert opened(tmp_path, "Nummer;Namn;Skostorlek\n").unused == ("Skostorlek",)


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    def peak(rows: int) -> int:
        file = opened(tmp_path, "Nummer;Namn\n" + "".join(f"{index};Namn Namnsson\n" for index in range(rows)))
        tracemalloc.start()
        read = sum(1 for _ in file)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert read == rows
        return most

    assert peak(20_000) < peak(1_000) + 50_000


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1), max_size=5))
def test_any_text_comes_back_from_a_quoted_cell(names: list[str]) -> None:
    column = COLUMNS[1]
    for name in names:
        tidy = " ".join(name.split())
        if tidy and "\ufffd" not in tidy and "Ã" not in tidy:
            assert column.value(name) == tidy


@pytest.mark.parametrize("columns", [UNITS, MEMBERS, MANDATES, STAFF])
def test_no_heading_means_two_columns_of_one_file(columns: tuple[Column, ...]) -> None:
    for column in columns:
        for heading in (*column.headings, column.name):
            assert [each.name for each in columns if each.is_called(heading)] == [column.name]
