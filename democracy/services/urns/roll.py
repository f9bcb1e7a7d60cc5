"""A voter's own place in an urn's roll, with the path that proves it."""

import asyncio
from uuid import UUID

from democracy.ballotbox.merkle import Tree
from democracy.ballotbox.roll import MyRoll, salt, tag
from democracy.services.urns.seeds import API, Seeds
from democracy.storage.reads import urns
from democracy.storage.unit_of_work import Database
from democracy.storage.urns import roll_size


class Rolls:
    """The rolls' trees, each read once by a process, and again when the roll has grown."""

    def __init__(self, database: Database, seeds: Seeds) -> None:
        self._database, self._seeds = database, seeds
        self._trees: dict[UUID, tuple[dict[bytes, int], Tree]] = {}
        self._lock = asyncio.Lock()

    async def mine(self, urn_id: UUID, member_id: UUID) -> MyRoll | None:
        """Where a member stands; None for whoever is not in the roll, or once the seed that tells is destroyed."""
        if not self._seeds.has(urn_id, API):
            return None
        slots, tree = await self._tree(urn_id)
        key = self._seeds.read(urn_id, API).roll
        slot = slots.get(tag(key, member_id.hex))
        if slot is None:
            return None
        return MyRoll(member_id.hex, slot, salt(key, member_id.hex).hex(), tuple(tree.inclusion(slot)))

    async def _tree(self, urn_id: UUID) -> tuple[dict[bytes, int], Tree]:
        async with self._lock:
            async with self._database.read() as connection:
                size = await roll_size(connection, urn_id)
                if urn_id not in self._trees or self._trees[urn_id][1].size != size:
                    rows = await urns.roll(connection, urn_id)
                    slots = {mark: slot for slot, (mark, _) in enumerate(rows)}
                    self._trees[urn_id] = (slots, Tree(leaf for _, leaf in rows))
            return self._trees[urn_id]
