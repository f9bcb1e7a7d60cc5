"""The log's next leaves, and its signed checkpoints."""

from datetime import datetime
from uuid import UUID

from democracy.ballotbox.checkpoint import Checkpoint
from democracy.ballotbox.leaves import ballot_leaf
from democracy.ballotbox.log_key import sign_next
from democracy.ballotbox.merkle import consistency, peaks, root
from democracy.services.urns.seeds import Seeds
from democracy.storage import casts, urn_log, urns
from democracy.storage.tables.urn import UrnRow
from democracy.storage.unit_of_work import Database, Unit

BATCH = 256
"""Ballots in one commit of the log."""


async def place_waiting(unit: Unit, urn: UrnRow, most: int = BATCH) -> int:
    """Give ballots that wait their places in the log; the unit holds the urn's row."""
    found = await casts.take_waiting(unit.session, urn.id, most)
    leaves = [("ballot", ballot_leaf(slot, seq, digest.hex())) for slot, seq, digest in found]
    await urn_log.append(unit.session, urn, leaves)
    return len(found)


async def head(unit: Unit, urn: UrnRow) -> dict[str, object]:
    """Size and root of the log as it stands: what the ledger keeps of it, in its own tree."""
    return {"size": urn.log_size, "root": (await _root(unit, urn)).hex() if urn.log_size else ""}


async def sign_checkpoint(database: Database, seeds: Seeds, urn_id: UUID, at: datetime) -> str | None:
    """Sign how far the log has come, unless that has been signed and kept. It goes on from the last one, always.

    Only what is committed is signed: the leaves came in by earlier units.
    """
    async with database.unit(at) as unit:
        urn = await urns.locked(unit.session, urn_id)
        if urn is None or urn.log_size == 0:
            return None
        kept = await urn_log.latest_checkpoint(unit.session, urn_id)
        if kept is not None and kept[0] == urn.log_size:
            return None
        following = Checkpoint(urn.origin, urn.log_size, await _root(unit, urn))
        last = seeds.last_signed(urn_id)
        proof = await _proof(unit, urn_id, last, following)
        note = sign_next(seeds.log_key(urn_id, urn.origin), last, following, proof)
        seeds.remember_signed(urn_id, following)
        await urn_log.keep_checkpoint(unit.session, urn_id, following.size, str(note))
        return str(note)


async def _proof(unit: Unit, urn_id: UUID, last: Checkpoint | None, following: Checkpoint) -> list[bytes]:
    if last is None or last.size > following.size:
        return []
    return await urn_log.proof(unit.session, urn_id, consistency(last.size, following.size))


async def _root(unit: Unit, urn: UrnRow) -> bytes:
    return root(urn.log_size, await urn_log.nodes(unit.session, urn.id, peaks(urn.log_size)))
