"""Nodes of the ledger's tree put right: the one place that removes any, and only between `begin` and `end`."""

from collections.abc import Mapping

from sqlalchemy import delete, insert, text
from sqlalchemy.ext.asyncio import AsyncConnection

from democracy.storage import append_only
from democracy.storage.ledger_tree import numbered
from democracy.storage.tables.ledger import LedgerNodeRow
from democracy.storage.types import any_number

Repair = AsyncConnection
"""A transaction in which the tree is put right."""
_TABLE = LedgerNodeRow.__tablename__


async def begin(connection: AsyncConnection) -> None:
    """Keep everybody else from adding to the ledger until the transaction ends, and let nodes be changed."""
    if connection.dialect.name == "postgresql":
        await connection.execute(text("LOCK TABLE chain, ledger_node IN ACCESS EXCLUSIVE MODE"))
    await connection.run_sync(append_only.release, _TABLE)


async def put(connection: AsyncConnection, first: int, end: int, right: Mapping[int, bytes]) -> int:
    """Put the nodes from number `first` on right, `end` not among them; returns how many were not."""
    row, held = LedgerNodeRow, await numbered(connection, first, end)
    wrong = [number for number, hashed in right.items() if held.get(number) != hashed]
    if wrong:
        await connection.execute(delete(row).where(any_number(row.number, wrong)))
        await connection.execute(insert(row), [{"number": number, "hash": right[number]} for number in wrong])
    return len(wrong)


async def cut(connection: AsyncConnection, end: int) -> int:
    """Remove the nodes from a number on: they stand for no step. Returns how many there were."""
    return (await connection.execute(delete(LedgerNodeRow).where(LedgerNodeRow.number >= end))).rowcount


async def end(connection: AsyncConnection) -> None:
    """The tree is append-only again."""
    await connection.run_sync(append_only.guard)
