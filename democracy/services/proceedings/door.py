"""Checking in with the code that a delegate was sent: at a screen by the door, or on a telephone of one's own."""

import math
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from democracy.domain.actors import Actor, Member, actor_key
from democracy.domain.secrets import same_check_in_code
from democracy.domain.throttling import CHECK_IN, CHECK_IN_MEETING, Throttle
from democracy.errors import FieldError, InvalidInputError
from democracy.services.proceedings.presence import Door, Presences
from democracy.services.use_case import Service
from democracy.storage import delegates, throttles
from democracy.storage.unit_of_work import retrying


@dataclass(frozen=True, kw_only=True)
class CodeDoor(Service):
    """Use cases with a code. Whoever shows it needs no account: the code says who they are."""

    address: str | None = None
    """The network address to count wrong codes by, where the installation does so."""

    async def check_in(self, meeting_id: UUID, code: str, *, remote: bool = False, actor: Actor) -> tuple[UUID, Member]:
        """Check in whoever was sent the code; the presence, and who it is.

        Raises InvalidInputError: `wrong_check_in_code`, also for a meeting that does not exist, or `too_many_codes`.
        """
        counted = self._counted(meeting_id, actor)
        await self._count(counted)
        async with self.database.read() as connection:
            known = await delegates.codes(connection, meeting_id)
        # Every code is compared, so that the time taken tells nothing of which one came near.
        found = [member_id for member_id, kept in known if same_check_in_code(code, kept)]
        if not found:
            raise InvalidInputError(FieldError("code", "wrong_check_in_code"))
        await self._give_back(counted)
        who = Member(found[0])
        arrivals = Presences(self.database, self.at, self.key)
        return await arrivals.check_in(meeting_id, Door(), remote=remote, actor=who), who

    def _counted(self, meeting_id: UUID, actor: Actor) -> list[tuple[Throttle, str]]:
        kind, key = actor_key(actor)
        asks = self.address or f"{kind} {key.hex if key else ''}"
        return [(CHECK_IN, f"{meeting_id.hex} {asks}"), (CHECK_IN_MEETING, meeting_id.hex)]

    async def _count(self, counted: list[tuple[Throttle, str]]) -> None:
        async def once() -> datetime | None:
            async with self.database.unit(self.at) as unit:
                return await throttles.take(unit.session, counted, self.at)

        retry_at = await retrying(once)
        if retry_at is not None:
            seconds = math.ceil((retry_at - self.at).total_seconds())
            raise InvalidInputError(FieldError("code", "too_many_codes", {"seconds": seconds}))

    async def _give_back(self, counted: list[tuple[Throttle, str]]) -> None:
        """A right code counts for nothing: a busy door makes nobody wait."""
        async with self.database.unit(self.at) as unit:
            for throttle, subject in counted:
                await throttles.give_back(unit.session, throttle, subject)
