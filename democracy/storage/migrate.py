"""Bringing a database to the form that this version of the code expects."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, func, select

from democracy.errors import DatabaseNotReadyError
from democracy.storage import append_only
from democracy.storage.engines import migration_engine, parse

_MIGRATION = 0x6D696772_617465
"""The advisory lock of whoever migrates: "migrate" in ASCII."""


def folder() -> Path:
    """Where the migrations are: inside an installed wheel, or beside the package in a checkout."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "_migrations"
    return inside if inside.is_dir() else package.parent / "migrations"


def configuration(connection: Connection | None = None) -> Config:
    """Alembic's settings, without a file."""
    config = Config()
    config.set_main_option("script_location", str(folder()).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def migrate(url: str, revision: str = "head") -> str:
    """Upgrade to `revision` and return the revision reached. Safe to run again, also by two nodes at once.

    Raises RuntimeError if a row then points at one that is not there, DatabaseNotReadyError if the database was made
    by a newer program: nothing is committed in either case.
    """
    engine = migration_engine(parse(url))
    try:
        with engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(select(func.pg_advisory_xact_lock(_MIGRATION)))
            _known(current(connection))
            command.upgrade(configuration(connection), revision)
            append_only.guard(connection)
            _check_references(connection)
            return current(connection) or ""
    finally:
        engine.dispose()


def current(connection: Connection) -> str | None:
    """The revision that a database has, None for an empty one."""
    return MigrationContext.configure(connection).get_current_revision()


def head() -> str:
    """The revision that this code expects."""
    newest = ScriptDirectory.from_config(configuration()).get_current_head()
    if newest is None:
        raise RuntimeError(f"no migrations in {folder()}: the installation is incomplete")
    return newest


def known_revisions() -> frozenset[str]:
    """Every migration that this code has."""
    return frozenset(each.revision for each in ScriptDirectory.from_config(configuration()).walk_revisions())


def _known(found: str | None) -> None:
    if found is not None and found not in known_revisions():
        raise DatabaseNotReadyError("newer", found)


def _check_references(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        raise RuntimeError(f"rows of {sorted({row[0] for row in broken})} point at rows that are not there")
