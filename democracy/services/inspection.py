"""A look at a whole installation, for whoever runs it."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from democracy.domain.verdict import LedgerReport
from democracy.services.verify import verify_tail
from democracy.storage import append_only_probe, statutes
from democracy.storage.unit_of_work import Database
from workflows.statutes.finding import Severity
from workflows.statutes.lint import lint

TAIL = 1000
"""How many of the last positions are verified: the whole ledger is `verify`'s."""


@dataclass(frozen=True)
class Inspected:
    """What was looked at in a database that answers and is migrated."""

    weaknesses: list[str]
    """Ways in which the ledger could be changed."""
    ledger: LedgerReport
    statutes: dict[str, list[str]]
    """Errors in the statutes in force, by the unit's code. Every unit that has statutes of its own is there."""


async def inspect(database: Database, now: datetime, zone: ZoneInfo) -> Inspected:
    """Look at what protects the ledger, at its end, and at the statutes in force today."""
    return Inspected(
        await asyncio.to_thread(append_only_probe.weaknesses, database.url),
        await verify_tail(database, TAIL),
        await _statutes(database, now, zone),
    )


async def _statutes(database: Database, now: datetime, zone: ZoneInfo) -> dict[str, list[str]]:
    async with database.read() as reader:
        in_force = await statutes.adopted(reader, now.astimezone(zone).date())
    found = {}
    for code, resolved in in_force.items():
        *above, own = resolved.levels
        found[code] = [str(each) for each in lint(own, above=above) if each.severity is Severity.ERROR]
    return found
