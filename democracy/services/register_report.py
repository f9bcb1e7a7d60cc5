"""What an import would do, or has done: counted, with everything that stands in its way."""

from dataclasses import dataclass, field

from democracy.errors import DemocracyError
from democracy.formats.csv_rows import RowError

_SHOWN = 200


@dataclass
class Tally:
    """Rows of one kind, by what becomes of them."""

    new: int = 0
    changed: int = 0
    ended: int = 0
    unchanged: int = 0

    @property
    def rows(self) -> int:
        """All of them."""
        return self.new + self.changed + self.ended + self.unchanged


@dataclass
class Report:
    """An import in figures. `errors` has every bad row; one is enough for nothing to be written."""

    tallies: dict[str, Tally] = field(default_factory=dict)
    """By noun in the plural: `units`, `bodies`, `members`, `memberships`, `mandates`, `staff`."""
    errors: list[RowError] = field(default_factory=list)
    notices: list[RowError] = field(default_factory=list)
    """What was understood in a way that somebody should know of."""
    changes: list[str] = field(default_factory=list)
    """The first few hundred changes: which one, and which columns."""
    unused: tuple[str, ...] = ()
    """Headings that the import has no use for."""
    absent: int = 0
    """How many the register has that the file does not mention; they are left as they are."""
    applied: bool = False

    def tally(self, noun: str) -> Tally:
        """The figures of one noun."""
        return self.tallies.setdefault(noun, Tally())

    def change(self, key: str, columns: list[str]) -> None:
        """Remember a change, as long as there is room for it."""
        if len(self.changes) < _SHOWN:
            self.changes.append(f"{key}: {', '.join(columns)}")


class ImportRefusedError(DemocracyError):
    """The file has bad rows, so nothing of it was written. The report names each of them."""

    def __init__(self, report: Report) -> None:
        super().__init__(f"{len(report.errors)} bad rows")
        self.report = report
