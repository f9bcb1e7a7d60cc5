"""Safety copies of a whole database, in one file: consistent although it is written to meanwhile."""

import os
from contextlib import suppress
from pathlib import Path

from sqlalchemy import inspect, select, table

from democracy.errors import DatabaseNotReadyError
from democracy.storage import backup_postgresql, backup_sqlite
from democracy.storage.engines import migration_engine, parse
from democracy.storage.migrate import known_revisions

_CONTENT = ("step", "member", "unit", "account", "staff")
"""A database with a row in one of these is somebody's."""


def backup(url: str, file: Path, *, programs: Path | None = None) -> None:
    """Write a copy and read it back before it takes its name; an earlier file is left alone until then.

    Nobody but the owner may read it. Raises DatabaseNotReadyError if the copy cannot be made or is not whole.
    """
    parsed, partial = parse(url), file.with_name(f".{file.name}.partial")
    try:
        partial.touch(mode=0o600)
        partial.chmod(0o600)
        if parsed.get_backend_name() == "sqlite":
            backup_sqlite.write(parsed, partial)
        else:
            backup_postgresql.write(parsed, partial, programs)
        revision(url, partial, programs=programs)
        _to_disk(partial)
        partial.replace(file)
        _to_disk(file.parent)
    finally:
        with suppress(FileNotFoundError):
            partial.unlink()


def revision(url: str, file: Path, *, programs: Path | None = None) -> str:
    """Read a copy through and return the migration that it has come to.

    Raises DatabaseNotReadyError: `broken_copy` if it is not a whole copy of a database of `url`'s kind, `newer` if a
    newer program made it.
    """
    parsed = parse(url)
    sqlite = parsed.get_backend_name() == "sqlite"
    found = backup_sqlite.revision(file) if sqlite else backup_postgresql.revision(file, programs)
    if found not in known_revisions():
        raise DatabaseNotReadyError("newer", found)
    return found


def restore(url: str, file: Path, *, force: bool = False, programs: Path | None = None) -> str:
    """Put a copy in the place of what the database holds; returns the migration that it then has come to.

    All or nothing. Raises DatabaseNotReadyError, with `not_empty` where there is content and no `force`.
    """
    found = revision(url, file, programs=programs)
    parsed = parse(url)
    if not force and has_content(url):
        raise DatabaseNotReadyError("not_empty")
    if parsed.get_backend_name() == "sqlite":
        backup_sqlite.put_back(parsed, file)
    else:
        backup_postgresql.put_back(parsed, file, programs)
    return found


def has_content(url: str) -> bool:
    """Whether somebody has begun to use the database."""
    engine = migration_engine(parse(url))
    try:
        with engine.connect() as connection:
            there = set(inspect(connection).get_table_names()) & set(_CONTENT)
            return any(
                connection.execute(select(1).select_from(table(name)).limit(1)).first() for name in sorted(there)
            )
    finally:
        engine.dispose()


def _to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
