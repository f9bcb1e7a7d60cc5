"""Witnesses of the ledger: they sign as it grows, refuse a second past, and stop nothing when they are away."""

import threading
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from democracy.app import Application
from democracy.ballotbox.checkpoint import Checkpoint, cosigned_at
from democracy.ballotbox.keys import Seed
from democracy.ballotbox.note import Note, VerifierKey
from democracy.cli._witness_folder import Folder
from democracy.cli._witness_server import serving
from democracy.settings import Settings
from democracy.storage import ledger_tree
from democracy.workers import sequencer
from democracy.workers.witnesses import Witness
from tests import frauds
from tests.ledgers import forge, record


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    folder = Folder(tmp_path / "vittne")
    folder.create("vittne.example/1", Seed(b"w" * 32))
    return folder


@pytest.fixture
def address(folder: Folder) -> Iterator[str]:
    with serving(folder, "127.0.0.1", 0) as listening:
        thread = threading.Thread(target=listening.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{listening.server_port}"
        listening.shutdown()
        thread.join()


@pytest.fixture
async def app(database_url: str, folder: Folder, address: str, tmp_path: Path) -> AsyncIterator[Application]:
    """An installation with one witness that answers, and one that does not."""
    away = VerifierKey("borta.example/1", folder.key.kind, bytes(32))
    named = (f"{address} {folder.key.verifier}", f"http://127.0.0.1:9 {away}")
    app = Application(Settings(database_url=database_url, seeds_folder=tmp_path / "seeds", ledger_witnesses=named))
    await grow(app, 3)
    await app.sign_ledger()
    folder.trust(app.ledger_key.signer.verifier)
    yield app
    await app.close()


async def grow(app: Application, steps: int) -> None:
    await record(app.database, steps)
    await sequencer.drain(app.database)


async def newest(app: Application) -> Note:
    async with app.database.read() as connection:
        found = await ledger_tree.latest_checkpoint(connection)
    assert found is not None
    return Note.parse(found[1])


async def test_a_witness_signs_every_checkpoint_and_one_that_is_away_is_told_of(
    app: Application, folder: Folder
) -> None:
    with capture_logs() as lines:
        for steps in (0, 4, 1):
            await grow(app, steps)
            await app.witnessed_ledger()
            assert cosigned_at(await newest(app), folder.key.verifier) is not None
        await app.witnessed_ledger()
    assert {line["witness"] for line in lines if line["event"] == "not_cosigned"} == {"borta.example/1"}
    assert len((await newest(app)).lines) == 2


async def test_a_server_that_has_forgotten_how_far_a_witness_has_come_asks_and_goes_on(
    app: Application, folder: Folder
) -> None:
    with capture_logs():
        await app.witnessed_ledger()
        await grow(app, 4)
        await app.sign_ledger()
        app.witnesses.witnesses[0].seen = 2
        assert await app.witnesses.ask_all() == 1


async def test_another_past_is_not_witnessed_and_the_evidence_is_kept(
    app: Application, folder: Folder, database_url: str
) -> None:
    with capture_logs():
        await app.witnessed_ledger()
    frauds.commit(
        database_url,
        "UPDATE step SET record = record || ' ' WHERE id = (SELECT step_id FROM chain WHERE position = 2)",
        "DELETE FROM ledger_checkpoint",
    )
    await forge(app.database, database_url)
    (app.ledger_key.folder / "ledger" / "state").unlink()
    with capture_logs() as lines:
        await app.witnessed_ledger()
    assert {line["witness"] for line in lines} == {"vittne.example/1", "borta.example/1"}
    assert cosigned_at(await newest(app), folder.key.verifier) is None
    (evidence,) = (folder.path / "logs").glob("*.fork-*")
    assert str(await newest(app)) in evidence.read_text()


async def test_a_line_by_somebody_else_is_not_taken_for_the_witnesss(app: Application, folder: Folder) -> None:
    line = str(folder.key.verifier)
    other = Witness("http://vittne.example", VerifierKey("vittne.example/1", folder.key.kind, bytes(32)))
    note = await newest(app)
    assert Checkpoint.parse(note.text).size == 3

    async def no_proof(_: int) -> list[bytes]:
        return []

    for said in (f"— vittne.example/1 {'A' * 104}==\n", "", "nonsense", line):
        with pytest.raises(ValueError, match=r"signature line|not by its key"):
            await other.cosign(note, no_proof, lambda url, body, said=said: (200, said))  # type: ignore[misc]


@pytest.mark.parametrize("text", ["", "vittne.example a+b+c", "https://vittne.example", "ftp://x vittne+00+AA=="])
def test_a_witness_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"web address|verifier key"):
        Witness.parse(text)
