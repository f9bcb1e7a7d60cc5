"""`democracy migrate`, `check`, `clock` and `serve`, as whoever runs an installation meets them."""

import asyncio
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner, Result

from democracy.cli import commands
from democracy.storage.unit_of_work import Database
from tests import frauds
from tests.ledgers import chained, record

Command = Callable[..., Result]


@pytest.fixture
def democracy(database_url: str) -> Command:
    runner = CliRunner(env={"DEMOCRACY_DATABASE_URL": database_url})
    return lambda *args: runner.invoke(commands, args)


def _run(url: str, *args: str) -> Result:
    return CliRunner(env={"DEMOCRACY_DATABASE_URL": url}).invoke(commands, args)


def _record(url: str, count: int) -> None:
    async def fill() -> None:
        database = Database(url)
        await record(database, count)
        await database.close()

    asyncio.run(fill())


def _placed(url: str) -> int:
    async def count() -> int:
        database = Database(url)
        try:
            return len(await chained(database))
        finally:
            await database.close()

    return asyncio.run(count())


def test_a_new_database_is_made_ready_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new.db'}"
    assert _run(url, "migrate", "--check").exit_code == 1
    assert _run(url, "migrate").exit_code == 0
    assert _run(url, "migrate", "--check").exit_code == 0
    assert _run(url, "migrate").exit_code == 0


@pytest.mark.parametrize("command", [("check",), ("verify", "ledger"), ("clock",), ("serve",)])
def test_a_mistyped_file_is_refused_by_name_and_no_empty_database_is_left(
    command: tuple[str, ...], tmp_path: Path
) -> None:
    mistyped = tmp_path / "mistyped.db"
    refused = _run(f"sqlite:///{mistyped}", *command)
    assert refused.exit_code == 1
    assert f"Det finns ingen databas i {mistyped}" in refused.output
    assert not mistyped.exists()


def test_the_server_refuses_a_database_that_is_not_ready_and_says_how(tmp_path: Path) -> None:
    refused = _run(f"sqlite:///{tmp_path / 'new.db'}", "serve")
    assert refused.exit_code == 1
    assert "democracy migrate" in refused.output


@pytest.mark.parametrize("command", [("migrate",), ("verify", "ledger"), ("serve",), ("clock",), ("check",)])
def test_a_database_that_does_not_answer_is_told_plainly(command: tuple[str, ...], tmp_path: Path) -> None:
    result = _run(f"postgresql://nobody:secret@/none?host={tmp_path}", *command)
    assert result.exit_code == 1
    assert "Databasen svarar inte" in result.output
    assert "secret" not in result.output


def test_a_setting_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    result = CliRunner(env={"DEMOCRACY_POOL_SIZE": "many"}).invoke(commands, ["check"])
    assert result.exit_code == 1
    assert "DEMOCRACY_POOL_SIZE" in result.output


def test_a_good_installation_is_said_to_be_good(democracy: Command, database_url: str) -> None:
    _record(database_url, 3)
    assert democracy("clock").exit_code == 0
    result = democracy("check")
    assert result.exit_code == 0, result.output
    assert "Allt är i ordning." in result.output
    assert "(3 av högst" in result.output


def test_a_trigger_that_is_gone_is_found(democracy: Command, database_url: str) -> None:
    frauds.commit(database_url)  # switches every trigger off
    result = democracy("check")
    assert result.exit_code == 1
    assert "Liggaren är oskyddad: UPDATE step SET rule = 'other'" in result.output
    assert "Liggaren är oskyddad: chain_no_delete" in result.output
    _mend(database_url)
    assert democracy("migrate").exit_code == 0
    assert democracy("check").exit_code == 0


def _mend(url: str) -> None:
    """Foreign keys are PostgreSQL's own triggers: a migration does not bring those back."""
    if url.startswith("postgresql"):
        with psycopg.connect(url) as connection:
            for table in ("step", "chain", "unchained", "kept_text"):
                connection.execute(f"ALTER TABLE {table} ENABLE TRIGGER ALL".encode())


def test_looking_at_the_triggers_leaves_nothing_behind(democracy: Command, database_url: str) -> None:
    assert democracy("check").exit_code == 0
    assert "0 steg" in democracy("verify", "ledger").output


def test_an_altered_tail_is_found(democracy: Command, database_url: str) -> None:
    _record(database_url, 3)
    democracy("clock")
    frauds.commit(database_url, "UPDATE step SET rule = 'x' WHERE id = (SELECT step_id FROM chain WHERE position = 3)")
    result = democracy("check")
    assert result.exit_code == 1
    assert "Liggaren har ändrats: plats 3" in result.output


def test_the_clock_goes_round_once(democracy: Command, database_url: str) -> None:
    _record(database_url, 4)
    result = democracy("clock")
    assert result.exit_code == 0, result.output
    assert "4 steg fick sin plats" in result.output
    assert "remove_sessions: 0" in result.output
    assert _placed(database_url) == 4


def test_the_clock_watches_until_it_is_told_to_stop(database_url: str, tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "democracy", "clock", "--watch"],
        env={
            "DEMOCRACY_DATABASE_URL": database_url,
            "DEMOCRACY_SEEDS_FOLDER": str(tmp_path / "seeds"),
            "PYTHONUNBUFFERED": "1",
        },
        stdout=subprocess.PIPE,
    )
    try:
        assert process.stdout is not None
        assert b"Klockan" in process.stdout.readline()
        _record(database_url, 2)
        end = time.monotonic() + 10
        while _placed(database_url) < 2 and time.monotonic() < end:
            time.sleep(0.1)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0
    finally:
        process.kill()
        process.communicate()
    assert _placed(database_url) == 2
