"""`democracy password-link` and `democracy mail`, as the operator runs them."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import pytest
from click.testing import CliRunner, Result

from democracy.app import Application
from democracy.cli import commands
from democracy.settings import Settings
from tests.people import PASSWORD, People, living_at

T = TypeVar("T")


@pytest.fixture
def environment(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings as an operator gives them; returns the folder of messages."""
    monkeypatch.setenv("DEMOCRACY_DATABASE_URL", sqlite_url)
    monkeypatch.setenv("DEMOCRACY_CHEAP_PASSWORDS", "1")
    monkeypatch.setenv("DEMOCRACY_MAIL_FOLDER", str(tmp_path / "mail"))
    return tmp_path / "mail"


def _inside(url: str, work: Callable[[People], Awaitable[T]]) -> T:
    async def run() -> T:
        async with living_at(url) as people:
            return await work(people)

    return asyncio.run(run())


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(commands, arguments)


async def _choose(code: str) -> None:
    app = Application(Settings.from_environment())
    try:
        await app.password_links(app.now()).set_password(code, PASSWORD)
        await app.accounts(app.now()).sign_in("10042", PASSWORD)
    finally:
        await app.close()


async def _asks(people: People) -> None:
    await people.member()
    await people.member("10043", email=None)
    links = people.app.password_links(people.app.now())
    await links.request("10042")
    await links.request("10043")


def test_the_operator_makes_a_link_that_signs_the_member_in(environment: Path, sqlite_url: str) -> None:
    _inside(sqlite_url, lambda people: people.member())
    printed = _run("password-link", "10042")
    assert printed.exit_code == 0
    address, code = printed.output.splitlines()[:2]
    assert address == f"http://127.0.0.1:8000/password#{code.removeprefix('Kod: ')}"
    asyncio.run(_choose(code.removeprefix("Kod: ")))


def test_a_link_for_nobody_is_refused_in_words(environment: Path) -> None:
    refused = _run("password-link", "99999")
    assert refused.exit_code == 1
    assert "Ingen medlem" in refused.output


def test_mail_and_letters_go_into_the_folder_of_the_settings(environment: Path, sqlite_url: str) -> None:
    _inside(sqlite_url, _asks)
    assert _run("mail").output == "mail: 1 skickade.\nletter: 1 skickade.\n"
    assert sorted(path.suffix for path in environment.iterdir()) == [".eml", ".html"]
    assert _run("mail").output == "mail: 0 skickade.\nletter: 0 skickade.\n"


def test_letters_alone_are_written_where_the_operator_prints_them(
    environment: Path, sqlite_url: str, tmp_path: Path
) -> None:
    _inside(sqlite_url, _asks)
    assert _run("mail", "--letters", str(tmp_path / "print")).output == "letter: 1 skickade.\n"
    assert len(list((tmp_path / "print").iterdir())) == 1
    assert not environment.exists()


@pytest.mark.parametrize(
    ("url", "said"),
    [(None, "DEMOCRACY_SMTP_URL"), ("http://x", "smtp://"), ("smtp://127.0.0.1:1", "väntar i utkorgen")],
)
def test_the_operator_is_told_why_nothing_can_be_sent(
    environment: Path, sqlite_url: str, monkeypatch: pytest.MonkeyPatch, url: str | None, said: str
) -> None:
    _inside(sqlite_url, _asks)
    monkeypatch.delenv("DEMOCRACY_MAIL_FOLDER")
    if url:
        monkeypatch.setenv("DEMOCRACY_SMTP_URL", url)
    refused = _run("mail")
    assert refused.exit_code == 1
    assert said in refused.output


def test_the_worker_watches_until_it_is_told_to_stop(environment: Path, sqlite_url: str) -> None:
    running = subprocess.Popen([sys.executable, "-m", "democracy", "mail", "--watch"], env=os.environ)
    try:
        _inside(sqlite_url, _asks)
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline and not list(environment.glob("*.eml")):
            time.sleep(0.05)
        assert list(environment.glob("*.eml"))
        running.send_signal(signal.SIGTERM)
        assert running.wait(timeout=20) == 0
    finally:
        running.kill()
        running.wait()
