"""Whatever is done to the ledger behind its back is found, and the first altered row is named."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import update

from democracy.domain.chain import EMPTY, Head
from democracy.domain.verdict import Fault, Finding, LedgerReport
from democracy.services.verify import verify_ledger
from democracy.storage import ledger_rows
from democracy.storage.tables.step import KeptTextRow
from democracy.storage.unit_of_work import Database
from democracy.workers import sequencer
from tests import frauds
from tests.ledgers import NOW, chained, forge, record

STEPS = 6


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """Six steps in order, each with a text, and one that waits."""
    database = Database(database_url)
    await record(database, STEPS, text="Fler cykelvägar")
    await sequencer.drain(database)
    await record(database, 1, text="Waiting")
    yield database
    await database.close()


_AT = "(SELECT step_id FROM chain WHERE position = {})"
_THIRD = _AT.format(3)
_COPY = (
    "INSERT INTO step (id, workflow, case_id, rule, source, dest, paragraph, statutes_digest, actor_kind, actor_id, at,"
    " record) SELECT '0000000000007000800000000000000f', workflow, case_id, rule, source, dest, paragraph,"
    f" statutes_digest, actor_kind, actor_id, at, record FROM step WHERE id = {_THIRD}"
).replace("'0000000000007000800000000000000f'", "{copy}")
_WAITING = "(SELECT step_id FROM unchained)"

FRAUDS = {
    "a record": ([f"UPDATE step SET record = replace(record, 'MOVER', 'STAFF') || ' ' WHERE id = {_THIRD}"],
                 Fault.RECORD_ALTERED, 3),
    "the last record": ([f"UPDATE step SET record = record || ' ' WHERE id = {_AT.format(6)}"],
                        Fault.RECORD_ALTERED, 6),
    "the last record, with nothing above it": (
        [f"DELETE FROM kept_text WHERE step_id = {_AT.format(6)}", f"DELETE FROM step WHERE id = {_AT.format(6)}",
         "DELETE FROM chain WHERE position = 6", "DELETE FROM ledger_node WHERE number > 7",
         f"UPDATE step SET record = record || ' ' WHERE id = {_AT.format(5)}"], Fault.RECORD_OR_HASH_ALTERED, 5),
    "a record that is no longer JSON": ([f"UPDATE step SET record = 'x' WHERE id = {_THIRD}"],
                                        Fault.RECORD_ALTERED, 3),
    "a rule": ([f"UPDATE step SET rule = 'withdraw' WHERE id = {_THIRD}"], Fault.COLUMNS_DIFFER, 3),
    "a state": ([f"UPDATE step SET dest = 'DECIDED' WHERE id = {_THIRD}"], Fault.COLUMNS_DIFFER, 3),
    "a case": ([f"UPDATE step SET case_id = id WHERE id = {_THIRD}"], Fault.COLUMNS_DIFFER, 3),
    "an actor": ([f"UPDATE step SET actor_id = NULL WHERE id = {_THIRD}"], Fault.COLUMNS_DIFFER, 3),
    "a time": ([f"UPDATE step SET at = '2026-02-28 12:00:00' WHERE id = {_THIRD}"], Fault.COLUMNS_DIFFER, 3),
    "the statutes": ([f"UPDATE step SET statutes_digest = 'other' WHERE id = {_THIRD}"], Fault.COLUMNS_DIFFER, 3),
    "a step removed": ([f"DELETE FROM step WHERE id = {_THIRD}"], Fault.STEP_MISSING, 3),
    "a step removed with its position": (
        [f"DELETE FROM step WHERE id = {_THIRD}", "DELETE FROM chain WHERE position = 3"], Fault.POSITIONS_MISSING, 3),
    "a step removed and the rest moved up": (
        [f"DELETE FROM step WHERE id = {_THIRD}", f"DELETE FROM kept_text WHERE step_id = {_THIRD}",
         "DELETE FROM chain WHERE position = 3", "UPDATE chain SET position = -position WHERE position > 3",
         "UPDATE chain SET position = -position - 1 WHERE position < 0"], Fault.RECORD_ALTERED, 3),
    "a position removed": (["DELETE FROM chain WHERE position = 3"], Fault.POSITIONS_MISSING, 3),
    "the first position removed": (["DELETE FROM chain WHERE position = 1"], Fault.POSITIONS_MISSING, 1),
    "the last position removed": (["DELETE FROM chain WHERE position = 6"], Fault.LEAVES_LEFT, 6),
    "the last position removed with its leaf": (
        ["DELETE FROM chain WHERE position = 6", "DELETE FROM ledger_node WHERE number > 7"],
        Fault.STEP_UNPLACED, None),
    "a position renumbered": (["UPDATE chain SET position = 99 WHERE position = 3"], Fault.POSITIONS_MISSING, 3),
    "a position before the first": (["UPDATE chain SET position = 0 WHERE position = 3"],
                                    Fault.POSITION_BEFORE_FIRST, 0),
    "two steps exchanged": (
        ["UPDATE chain SET position = -3 WHERE position = 3", "UPDATE chain SET position = 3 WHERE position = 4",
         "UPDATE chain SET position = 4 WHERE position = -3"], Fault.RECORD_ALTERED, 3),
    "a leaf": (["UPDATE ledger_node SET hash = (SELECT hash FROM ledger_node WHERE number = 0) WHERE number = 3"],
               Fault.HASH_ALTERED, 3),
    "a leaf removed": (["DELETE FROM ledger_node WHERE number = 3"], Fault.LEAF_MISSING, 3),
    "a node": (["UPDATE ledger_node SET hash = (SELECT hash FROM ledger_node WHERE number = 0) WHERE number = 5"],
               Fault.NODE_ALTERED, 4),
    "a node removed": (["DELETE FROM ledger_node WHERE number = 5"], Fault.NODE_MISSING, 4),
    "a step inserted at the end": (
        [_COPY, "INSERT INTO chain (position, step_id) VALUES (7, {copy})"], Fault.LEAF_MISSING, 7),
    "a step inserted far away": (
        [_COPY, "INSERT INTO chain (position, step_id) VALUES (70000000000, {copy})"], Fault.POSITIONS_MISSING, 7),
    "the key of the salts": (["UPDATE setting SET value = '00' WHERE key = 'ledger.salt'"], Fault.RECORD_ALTERED, 1),
    "the key of the salts removed": (["DELETE FROM setting"], Fault.SALT_MISSING, None),
    "a step inserted without a position": ([_COPY], Fault.STEP_UNPLACED, None),
    "a step inserted in the middle": (
        [_COPY, "UPDATE chain SET position = -position WHERE position > 2",
         "UPDATE chain SET position = -position + 1 WHERE position < 0",
         "INSERT INTO chain (position, step_id) VALUES (3, {copy})"], Fault.COLUMNS_DIFFER, 3),
    "a text": ([f"UPDATE kept_text SET content = 'Färre cykelvägar' WHERE step_id = {_THIRD}"],
               Fault.TEXT_ALTERED, 3),
    "a salt": ([f"UPDATE kept_text SET salt = NULL WHERE step_id = {_THIRD}"], Fault.TEXT_ALTERED, 3),
    "a text emptied without being erased": (
        [f"UPDATE kept_text SET salt = NULL, content = NULL WHERE step_id = {_THIRD}"], Fault.TEXT_ALTERED, 3),
    "whose text it is": ([f"UPDATE kept_text SET noun_id = id WHERE step_id = {_THIRD}"], Fault.TEXT_ALTERED, 3),
    "a text removed": ([f"DELETE FROM kept_text WHERE step_id = {_THIRD}"], Fault.TEXT_MISSING, 3),
    "a text moved to another step": (
        [f"UPDATE kept_text SET step_id = {_AT.format(4)} WHERE step_id = {_THIRD}"], Fault.TEXT_MISSING, 3),
    "a text of no step": ([f"UPDATE kept_text SET step_id = {{copy}} WHERE step_id = {_WAITING}"],
                          Fault.TEXT_MISSING, None),
    "a waiting step's rule": ([f"UPDATE step SET rule = 'withdraw' WHERE id = {_WAITING}"],
                              Fault.COLUMNS_DIFFER, None),
    "a waiting step's text": ([f"UPDATE kept_text SET content = 'x' WHERE step_id = {_WAITING}"],
                              Fault.TEXT_ALTERED, None),
    "a waiting step taken out of the queue": (["DELETE FROM unchained"], Fault.STEP_UNPLACED, None),
    "a placed step put back in the queue": ([f"UPDATE unchained SET step_id = {_THIRD}"], Fault.WAITS_WRONGLY, None),
    "a waiting step removed": ([f"DELETE FROM step WHERE id = {_WAITING}"], Fault.WAITS_WRONGLY, None),
}  # fmt: skip


async def test_an_honest_ledger_has_nothing_to_find(database: Database) -> None:
    report = await verify_ledger(database)
    assert (report.steps, report.texts, report.waiting, report.erased) == (STEPS, STEPS + 1, 1, 0)
    assert report.findings == []
    assert report.head == Head(STEPS, (await chained(database))[-1][1])


@pytest.mark.parametrize("fraud", FRAUDS)
async def test_the_first_altered_row_is_named(database: Database, database_url: str, fraud: str) -> None:
    statements, fault, position = FRAUDS[fraud]
    copy = "'0000000000007000800000000000000f'"
    third = (await chained(database))[2][2]
    frauds.commit(database_url, *(each.replace("{copy}", copy) for each in statements))
    first = (await verify_ledger(database)).first
    assert first is not None
    assert (first.fault, first.position) == (fault, position)
    if (
        position == 3
        and "inserted" not in fraud
        and fault in {Fault.COLUMNS_DIFFER, Fault.STEP_MISSING, Fault.TEXT_ALTERED, Fault.TEXT_MISSING}
    ):
        assert first.step == third.hex


async def test_one_altered_record_gives_one_finding(database: Database, database_url: str) -> None:
    frauds.commit(database_url, f"UPDATE step SET record = record || ' ' WHERE id = {_THIRD}")
    report = await verify_ledger(database)
    assert [(each.fault, each.position, each.detail) for each in report.findings] == [(Fault.RECORD_ALTERED, 3, None)]


async def _forge_from_third(database: Database, url: str) -> None:
    """Alter a step and hash the tree over it anew."""
    frauds.commit(url, f"UPDATE step SET record = replace(record, '\"number\":2', '\"number\":7') WHERE id = {_THIRD}")
    await forge(database, url)


async def test_a_forger_who_hashes_everything_anew_is_found_by_a_head_noted_outside(
    database: Database, database_url: str
) -> None:
    heads = [EMPTY, *(Head(row[0], row[1]) for row in await chained(database))]
    await _forge_from_third(database, database_url)
    assert (await verify_ledger(database)).first is None
    assert (await verify_ledger(database, [heads[2]])).first is None
    assert (await verify_ledger(database, [heads[2], heads[5]])).first == Finding(Fault.HEAD_DIFFERS, 5)
    assert (await verify_ledger(database, heads)).first == Finding(Fault.HEAD_DIFFERS, 3)


async def test_a_ledger_cut_short_is_found_by_a_head_noted_outside(database: Database, database_url: str) -> None:
    last = Head(6, (await chained(database))[-1][1])
    step = f"= {_AT.format(6)}"
    frauds.commit(
        database_url,
        f"DELETE FROM kept_text WHERE step_id {step}",
        f"DELETE FROM step WHERE id {step}",
        "DELETE FROM chain WHERE position = 6",
        "DELETE FROM ledger_node WHERE number > 7",
    )
    assert (await verify_ledger(database)).first is None
    assert (await verify_ledger(database, [last])).first == Finding(Fault.LEDGER_SHORTER, 6)


async def test_an_erased_text_is_counted_and_the_ledger_stays_whole(database: Database) -> None:
    third = (await chained(database))[2][2]
    erased = update(KeptTextRow).where(KeptTextRow.step_id == third).values(salt=None, content=None, erased_at=NOW)
    async with database.unit(NOW) as unit:
        await unit.session.execute(erased)
    report = await verify_ledger(database)
    assert (report.first, report.erased, report.texts) == (None, 1, STEPS + 1)


async def test_a_ledger_larger_than_a_batch_is_verified_whole(
    database: Database, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger_rows, "BATCH", 2)
    report = await verify_ledger(database)
    assert (report.steps, report.waiting, report.found) == (STEPS, 1, 0)
    frauds.commit(database_url, f"UPDATE step SET rule = 'x' WHERE id = {_AT.format(5)}")
    assert (await verify_ledger(database)).first == Finding(
        Fault.COLUMNS_DIFFER, 5, (await chained(database))[4][2].hex, "rule"
    )


async def test_values_that_no_column_type_can_read_are_found_too(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    await record(database, 3)
    await sequencer.drain(database)
    frauds.commit(
        sqlite_url,
        "UPDATE step SET at = 'yesterday', case_id = 'nobody', actor_id = x'00' WHERE rowid = 2",
        "UPDATE ledger_node SET hash = 'none' WHERE number = 3",
        "UPDATE step SET id = 'somebody' WHERE rowid = 1",
    )
    faults = [(each.fault, each.position) for each in (await verify_ledger(database)).findings]
    assert faults[:3] == [(Fault.STEP_MISSING, 1), (Fault.COLUMNS_DIFFER, 2), (Fault.RECORD_OR_HASH_ALTERED, 3)]
    assert (Fault.STEP_UNPLACED, None) in faults
    await database.close()


def test_the_report_keeps_the_first_findings_and_counts_them_all() -> None:
    report = LedgerReport()
    for position in range(1, 301):
        report.add(Finding(Fault.RECORD_ALTERED, position))
    assert (len(report.findings), report.found) == (LedgerReport.LIMIT, 300)
    assert report.first == Finding(Fault.RECORD_ALTERED, 1)
