"""What SQLAlchemy has compiled is shared by every engine of a process.

Each test opens a database of its own, and so an engine of its own, which would otherwise
compile every statement anew.
"""

from typing import Any

from sqlalchemy import Engine, util
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg, PGDialectAsync_psycopg
from sqlalchemy.dialects.sqlite.aiosqlite import SQLiteDialect_aiosqlite
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

DIALECTS = (PGDialect_psycopg, PGDialectAsync_psycopg, SQLiteDialect_aiosqlite, SQLiteDialect_pysqlite)


def share() -> None:
    """From now on: one cache, in which dialects of one class are one. All tests of a process use the same servers."""
    cache = util.LRUCache[Any, Any](5_000)
    made = Engine.__init__

    def make(engine: Engine, *given: Any, **more: Any) -> None:
        made(engine, *given, **more)
        engine._compiled_cache = cache

    setattr(Engine, "__init__", make)  # noqa: B010 - mypy takes no assignment to a method
    for kind in DIALECTS:
        setattr(kind, "__eq__", lambda one, other: type(one) is type(other))  # noqa: B010
        setattr(kind, "__hash__", lambda one: hash(type(one)))  # noqa: B010
