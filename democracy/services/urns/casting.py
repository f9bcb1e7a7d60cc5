"""Casting: one desk for each process, where the ballots that come at the same time go into the urn together.

Beside a sealed ballot nothing is written: no step, no event, no message, no idempotency key. The same bytes again get
the same receipt.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from democracy.ballotbox.keys import sha256
from democracy.ballotbox.receipt import make_receipt
from democracy.domain.actors import Actor
from democracy.errors import NotFoundError
from democracy.services.together import Together
from democracy.services.urns.casting_refusal import Unmet, refusal
from democracy.services.urns.casting_round import CastRound, Outcome, Sent, Taken
from democracy.services.urns.seeds import API, Seeds
from democracy.storage import casts, urns
from democracy.storage.unit_of_work import Database, retrying

MOST = 256
"""Ballots in one commit."""


@dataclass(frozen=True)
class CastAnswer:
    """The receipt of a ballot that is durably in the urn: canonical JSON, signed by the server."""

    receipt: bytes


class CastDesk:
    """Takes ballots. Those that wait while one commit is under way go into the next together."""

    def __init__(self, database: Database, seeds: Seeds, now: Callable[[], datetime]) -> None:
        self._database, self._seeds, self._now = database, seeds, now
        self._urns: dict[UUID, Together[Sent, CastAnswer | Unmet]] = {}

    async def cast(self, urn_id: UUID, m: bytes, box: bytes, *, actor: Actor) -> CastAnswer:
        """Put a sealed ballot into the urn. Raises StepDenied, AlreadyCastError, InvalidInputError, NotFoundError."""
        answer = await self._urn(urn_id).ask(Sent(actor, m, box, sha256(box)))
        if isinstance(answer, Unmet):
            raise await refusal(self._database, urn_id, answer, actor)
        return answer

    def _urn(self, urn_id: UUID) -> Together[Sent, CastAnswer | Unmet]:
        if urn_id not in self._urns:
            if not self._seeds.has(urn_id, API):
                raise NotFoundError("urn", urn_id)
            self._urns[urn_id] = Together(partial(self._commit, urn_id), MOST)
        return self._urns[urn_id]

    async def _commit(self, urn_id: UUID, sent: Sequence[Sent]) -> list[CastAnswer | Unmet | Exception]:
        """Take a round of ballots in one transaction; its answers are made once that stands on the disk."""
        try:
            seed = self._seeds.read(urn_id, API)
        except FileNotFoundError:
            raise NotFoundError("urn", urn_id) from None
        outcomes, key = await retrying(lambda: self._write(urn_id, sent, seed.roll)), seed.sign

        def answer(each: Sent, outcome: Outcome) -> CastAnswer | Unmet | Exception:
            if isinstance(outcome, Taken):
                return CastAnswer(make_receipt(key, each.m, outcome.slot, outcome.seq, each.box))
            return outcome

        return [answer(each, outcome) for each, outcome in zip(sent, outcomes, strict=True)]

    async def _write(self, urn_id: UUID, sent: Sequence[Sent], roll: bytes) -> list[Outcome]:
        async with self._database.unit(self._now()) as unit:
            connection = await unit.session.connection()
            await urns.share(connection, urn_id)
            gate = await casts.gate(connection, urn_id)
            if gate is None:
                raise NotFoundError("urn", urn_id)
            # Decided after the lock: whoever waited for the close is told that it has closed.
            return await CastRound(connection, urn_id, gate, roll, self._now()).run(sent)
