"""A process that writes steps and places them until it is killed. Prints each step's case once it is stored.

Run by test_crash: `python -m tests.workers.crashing URL`.
"""

import asyncio
import sys

from democracy.domain.ids import new_id
from democracy.storage.unit_of_work import Database
from democracy.workers import sequencer
from tests.ledgers import record


async def main(url: str) -> None:
    sequencer.PAUSE = 0.005
    sequencer.BATCH = 7
    sequencer.FOLLOWING = 0.02
    database = Database(url)
    placing = asyncio.create_task(sequencer.run(database, asyncio.Event()))
    await asyncio.gather(placing, *(_write(database) for _ in range(4)))


async def _write(database: Database) -> None:
    while True:
        case = new_id()
        await record(database, case_id=case, text="Bänkar")
        sys.stdout.write(case.hex + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
