"""Who may hear of a meeting, asked by many listeners at the same moment and answered for all of them at once."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from democracy.storage.reads import audience
from democracy.storage.unit_of_work import Database


class Audience:
    """The listeners of one process. An event wakes them together, so that together they cost two statements."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock
        self._rounds: dict[UUID, _Round] = {}

    async def hears(self, meeting_id: UUID, session_id: UUID) -> bool:
        """Whether a session is still signed in as somebody who may see the meeting."""
        asked = self._rounds.get(meeting_id)
        if asked is None:
            asked = self._rounds[meeting_id] = _Round()
            asked.answer = asyncio.ensure_future(self._answer(meeting_id))
        asked.sessions.add(session_id)
        # One listener that leaves must not take the others' answer away.
        return session_id in await asyncio.shield(asked.answer)

    async def _answer(self, meeting_id: UUID) -> frozenset[UUID]:
        """Begins when everybody whom the same event woke has asked. Whoever asks later is answered anew."""
        sessions = sorted(self._rounds.pop(meeting_id).sessions)
        async with self._database.read() as connection:
            return await audience.listening(connection, meeting_id, sessions, self._clock(), self._database.zone)


@dataclass
class _Round:
    """Those who wait for one answer."""

    sessions: set[UUID] = field(default_factory=set)
    answer: "asyncio.Future[frozenset[UUID]]" = field(init=False)
