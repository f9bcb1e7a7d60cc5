"""The query for the ledger."""

import strawberry

from democracy.storage import chain, ledger_tree
from schema.context import Info
from schema.types.ledger import Ledger


@strawberry.type
class LedgerQueries:
    """Root field."""

    @strawberry.field(
        description="The ledger (liggaren): note down its head, or keep its signed checkpoint, and nobody rewrites "
        "what lies before it unseen. Null while the ledger is empty."
    )
    async def ledger(self, info: Info) -> Ledger | None:
        """For anybody."""
        async with info.context.app.database.read() as connection:
            head = await chain.newest(connection)
            key = await ledger_tree.setting(connection, ledger_tree.LOG)
        return Ledger(position=head.position, root=head.hash.hex(), key=key) if head.position else None
