"""`democracy ledger` and what `democracy verify ledger` makes of it, as somebody at a terminal sees it."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from democracy.ballotbox.keys import Seed
from democracy.ballotbox.note import Note
from democracy.cli import commands
from democracy.cli._witness_folder import Folder
from democracy.storage.unit_of_work import Database
from democracy.workers import sequencer
from tests import frauds
from tests.ledgers import record

Run = Callable[..., Result]


def add(url: str, steps: int) -> None:
    async def fill() -> None:
        database = Database(url)
        await record(database, steps, text="Bänkar")
        await sequencer.drain(database)
        await database.close()

    asyncio.run(fill())


@pytest.fixture
def run(database_url: str, tmp_path: Path) -> Run:
    runner = CliRunner(env={"DEMOCRACY_DATABASE_URL": database_url, "DEMOCRACY_SEEDS_FOLDER": str(tmp_path / "seeds")})
    return lambda *args: runner.invoke(commands, [str(each) for each in args])


def test_an_empty_ledger_has_neither_key_nor_checkpoint(run: Run) -> None:
    assert "ingen nyckel än" in run("ledger", "key").output
    assert "Liggaren är tom" in run("ledger", "checkpoint").output


def test_a_kept_checkpoint_shows_that_the_end_was_cut_off(run: Run, database_url: str, tmp_path: Path) -> None:
    add(database_url, 2)
    assert run("ledger", "checkpoint", "--out", tmp_path / "punkt").exit_code == 0
    key = run("ledger", "key").output.strip()
    whole = run("verify", "ledger", "--checkpoint", tmp_path / "punkt", "--key", key)
    assert whole.exit_code == 0, whole.output
    assert "Undertecknad och oförändrad till och med plats 2." in whole.output
    last = "= (SELECT step_id FROM chain WHERE position = 2)"
    frauds.commit(
        database_url, f"DELETE FROM kept_text WHERE step_id {last}", f"DELETE FROM step WHERE id {last}",
        "DELETE FROM chain WHERE position = 2", "DELETE FROM ledger_node WHERE number > 0",
        "DELETE FROM ledger_checkpoint",
    )  # fmt: skip
    cut = run("verify", "ledger", "--checkpoint", tmp_path / "punkt")
    assert cut.exit_code == 1
    assert f"slutet är borttaget, enligt {tmp_path / 'punkt'}" in cut.output
    assert "slutet är borttaget, enligt det som liggarens nyckel senast undertecknade" in cut.output
    bad = run("verify", "ledger", "--key", "nothing")
    assert (bad.exit_code, "namn+id+nyckel" in bad.output) == (2, True)


def test_a_witness_without_a_network_signs_by_files(run: Run, database_url: str, tmp_path: Path) -> None:
    add(database_url, 2)
    witness = Folder(tmp_path / "vittne")
    witness.create("vittne.example/1", Seed(b"w" * 32))
    old = 0
    for steps in (2, 5):
        asked = run("ledger", "checkpoint", "--witness-since", old, "--out", tmp_path / "begaran")
        assert asked.exit_code == 0, asked.output
        assert run("witness", "trust", witness.path, run("ledger", "key").output.strip()).exit_code == 0
        signed = run("witness", "cosign", witness.path, tmp_path / "begaran")
        assert signed.exit_code == 0, signed.output
        (tmp_path / "rad").write_text(signed.output)
        assert run("ledger", "cosigned", tmp_path / "rad", "--size", steps).output == "Underskriften är sparad.\n"
        assert len(Note.parse(run("ledger", "checkpoint").output).lines) == 2
        old = steps
        add(database_url, 3)
    assert "ingen kontrollpunkt av storlek 99" in run("ledger", "cosigned", tmp_path / "rad", "--size", 99).output
    assert "ingen underskrift" in run("ledger", "cosigned", tmp_path / "begaran", "--size", 2).output
    assert "har 8 steg, inte 99" in run("ledger", "checkpoint", "--witness-since", 99).output


def test_another_machine_is_told_whose_key_signs_and_may_take_over_openly(
    run: Run, database_url: str, tmp_path: Path
) -> None:
    add(database_url, 2)
    first = Note.parse(run("ledger", "checkpoint").output)
    (tmp_path / "seeds").rename(tmp_path / "borta")
    refused = run("ledger", "checkpoint")
    assert refused.exit_code == 1
    assert "en annan nyckel" in refused.output
    made = run("ledger", "new-key", "--yes")
    assert made.exit_code == 0, made.output
    second = Note.parse(run("ledger", "checkpoint").output)
    assert second.text.split("\n")[1:] == first.text.split("\n")[1:]
    assert second.text != first.text
    assert run("ledger", "key").output == made.output


def test_a_database_put_back_says_that_more_was_signed(sqlite_url: str, tmp_path: Path) -> None:
    runner = CliRunner(env={"DEMOCRACY_DATABASE_URL": sqlite_url, "DEMOCRACY_SEEDS_FOLDER": str(tmp_path / "seeds")})
    add(sqlite_url, 2)
    assert runner.invoke(commands, ["backup", str(tmp_path / "kopia")]).exit_code == 0
    add(sqlite_url, 3)
    assert runner.invoke(commands, ["ledger", "checkpoint"]).exit_code == 0
    restored = runner.invoke(commands, ["restore", str(tmp_path / "kopia"), "--force"])
    assert restored.exit_code == 0, restored.output
    assert "undertecknad till plats 5, längre än kopian" in restored.output
    assert "slutet är borttaget" in runner.invoke(commands, ["verify", "ledger"]).output
    add(sqlite_url, 1)
    assert "new-key" in runner.invoke(commands, ["ledger", "checkpoint"]).output


DAMAGE = (
    "UPDATE ledger_node SET hash = (SELECT hash FROM ledger_node WHERE number = 0) WHERE number = 5",
    "DELETE FROM ledger_node WHERE number IN (3, 12)",
)


def test_a_damaged_tree_is_made_anew_from_steps_that_were_signed(run: Run, database_url: str) -> None:
    add(database_url, 9)
    assert "på den här maskinen" in run("ledger", "rebuild").output, "nothing has been signed"
    run("ledger", "checkpoint")
    add(database_url, 2)
    frauds.commit(database_url, *DAMAGE)
    assert run("verify", "ledger").exit_code == 1
    told = run("ledger", "rebuild")
    assert (told.exit_code, "11 steg" in told.output, "3 noder gjordes om" in told.output) == (0, True, True), told
    assert run("verify", "ledger").exit_code == 0
    assert "0 noder" in run("ledger", "rebuild").output
    assert run("ledger", "checkpoint").exit_code == 0, "signed as before"


@pytest.mark.parametrize(
    ("fraud", "words"),
    [
        ("UPDATE step SET record = replace(record, '\"number\":3', '\"number\":4')", "inte de som undertecknades"),
        ("DELETE FROM chain WHERE position = 4", "plats 4 är borta"),
        ("DELETE FROM chain WHERE position > 7", "plats 8 är borta"),
        (
            "UPDATE ledger_node SET hash = (SELECT hash FROM ledger_node WHERE number = 0) WHERE number = 16",
            "plats 10 kom efter",
        ),
    ],
)
def test_no_tree_is_made_over_steps_that_nothing_proves(run: Run, database_url: str, fraud: str, words: str) -> None:
    add(database_url, 9)
    run("ledger", "checkpoint")
    add(database_url, 1)
    frauds.commit(database_url, fraud)
    before = run("verify", "ledger", "--json").output
    told = run("ledger", "rebuild")
    assert (told.exit_code, words in told.output) == (1, True), told.output
    assert "Inget har ändrats" in told.output
    assert run("verify", "ledger", "--json").output == before
