"""Units out of a file: a tree that has to hold together as a whole."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from democracy.domain.ids import new_id
from democracy.domain.unit_tree import above
from democracy.formats.csv_rows import CsvFile, Row, RowError
from democracy.services.register_intake import Intake
from democracy.services.unit_faults import Stands, unit_faults
from democracy.storage.register_units import known_units, missing_bodies, write_units

_PLAIN = ("kind", "name", "founded_on", "paused_on", "ended_on")


class UnitIntake(Intake[Row]):
    """Takes a file of units. Parents may stand after their children, or in the register only."""

    batch = 100_000  # the tree can only be judged whole

    def __init__(self, file: CsvFile) -> None:
        super().__init__(file)
        self._known: dict[str, dict[str, Any]] = {}
        self._given: dict[str, Row] = {}
        self._faulty: set[str] = set()

    def rows(self) -> Iterable[Row]:
        """Row by row."""
        return self.file

    async def take(self, connection: Any, batch: list[Row], *, write: bool) -> None:
        """Judge the tree as it would be, then write it."""
        self._known = await known_units(connection)
        for row in batch:
            self._accept(row)
        self._judge()
        if self.report.errors:
            return
        new, changed = self._changes()
        bodies = await missing_bodies(connection, [*self._known.values(), *new])
        self.report.tally("bodies").new = len(bodies)
        if self.may_write(write):
            await write_units(connection, new, changed)

    async def finish(self, connection: Any) -> None:
        """Count those of the register that the file leaves out."""
        self.report.absent = len(self._known.keys() - self._given.keys())

    def _accept(self, row: Row) -> None:
        self.report.errors += row.errors
        code = row.values.get("code")
        if code is None or row.errors:
            self._faulty |= {code} if code else set()
        elif code in self._given:
            reason = f"»{code}« står redan på rad {self._given[code].line}. Ta bort den ena raden."
            self.report.errors.append(RowError(row.line, self.file.heading("code"), reason))
        else:
            self._given[code] = row

    def _judge(self) -> None:
        codes = {unit["id"]: code for code, unit in self._known.items()}
        before = {code: Stands(unit["kind"], codes.get(unit["parent_id"])) for code, unit in self._known.items()}
        after = before | {code: self._stands(row, before.get(code)) for code, row in self._given.items()}
        for code, row in self._given.items():
            if after[code].parent in self._faulty and after[code].parent not in after:
                continue
            for column, reason in unit_faults(code, before, after):
                self.report.errors.append(RowError(row.line, self.file.heading(column), reason))

    def _stands(self, row: Row, before: Stands | None) -> Stands:
        parent = row.values.get("parent", before.parent if before else None)
        return Stands(row.values["kind"], parent)

    def _changes(self) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        new: list[dict[str, Any]] = []
        changed: list[dict[str, Any]] = []
        ids = {code: unit["id"] for code, unit in self._known.items()}
        parents = {code: row.values.get("parent") for code, row in self._given.items()}
        for code in sorted(self._given, key=lambda each: len(list(above(each, parents)))):
            ids.setdefault(code, new_id())
            unit = self._unit(code, self._given[code], ids)
            known = self._known.get(code)
            differing = [name for name in unit if known is not None and unit[name] != known[name]]
            if known is None:
                new.append(unit)
            elif differing:
                changed.append(unit)
                self.report.change(code, [self.file.heading(name.removesuffix("_id")) for name in differing])
        tally = self.report.tally("units")
        tally.new, tally.changed = len(new), len(changed)
        tally.unchanged = len(self._given) - len(new) - len(changed)
        return new, changed

    def _unit(self, code: str, row: Row, ids: dict[str, UUID]) -> dict[str, Any]:
        """The whole unit as it will be: what the file leaves out stays what it was."""
        unit = {"founded_on": None, "paused_on": None, "ended_on": None, "parent_id": None} | self._known.get(code, {})
        unit |= {"id": ids[code], "code": code} | {name: row.values[name] for name in _PLAIN if name in row.values}
        if "parent" in row.values:
            parent = row.values["parent"]
            unit["parent_id"] = ids[parent] if parent else None
        return unit
