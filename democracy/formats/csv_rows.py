"""Rows out of a CSV file as people have them, whatever encoding, separator and headings their program wrote.

A file is read as a stream: memory does not grow with it.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from democracy.errors import DemocracyError
from democracy.formats.csv_columns import CellError, Column

_BLOCK = 1 << 16
_DELIMITERS = ";,\t"
# Letters of MS-DOS or old Mac that a Windows-1252 reader would take for these, in the middle of a word.
_FOREIGN = re.compile(rb"[A-Za-z][\x80-\x9f]")
_LATIN = re.compile(rb"[\xc0-\xff]")
_UNPAIRED = 'Citattecknen går inte ihop. Varje " behöver ett par, och " inne i en text skrivs "".'
_UNREADABLE = "Öppna filen i ett kalkylprogram och spara den som »CSV UTF-8«."


class UnusableFileError(DemocracyError):
    """The file as a whole cannot be read. The message says in Swedish what to do."""


@dataclass(frozen=True)
class RowError:
    """One thing wrong in one row, in Swedish, with what to do about it."""

    line: int
    """The row's first line in the file, counted from 1."""
    column: str | None
    """The heading as the file spells it; None when the whole row is meant."""
    reason: str

    def __str__(self) -> str:
        where = f"rad {self.line}" if self.column is None else f"rad {self.line}, {self.column}"
        return f"{where}: {self.reason}"


@dataclass(frozen=True)
class Row:
    """A row by the columns' own names. What could not be read is missing from `values` and stands among `errors`."""

    line: int
    values: Mapping[str, Any]
    errors: tuple[RowError, ...] = ()


class CsvFile:
    """A CSV file, its headings understood; iterate for its rows, as often as wanted.

    Raises UnusableFileError when the encoding cannot be told or a heading that is needed is missing.
    """

    def __init__(self, path: Path, columns: tuple[Column, ...]) -> None:
        self.path = path
        self.size = path.stat().st_size
        self.position = 0
        """Bytes read so far, for showing progress."""
        self.encoding = detect_encoding(path)
        self._skip, self.delimiter, self.headings = self._read_headings()
        self._columns = self._match(columns)

    @property
    def names(self) -> frozenset[str]:
        """The columns that the file has."""
        return frozenset(column.name for column, _ in self._columns)

    @property
    def unused(self) -> tuple[str, ...]:
        """Headings that mean nothing here."""
        used = {index for _, index in self._columns}
        return tuple(heading for index, heading in enumerate(self.headings) if index not in used and heading)

    def heading(self, name: str) -> str:
        """How the file spells a column's heading; the column's own Swedish one when the file lacks it."""
        return next((self.headings[index] for column, index in self._columns if column.name == name), name)

    def __iter__(self) -> Iterator[Row]:
        with self.path.open("rb") as raw, io.TextIOWrapper(raw, self.encoding, newline="") as stream:
            for _ in range(self._skip):
                next(stream)
            reader = csv.reader(stream, delimiter=self.delimiter, strict=True)
            next(reader)
            while True:
                line = self._skip + reader.line_num + 1
                self.position = raw.tell()
                try:
                    cells = next(reader)
                except StopIteration:
                    return
                except csv.Error:
                    yield Row(line, {}, (RowError(line, None, _UNPAIRED),))
                    continue
                if any(cell.strip() for cell in cells):
                    yield self._row(line, cells)

    def _read_headings(self) -> tuple[int, str, tuple[str, ...]]:
        with self.path.open(encoding=self.encoding, newline="") as stream:
            first = next(stream, "").strip("\r\n")
            skip, delimiter = 0, max(_DELIMITERS, key=first.count)
            if first.lower().startswith("sep=") and len(first) == len("sep=;"):
                # A spreadsheet's own way of saying which separator follows.
                skip, delimiter, first = 1, first[-1], next(stream, "").strip("\r\n")
        if not first.strip():
            raise UnusableFileError("Filen är tom. Den första raden ska ha kolumnernas rubriker.")
        cells = next(csv.reader([first], delimiter=delimiter))
        return skip, delimiter, tuple(cell.strip() for cell in cells)

    def _match(self, columns: tuple[Column, ...]) -> tuple[tuple[Column, int], ...]:
        found: list[tuple[Column, int]] = []
        faults: list[str] = []
        for column in columns:
            places = [index for index, heading in enumerate(self.headings) if column.is_called(heading)]
            if len(places) > 1:
                names = " och ".join(f"»{self.headings[index]}«" for index in places)
                faults.append(f"Kolumnerna {names} betyder samma sak. Ta bort en av dem.")
            elif places:
                found.append((column, places[0]))
            elif column.needed:
                faults.append(f"Kolumnen »{column.headings[0]}« saknas.")
        if faults:
            known = ", ".join(column.headings[0] for column in columns)
            raise UnusableFileError("\n".join([*faults, f"Rubrikerna som går att använda är: {known}."]))
        return tuple(found)

    def _row(self, line: int, cells: list[str]) -> Row:
        values: dict[str, Any] = {}
        errors: list[RowError] = []
        if len(cells) > len(self.headings):
            reason = (
                f"Raden har {len(cells)} kolumner, rubrikraden {len(self.headings)}."
                f" Sätt citattecken runt en text som innehåller »{self.delimiter}«."
            )
            return Row(line, {}, (RowError(line, None, reason),))
        for column, index in self._columns:
            try:
                values[column.name] = column.value(cells[index] if index < len(cells) else "")
            except CellError as error:
                errors.append(RowError(line, self.headings[index], str(error)))
        return Row(line, values, tuple(errors))


def detect_encoding(path: Path) -> str:
    """`utf-8-sig` (with or without its mark) or `cp1252`; raises UnusableFileError with what to do instead."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    utf8, latin, foreign = True, False, False
    with path.open("rb") as raw:
        opening = raw.read(4)
        if opening[:2] == b"PK":
            raise UnusableFileError(f"Filen är ett kalkylblad och inte CSV. {_UNREADABLE}")
        if opening[:2] in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}:
            raise UnusableFileError(f"Filen är sparad som UTF-16 (»Unicode-text«). {_UNREADABLE}")
        raw.seek(0)
        while block := raw.read(_BLOCK):
            if b"\0" in block:
                raise UnusableFileError(f"Filen är ingen textfil. {_UNREADABLE}")
            utf8 = utf8 and _decodes(decoder, block)
            latin, foreign = latin or bool(_LATIN.search(block)), foreign or bool(_FOREIGN.search(block))
            if not utf8 and not _decodes(codecs.getincrementaldecoder("cp1252")(), block):
                raise UnusableFileError(f"Teckenkodningen går inte att tyda. {_UNREADABLE}")
    if utf8 and _decodes(decoder, b"", final=True):
        return "utf-8-sig"
    if foreign and not latin:
        raise UnusableFileError(f"Å, ä och ö går inte att läsa: teckenkodningen är för gammal. {_UNREADABLE}")
    return "cp1252"


def _decodes(decoder: codecs.IncrementalDecoder, block: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(block, final)
    except UnicodeDecodeError:
        return False
    return True
