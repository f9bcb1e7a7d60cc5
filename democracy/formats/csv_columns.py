"""Columns of a CSV file: what they may be called, and how a cell becomes a value."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any, TypeVar

from democracy.domain.email import is_email

E = TypeVar("E", bound=Enum)

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]+")
_GARBLED = re.compile(r"Ã[¥¤¶…„–©]|\ufffd")
_YES = frozenset({"ja", "j", "yes", "y", "true", "sant", "1", "x"})
_NO = frozenset({"nej", "n", "no", "false", "falskt", "0"})


class CellError(ValueError):
    """A cell that cannot be used; the message says why and what to write, in Swedish."""


@dataclass(frozen=True)
class Column:
    """A column: its name in the program, its headings in files (the Swedish one first), and how its cells are read."""

    name: str
    headings: tuple[str, ...]
    read: Callable[[str], Any]
    needed: bool = False
    """The file must have the column, and no cell of it may be empty."""

    def is_called(self, heading: str) -> bool:
        """Whether a heading means this column. Case, spaces and hyphens make no difference."""
        return _plain(heading) in {_plain(each) for each in (*self.headings, self.name)}

    def value(self, cell: str) -> Any:
        """What a cell says; None for an empty one. Raises CellError."""
        text = " ".join(cell.split())
        if not text:
            if self.needed:
                raise CellError("Rutan är tom. Den måste fyllas i.")
            return None
        if _GARBLED.search(text):
            raise CellError(f"»{text}« har förvanskade tecken. Exportera filen på nytt som »CSV UTF-8«.")
        return self.read(text)


def text(cell: str) -> str:
    """A text as it stands."""
    return cell


def code(cell: str) -> str:
    """A code or number that things are known by: at most 80 characters, none of them a space."""
    if len(cell) > 80 or " " in cell:
        raise CellError(f"»{cell}« går inte att använda. Skriv högst 80 tecken utan mellanslag.")
    return cell


def day(cell: str) -> date:
    """A date."""
    if _DATE.fullmatch(cell):
        try:
            return date.fromisoformat(cell)
        except ValueError:
            raise CellError(f"»{cell}« finns inte i almanackan.") from None
    raise CellError(f"»{cell}« är inget datum. Skriv som 2026-03-01.")


def yes(cell: str) -> bool:
    """Yes or no."""
    if cell.casefold() in _YES | _NO:
        return cell.casefold() in _YES
    raise CellError(f"»{cell}« är varken ja eller nej. Skriv ja eller nej.")


def number(cell: str) -> int:
    """A whole number from 0."""
    if not cell.isascii() or not cell.isdecimal() or len(cell) > 6:
        raise CellError(f"»{cell}« är inget heltal. Skriv 0, 1, 2 …")
    return int(cell)


def email(cell: str) -> str:
    """An e-mail address."""
    if not is_email(cell) or not _EMAIL.fullmatch(cell):
        raise CellError(f"»{cell}« är ingen e-postadress. Skriv som namn@exempel.se, eller lämna rutan tom.")
    return cell


def language(cell: str) -> str:
    """The language somebody wants to be addressed in: `sv` or `en`."""
    found = {"sv": "sv", "svenska": "sv", "swedish": "sv", "en": "en", "engelska": "en", "english": "en"}
    if cell.casefold() not in found:
        raise CellError(f"»{cell}« är okänt. Skriv svenska eller engelska.")
    return found[cell.casefold()]


def one_of(kind: type[E], swedish: Mapping[str, E]) -> Callable[[str], E]:
    """Reads one of an enum's members, by a Swedish word or by its own value."""
    words = {_plain(each.value): each for each in kind} | {_plain(word): each for word, each in swedish.items()}

    def read(cell: str) -> E:
        found = words.get(_plain(cell))
        if found is None:
            raise CellError(f"»{cell}« är okänt. Skriv något av: {', '.join(swedish)}.")
        return found

    return read


def _plain(heading: str) -> str:
    return re.sub(r"[\s_\-–.:]+", "", heading).casefold()
