"""An application that runs, and what it says of its own condition."""

import asyncio
from contextlib import aclosing
from datetime import timedelta
from pathlib import Path

import pytest

from democracy.app import Application
from democracy.services import health
from democracy.settings import Settings
from democracy.storage.unit_of_work import Database
from tests.ledgers import NOW, record


@pytest.fixture
def application(database_url: str, tmp_path: Path) -> Application:
    return Application(Settings(database_url=database_url, cheap_passwords=True, seeds_folder=tmp_path / "seeds"))


async def _until_good(application: Application) -> dict[str, health.Check]:
    for _ in range(100):
        checks = await application.check()
        if all(each["ok"] for each in checks.values()):
            return checks
        await asyncio.sleep(0.05)
    raise AssertionError(checks)


async def test_a_started_application_is_in_good_condition_and_places_steps(application: Application) -> None:
    await application.start()
    heard = application.events.subscribe(0)
    await record(application.database, 2)
    async with asyncio.timeout(5), aclosing(heard):
        assert [(await anext(heard)).position for _ in range(2)] == [1, 2]
    checks = await _until_good(application)
    assert checks["ledger"] == {"ok": True, "position": 2, "waiting": 0, "lag_seconds": 0.0}
    await application.close()


async def test_a_stopped_application_leaves_no_step_without_its_place(
    application: Application, database_url: str
) -> None:
    await application.start()
    await _until_good(application)
    await record(application.database, 5)
    await application.close()
    database = Database(database_url)
    assert (await health.check(database, NOW))["ledger"]["position"] == 5
    await database.close()


async def test_steps_that_wait_too_long_and_a_clock_that_stands_still_are_told(application: Application) -> None:
    await record(application.database, 3)
    await application.clock().round()
    database = application.database
    ran_at = application.now()
    soon = await health.check(database, NOW + timedelta(seconds=59))
    late = await health.check(database, NOW + timedelta(seconds=60))
    assert (soon["ledger"]["ok"], late["ledger"]["ok"]) == (True, False)
    assert (late["ledger"]["waiting"], late["ledger"]["lag_seconds"]) == (3, 60.0)
    assert (await health.check(database, ran_at))["clock"]["ok"]
    assert not (await health.check(database, ran_at + timedelta(minutes=6)))["clock"]["ok"]
    await application.close()


async def test_a_database_without_tables_is_told_from_one_that_does_not_answer(tmp_path: Path) -> None:
    empty = Database(f"sqlite:///{tmp_path / 'empty.db'}")
    checks = await health.check(empty, NOW)
    assert checks["database"]["ok"]
    assert checks["migrations"] == {"ok": False, "revision": None, "expected": checks["migrations"]["expected"]}
    assert not checks["ledger"]["ok"]
    await empty.close()
    away = Database(f"postgresql://nobody@/none?host={tmp_path}")
    assert [(each["ok"], each["code"]) for each in (await health.check(away, NOW)).values()] == [
        (False, "OperationalError")
    ] * 4
    await away.close()
