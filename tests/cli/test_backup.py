"""`democracy backup` and `democracy restore`: what was there is there again, or nothing has happened."""

import asyncio
import stat
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from democracy.cli import commands
from democracy.storage.unit_of_work import Database
from democracy.workers import sequencer
from tests import frauds, postgres
from tests.ledgers import chained, record

Command = Callable[..., Result]


def _steps(url: str) -> int:
    async def count() -> int:
        database = Database(url)
        try:
            return len(await chained(database))
        finally:
            await database.close()

    return asyncio.run(count())


def _add(url: str, count: int) -> None:
    async def fill() -> None:
        database = Database(url)
        await record(database, count, text="Bänkar")
        await sequencer.drain(database)
        await database.close()

    asyncio.run(fill())


@pytest.fixture
def democracy(database_url: str) -> Command:
    environment = {"DEMOCRACY_DATABASE_URL": database_url}
    if (programs := postgres.binaries()) is not None:
        environment["DEMOCRACY_POSTGRES_FOLDER"] = str(programs)
    runner = CliRunner(env=environment)
    return lambda *args: runner.invoke(commands, [str(each) for each in args])


def test_what_was_saved_comes_back(democracy: Command, database_url: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy.bak"
    _add(database_url, 3)
    saved = democracy("backup", copy)
    assert saved.exit_code == 0, saved.output
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    _add(database_url, 2)
    assert _steps(database_url) == 5
    restored = democracy("restore", copy, "--force")
    assert restored.exit_code == 0, restored.output
    assert "Liggaren är hel" in restored.output
    assert _steps(database_url) == 3
    assert democracy("check").exit_code == 0


def test_a_database_with_content_is_not_replaced_unasked(democracy: Command, database_url: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy.bak"
    assert democracy("backup", copy).exit_code == 0
    _add(database_url, 1)
    refused = democracy("restore", copy)
    assert refused.exit_code == 1
    assert "--force" in refused.output
    assert _steps(database_url) == 1


def test_an_unused_database_is_filled_without_force(democracy: Command, database_url: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy.bak"
    _add(database_url, 2)
    assert democracy("backup", copy).exit_code == 0
    frauds.commit(database_url, *(f"DELETE FROM {each}" for each in ("chain", "kept_text", "unchained", "step")))
    assert democracy("restore", copy).exit_code == 0
    assert _steps(database_url) == 2


def test_a_copy_taken_while_others_write_is_whole(democracy: Command, database_url: str, tmp_path: Path) -> None:
    copy, stop = tmp_path / "copy.bak", threading.Event()

    async def write() -> None:
        database = Database(database_url)
        while not stop.is_set():
            await record(database, 3, text="Under tiden")
            await sequencer.drain(database)
        await database.close()

    writer = threading.Thread(target=lambda: asyncio.run(write()))
    _add(database_url, 5)
    writer.start()
    try:
        saved = [democracy("backup", copy, "--force") for _ in range(4)]
    finally:
        stop.set()
        writer.join()
    assert [each.exit_code for each in saved] == [0] * 4
    total = _steps(database_url)
    restored = democracy("restore", copy, "--force")
    assert restored.exit_code == 0, restored.output
    assert 5 <= _steps(database_url) <= total


def test_a_damaged_copy_is_refused_and_nothing_is_replaced(
    democracy: Command, database_url: str, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.bak"
    _add(database_url, 3)
    assert democracy("backup", copy).exit_code == 0
    whole = copy.read_bytes()
    _add(database_url, 1)
    for broken in (b"", b"hello", whole[: len(whole) // 2], whole[:100] + bytes(4096) + whole[4196:]):
        copy.write_bytes(broken)
        refused = democracy("restore", copy, "--force")
        assert (refused.exit_code, "går inte att använda" in refused.output) == (1, True), refused.output
    assert _steps(database_url) == 4


def test_a_copy_with_an_altered_ledger_is_restored_but_told(
    democracy: Command, database_url: str, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.bak"
    _add(database_url, 3)
    frauds.commit(database_url, "UPDATE step SET rule = 'x' WHERE id = (SELECT step_id FROM chain WHERE position = 2)")
    assert democracy("backup", copy).exit_code == 0
    restored = democracy("restore", copy, "--force")
    assert restored.exit_code == 1
    assert "plats 2" in restored.output


def test_a_copy_by_a_newer_program_is_refused(democracy: Command, database_url: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy.bak"
    assert democracy("backup", copy).exit_code == 0
    frauds.commit(database_url, "UPDATE alembic_version SET version_num = '9999'")
    assert "nyare version" in democracy("backup", tmp_path / "newer.bak").output
    assert not (tmp_path / "newer.bak").exists()
    assert "nyare version" in democracy("migrate").output


def test_an_earlier_copy_is_not_replaced_unasked_nor_by_a_failure(
    democracy: Command, database_url: str, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.bak"
    assert democracy("backup", copy).exit_code == 0
    before = copy.read_bytes()
    assert democracy("backup", copy).exit_code == 1
    frauds.commit(database_url, "DELETE FROM alembic_version")
    assert democracy("backup", copy, "--force").exit_code == 1
    assert copy.read_bytes() == before
    assert [each.name for each in tmp_path.glob("*copy*")] == ["copy.bak"]


def test_missing_programs_and_folders_are_told(postgres_url: str, tmp_path: Path) -> None:
    runner = CliRunner(env={"DEMOCRACY_DATABASE_URL": postgres_url, "DEMOCRACY_POSTGRES_FOLDER": str(tmp_path)})
    assert "pg_dump finns inte" in runner.invoke(commands, ["backup", str(tmp_path / "a")]).output
    assert "Mappen" in runner.invoke(commands, ["backup", str(tmp_path / "none" / "a")]).output
    assert "finns inte" in runner.invoke(commands, ["restore", str(tmp_path / "b")]).output
