"""Sends what waits in the outbox. Several may run, in one process or in many.

Each message is taken for a time, sent outside any transaction, and then marked. A worker that dies in between leaves
it to be taken again when its time has passed: every message leaves at least once, and in that one case twice.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from democracy.storage import outbox
from democracy.storage.outbox import Outgoing
from democracy.storage.unit_of_work import Database, retrying
from democracy.workers.carriers import Carrier, NotSentError, NoWayOutError, Send
from democracy.workers.stop import wait

TAKEN_FOR = timedelta(minutes=10)
"""Longer than any server takes to answer for one message."""
PAUSE = 2.0
"""Seconds between two looks."""
PAUSE_WITHOUT_A_WAY = 60.0
"""Seconds before trying a server again that cannot be reached."""
AGAIN_AFTER = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 480, 720))
"""The waits between tries: a day in all, as long as a link in a mail is of use. After the last one it is given up."""

log = structlog.get_logger()


@dataclass(frozen=True)
class Outbox:
    """Empties one channel of the outbox by one carrier."""

    database: Database
    clock: Callable[[], datetime]
    carrier: Carrier

    async def run(self, stop: asyncio.Event) -> None:
        """Send until told to stop."""
        while not stop.is_set():
            try:
                await self.send_due()
            except NoWayOutError as error:
                # Nothing is counted against the messages: a server that is away for a weekend loses none of them.
                log.warning("mail_waits", worker=self.carrier.channel, code=str(error))
                await wait(stop, PAUSE_WITHOUT_A_WAY)
            else:
                await wait(stop, PAUSE)

    async def send_due(self) -> int:
        """Send everything that is due now; returns how many left. Raises NoWayOutError when nothing can leave."""
        async with self.database.read() as connection:
            if not await outbox.anything_due(connection, self.carrier.channel, self.clock()):
                return 0
        left = 0
        async with self.carrier.open() as send:
            while message := await retrying(self._take):
                left += await self._deliver(send, message)
        return left

    async def _take(self) -> Outgoing | None:
        now = self.clock()
        async with self.database.unit(now) as unit:
            return await outbox.claim(unit.session, self.carrier.channel, now, TAKEN_FOR)

    async def _deliver(self, send: Send, message: Outgoing) -> bool:
        try:
            await send(message)
        except NotSentError as error:
            await self._failed(message, error)
            if error.code == "connection_lost":
                raise NoWayOutError(error.code) from error
            return False
        await self._sent(message)
        return True

    async def _sent(self, message: Outgoing) -> None:
        now = self.clock()
        async with self.database.unit(now) as unit:
            await outbox.mark_sent(unit.session, message.id, now)

    async def _failed(self, message: Outgoing, error: NotSentError) -> None:
        now = self.clock()
        given_up = error.for_good or message.attempts > len(AGAIN_AFTER)
        again_at = None if given_up else now + AGAIN_AFTER[message.attempts - 1]
        async with self.database.unit(now) as unit:
            await outbox.mark_failed(unit.session, message.id, error.code, again_at)
        note = log.error if given_up else log.warning
        event = "mail_given_up" if given_up else "mail_failed"
        note(event, worker=self.carrier.channel, kind=message.purpose, code=error.code, count=message.attempts)
