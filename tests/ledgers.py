"""Steps for the ledger, taken by the rules and recorded as a service does."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from democracy.ballotbox import merkle
from democracy.ballotbox.merkle import Tree, grow
from democracy.ballotbox.step_leaf import step_leaf
from democracy.domain.actors import Actor, Member
from democracy.domain.ids import new_id
from democracy.storage import ledger_tree
from democracy.storage.ledger import Text
from democracy.storage.tables.step import ChainRow, StepRow
from democracy.storage.unit_of_work import Database
from tests import frauds
from workflows.engine import Role, Step
from workflows.motion import MOTION, MotionFacts, MotionState

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
FACTS = MotionFacts(has_title=True, has_reasoning=True, clauses=2, movers=1, movers_with_right=1, deadline=None)


def submission(now: datetime = NOW) -> Step[Any]:
    """A motion that is handed in."""
    return MOTION.step("submit", MotionState.DRAFT, FACTS, roles=frozenset({Role.MOVER}), now=now)


async def record(
    database: Database, count: int = 1, *, case_id: UUID | None = None, by: Actor | None = None, text: str | None = None
) -> None:
    """Record so many submissions, each in a unit of work of its own."""
    for number in range(count):
        async with database.unit(NOW) as unit:
            case = case_id or new_id()
            texts = [Text("motion", case, {"title": f"{text} {number}"})] if text else []
            unit.record(
                submission(), case, by=by or Member(new_id()), statutes="d1", outcome={"number": number}, texts=texts
            )


async def chained(database: Database) -> list[tuple[int, bytes, UUID, str]]:
    """The ledger in its order: position, the tree's root with it, step, record."""
    statement = select(ChainRow.position, ChainRow.step_id, StepRow.record).join(StepRow)
    async with database.read() as reader:
        found = (await reader.execute(statement.order_by(ChainRow.position))).all()
        return [
            (row.position, await ledger_tree.root_at(reader, row.position), row.step_id, row.record) for row in found
        ]


async def tree_of(database: Database) -> Tree:
    """The tree that the steps, as they are stored now, should have."""
    async with database.read() as reader:
        key = await ledger_tree.salt_key(reader)
    return Tree(step_leaf(key, position, record).hash for position, _, _, record in await chained(database))


async def forge(database: Database, url: str) -> None:
    """Make the whole tree anew over the steps as they are now, as somebody can who has the database."""
    async with database.read() as reader:
        key = await ledger_tree.salt_key(reader)
    leaves = [step_leaf(key, position, record).hash for position, _, _, record in await chained(database)]
    for node, hashed in grow(0, {}, leaves).new.items():
        frauds.commit(
            url, "UPDATE ledger_node SET hash = :hash WHERE number = :number", hash=hashed, number=merkle.number(node)
        )
