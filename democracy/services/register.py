"""The register's files: units, members, mandates, staff."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from democracy.domain.membership import FeeTerms
from democracy.errors import NotFoundError
from democracy.formats.csv_rows import CsvFile
from democracy.formats.register_files import MANDATES, MEMBERS, STAFF, UNITS
from democracy.services.register_intake import Progress, carry_in
from democracy.services.register_mandates import MandateIntake
from democracy.services.register_members import MemberIntake
from democracy.services.register_report import Report
from democracy.services.register_staff import StaffIntake
from democracy.services.register_units import UnitIntake
from democracy.services.use_case import Service
from democracy.storage.register_units import known_units
from democracy.storage.statutes import in_force
from workflows.statutes import Resolved, Statutes, resolve


def _silent(position: int) -> None:
    """Show no progress."""


def _terms(resolved: Resolved) -> FeeTerms:
    membership = resolved.parameters.membership
    return FeeTerms(membership.days_after_fee, membership.fee_months, membership.grace_days)


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
        self, path: Path, *, statutes: Statutes | None = None, apply: bool = False, progress: Progress = _silent
    ) -> Report:
        """People and the units that they belong to.

        When a fee gives rights is in `statutes`, else in those that the topmost unit has adopted; NotFoundError
        when it has adopted none.
        """
        file, today = CsvFile(path, MEMBERS), self.at.astimezone(self.database.zone).date()
        terms = _terms(resolve(statutes) if statutes else await self._adopted(today))
        return await carry_in(self, lambda: MemberIntake(file, today, terms), apply=apply, progress=progress)

    async def _adopted(self, today: date) -> Resolved:
        async with self.database.read() as connection:
            units = await known_units(connection)
            top = next((unit["id"] for unit in units.values() if unit["parent_id"] is None), None)
            if top is None:
                raise NotFoundError("unit")
            return await in_force(connection, top, today)

    async def import_mandates(self, path: Path, *, apply: bool = False, progress: Progress = _silent) -> Report:
        """Who holds which place in which body."""
        file = CsvFile(path, MANDATES)
        return await carry_in(self, lambda: MandateIntake(file), apply=apply, progress=progress)

    async def import_staff(self, path: Path, *, apply: bool = False, progress: Progress = _silent) -> Report:
        """Employees and the units that they work for."""
        file = CsvFile(path, STAFF)
        return await carry_in(self, lambda: StaffIntake(file), apply=apply, progress=progress)
