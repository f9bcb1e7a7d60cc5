"""Engines for both databases: for writing, for reading in autocommit, and without an event loop for migrations."""

from typing import Any

import orjson
from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

_DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+psycopg"}
_PRAGMAS = (
    "journal_mode=WAL",
    "foreign_keys=ON",
    # Without this, INSERT OR REPLACE deletes a row without waking the triggers that forbid it.
    "recursive_triggers=ON",
    "busy_timeout=5000",
    "cache_size=-16000",
)


def parse(url: str) -> URL:
    """Read a database address; raises ValueError that names the two kinds there are."""
    parsed = make_url(url)
    backend = parsed.get_backend_name()
    if backend not in _DRIVERS:
        raise ValueError(f"{backend}: use sqlite:///file.db or postgresql://user@host/name")
    return parsed


def write_engine(url: URL, *, pool_size: int, durable: bool = True) -> AsyncEngine:
    """For units of work: transactions. On SQLite each begins by taking the write lock.

    `durable`: a commit waits for the disk. Without it SQLite is faster, and a power failure may spoil the file.
    """
    sqlite = url.get_backend_name() == "sqlite"
    engine = _engine(url, pool_size=1 if sqlite else pool_size, durable=durable)
    if sqlite:
        event.listen(engine.sync_engine, "begin", _begin_immediate)
    return engine


def read_engine(url: URL, *, pool_size: int) -> AsyncEngine:
    """For queries: every statement by itself, no transaction to open and close, nothing to undo.

    Set as an execution option instead, autocommit would be turned on and off again around every single query.
    """
    return _engine(
        url, pool_size=pool_size, isolation_level="AUTOCOMMIT", skip_autocommit_rollback=True, pool_reset_on_return=None
    )


def lone_engine(url: URL) -> AsyncEngine:
    """For a worker that keeps one connection for itself, outside every pool. PostgreSQL only."""
    return create_async_engine(url.set(drivername=_DRIVERS["postgresql"]), poolclass=NullPool)


def migration_engine(url: URL) -> Engine:
    """For migrations: synchronous, and on SQLite with foreign keys off, or a rebuilt table would empty its children."""
    sqlite = url.get_backend_name() == "sqlite"
    engine = create_engine(url.set(drivername="sqlite" if sqlite else "postgresql+psycopg"))
    if sqlite:
        event.listen(engine, "connect", lambda connection, _: _prepare(connection, foreign_keys=False))
        event.listen(engine, "begin", _begin_immediate)
    return engine


def _engine(url: URL, *, pool_size: int, durable: bool = True, **extra: Any) -> AsyncEngine:
    backend = url.get_backend_name()
    if backend != "sqlite":
        extra["pool_pre_ping"] = True
    engine = create_async_engine(
        url.set(drivername=_DRIVERS[backend]),
        pool_size=pool_size,
        max_overflow=0,
        json_deserializer=orjson.loads,
        **extra,
    )
    if backend == "sqlite":
        event.listen(engine.sync_engine, "connect", lambda connection, _: _prepare(connection, durable=durable))
    return engine


def _prepare(connection: Any, *, foreign_keys: bool = True, durable: bool = True) -> None:
    """Set what SQLite forgets between connections. The driver must leave BEGIN to us."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.execute(f"PRAGMA synchronous={'FULL' if durable else 'OFF'}")
    if not foreign_keys:
        cursor.execute("PRAGMA foreign_keys=OFF")
    cursor.close()


def _begin_immediate(connection: Connection) -> None:
    # A deferred transaction that reads first and writes later loses the other's update, silently.
    connection.exec_driver_sql("BEGIN IMMEDIATE")
