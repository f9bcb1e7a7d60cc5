"""Whether somebody's own slot has voted: told to nobody but themselves."""

from uuid import UUID

from democracy.ballotbox.roll import tag
from democracy.services.urns.seeds import API, Seeds
from democracy.storage import casts, postal
from democracy.storage.unit_of_work import Database


async def has_voted(database: Database, seeds: Seeds, ballot_id: UUID, member_id: UUID) -> bool:
    """Whether a ballot that counts has come in from a member's slot. False once the seed that tells is destroyed."""
    async with database.read() as connection:
        for urn_id in await postal.urns_of(connection, ballot_id):
            if not seeds.has(urn_id, API):
                continue
            slot, void = await casts.slot_of(connection, urn_id, tag(seeds.read(urn_id, API).roll, member_id.hex))
            if slot is not None and not void and await postal.slot_voted(connection, urn_id, slot):
                return True
    return False
