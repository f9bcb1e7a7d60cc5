"""Only what the demo made itself is ever removed."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from democracy.cli import commands
from democracy.demo.folder import DemoFolder, ForeignFolderError
from democracy.storage.unit_of_work import Database
from democracy.workers import story
from tests.example import free_port


def test_a_new_folder_is_made_and_marked(tmp_path: Path) -> None:
    folder = DemoFolder(tmp_path / "a" / "b")
    folder.take()
    folder.take()
    assert not folder.is_built
    assert [each.name for each in folder.path.iterdir()] == [".democracy-demo"]


def test_a_folder_with_anything_else_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "avhandling.txt").write_text("viktigt", "utf-8")
    folder = DemoFolder(tmp_path)
    for act in (folder.take, folder.clear):
        with pytest.raises(ForeignFolderError):
            act()
    assert [each.name for each in tmp_path.iterdir()] == ["avhandling.txt"]


def test_a_reset_leaves_an_empty_folder_of_its_own(tmp_path: Path) -> None:
    folder = DemoFolder(tmp_path / "demo")
    folder.take()
    folder.database.write_text("gammal", "utf-8")
    folder.clear()
    assert not folder.is_built
    folder.take()


def test_a_build_that_was_broken_off_is_begun_anew(tmp_path: Path) -> None:
    folder = DemoFolder(tmp_path / "demo")
    folder.take()
    folder.begin().write_text("halv", "utf-8")
    assert not folder.is_built
    assert not folder.begin().exists()
    folder.begin().write_text("hel", "utf-8")
    folder.finish()
    assert folder.database.read_text("utf-8") == "hel"
    assert not folder.unfinished.exists()


def test_the_command_line_says_what_to_do_about_a_foreign_folder(tmp_path: Path) -> None:
    (tmp_path / "annat").write_text("", "utf-8")
    args = ["demo", "--reset", "--folder", str(tmp_path), "--port", str(free_port())]
    result = CliRunner().invoke(commands, args)
    assert result.exit_code == 1
    assert "Välj en annan:  democracy demo --folder" in result.output


async def test_the_story_goes_on_from_where_it_stopped_whatever_the_machines_clock_says(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    told = datetime(2026, 2, 2, 8, tzinfo=UTC)
    later = datetime(2031, 5, 1, tzinfo=UTC)
    try:
        assert await story.offset(database, later) == timedelta()
        await story._keep(database, told)
        assert later + await story.offset(database, later) == told
    finally:
        await database.close()
