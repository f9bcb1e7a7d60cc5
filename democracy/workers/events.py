"""Hands what happens to those who asked to hear of it: first what they missed, then what comes, each event once.

Every process tails the ledger for itself, so it does not matter which of them did a thing or which one a client is
connected to.
"""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from functools import partial
from typing import TypeAlias

from democracy.storage.events import Event, bell, events_after, newest_position
from democracy.storage.unit_of_work import Database

BATCH = 200
"""Events read at a time."""
ROOM = 1000
"""Events that wait for one slow listener. One more, and it reads from the table again, at its own pace."""

Wanted: TypeAlias = Callable[[Event], bool]
"""Whether a listener asks for an event at all: quick, and without the database."""
Visible: TypeAlias = Callable[[Sequence[Event]], Awaitable[Sequence[Event]]]
"""Those of some events that a listener may see, in their order: one question for many events."""
Missed: TypeAlias = Callable[[int, int], Awaitable[Sequence[Event]]]
"""Up to so many of the events after a position that a listener asks for: quicker than reading all and choosing."""


class Events:
    """The ledger's events in one process. `run` it beside the server."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._listeners: set[_Listener] = set()
        self._position: int | None = None
        """The last event that has been handed out; None until the ledger has been looked at."""

    @property
    def listeners(self) -> int:
        """How many listen now."""
        return len(self._listeners)

    async def run(self, stop: asyncio.Event) -> None:
        """Tail the ledger until told to stop. Started again after a fault, it goes on where it was."""
        async with bell(self._database) as called:
            while not stop.is_set():
                await self._hand_out()
                await called.wait()

    async def subscribe(
        self,
        after: int | None = None,
        *,
        wanted: Wanted | None = None,
        visible: Visible | None = None,
        missed: Missed | None = None,
    ) -> AsyncGenerator[Event, None]:
        """Every event after a position (None: from now on), then those that come, without gap or double.

        `visible` is asked anew for each batch, so that what a listener may see follows what they are at that time.
        `missed` reads what the listener is behind with, where the table can be asked for less than everything.
        """
        position = await self._start(after)
        listener = _Listener(wanted, missed or partial(events_after, self._database), self._position or 0)
        self._listeners.add(listener)
        try:
            while True:
                batch, position = await self._next(listener, position)
                for event in await visible(batch) if visible and batch else batch:
                    yield event
        finally:
            self._listeners.discard(listener)

    async def _next(self, listener: "_Listener", position: int) -> tuple[Sequence[Event], int]:
        """What comes after `position`, and how far that reaches."""
        if position >= listener.since and (batch := await listener.arrived(position)):
            return batch, batch[-1].position
        if listener.full:
            listener.begin_again(self._position or 0)
        found = await listener.missed(position, BATCH)
        reached = found[-1].position if found else max(position, listener.since)
        return [event for event in found if listener.wants(event)], reached

    async def _start(self, after: int | None) -> int:
        if self._position is None:
            found = await newest_position(self._database)
            if self._position is None:
                # Once only: whoever asked meanwhile listens from the first answer, so handing out begins there too.
                self._position = found
        return self._position if after is None else after

    async def _hand_out(self) -> None:
        position = await self._start(None)
        while batch := await events_after(self._database, position, BATCH):
            # No await in here: whoever begins to listen sees all of a batch in its queue, or none of it.
            for listener in self._listeners:
                listener.give(batch)
            self._position = position = batch[-1].position


class _Listener:
    """What waits for one listener. Up to `since` it reads the table; what came later is in the queue."""

    def __init__(self, wanted: Wanted | None, missed: Missed, since: int) -> None:
        self.wants: Wanted = wanted or (lambda _: True)
        self.missed = missed
        self.since = since
        self.full = False
        """There was no room: the queue has been forgotten, for the table has it all."""
        self._queue: deque[Event] = deque()
        self._called = asyncio.Event()

    def give(self, batch: Sequence[Event]) -> None:
        """Queue what is wanted of a batch."""
        if self.full:
            return
        self._queue.extend(event for event in batch if self.wants(event))
        if len(self._queue) > ROOM:
            self._queue.clear()
            self.full = True
        if self.full or self._queue:
            self._called.set()

    async def arrived(self, position: int) -> list[Event]:
        """Wait for what is in the queue after `position`; nothing if the queue has been forgotten."""
        while True:
            await self._called.wait()
            self._called.clear()
            batch = [event for event in self._queue if event.position > position]
            self._queue.clear()
            if batch or self.full:
                return batch

    def begin_again(self, since: int) -> None:
        """Queue anew from `since`: up to there the table is read."""
        self.full = False
        self._called.clear()
        self.since = since
