"""What the ledger's order costs those who write, and how fast it is verified."""

import asyncio
import time
from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import delete, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from democracy.domain.chain import START, link
from democracy.services.verify import verify_ledger
from democracy.storage import chain
from democracy.storage.tables.step import ChainRow, UnchainedRow
from democracy.storage.types import any_of
from democracy.storage.unit_of_work import Database
from democracy.workers import sequencer
from tests.ledgers import NOW, record

pytestmark = pytest.mark.bench

WRITERS = 16
STEPS = 60
"""For each writer, in each run."""
ROUNDS = 3
"""Runs of each kind, taken in turn, so that a machine that slows down slows both."""


async def _write(database: Database) -> float:
    began = time.perf_counter()
    await asyncio.gather(*(record(database, STEPS) for _ in range(WRITERS)))
    return WRITERS * STEPS / (time.perf_counter() - began)


async def _write_beside_sequencer(database: Database) -> float:
    stop = asyncio.Event()
    placing = asyncio.create_task(sequencer.run(database, stop))
    try:
        return await _write(database)
    finally:
        stop.set()
        await placing


async def test_steps_a_second_with_and_without_the_sequencer(database_url: str) -> None:
    database = Database(database_url, pool_size=WRITERS)
    await record(database, 20)
    alone, beside = 0.0, 0.0
    for _ in range(ROUNDS):
        alone += await _write(database) / ROUNDS
        await sequencer.drain(database)
        beside += await _write_beside_sequencer(database) / ROUNDS
    began = time.perf_counter()
    report = await verify_ledger(database)
    verified = report.steps / (time.perf_counter() - began)
    print(
        f"\nledger, {database.dialect}: {alone:.0f} steps/s alone, {beside:.0f} beside the sequencer in the same"
        f" process: ratio {beside / alone:.2f}; verified {verified:.0f} steps/s"
    )
    assert report.first is None
    assert beside > 0.5 * alone
    await database.close()


async def _place_in_plain_chain(connection: AsyncConnection, limit: int) -> tuple[int, int]:
    """What the sequencer did before there was a tree: one hash and one row for each step."""
    waiting = (await connection.execute(chain._WAITING.limit(limit))).all()
    size, before, rows = await chain.length(connection), START, []
    for at, (step, written) in enumerate(waiting, size + 1):
        before = link(at, before, written)
        rows.append({"position": at, "step_id": step, "hash": before})
    if rows:
        await connection.execute(insert(ChainRow), rows)
        await connection.execute(
            delete(UnchainedRow).where(any_of(UnchainedRow.step_id, [each.id for each in waiting]))
        )
    return size + len(rows), len(rows)


async def _placed(database: Database, place: Callable[[AsyncConnection, int], Awaitable[tuple[int, int]]]) -> float:
    """Steps a second, all of them placed in batches; then undone, so that the next kind places the same."""
    async with database.unit(NOW) as unit:
        connection, placed = await unit.session.connection(), 0
        began = time.perf_counter()
        while batch := (await place(connection, sequencer.BATCH))[1]:
            placed += batch
        speed = placed / (time.perf_counter() - began)
        await unit.session.rollback()
    return speed


async def test_steps_placed_a_second_in_the_tree_and_in_a_plain_chain(database_url: str) -> None:
    database = Database(database_url, pool_size=WRITERS)
    await _write(database)
    await sequencer.drain(database)
    await _write(database)
    plain, tree = 0.0, 0.0
    for _ in range(ROUNDS):
        plain += await _placed(database, _place_in_plain_chain) / ROUNDS
        tree += await _placed(database, chain._place) / ROUNDS
    single = await _placed(database, lambda connection, _: chain._place(connection, 1))
    print(
        f"\nledger, {database.dialect}: {tree:.0f} steps/s placed in the tree, {plain:.0f} in a plain chain:"
        f" ratio {tree / plain:.2f}; one by one {single:.0f} steps/s"
    )
    assert tree > 0.2 * plain
    await database.close()
