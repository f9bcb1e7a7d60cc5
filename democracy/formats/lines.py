"""The lines of a text file, whatever program wrote it, with the line of every byte that does not fit."""

import codecs
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

from democracy.formats.ballot_faults import FileError

Line: TypeAlias = tuple[int, str]
"""A line's number, from 1, and its text without the line break."""

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def numbered_lines(path: Path, encoding: str | None = None) -> Iterator[Line]:
    """Read lines one by one. Without an encoding the byte order mark decides, else it is UTF-8.

    Raises FileError `encoding` with the first line that cannot be read in the encoding, `binary` for a null character
    (UTF-16 without a mark) and `encoding_unknown` for an encoding that does not exist.
    """
    chosen = encoding or _marked(path)
    try:
        codecs.lookup(chosen)
        with path.open(encoding=chosen, newline=None) as file:
            for number, text in enumerate(file, start=1):
                if "\0" in text:
                    raise FileError(number, "binary")
                yield number, text.rstrip("\n")
    except LookupError:
        raise FileError(None, "encoding_unknown", encoding=chosen) from None
    except UnicodeError:
        raise FileError(_first_bad(path, chosen), "encoding", encoding=chosen) from None


def _marked(path: Path) -> str:
    with path.open("rb") as file:
        start = file.read(4)
    return next((name for mark, name in _MARKS if start.startswith(mark)), "utf-8")


def _first_bad(path: Path, encoding: str) -> int | None:
    decode = codecs.getincrementaldecoder(encoding)().decode
    number = 1
    with path.open("rb") as file:
        for raw in file:
            try:
                decode(raw)
            except UnicodeError:
                return number
            number += 1
    return number - 1 or None


def clean_name(text: str) -> str:
    """A name as people see it: composed characters, no space at the ends, single spaces inside."""
    return " ".join(unicodedata.normalize("NFC", text).split())
