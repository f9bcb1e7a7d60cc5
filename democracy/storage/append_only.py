"""The database itself refuses to change or remove what the ledger holds.

Made anew after every migration: rebuilding a table on SQLite drops its triggers in silence.
"""

import re

from sqlalchemy import Connection, inspect

_FROZEN = ("step", "chain", "ledger_node")
_ERASE_ONLY = "kept_text"
_TABLE = re.compile(r" ON (\w+)")


def guard(connection: Connection) -> None:
    """Create every trigger, replacing what is there. One that is not at its newest form lacks some."""
    tables = set(inspect(connection).get_table_names())
    statements = _postgresql() if connection.dialect.name == "postgresql" else _sqlite()
    for statement in statements:
        table = _TABLE.search(statement)
        if table is None or table[1] in tables:
            connection.exec_driver_sql(statement)


def release(connection: Connection, table: str) -> None:
    """Let a table be repaired until `guard` is called, in the same transaction."""
    statements = _postgresql() if connection.dialect.name == "postgresql" else _sqlite()
    for statement in statements:
        if statement.startswith(f"DROP TRIGGER IF EXISTS {table}_"):
            connection.exec_driver_sql(statement)


def _sqlite() -> list[str]:
    statements = []
    for table in _FROZEN:
        statements += _sqlite_trigger(f"{table}_no_update", f"BEFORE UPDATE ON {table}")
        statements += _sqlite_trigger(f"{table}_no_delete", f"BEFORE DELETE ON {table}")
    # INSERT OR REPLACE removes the old row without a DELETE wherever recursive triggers are off.
    statements += _sqlite_trigger(
        "step_no_replace", "BEFORE INSERT ON step WHEN EXISTS (SELECT 1 FROM step WHERE id = NEW.id)"
    )
    statements += _sqlite_trigger(
        "chain_no_replace",
        "BEFORE INSERT ON chain WHEN EXISTS"
        " (SELECT 1 FROM chain WHERE position = NEW.position OR step_id = NEW.step_id)",
    )
    statements += _sqlite_trigger(
        "ledger_node_no_replace",
        "BEFORE INSERT ON ledger_node WHEN EXISTS (SELECT 1 FROM ledger_node WHERE number = NEW.number)",
    )
    statements += _sqlite_trigger(f"{_ERASE_ONLY}_no_delete", f"BEFORE DELETE ON {_ERASE_ONLY}")
    statements += _sqlite_trigger(
        f"{_ERASE_ONLY}_erase_only",
        f"BEFORE UPDATE ON {_ERASE_ONLY} WHEN NEW.content IS NOT NULL OR NEW.salt IS NOT NULL OR NEW.id <> OLD.id"
        " OR NEW.step_id <> OLD.step_id OR NEW.noun_id <> OLD.noun_id",
    )
    return statements


def _sqlite_trigger(name: str, when: str) -> list[str]:
    return [
        f"DROP TRIGGER IF EXISTS {name}",
        f"CREATE TRIGGER {name} {when} BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END",
    ]


def _postgresql() -> list[str]:
    refuse = "BEGIN RAISE EXCEPTION 'the ledger is append-only'; END"
    statements = [f"CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ {refuse} $$"]
    for table in (*_FROZEN, _ERASE_ONLY):
        statements += _postgresql_trigger(f"{table}_no_truncate", f"BEFORE TRUNCATE ON {table} FOR EACH STATEMENT")
        statements += _postgresql_trigger(f"{table}_no_delete", f"BEFORE DELETE ON {table} FOR EACH ROW")
    for table in _FROZEN:
        statements += _postgresql_trigger(f"{table}_no_update", f"BEFORE UPDATE ON {table} FOR EACH ROW")
    statements += _postgresql_trigger(
        f"{_ERASE_ONLY}_erase_only",
        f"BEFORE UPDATE ON {_ERASE_ONLY} FOR EACH ROW WHEN (NEW.content IS NOT NULL OR NEW.salt IS NOT NULL"
        " OR NEW.id <> OLD.id OR NEW.step_id <> OLD.step_id OR NEW.noun_id <> OLD.noun_id)",
    )
    return statements


def _postgresql_trigger(name: str, when: str) -> list[str]:
    table = when.split(" ON ")[1].split()[0]
    return [
        f"DROP TRIGGER IF EXISTS {name} ON {table}",
        f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION refuse_change()",
    ]


def expected(dialect: str) -> dict[str, str]:
    """Every trigger that must stand, by name, with the statement that makes it."""
    statements = _postgresql() if dialect == "postgresql" else _sqlite()
    return {each.split()[2]: each for each in statements if each.startswith("CREATE TRIGGER")}
