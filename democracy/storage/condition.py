"""In what condition the database is."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.exc import InterfaceError, OperationalError, ProgrammingError

from democracy.errors import DatabaseNotReadyError
from democracy.storage import migrate
from democracy.storage.engines import parse
from democracy.storage.unit_of_work import Database


async def answers(database: Database) -> None:
    """Ask the smallest question there is; raises whatever keeps the database from answering it."""
    async with database.read() as reader:
        await reader.execute(select(1))


def is_there(url: str) -> None:
    """Raises DatabaseNotReadyError `no_file` where an SQLite file is missing: opening it would make an empty one."""
    parsed = parse(url)
    name = parsed.database
    if parsed.get_backend_name() == "sqlite" and name and name != ":memory:" and not Path(name).exists():
        raise DatabaseNotReadyError("no_file", name)


async def revision(database: Database) -> str | None:
    """The migration that the database has come to, None for an empty one."""
    async with database.read() as reader:
        return await reader.run_sync(migrate.current)


@cache
def expected_revision() -> str:
    """The migration that this code expects."""
    return migrate.head()


@contextmanager
def told() -> Iterator[None]:
    """What goes wrong with the database itself comes out as DatabaseNotReadyError."""
    try:
        yield
    except (OperationalError, InterfaceError, ProgrammingError) as error:
        reason = str(error.orig).strip().splitlines()[0] if str(error.orig).strip() else type(error.orig).__name__
        missing = "no such table" in reason or getattr(error.orig, "sqlstate", None) == "42P01"
        raise DatabaseNotReadyError("not_migrated" if missing else "unreachable", reason) from error
