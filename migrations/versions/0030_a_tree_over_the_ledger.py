"""A Merkle tree over the ledger in place of its plain chain, whose hashes stay where they are."""

import secrets
from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

from democracy.ballotbox.merkle import Node, grow, leaf_hash, number

# The form of a leaf can never change: the trees rest on it. So a migration may rest on it too.
from democracy.ballotbox.step_leaf import GAP, KEY_BYTES, step_leaf

revision = "0030"
down_revision = "0035"
branch_labels = None
depends_on = None

_BATCH = 1000
_CHAIN = sa.table("chain", sa.column("position", sa.BigInteger()), sa.column("step_id", sa.Uuid()))
_STEP = sa.table("step", sa.column("id", sa.Uuid()), sa.column("record", sa.Text()))
_NODE = sa.table("ledger_node", sa.column("number", sa.BigInteger()), sa.column("hash", sa.LargeBinary()))
_SETTING = sa.table("setting", sa.column("key", sa.String()), sa.column("value", sa.Text()))


def upgrade() -> None:
    number_type = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "ledger_node",
        sa.Column("number", number_type, autoincrement=False, nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_ledger_node")),
    )
    op.create_table(
        "ledger_checkpoint",
        sa.Column("size", number_type, autoincrement=False, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("size", name=op.f("pk_ledger_checkpoint")),
    )
    with op.batch_alter_table("chain") as chain:
        chain.alter_column("hash", existing_type=sa.LargeBinary(length=32), nullable=True)
    key = secrets.token_bytes(KEY_BYTES)
    op.bulk_insert(_SETTING, [{"key": "ledger.salt", "value": key.hex()}])
    _carry(op.get_bind(), key)


def _carry(connection: sa.Connection, key: bytes) -> None:
    """Every step that has a position becomes a leaf. A position whose step is gone gets a leaf that says so."""
    size, peaks = 0, dict[Node, bytes]()
    for rows in _rows(connection):
        found = {row.position: row.record for row in rows if row.position > size}
        leaves = [_leaf(key, at, found) for at in range(size + 1, max(found, default=size) + 1)]
        grown = grow(size, peaks, leaves)
        size, peaks = grown.size, grown.peaks
        nodes = [{"number": number(node), "hash": hashed} for node, hashed in grown.new.items()]
        if nodes:
            connection.execute(sa.insert(_NODE), nodes)


def _leaf(key: bytes, position: int, records: Mapping[int, str | None]) -> bytes:
    record = records.get(position)
    return leaf_hash(GAP) if record is None else step_leaf(key, position, record).hash


def _rows(connection: sa.Connection) -> Iterator[list[Any]]:
    after = 0
    while True:
        statement = (
            sa.select(_CHAIN.c.position, _STEP.c.record)
            .select_from(_CHAIN.outerjoin(_STEP, _STEP.c.id == _CHAIN.c.step_id))
            .where(_CHAIN.c.position > after)
            .order_by(_CHAIN.c.position)
            .limit(_BATCH)
        )
        rows = list(connection.execute(statement))
        if not rows:
            return
        yield rows
        after = rows[-1].position
