"""What proves that steps are in the ledger: their leaves, and paths to the newest signed checkpoint."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from democracy.ballotbox.merkle import inclusion, needed, resolve
from democracy.ballotbox.step_leaf import step_leaf
from democracy.storage import ledger_tree

Placed = tuple[int, str]
"""A step that has its position: that, and its record."""


@dataclass(frozen=True, slots=True)
class StepProof:
    """The proof of one step."""

    leaf: str
    shown: str
    size: int | None
    """Of the checkpoint; None while none reaches so far."""
    path: tuple[bytes, ...]
    note: str | None


async def of_steps(connection: AsyncConnection, steps: Sequence[Placed]) -> list[StepProof]:
    """One proof for each step, in three statements however many there are."""
    key = await ledger_tree.salt_key(connection)
    size, note = await ledger_tree.latest_checkpoint(connection) or (0, None)
    ranges = [inclusion(position - 1, size) if position <= size else [] for position, _ in steps]
    known = await ledger_tree.nodes(connection, needed(each for some in ranges for each in some))
    found = []
    for (position, record), path in zip(steps, ranges, strict=True):
        leaf = step_leaf(key, position, record)
        signed = position <= size
        found.append(
            StepProof(
                leaf.data.decode(),
                leaf.shown.decode(),
                size if signed else None,
                tuple(resolve(path, known)),
                note if signed else None,
            )
        )
    return found
