"""Tries whether the database really refuses to change what the ledger holds, on rows of its own that it undoes."""

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from democracy.storage import append_only
from democracy.storage.engines import migration_engine, parse

_ROWS = (
    (
        "INSERT INTO step (id, workflow, case_id, rule, source, dest, paragraph, actor_kind, at, record)"
        " VALUES ('00000000000070008000000000000001', 'probe', '00000000000070008000000000000001', 'probe', 'A', 'B',"
        " 'probe', 'operator', '2026-01-01 00:00:00', '{}')"
    ),
    "INSERT INTO chain (position, step_id, hash) SELECT -1, id, {blob} FROM step WHERE workflow = 'probe'",
    "INSERT INTO ledger_node (number, hash) VALUES (-1, {blob})",
    (
        "INSERT INTO kept_text (id, step_id, noun, noun_id, salt, content)"
        " SELECT id, id, 'probe', id, {blob}, 'probe' FROM step WHERE workflow = 'probe'"
    ),
)
_FORBIDDEN = (
    "UPDATE step SET rule = 'other' WHERE workflow = 'probe'",
    "UPDATE chain SET hash = {blob} WHERE position = -1",
    "UPDATE ledger_node SET hash = {blob} WHERE number = -1",
    "DELETE FROM ledger_node WHERE number = -1",
    "UPDATE kept_text SET content = 'other' WHERE noun = 'probe'",
    "DELETE FROM kept_text WHERE noun = 'probe'",
    "DELETE FROM chain WHERE position = -1",
    "DELETE FROM step WHERE workflow = 'probe'",
)


def weaknesses(url: str) -> list[str]:
    """Triggers that are missing, switched off or changed, and changes that the database lets through."""
    engine = migration_engine(parse(url))
    try:
        with engine.connect() as connection:
            weak = [*_missing(connection), *_let_through(connection)]
            connection.rollback()
            return weak
    finally:
        engine.dispose()


def _missing(connection: Connection) -> list[str]:
    expected = append_only.expected(connection.dialect.name)
    if connection.dialect.name == "postgresql":
        query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')"
        standing = set(connection.exec_driver_sql(query).scalars())
        return [name for name in expected if name not in standing]
    texts = set(connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE type = 'trigger'").scalars())
    return [name for name, statement in expected.items() if statement not in texts]


def _let_through(connection: Connection) -> list[str]:
    blob = "'\\x00'" if connection.dialect.name == "postgresql" else "x'00'"
    for statement in _ROWS:
        connection.exec_driver_sql(statement.replace("{blob}", blob))
    return [each.split(" WHERE")[0] for each in _FORBIDDEN if not _refused(connection, each.replace("{blob}", blob))]


def _refused(connection: Connection, statement: str) -> bool:
    savepoint = connection.begin_nested()
    try:
        connection.exec_driver_sql(statement)
    except DBAPIError as error:
        return "append-only" in str(error.orig)
    else:
        return False
    finally:
        savepoint.rollback()
