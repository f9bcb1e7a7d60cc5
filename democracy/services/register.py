"""The register's files: units, members, mandates, staff."""

from dataclasses import dataclass
from pathlib import Path

from democracy.domain.membership import FeeTerms
from democracy.formats.csv_rows import CsvFile
from democracy.formats.register_files import MANDATES, MEMBERS, STAFF, UNITS
from democracy.services.register_intake import Progress, carry_in
from democracy.services.register_mandates import MandateIntake
from democracy.services.register_members import MemberIntake
from democracy.services.register_report import Report
from democracy.services.register_staff import StaffIntake
from democracy.services.register_units import UnitIntake
from democracy.services.use_case import Service


def _silent(position: int) -> None:
    """Show no progress."""


@dataclass(frozen=True)
class Register(Service):
    """What files bring in. Each verb returns what it would do; with `apply` it does so, in one transaction.

    With `apply` a single bad row keeps everything out: ImportRefusedError names them all. The same file again changes
    nothing. A file that cannot be read at all raises UnusableFileError. `progress` is told the bytes read so far.
    """

    async def import_units(self, path: Path, *, apply: bool = False, progress: Progress = _silent) -> Report:
        """Units with their place in the tree; each gets its standard bodies."""
        file = CsvFile(path, UNITS)
        return await carry_in(self, lambda: UnitIntake(file), apply=apply, progress=progress)

    async def import_members(
        self, path: Path, terms: FeeTerms, *, apply: bool = False, progress: Progress = _silent
    ) -> Report:
        """People and the units that they belong to. A fee gives rights by `terms`."""
        file, today = CsvFile(path, MEMBERS), self.at.astimezone(self.database.zone).date()
        return await carry_in(self, lambda: MemberIntake(file, today, terms), apply=apply, progress=progress)

    async def import_mandates(self, path: Path, *, apply: bool = False, progress: Progress = _silent) -> Report:
        """Who holds which place in which body."""
        file = CsvFile(path, MANDATES)
        return await carry_in(self, lambda: MandateIntake(file), apply=apply, progress=progress)

    async def import_staff(self, path: Path, *, apply: bool = False, progress: Progress = _silent) -> Report:
        """Employees and the units that they work for."""
        file = CsvFile(path, STAFF)
        return await carry_in(self, lambda: StaffIntake(file), apply=apply, progress=progress)
