"""The whole ledger judged by today's rules."""

from collections.abc import AsyncIterator

import pytest

from democracy.services.replay import Refused, replay_ledger
from democracy.storage.unit_of_work import Database
from democracy.workers import sequencer
from tests import frauds
from tests.ledgers import chained, record


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    database = Database(database_url)
    await record(database, 4)
    await sequencer.drain(database)
    yield database
    await database.close()


def _change(url: str, position: int, old: str, new: str) -> None:
    at = f"id = (SELECT step_id FROM chain WHERE position = {position})"
    frauds.commit(url, f"UPDATE step SET record = replace(record, '{old}', '{new}') WHERE {at}")


async def test_what_the_rules_allowed_they_allow_again(database: Database) -> None:
    report = await replay_ledger(database)
    assert (report.steps, report.found, dict(report.unknown)) == (4, 0, {})


async def test_steps_that_today_would_be_refused_are_named_in_order(database: Database, database_url: str) -> None:
    _change(database_url, 2, '"has_title":true', '"has_title":false')
    _change(database_url, 3, '"workflow":"motion"', '"workflow":"feast"')
    _change(database_url, 4, '"rule":"submit"', '"rule":"sing"')
    report = await replay_ledger(database)
    ids = [row[2].hex for row in await chained(database)]
    assert report.refused == [
        Refused(2, ids[1], "motion", "submit", ("title_missing",)),
        Refused(4, ids[3], "motion", "sing", ("unknown_rule: sing",)),
    ]
    assert dict(report.unknown) == {"feast": 1}


async def test_a_record_that_cannot_be_read_stops_nothing(database: Database, database_url: str) -> None:
    _change(database_url, 1, "{", "[")
    report = await replay_ledger(database)
    assert [(each.position, each.codes) for each in report.refused] == [(1, ("unreadable",))]
    assert report.steps == 4
