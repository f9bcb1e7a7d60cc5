"""Mandates out of a file: who holds which place in which body, from when to when."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from democracy.domain.ids import new_id
from democracy.formats.csv_rows import CsvFile, Row, RowError
from democracy.services.register_intake import Intake
from democracy.storage.register_mandates import MANDATE_COLUMNS, body_ids, known_mandates, write_mandates
from democracy.storage.register_members import Values, member_ids

_NEW = {**dict.fromkeys(MANDATE_COLUMNS), "position": 0, "resigned_on": None}
_SPANS = (("starts_on", "ends_on"), ("leave_from", "leave_until"), ("starts_on", "released_on"))

Key = tuple[Any, ...]


class MandateIntake(Intake[Row]):
    """Takes a file of mandates. The same member, body, role and first day is the same mandate."""

    def __init__(self, file: CsvFile) -> None:
        super().__init__(file)
        self._bodies: dict[str, UUID] | None = None
        self._lines: dict[Key, int] = {}

    def rows(self) -> Iterable[Row]:
        """Row by row."""
        return self.file

    async def take(self, connection: Any, batch: list[Row], *, write: bool) -> None:
        """Judge a thousand mandates, then write them."""
        if self._bodies is None:
            self._bodies = await body_ids(connection)
        members = await member_ids(connection, {row.values["number"] for row in batch if "number" in row.values})
        known = await known_mandates(connection, members.values())
        new: list[Values] = []
        changed: list[Values] = []
        for row in batch:
            faults = [*row.errors, *self._faults(row, members)]
            self.report.errors += faults
            if not faults:
                self._plan(row, self._key(row, members), known, new, changed)
        if self.may_write(write):
            await write_mandates(connection, new, changed)

    def _key(self, row: Row, members: dict[str, UUID]) -> Key:
        values = row.values
        return members[values["number"]], (self._bodies or {})[values["body"]], values["role"], values["starts_on"]

    def _faults(self, row: Row, members: dict[str, UUID]) -> Iterator[RowError]:
        body, number = row.values.get("body"), row.values.get("number")
        if body is not None and body not in (self._bodies or {}):
            yield self._fault(row, "body", f"»{body}« finns inte. Ett organ skrivs som enhetens kod/organ: ALM/board.")
        if number is not None and number not in members:
            yield self._fault(row, "number", f"Medlem {number} finns inte i registret. Importera medlemmarna först.")
        for first, last in _SPANS:
            begins, ends = row.values.get(first), row.values.get(last)
            if begins is not None and ends is not None and ends < begins:
                yield self._fault(row, last, f"{ends} kommer före {begins}. Rätta någon av dagarna.")
        if row.values.get("leave_until") is not None and row.values.get("leave_from") is None:
            yield self._fault(row, "leave_until", "Ledigheten saknar första dag. Fyll i »Ledig från«.")

    def _plan(self, row: Row, key: Key, known: dict[Key, Values], new: list[Values], changed: list[Values]) -> None:
        first = self._lines.setdefault(key, row.line)
        if first != row.line:
            self.report.errors.append(RowError(row.line, None, f"Samma uppdrag står på rad {first}. Ta bort en rad."))
            return
        tally, before = self.report.tally("mandates"), known.get(key)
        values = self._values(row, key, before)
        if before is None:
            tally.new += 1
            new.append(values)
        elif differing := [name for name in MANDATE_COLUMNS if values[name] != before[name]]:
            tally.changed += 1
            changed.append(values)
            self.report.change(
                f"{row.values['number']} {row.values['body']}", [self.file.heading(name) for name in differing]
            )
        else:
            tally.unchanged += 1

    def _values(self, row: Row, key: Key, before: Values | None) -> dict[str, Any]:
        names = dict(zip(("member_id", "body_id", "role", "starts_on"), key, strict=True))
        values = {**_NEW, "id": new_id(), **names} if before is None else {**before}
        values |= {name: row.values[name] for name in MANDATE_COLUMNS if name in row.values}
        values["position"] = values["position"] or 0
        return values

    def _fault(self, row: Row, column: str, reason: str) -> RowError:
        return RowError(row.line, self.file.heading(column), reason)
