"""Builds the living example: a database in which everything has happened by the rules."""

import asyncio
import tempfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from democracy.demo import boards, meetings, motions, register, sitting, times
from democracy.demo.cast import cast
from democracy.demo.content import load
from democracy.demo.script import Script
from democracy.demo.stage import Stage
from democracy.services.passwords import Passwords
from democracy.storage.accounts import open_accounts
from democracy.storage.migrate import migrate
from democracy.storage.notes import STORY_AT, write_time
from democracy.storage.unit_of_work import Database
from democracy.workers.sequencer import drain

PASSWORD = "en dag i taget"  # noqa: S105 - everybody's, and printed: nothing in the example is secret

Progress = Callable[[int, int], None]
"""Told how many of how many acts have been played."""


async def build(path: Path, progress: Progress) -> Stage:
    """Make the database file and play the story up to where it begins. The file must not exist."""
    url = f"sqlite:///{path}"
    await asyncio.to_thread(migrate, url)
    content = load()
    database = Database(url, zone=times.ZONE, durable=False)
    stage = Stage(database, content, cast(content), register.codes_of(content))
    try:
        with tempfile.TemporaryDirectory(dir=path.parent) as files:
            await _play(stage, Path(files), progress)
        await drain(database)
    finally:
        await database.close()
    return stage


async def _play(stage: Stage, files: Path, progress: Progress) -> None:
    script = _script(stage, files)
    played = 0

    def shown() -> None:
        nonlocal played
        played += 1
        progress(played, len(script))

    await script.play(shown)


def _script(stage: Stage, files: Path) -> Script:
    script = Script()
    paid, really = date(2025, 11, 27), date(2026, 1, 27)
    script.add(times.REGISTER_READ, lambda _: register.fill(stage, files))
    script.add(times.FEES_READ, lambda _: register.pay_fees(stage, files))
    script.add(times.NEWCOMERS_READ, lambda at: register.enter_newcomer(stage, files, at, paid))
    script.add(times.MISTAKE_PUT_RIGHT, lambda at: register.enter_newcomer(stage, files, at, really))
    meetings.write(script, stage)
    motions.write(script, stage)
    boards.write(script, stage)
    sitting.write(script, stage)
    script.add(times.BEGINS, lambda at: _open(stage, at))
    return script


async def _open(stage: Stage, at: datetime) -> None:
    """Let everybody sign in, and set the story's clock."""
    hashed = await Passwords(cheap=True).hash(PASSWORD)
    async with stage.database.unit(at) as unit:
        await open_accounts(unit.session, hashed, at)
        await write_time(unit.session, STORY_AT, at)
