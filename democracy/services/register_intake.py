"""Carrying one file into the register: first a look, then all of it or nothing."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any, Generic, TypeVar

from democracy.formats.csv_rows import CsvFile
from democracy.services.register_report import ImportRefusedError, Report
from democracy.services.use_case import Service
from democracy.storage.unit_of_work import retrying

T = TypeVar("T")
Progress = Callable[[int], None]
"""Told how many bytes of the file have been read so far."""


class Intake(ABC, Generic[T]):
    """Takes the rows of one kind of file, batch by batch, and reports. Made anew for every try."""

    batch = 1000
    """Rows that are held in memory and sent to the database at a time."""

    def __init__(self, file: CsvFile) -> None:
        self.file = file
        self.report = Report(unused=file.unused)

    @abstractmethod
    def rows(self) -> Iterable[T]:
        """The file's rows, from its beginning."""

    @abstractmethod
    async def take(self, connection: Any, batch: list[T], *, write: bool) -> None:
        """Judge a batch against the register; write it, if asked to and nothing has been wrong so far."""

    async def finish(self, connection: Any) -> None:
        """Say what can only be said after the last batch."""

    def may_write(self, write: bool) -> bool:
        """Whether a judged batch goes to the database: a single bad row anywhere keeps everything out."""
        return write and not self.report.errors

    async def feed(self, connection: Any, *, write: bool, progress: Progress) -> Report:
        """Take the whole file."""
        rows = iter(self.rows())
        while batch := list(islice(rows, self.batch)):
            await self.take(connection, batch, write=write)
            progress(self.file.position)
        await self.finish(connection)
        progress(self.file.size)
        self.report.errors.sort(key=lambda error: error.line)
        return self.report


async def carry_in(service: Service, make: Callable[[], Intake[Any]], *, apply: bool, progress: Progress) -> Report:
    """Look at a file, or write it in one transaction. Raises ImportRefusedError if it was to be written and may not."""
    if not apply:
        async with service.database.read() as connection:
            return await make().feed(connection, write=False, progress=progress)

    async def once() -> Report:
        async with service.database.unit(service.at) as unit:
            report = await make().feed(await unit.session.connection(), write=True, progress=progress)
            if report.errors:
                raise ImportRefusedError(report)
            report.applied = True
            return report

    return await retrying(once)
