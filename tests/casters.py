"""A process that casts ballots for many voters at once, and tells each answer as it comes.

`python -m tests.casters URL SEEDS URN M AT FILE`: the file holds `member slot box` in hex, a line for each ballot.
Writes `in DIGEST` for a receipt and `out SLOT` for a refusal.
"""

import asyncio
import sys
from datetime import datetime
from pathlib import Path
from uuid import UUID

from democracy.ballotbox.receipt import read_receipt
from democracy.domain.actors import Member
from democracy.services.urns.casting import CastDesk
from democracy.services.urns.casting_refusal import AlreadyCastError
from democracy.services.urns.seeds import Seeds
from democracy.storage.unit_of_work import Database

AT_ONCE = 64


async def cast_all(url: str, seeds: str, urn: UUID, m: bytes, at: datetime, lines: list[str]) -> None:
    """Cast every line's ballot."""
    database, gate = Database(url, pool_size=5), asyncio.Semaphore(AT_ONCE)
    desk = CastDesk(database, Seeds(Path(seeds)), lambda: at)

    async def one(member: str, slot: str, box: str) -> None:
        async with gate:
            try:
                answer = await desk.cast(urn, m, bytes.fromhex(box), actor=Member(UUID(member)))
            except AlreadyCastError:
                sys.stdout.write(f"out {slot}\n")
            else:
                sys.stdout.write(f"in {read_receipt(answer.receipt).digest}\n")
                sys.stdout.flush()

    await asyncio.gather(*(one(*line.split()) for line in lines))
    await database.close()


if __name__ == "__main__":
    url, seeds, urn, m, at, file = sys.argv[1:]
    lines = Path(file).read_text().splitlines()
    asyncio.run(cast_all(url, seeds, UUID(urn), bytes.fromhex(m), datetime.fromisoformat(at), lines))
