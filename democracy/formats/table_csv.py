"""A table from a CSV file: comma, semicolon or tab, with the line of every row."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from democracy.formats.ballot_faults import FileError
from democracy.formats.gather import whole_number
from democracy.formats.lines import Line, clean_name

_DELIMITERS = ";\t,"
_QUOTED = re.compile(r'"[^"]*"')


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line it ends on, and its cells without outer space."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A header and the rows under it, read as they are asked for."""

    line: int
    header: tuple[str, ...]
    rows: Iterator[Row]

    def columns(self, *synonyms: Sequence[str]) -> list[int | None]:
        """Where each wanted column stands, whatever of its names the file uses; None where it is missing."""
        keys = [key(each) for each in self.header]
        return [next((keys.index(name) for name in names if name in keys), None) for names in synonyms]


def key(text: str) -> str:
    """A heading as it is compared: no case, no outer space."""
    return clean_name(text).casefold()


def read_table(lines: Iterable[Line]) -> Table:
    """Read the header. Raises FileError for an empty file and for a row with a broken quote or too many cells."""
    numbered = iter(lines)
    line, head = next(((n, text) for n, text in numbered if text.strip()), (0, ""))
    if not head:
        raise FileError(None, "empty_file")
    delimiter = max(_DELIMITERS, key=_QUOTED.sub("", head).count)
    header = _cells(line, head, delimiter)
    return Table(line, header, _rows(numbered, delimiter, len(header)))


def _rows(lines: Iterable[Line], delimiter: str, width: int) -> Iterator[Row]:
    for line, text in lines:
        if not text.strip():
            continue
        cells = _cells(line, text, delimiter)
        if any(cells[width:]):
            raise FileError(line, "too_many_cells", wanted=width, found=len(cells))
        yield Row(line, (*cells[:width], *[""] * (width - len(cells))))


def _cells(line: int, text: str, delimiter: str) -> tuple[str, ...]:
    if '"' not in text:
        return tuple(cell.strip() for cell in text.split(delimiter))
    try:
        rows = list(csv.reader([text], delimiter=delimiter, strict=True, skipinitialspace=True))
    except csv.Error:
        raise FileError(line, "csv_quote") from None
    return tuple(cell.strip() for cell in rows[0])


def read_numbers(table: Table, name_column: int, number_column: int) -> dict[str, int]:
    """A name and a number on each row. Raises FileError for a name twice, an empty name or what is no number."""
    found: dict[str, int] = {}
    for row in table.rows:
        name = clean_name(row.cells[name_column])
        if not name:
            raise FileError(row.line, "name_empty")
        if name in found:
            raise FileError(row.line, "name_twice", name=name)
        found[name] = whole_number(row.cells[number_column], row.line, "not_a_number")
    if not found:
        raise FileError(None, "empty_file")
    return found
