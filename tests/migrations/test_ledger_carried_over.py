"""An installation whose ledger was a plain chain: migrated, its whole history is in the tree, and provable."""

import json
from collections.abc import AsyncIterator
from itertools import count
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from sqlalchemy import text

from democracy.domain.chain import START, Head, link
from democracy.domain.ids import new_id
from democracy.domain.verdict import Fault, Finding
from democracy.services.verify import verify_ledger
from democracy.storage.engines import migration_engine, parse
from democracy.storage.migrate import migrate
from democracy.storage.unit_of_work import Database
from democracy.workers import sequencer
from tests import frauds, postgres
from tests.ledgers import chained, record, tree_of

BEFORE = "0014"
STEPS = 13
_names = count()


@pytest.fixture(params=["sqlite", "postgresql"])
def old_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database from before the tree."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'old.db'}"
    else:
        server: str = request.getfixturevalue("postgres_server")
        name = f"carried_{next(_names)}"
        with psycopg.connect(postgres.with_name(server, "postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        url = postgres.with_name(server, name)
    migrate(url, BEFORE)
    return url


def record_of(at: int, step: UUID, case: UUID) -> str:
    return json.dumps(
        {"v": 1, "id": step.hex, "workflow": "motion", "case": case.hex, "rule": "submit", "source": "DRAFT",
         "dest": "SUBMITTED", "paragraph": "motion-right", "statutes": None, "actor": ["clock", None], "roles": [],
         "now": "2026-01-01T00:00:00+00:00", "facts": {}, "waived": [], "warnings": [], "outcome": {"number": at},
         "texts": []}, sort_keys=True, ensure_ascii=False, separators=(",", ":"),
    )  # fmt: skip


def chain_of(url: str, steps: int = STEPS) -> list[Head]:
    """Fill the ledger as the old program did; the heads that somebody may have noted."""
    heads, before = [], START
    engine = migration_engine(parse(url))
    raw = str if parse(url).get_backend_name() == "postgresql" else (lambda value: value.hex)
    with engine.begin() as connection:
        for at in range(1, steps + 1):
            step, case = new_id(), new_id()
            written = record_of(at, step, case)
            before = link(at, before, written)
            heads.append(Head(at, before))
            values = {"id": raw(step), "case": raw(case), "record": written, "at": at, "hash": before}
            connection.execute(
                text(
                    "INSERT INTO step (id, workflow, case_id, rule, source, dest, paragraph, actor_kind, at, record)"
                    " VALUES (:id, 'motion', :case, 'submit', 'DRAFT', 'SUBMITTED', 'motion-right', 'clock',"
                    " '2026-01-01 00:00:00+00:00', :record)"
                ),
                values,
            )
            connection.execute(text("INSERT INTO chain (position, step_id, hash) VALUES (:at, :id, :hash)"), values)
    engine.dispose()
    return heads


@pytest.fixture
async def carried(old_url: str) -> AsyncIterator[tuple[Database, list[Head]]]:
    heads = chain_of(old_url)
    migrate(old_url)
    database = Database(old_url)
    yield database, heads
    await database.close()


async def test_every_old_step_is_a_leaf_and_every_old_head_still_counts(
    carried: tuple[Database, list[Head]],
) -> None:
    database, heads = carried
    rows = await chained(database)
    assert [row[1] for row in rows] == [(await tree_of(database)).root_at(at) for at in range(1, STEPS + 1)]
    roots = [Head(row[0], row[1]) for row in rows]
    report = await verify_ledger(database, [*heads, *roots])
    assert (report.findings, report.steps, report.head) == ([], STEPS, roots[-1])
    assert (await verify_ledger(database, [Head(5, bytes(32))])).findings == [Finding(Fault.HEAD_DIFFERS, 5)]


async def test_new_steps_go_on_in_the_same_tree(carried: tuple[Database, list[Head]]) -> None:
    database, heads = carried
    await record(database, 4)
    assert await sequencer.drain(database) == 4
    report = await verify_ledger(database, heads)
    assert (report.findings, report.steps) == ([], STEPS + 4)
    assert report.head.hash == (await tree_of(database)).root


async def test_what_was_altered_before_the_tree_is_still_found(old_url: str) -> None:
    chain_of(old_url)
    frauds.commit_old(
        old_url, "UPDATE step SET record = record || ' ' WHERE id = (SELECT step_id FROM chain WHERE position = 4)"
    )
    migrate(old_url)
    database = Database(old_url)
    assert (await verify_ledger(database)).findings == [Finding(Fault.OLD_HASH_DIFFERS, 4)]
    await database.close()


async def test_a_step_that_was_gone_before_the_tree_keeps_its_place_and_is_named(old_url: str) -> None:
    heads = chain_of(old_url)
    frauds.commit_old(old_url, "DELETE FROM chain WHERE position = 4")
    migrate(old_url)
    database = Database(old_url)
    first = (await verify_ledger(database, heads[:3])).first
    assert first == Finding(Fault.POSITIONS_MISSING, 4, detail="1")
    await database.close()


async def test_an_old_hash_that_is_altered_is_named(carried: tuple[Database, list[Head]]) -> None:
    database, heads = carried
    frauds.commit(database.url, "UPDATE chain SET hash = :hash WHERE position = 7", hash=bytes(32))
    assert (await verify_ledger(database, heads)).findings == [Finding(Fault.OLD_HASH_DIFFERS, 7)]


async def test_a_ledger_without_steps_begins_with_an_empty_tree(old_url: str) -> None:
    migrate(old_url)
    database = Database(old_url)
    await record(database, 2)
    await sequencer.drain(database)
    assert (await verify_ledger(database)).findings == []
    await database.close()
