"""Whose session a request comes with: those that arrive at the same time are looked up in one statement."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TypeAlias

from democracy.services.together import Together
from democracy.storage import sessions
from democracy.storage.sessions import FoundSession
from democracy.storage.unit_of_work import Database

MOST = 256
"""Sessions in one statement."""
_Asked: TypeAlias = tuple[bytes, date]


class Sessions:
    """One for each process. Nothing is remembered: a session that was ended a moment ago signs nobody in."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lookup = Together[_Asked, FoundSession | None](self._find, MOST)

    async def find(self, token_digest: bytes, at: datetime, today: date) -> FoundSession | None:
        """The session of a token, unless it has expired, was ended, or its person may no longer sign in."""
        found = await self._lookup.ask((token_digest, today))
        return found if found is not None and found.expires_at > at else None

    async def _find(self, asked: Sequence[_Asked]) -> list[FoundSession | None]:
        found: dict[_Asked, FoundSession] = {}
        async with self._database.read() as connection:
            for day in {day for _, day in asked}:
                digests = sorted({digest for digest, on in asked if on == day})
                those = await sessions.find_sessions(connection, digests, day)
                found |= {(digest, day): each for digest, each in those.items()}
        return [found.get(each) for each in asked]
