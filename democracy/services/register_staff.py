"""Staff out of a file."""

from collections.abc import Iterable
from typing import Any

from democracy.domain.email import email_key
from democracy.domain.ids import new_id
from democracy.formats.csv_rows import CsvFile, Row, RowError
from democracy.services.register_intake import Intake
from democracy.storage.register_mandates import STAFF_COLUMNS, known_staff, write_staff
from democracy.storage.register_members import Values
from democracy.storage.register_units import known_units


class StaffIntake(Intake[Row]):
    """Takes a file of employees. The e-mail address says who is who."""

    batch = 100_000  # even the largest organisation has few

    def __init__(self, file: CsvFile) -> None:
        super().__init__(file)
        self._lines: dict[str, int] = {}

    def rows(self) -> Iterable[Row]:
        """Row by row."""
        return self.file

    async def take(self, connection: Any, batch: list[Row], *, write: bool) -> None:
        """Judge them, then write them."""
        units, known = await known_units(connection), await known_staff(connection)
        new: list[Values] = []
        changed: list[Values] = []
        for row in batch:
            faults = [*row.errors, *self._faults(row, units)]
            self.report.errors += faults
            if not faults:
                self._plan(row, units, known, new, changed)
        self.report.absent = len(known.keys() - self._lines.keys())
        if self.may_write(write):
            await write_staff(connection, new, changed)

    def _faults(self, row: Row, units: dict[str, dict[str, Any]]) -> Iterable[RowError]:
        unit, address = row.values.get("unit"), row.values.get("email")
        if unit is not None and unit not in units:
            reason = f"»{unit}« finns inte i registret. Importera enheterna först."
            yield RowError(row.line, self.file.heading("unit"), reason)
        if address is not None:
            first = self._lines.setdefault(email_key(address), row.line)
            if first != row.line:
                reason = f"Adressen står redan på rad {first}. Ta bort den ena raden."
                yield RowError(row.line, self.file.heading("email"), reason)
        begins, ends = row.values.get("starts_on"), row.values.get("ends_on")
        if begins is not None and ends is not None and ends < begins:
            yield RowError(row.line, self.file.heading("ends_on"), f"{ends} kommer före {begins}. Rätta en av dem.")

    def _plan(
        self,
        row: Row,
        units: dict[str, dict[str, Any]],
        known: dict[str, Values],
        new: list[Values],
        changed: list[Values],
    ) -> None:
        key, tally = email_key(row.values["email"]), self.report.tally("staff")
        before = known.get(key)
        values: dict[str, Any] = dict(before or {"id": new_id(), "email_key": key, "ends_on": None, "erased_at": None})
        values |= {name: row.values[name] for name in STAFF_COLUMNS if name in row.values}
        values["unit_id"] = units[row.values["unit"]]["id"]
        if before is None:
            tally.new += 1
            new.append(values)
        elif differing := [name for name in STAFF_COLUMNS if values[name] != before[name]]:
            tally.changed += 1
            changed.append(values)
            told = [self.file.heading(name.removesuffix("_id")) for name in differing]
            self.report.change(row.values["email"], told)
        else:
            tally.unchanged += 1
