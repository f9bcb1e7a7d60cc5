"""The ledger's signed checkpoints: one past only, whatever happens in between, and what they give away of a fraud."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from democracy.ballotbox.checkpoint import Checkpoint, read
from democracy.ballotbox.log_key import ForkError
from democracy.domain.verdict import Fault, Finding, LedgerReport
from democracy.services.ledger.log_key import LedgerKey
from democracy.services.ledger.signing import NotOursError, renew_key, sign_checkpoint
from democracy.services.verify import LAST_SIGNED, Held, verify_ledger
from democracy.services.verifying.marks import Kept
from democracy.storage import ledger_tree
from democracy.storage.unit_of_work import Database
from democracy.workers import checkpoints, sequencer
from tests import frauds
from tests.ledgers import NOW, forge, record, tree_of

URL = "https://vote.example"


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """Six steps in order."""
    database = Database(database_url, pool_size=5)
    await record(database, 6, text="Fler cykelvägar")
    await sequencer.drain(database)
    yield database
    await database.close()


@pytest.fixture
def key(tmp_path: Path) -> LedgerKey:
    return LedgerKey(tmp_path / "seeds")


async def sign(database: Database, key: LedgerKey) -> Checkpoint:
    note = await sign_checkpoint(database, key, URL, NOW)
    assert note is not None
    return read(note, key.signer.verifier)


async def grow(database: Database, count: int = 1) -> None:
    await record(database, count)
    await sequencer.drain(database)


async def verified(database: Database, key: LedgerKey, *kept: str) -> LedgerReport:
    held = Held(kept=[Kept(each, "papper") for each in kept], keys=key.verifiers, last_signed=key.last_signed)
    return await verify_ledger(database, held=held)


async def found(database: Database, key: LedgerKey, *kept: str) -> list[Finding]:
    return (await verified(database, key, *kept)).findings


async def test_a_checkpoint_tells_size_and_root_and_is_made_once(database: Database, key: LedgerKey) -> None:
    first = await sign(database, key)
    assert (first.size, first.root) == (6, (await tree_of(database)).root)
    assert first.origin.startswith("vote.example/ledger/")
    assert await sign(database, key) == first
    await grow(database, 3)
    assert (await sign(database, key)).size == 9
    async with database.read() as reader:
        assert [size for size, _ in await ledger_tree.checkpoints(reader)] == [6, 9]
    report = await verified(database, key)
    assert (report.first, report.checkpoints, report.proven) == (None, 2, 9)


async def test_an_empty_ledger_is_not_signed(database_url: str, key: LedgerKey) -> None:
    database = Database(database_url)
    assert await sign_checkpoint(database, key, URL, NOW) is None
    assert not key.exists
    await database.close()


async def test_what_was_signed_but_not_stored_when_the_power_went_is_gone_on_from(
    database: Database, key: LedgerKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object) -> None:
        raise ZeroDivisionError

    await sign(database, key)
    await grow(database, 2)
    with monkeypatch.context() as broken:
        broken.setattr(ledger_tree, "keep_checkpoint", fail)
        with pytest.raises(ZeroDivisionError):
            await sign(database, key)
    assert key.last_signed is not None
    assert key.last_signed.size == 8
    assert await found(database, key) == []
    assert (await sign(database, key)) == key.last_signed
    await grow(database)
    assert (await sign(database, key)).size == 9


async def test_many_who_sign_at_once_beside_sequencers_make_one_past(database: Database, key: LedgerKey) -> None:
    async def signer() -> None:
        for _ in range(5):
            await sign(database, key)

    async def writer() -> None:
        for _ in range(5):
            await grow(database, 2)

    await asyncio.gather(*(signer() for _ in range(3)), *(writer() for _ in range(2)))
    await sequencer.drain(database)
    await sign(database, key)
    report = await verified(database, key)
    assert (report.first, report.proven) == (None, 26)


async def test_a_machine_without_the_key_does_not_make_another(
    database: Database, key: LedgerKey, tmp_path: Path
) -> None:
    await sign(database, key)
    other = LedgerKey(tmp_path / "elsewhere")
    with pytest.raises(NotOursError, match=r"vote\.example/ledger/"):
        await sign(database, other)
    assert not other.exists


async def test_a_new_key_begins_a_new_log_and_what_the_old_one_signed_still_counts(
    database: Database, key: LedgerKey
) -> None:
    old = await sign(database, key)
    made = await renew_key(database, key, URL, NOW)
    assert made.name != old.origin
    new = await sign(database, key)
    assert (new.origin, new.size, new.root) == (made.name, 6, old.root)
    await grow(database)
    await sign(database, key)
    assert len(key.verifiers) == 2
    assert (await verified(database, key)).first is None


async def test_a_database_put_back_from_an_old_copy_is_not_signed_again(
    sqlite_url: str, key: LedgerKey, tmp_path: Path
) -> None:
    database = Database(sqlite_url)
    await grow(database, 4)
    await sign(database, key)
    await database.close()
    path = sqlite_url.removeprefix("sqlite:///")
    shutil.copy(path, tmp_path / "copy.db")
    database = Database(sqlite_url)
    await grow(database, 2)
    await sign(database, key)
    await database.close()
    old = Database(f"sqlite:///{tmp_path / 'copy.db'}")
    assert (await sign(old, key)).size == 4
    assert await found(old, key) == [Finding(Fault.LEDGER_SHORTER, 6, detail=LAST_SIGNED)]
    await grow(old, 3)
    with pytest.raises(ForkError):
        await sign_checkpoint(old, key, URL, NOW)
    assert await found(old, key) == [Finding(Fault.KEPT_DIFFERS, 6, detail=LAST_SIGNED)]
    await old.close()


_CUT = (
    "DELETE FROM kept_text WHERE step_id = (SELECT step_id FROM chain WHERE position = 6)",
    "DELETE FROM step WHERE id = (SELECT step_id FROM chain WHERE position = 6)",
    "DELETE FROM chain WHERE position = 6",
    "DELETE FROM ledger_node WHERE number > 7",
)
_ALTER = (
    "UPDATE step SET record = replace(record, '\"number\":2', '\"number\":7')"
    " WHERE id = (SELECT step_id FROM chain WHERE position = 3)"
)


async def test_a_tail_that_was_cut_off_is_seen_by_what_was_signed(
    database: Database, database_url: str, key: LedgerKey
) -> None:
    note = await sign_checkpoint(database, key, URL, NOW)
    assert note is not None
    frauds.commit(database_url, *_CUT)
    assert await found(database, key) == [
        Finding(Fault.LEDGER_SHORTER, 6),
        Finding(Fault.LEDGER_SHORTER, 6, detail=LAST_SIGNED),
    ]
    frauds.commit(database_url, "DELETE FROM ledger_checkpoint")
    assert await found(database, key) == [Finding(Fault.LEDGER_SHORTER, 6, detail=LAST_SIGNED)]
    kept = Held(kept=[Kept(note, "papper")], keys=key.verifiers)
    assert (await verify_ledger(database, held=kept)).findings == [Finding(Fault.LEDGER_SHORTER, 6, detail="papper")]


async def test_a_history_made_anew_is_seen_by_every_checkpoint_and_bounded_by_them(
    database: Database, database_url: str, key: LedgerKey, tmp_path: Path
) -> None:
    early = Database(database_url)
    await sign(early, key)
    await grow(early, 4)
    await sign(early, key)
    frauds.commit(database_url, _ALTER.replace("= 3", "= 8").replace(":2", ":1").replace(":7", ":9"))
    await forge(early, database_url)
    assert await found(early, key) == [
        Finding(Fault.CHECKPOINT_DIFFERS, 10, detail="7-10"),
        Finding(Fault.KEPT_DIFFERS, 10, detail=LAST_SIGNED),
    ]
    await early.close()


async def test_a_forger_who_has_the_key_too_is_seen_by_a_checkpoint_kept_elsewhere(
    database: Database, database_url: str, key: LedgerKey
) -> None:
    honest = await sign_checkpoint(database, key, URL, NOW)
    assert honest is not None
    frauds.commit(database_url, _ALTER, "DELETE FROM ledger_checkpoint")
    await forge(database, database_url)
    (key.folder / "ledger" / "state").unlink()
    await sign(database, key)
    assert await found(database, key) == []
    assert await found(database, key, honest) == [Finding(Fault.KEPT_DIFFERS, 6, detail="papper")]


@pytest.mark.parametrize(
    "rewrite",
    ["UPDATE ledger_checkpoint SET note = replace(note, 'e', 'a')", "UPDATE ledger_checkpoint SET size = 5",
     "UPDATE ledger_checkpoint SET note = 'nothing'"],
)  # fmt: skip
async def test_a_rewritten_checkpoint_is_named(
    database: Database, database_url: str, key: LedgerKey, rewrite: str
) -> None:
    await sign(database, key)
    frauds.commit(database_url, rewrite)
    assert [each.fault for each in await found(database, key)] == [Fault.CHECKPOINT_FALSE]


async def test_a_checkpoint_by_another_key_is_false_also_when_the_database_names_that_key(
    database: Database, database_url: str, key: LedgerKey, tmp_path: Path
) -> None:
    await sign(database, key)
    frauds.commit(database_url, "DELETE FROM ledger_checkpoint", "DELETE FROM setting WHERE key = 'ledger.log'")
    foreign = LedgerKey(tmp_path / "foreign")
    note = await sign_checkpoint(database, foreign, URL, NOW)
    assert note is not None
    assert await found(database, key) == [Finding(Fault.CHECKPOINT_FALSE, 6)]
    held = Held(kept=[Kept(note, "papper")], keys=key.verifiers)
    assert Finding(Fault.KEPT_FALSE, detail="papper") in (await verify_ledger(database, held=held)).findings


async def test_the_worker_signs_as_the_ledger_grows_and_once_more_when_it_stops(
    database: Database, key: LedgerKey
) -> None:
    stop = asyncio.Event()

    async def work() -> None:
        await sign(database, key)
        if not stop.is_set():
            await grow(database)
            stop.set()

    await checkpoints.run(work, stop)
    assert key.last_signed is not None
    assert key.last_signed.size == 7


async def test_a_machine_that_may_not_sign_goes_on_looking() -> None:
    stop, tries = asyncio.Event(), 0

    async def work() -> None:
        nonlocal tries
        tries += 1
        stop.set()
        raise NotOursError("another")

    await checkpoints.run(work, stop)
    assert tries == 2
