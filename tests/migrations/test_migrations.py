"""The database's form, and what it refuses by itself."""

from collections.abc import Iterator

import pytest
from alembic import command
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from democracy.storage.engines import migration_engine, parse
from democracy.storage.migrate import configuration, current, head, migrate

STEP = (
    "INSERT INTO step (id, workflow, case_id, rule, source, dest, paragraph, actor_kind, at, record)"
    " VALUES ('00000000000000000000000000000001', 'motion', '00000000000000000000000000000002', 'submit', 'DRAFT',"
    " 'SUBMITTED', 'motion-right', 'clock', '2026-01-01 00:00:00', '{}')"
)
NODE = "INSERT INTO ledger_node (number, hash) VALUES (0, {hash})"
CHAIN = "INSERT INTO chain (position, step_id, hash) VALUES (1, '00000000000000000000000000000001', {hash})"


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = migration_engine(parse(database_url))
    yield engine
    engine.dispose()


def test_a_migrated_database_is_what_the_tables_declare(engine: Engine) -> None:
    with engine.begin() as connection:
        assert current(connection) == head()
        command.check(configuration(connection))


def test_migrating_again_changes_nothing(database_url: str) -> None:
    assert migrate(database_url) == head()


@pytest.mark.parametrize(
    "forbidden",
    [
        "UPDATE step SET rule = 'withdraw'",
        "DELETE FROM step",
        "DELETE FROM chain",
        "UPDATE chain SET position = 2",
        "UPDATE ledger_node SET number = 7",
        "DELETE FROM ledger_node",
        "TRUNCATE step CASCADE",
        "INSERT OR REPLACE INTO step SELECT * FROM step",
        "INSERT OR REPLACE INTO chain SELECT * FROM chain",
        "INSERT OR REPLACE INTO ledger_node SELECT * FROM ledger_node",
    ],
)
def test_the_database_refuses_to_change_what_the_ledger_holds(engine: Engine, forbidden: str) -> None:
    only_here = {"TRUNCATE": "postgresql", "INSERT OR REPLACE": "sqlite"}
    for words, dialect in only_here.items():
        if forbidden.startswith(words) and engine.dialect.name != dialect:
            pytest.skip(f"{words} is not a word of {engine.dialect.name}")
    digest = "x'00'" if engine.dialect.name == "sqlite" else "'\\x00'"
    with engine.begin() as connection:
        connection.execute(text(STEP))
        connection.exec_driver_sql(CHAIN.format(hash=digest))
        connection.exec_driver_sql(NODE.format(hash=digest))
    with pytest.raises(DBAPIError, match="append-only"), engine.begin() as connection:
        connection.execute(text(forbidden))
    with engine.begin() as connection:
        assert connection.execute(text("SELECT rule FROM step")).scalar_one() == "submit"
        assert connection.execute(text("SELECT position FROM chain")).scalar_one() == 1
        assert connection.execute(text("SELECT number FROM ledger_node")).scalar_one() == 0


def test_triggers_stand_again_after_a_migration(engine: Engine, database_url: str) -> None:
    lost = "DROP TRIGGER step_no_delete" + (" ON step" if engine.dialect.name == "postgresql" else "")
    with engine.begin() as connection:
        connection.execute(text(lost))
    migrate(database_url)
    with engine.begin() as connection:
        connection.execute(text(STEP))
    with pytest.raises(DBAPIError, match="append-only"), engine.begin() as connection:
        connection.execute(text("DELETE FROM step"))
