"""What the clock does for member ballots: opens, reminds, writes the day's turnout, closes, destroys keys."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from uuid import UUID

from democracy.domain.actors import Clock
from democracy.services.ballots.finishing import destroy_keys
from democracy.services.ballots.holding import BallotHolding
from democracy.services.ballots.reminding import BallotReminding, reminder_due
from democracy.services.ballots.turnout import keep_turnout
from democracy.services.urns.closing import UrnClosing
from democracy.services.urns.seeds import Seeds
from democracy.storage import ballots, statutes
from democracy.storage.unit_of_work import Database
from workflows.engine import StepDenied


async def hold_ballots(seeds: Seeds, database: Database, now: datetime) -> int:
    """Open, remind and close what is due; returns how many. What is not ready yet is looked at in the next round."""
    async with database.read() as connection:
        opening, closing = await ballots.due(connection, now)
    done = 0
    for ballot_id in opening:
        done += await _tried(BallotHolding(database, now).open, ballot_id)
    done += await _while_open(seeds, database, now)
    for ballot_id in closing:
        done += await _tried(UrnClosing(database, now, seeds=seeds).close, ballot_id)
    return done + await destroy_keys(database, seeds)


async def _while_open(seeds: Seeds, database: Database, now: datetime) -> int:
    async with database.read() as connection:
        running = await ballots.open_ones(connection)
        rules = await statutes.by_digest(connection, *{digest for _, digest, _, _ in running})
    done = 0
    for ballot_id, digest, closes_at, heard_at in running:
        async with database.unit(now) as unit:
            done += await keep_turnout(unit, seeds, ballot_id)
        order = rules[digest].parameters.member_ballots
        if order is not None and reminder_due(closes_at, heard_at, order.reminder_days, now):
            done += await _tried(BallotReminding(database, now, seeds=seeds).remind, ballot_id)
    return done


async def _tried(use_case: Callable[..., Awaitable[UUID]], ballot_id: UUID) -> int:
    try:
        await use_case(ballot_id, actor=Clock())
    except StepDenied:
        return 0
    return 1
