"""Who of an electorate has voted, and how: known to whoever holds the urn's `api` seed, and to nobody else."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from democracy.ballotbox.roll import tag
from democracy.services.urns.seeds import API, Seeds
from democracy.storage import postal, urns
from democracy.storage.postal import Slot
from democracy.storage.tables.urn import UrnRow
from democracy.storage.unit_of_work import Unit


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody of the electorate stands."""

    unit_id: UUID
    slot: Slot | None
    by_post: bool
    removed: bool

    @property
    def digital(self) -> bool:
        """A digital vote has come in from their slot, and has not been voided."""
        return self.slot is not None and self.slot.voted and not self.slot.void

    @property
    def voted(self) -> bool:
        """Digitally or by post."""
        return self.by_post or self.digital


async def standings(unit: Unit, seeds: Seeds, ballot_id: UUID) -> Mapping[UUID, Standing]:
    """Everybody by their id, those taken out by a correction too; nobody has a slot without the seed."""
    urn = await urns.of_ballot(unit.session, ballot_id)
    envelopes = set(await postal.by_post(unit.session, ballot_id))
    slots = await _slots(unit, seeds, urn)
    key = None if urn is None or not slots else seeds.read(urn.id, API).roll
    return {
        member: Standing(home, None if key is None else slots.get(tag(key, member.hex)), member in envelopes, removed)
        for member, home, removed in await postal.electors(unit.session, ballot_id)
    }


async def _slots(unit: Unit, seeds: Seeds, urn: UrnRow | None) -> dict[bytes, Slot]:
    if urn is None or not seeds.has(urn.id, API):
        return {}
    return await postal.slots(unit.session, urn.id)
