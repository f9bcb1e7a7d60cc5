"""Copies of a SQLite database by its own online backup."""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL

from democracy.errors import DatabaseNotReadyError

PATIENCE = 30.0
"""Seconds to wait for whoever is writing."""


def write(url: URL, file: Path) -> None:
    """Copy in one step: a snapshot, which readers and writers do not wait for."""
    with closing(_open(_path(url), "ro")) as source, closing(sqlite3.connect(file)) as copy:
        source.backup(copy, pages=-1)
        # One file, without a journal beside it: it can be carried away.
        copy.execute("PRAGMA journal_mode = DELETE")


def revision(file: Path) -> str:
    """Read every page, index and reference of a copy; returns its migration."""
    try:
        with closing(_open(file, "ro")) as copy:
            faults = [row[0] for row in copy.execute("PRAGMA integrity_check(1)") if row[0] != "ok"]
            faults += [f"{row[0]} pekar på en rad som inte finns" for row in copy.execute("PRAGMA foreign_key_check")]
            row = copy.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error as error:
        raise DatabaseNotReadyError("broken_copy", str(error)) from error
    if faults or row is None:
        raise DatabaseNotReadyError("broken_copy", faults[0] if faults else "utan version")
    return str(row[0])


def put_back(url: URL, file: Path) -> None:
    """Write a copy into the database, in one transaction that others wait for."""
    try:
        with closing(_open(file, "ro")) as copy, closing(_open(_path(url), "rwc")) as target:
            copy.backup(target, pages=-1)
    except sqlite3.Error as error:
        raise DatabaseNotReadyError("program_failed", str(error)) from error


def _path(url: URL) -> Path:
    if not url.database or url.database == ":memory:":
        raise DatabaseNotReadyError("unreachable", "databasen är inte en fil")
    return Path(url.database)


def _open(path: Path, mode: str) -> sqlite3.Connection:
    try:
        return sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=PATIENCE)
    except sqlite3.Error as error:
        raise DatabaseNotReadyError("unreachable", f"{path.name}: {error}") from error
