"""The tree over the ledger's steps, and how far it has been signed. Nothing of the tree is ever changed or removed."""

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from democracy.storage.tables.base import BigInt, Table


class LedgerNodeRow(Table):
    """A perfect subtree, in the order in which subtrees become whole: each new one comes last in the table."""

    __tablename__ = "ledger_node"

    number: Mapped[int] = mapped_column(BigInt, primary_key=True, autoincrement=False)
    """`merkle.number`: from 0, without gaps."""
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))


class LedgerCheckpointRow(Table):
    """A signed checkpoint of the ledger, with the witnesses' lines that have come in."""

    __tablename__ = "ledger_checkpoint"

    size: Mapped[int] = mapped_column(BigInt, primary_key=True, autoincrement=False)
    note: Mapped[str]
