"""What the clock does for member ballots: opens them, closes them with their urns."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from uuid import UUID

from democracy.domain.actors import Clock
from democracy.services.ballots.holding import BallotHolding
from democracy.services.urns.closing import UrnClosing
from democracy.services.urns.seeds import Seeds
from democracy.storage import ballots
from democracy.storage.unit_of_work import Database
from workflows.engine import StepDenied


async def hold_ballots(seeds: Seeds, database: Database, now: datetime) -> int:
    """Open and close what is due; returns how many. What is not ready yet is looked at again in the next round."""
    async with database.read() as connection:
        opening, closing = await ballots.due(connection, now)
    done = 0
    for ballot_id in opening:
        done += await _tried(BallotHolding(database, now).open, ballot_id)
    for ballot_id in closing:
        done += await _tried(UrnClosing(database, now, seeds=seeds).close, ballot_id)
    return done


async def _tried(use_case: Callable[..., Awaitable[UUID]], ballot_id: UUID) -> int:
    try:
        await use_case(ballot_id, actor=Clock())
    except StepDenied:
        return 0
    return 1
