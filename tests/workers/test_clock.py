"""What the clock does, and that nothing keeps it from the rest of its round."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, insert, select
from structlog.testing import capture_logs

from democracy.domain.ids import new_id
from democracy.storage import expired
from democracy.storage.notes import CLOCK_RAN, read_time
from democracy.storage.tables.account import AccountRow, IdempotencyRow, PasswordLinkRow, SessionRow, ThrottleRow
from democracy.storage.tables.base import Table
from democracy.storage.unit_of_work import Database
from democracy.workers import clock
from democracy.workers.clock import ClockWorker
from democracy.workers.duties import Duty, duties
from tests.ledgers import NOW


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    database = Database(database_url)
    yield database
    await database.close()


async def _add(database: Database, kind: type[Table], *rows: dict[str, Any]) -> None:
    async with database.unit(NOW) as unit:
        await unit.session.execute(insert(kind), list(rows))


async def _count(database: Database, kind: type[Table]) -> int:
    async with database.read() as reader:
        return (await reader.execute(select(func.count()).select_from(kind))).scalar_one()


def _key(name: str, at: datetime) -> dict[str, Any]:
    return {"actor": "clock", "mutation": "m", "key": name, "input_digest": "d", "result_id": None, "at": at}


async def test_what_has_run_out_goes_and_what_has_not_stays(database: Database) -> None:
    second, account = timedelta(seconds=1), new_id()
    week, days = timedelta(days=7), timedelta(days=2)
    await _add(database, IdempotencyRow, _key("old", NOW - week - second), _key("new", NOW - week))
    await _add(database, AccountRow, {"id": account})
    await _add(
        database,
        SessionRow,
        *(
            {"id": new_id(), "account_id": account, "token_digest": digest * 32, "created_at": NOW, "expires_at": at}
            for digest, at in ((b"a", NOW), (b"b", NOW + second))
        ),
    )
    await _add(
        database,
        PasswordLinkRow,
        *(
            {"digest": digest * 32, "account_id": account, "created_at": NOW, "expires_at": at}
            for digest, at in ((b"a", NOW), (b"b", NOW + second))
        ),
    )
    await _add(
        database,
        ThrottleRow,
        {"key": "old", "attempts": 3, "last_at": NOW - days - second, "free_at": NOW},
        {"key": "new", "attempts": 3, "last_at": NOW - days, "free_at": NOW},
        {"key": "barred", "attempts": 3, "last_at": NOW - days - second, "free_at": NOW + second},
    )
    done = await ClockWorker(database, lambda: NOW).round()
    assert {count for name, count in done.items() if name.startswith("remove_")} == {1}
    assert {kind: await _count(database, kind) for kind in (IdempotencyRow, SessionRow, PasswordLinkRow)} == {
        IdempotencyRow: 1,
        SessionRow: 1,
        PasswordLinkRow: 1,
    }
    assert await _count(database, ThrottleRow) == 2
    assert set((await ClockWorker(database, lambda: NOW).round()).values()) == {0}


async def test_more_than_a_batch_goes_in_one_round_also_with_two_clocks(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(expired, "BATCH", 3)
    await _add(database, IdempotencyRow, *(_key(str(n), NOW - timedelta(days=8)) for n in range(20)))
    removed = await asyncio.gather(*(expired.remove_idempotency_keys(database, NOW) for _ in range(2)))
    assert sum(removed) == 20
    assert await _count(database, IdempotencyRow) == 0


async def test_the_last_round_is_remembered(database: Database) -> None:
    for at in (NOW, NOW + timedelta(minutes=1)):
        await ClockWorker(database, lambda at=at: at, ()).round()  # type: ignore[misc]  # the loop's value, bound now
        async with database.read() as reader:
            assert await read_time(reader, CLOCK_RAN) == at


async def test_a_duty_that_fails_is_told_and_does_not_stop_the_others(database: Database) -> None:
    async def fails(database: Database, now: datetime) -> int:
        raise ZeroDivisionError("the words of Ylva Sandgren")

    async def works(database: Database, now: datetime) -> int:
        return 2

    tasks = (Duty("fails", fails), Duty("works", works))
    with capture_logs() as lines:
        assert await ClockWorker(database, lambda: NOW, tasks).round() == {"works": 2}
    assert [(line["event"], line["step"]) for line in lines] == [("duty_failed", "fails"), ("duty_done", "works")]
    assert "Sandgren" not in str(lines)
    assert any("test_clock.py" in frame for frame in lines[0]["traceback"])


async def test_the_clock_goes_on_until_it_is_told_to_stop(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "PAUSE", 0.001)
    stop, rounds = asyncio.Event(), 0

    async def third_stops(database: Database, now: datetime) -> int:
        nonlocal rounds
        rounds += 1
        if rounds == 3:
            stop.set()
        return 0

    async with asyncio.timeout(10):
        await ClockWorker(database, lambda: NOW, (Duty("count", third_stops),)).run(stop)
    assert rounds == 3


def test_every_duty_has_a_name_of_its_own() -> None:
    names = [duty.name for duty in duties()]
    assert len(names) == len(set(names)) >= 4
