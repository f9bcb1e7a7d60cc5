"""What somebody who has the database itself can do to it: no trigger and no key stands in their way."""

import sqlite3
from collections.abc import Mapping
from typing import Any

import psycopg

_OLD_LEDGER = ("step", "chain", "unchained", "kept_text")
_LEDGER = (*_OLD_LEDGER, "ledger_node")


def commit(url: str, *statements: str, **values: Any) -> None:
    """Run statements with `:name` parameters behind the application's back."""
    if url.startswith("sqlite:///"):
        _sqlite(url.removeprefix("sqlite:///"), statements, values)
    else:
        _postgresql(url, statements, values)


def commit_old(url: str, *statements: str) -> None:
    """The same in a database from before the tree."""
    if url.startswith("sqlite:///"):
        _sqlite(url.removeprefix("sqlite:///"), statements, {})
    else:
        _postgresql(url, statements, {}, _OLD_LEDGER)


def _sqlite(path: str, statements: tuple[str, ...], values: Mapping[str, Any]) -> None:
    connection = sqlite3.connect(path)
    try:
        connection.execute("PRAGMA foreign_keys = OFF")
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement, values)
        connection.commit()
    finally:
        connection.close()


def _postgresql(
    url: str, statements: tuple[str, ...], values: Mapping[str, Any], tables: tuple[str, ...] = _LEDGER
) -> None:
    with psycopg.connect(url) as connection:
        for table in tables:
            connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
        for statement in statements:
            placed = statement
            for name in values:
                placed = placed.replace(f":{name}", f"%({name})s")
            connection.execute(placed, values)
