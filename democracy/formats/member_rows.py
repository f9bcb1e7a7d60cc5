"""The rows of a members' file, gathered into people: one who belongs to several units may have several rows."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from democracy.formats.csv_rows import CsvFile, Row, RowError

_PLAIN = ("given_name", "family_name", "email", "phone", "birth_date", "gender", "language", "protected", "joined_on")
_ADDRESS = ("address", "postal_code", "city")
PERSONAL = (*_PLAIN, *_ADDRESS)


@dataclass(frozen=True)
class Place:
    """One unit that a person belongs to, as a row says it. `voting` is None where the row leaves it open."""

    line: int
    unit: str
    voting: bool | None
    fee_paid_on: date | None = None
    effective_on: date | None = None
    ended_on: date | None = None
    column: str = "unit"
    """Where the row names the unit."""


@dataclass(frozen=True)
class Person:
    """A person with all units that the file gives them."""

    line: int
    number: str
    fields: Mapping[str, Any]
    """What the file has of their personal data, by the register's columns. A column it lacks is not here."""
    places: tuple[Place, ...]
    errors: tuple[RowError, ...] = ()


def people(file: CsvFile) -> Iterator[Person]:
    """The people of a file in its order. Rows of one person have to follow each other."""
    gathered: list[Row] = []
    for row in file:
        number = row.values.get("number")
        if gathered and (number is None or number != gathered[0].values.get("number")):
            yield _person(file, gathered)
            gathered = []
        gathered.append(row)
    if gathered:
        yield _person(file, gathered)


def _person(file: CsvFile, rows: list[Row]) -> Person:
    first = rows[0]
    errors = [error for row in rows for error in row.errors]
    for row in rows[1:]:
        errors += _differences(file, first, row)
    places = () if errors else tuple(place for row in rows for place in _places(row))
    return Person(first.line, first.values.get("number", ""), _fields(first), places, tuple(errors))


def _differences(file: CsvFile, first: Row, row: Row) -> Iterable[RowError]:
    for name in PERSONAL:
        own, before = row.values.get(name), first.values.get(name)
        if own is not None and own != before:
            reason = f"Står annorlunda på rad {first.line}. Samma medlem ska ha samma uppgift på alla sina rader."
            yield RowError(row.line, file.heading(name), reason)


def _fields(row: Row) -> dict[str, Any]:
    values = row.values
    fields = {name: values[name] for name in _PLAIN if name in values}
    if "address" in values:
        town = " ".join(filter(None, (values.get("postal_code"), values.get("city"))))
        fields["address"] = "\n".join(filter(None, (values["address"], town))) or None
    return fields


def _places(row: Row) -> Iterator[Place]:
    values = row.values
    dates: dict[str, Any] = {name: values.get(name) for name in ("fee_paid_on", "effective_on", "ended_on")}
    yield Place(row.line, values["unit"], values.get("voting"), **dates)
    if values.get("second_unit"):
        yield Place(row.line, values["second_unit"], voting=False, **dates, column="second_unit")
