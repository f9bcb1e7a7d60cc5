"""`democracy verify ledger`, as somebody at a terminal sees it."""

import asyncio
import json
from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from democracy.cli import commands
from democracy.storage.unit_of_work import Database
from democracy.workers import sequencer
from tests import frauds
from tests.ledgers import record

Verify = Callable[..., Result]


@pytest.fixture
def verify(database_url: str) -> Verify:
    """Three steps in order, and the command."""

    async def fill() -> None:
        database = Database(database_url)
        await record(database, 3, text="Bänkar")
        await sequencer.drain(database)
        await database.close()

    asyncio.run(fill())
    runner = CliRunner(env={"DEMOCRACY_DATABASE_URL": database_url})
    return lambda *args: runner.invoke(commands, ["verify", "ledger", *args])


def _alter(url: str) -> None:
    frauds.commit(url, "UPDATE step SET rule = 'edit' WHERE id = (SELECT step_id FROM chain WHERE position = 2)")


def test_a_whole_ledger_is_said_to_be_whole_and_its_head_is_printed(verify: Verify) -> None:
    result = verify()
    assert result.exit_code == 0, result.output
    assert "Liggaren är hel" in result.output
    head = result.output.split()[-1]
    assert head.startswith("3:")
    assert verify("--expect", head).exit_code == 0


def test_an_altered_ledger_ends_the_command_with_one_and_names_the_row(verify: Verify, database_url: str) -> None:
    _alter(database_url)
    result = verify()
    assert result.exit_code == 1
    assert "Första raden som inte stämmer:\n  plats 2, steg" in result.output
    assert "något annat än sin post, i rule" in result.output


def test_another_head_than_the_noted_one_is_found(verify: Verify) -> None:
    result = verify("--expect", "2:" + "0" * 64)
    assert result.exit_code == 1
    assert "plats 2: kontrollsumman är inte den som du har antecknat" in result.output


def test_a_head_that_cannot_be_read_is_refused_with_its_form(verify: Verify) -> None:
    result = verify("--expect", "7")
    assert result.exit_code == 2
    assert "PLATS:SUMMA" in result.output


def test_programs_get_json(verify: Verify, database_url: str) -> None:
    assert json.loads(verify("--json").output)["found"] == 0
    _alter(database_url)
    found = json.loads(verify("--json").output)
    assert (found["findings"][0]["fault"], found["findings"][0]["position"]) == ("columns_differ", 2)


def test_the_rules_are_replayed_on_their_own(verify: Verify, database_url: str) -> None:
    assert "Dagens regler tillåter alla" in verify("--rules").output
    change = "UPDATE step SET record = replace(record, '\"has_title\":true', '\"has_title\":false')"
    frauds.commit(database_url, f"{change} WHERE id = (SELECT step_id FROM chain WHERE position = 2)")
    result = verify("--rules")
    assert result.exit_code == 1
    assert "motion.submit: title_missing" in result.output
    assert json.loads(verify("--rules", "--json").output)["refused"][0]["position"] == 2
