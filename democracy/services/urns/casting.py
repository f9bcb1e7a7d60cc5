"""Casting: one desk for each process, where the ballots that come at the same time go into the urn together.

Beside a sealed ballot nothing is written: no step, no event, no message, no idempotency key. The same bytes again get
the same receipt.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from democracy.ballotbox.keys import sha256
from democracy.ballotbox.receipt import make_receipt
from democracy.ballotbox.roll import tag
from democracy.domain.actors import Actor, Member
from democracy.errors import FieldError, InvalidInputError, NotFoundError
from democracy.services.urns.seeds import API, Seeds
from democracy.storage import casts, urns
from democracy.storage.ballot_case import BallotCase, ballot_cases
from democracy.storage.casts import Cast, UrnGate
from democracy.storage.statutes import Connected
from democracy.storage.unit_of_work import Database, Unit, retrying
from workflows.engine import Role, StepDenied
from workflows.member_ballot import MEMBER_BALLOT, MemberBallotFacts, MemberBallotState
from workflows.urn import UrnState

MOST = 256
"""Ballots in one commit."""
BY_POST, STRUCK = "by post", "struck"
"""Why a slot votes no more: its envelope came first, or it was voided in the log."""


class AlreadyCastError(Exception):
    """The slot has voted with another ballot, and this urn does not let a vote be changed."""


@dataclass(frozen=True)
class CastAnswer:
    """The receipt of a ballot that is durably in the urn: canonical JSON, signed by the server."""

    receipt: bytes


@dataclass
class _Waiting:
    slot: int
    shut: str | None
    """Why the slot votes no more, if it does not."""
    box: bytes
    m: bytes
    answer: "asyncio.Future[int]"
    digest: bytes = field(init=False)

    def __post_init__(self) -> None:
        self.digest = sha256(self.box)


class CastDesk:
    """Takes ballots. Those that wait while one commit is under way go into the next together."""

    def __init__(self, database: Database, seeds: Seeds, now: Callable[[], datetime]) -> None:
        self._database, self._seeds, self._now = database, seeds, now
        self._waiting: dict[UUID, list[_Waiting]] = defaultdict(list)
        self._working: dict[UUID, asyncio.Task[None]] = {}

    async def cast(self, urn_id: UUID, m: bytes, box: bytes, *, actor: Actor) -> CastAnswer:
        """Put a sealed ballot into the urn. Raises StepDenied, AlreadyCastError, InvalidInputError, NotFoundError."""
        slot, shut = await self._slot(urn_id, actor)
        waiting = _Waiting(slot, shut, box, m, asyncio.get_running_loop().create_future())
        self._waiting[urn_id].append(waiting)
        if urn_id not in self._working:
            task = self._working[urn_id] = asyncio.create_task(self._work(urn_id))
            task.add_done_callback(lambda _: self._working.pop(urn_id, None))
        seq = await waiting.answer
        api = self._seeds.read(urn_id, API)
        return CastAnswer(make_receipt(api.sign, m, slot, seq, box))

    async def _slot(self, urn_id: UUID, actor: Actor) -> tuple[int, str | None]:
        """The voter's slot, and why it votes no more, if it does not.

        Whoever may not see the ballot is told that there is no urn.
        """
        if not self._seeds.has(urn_id, API):
            raise NotFoundError("urn", urn_id)
        at, api = self._now(), self._seeds.read(urn_id, API)
        async with self._database.read() as connection:
            gate = await casts.gate(connection, urn_id)
            if gate is None:
                raise NotFoundError("urn", urn_id)
            mark = tag(api.roll, actor.id.hex) if isinstance(actor, Member) else b""
            slot, void = await casts.slot_of(connection, urn_id, mark)
            case = await self._case(connection, gate, actor, at)
        if slot is not None and gate.ballot_id is None:
            return slot, STRUCK if void else None
        if case is None:
            raise NotFoundError("urn", urn_id)
        if slot is None:
            raise _refusal(gate, at, facts_of(gate, is_elector=False), case.roles)
        # An envelope shuts the slot when it is marked off; the log says so when two officers have signed it.
        return slot, BY_POST if case.facts.slot_void else STRUCK if void else None

    async def _case(self, connection: Connected, gate: UrnGate, actor: Actor, at: datetime) -> BallotCase | None:
        """The ballot as the actor may see it, if they may; a meeting's urn has none."""
        if gate.ballot_id is None:
            return None
        zone = self._database.zone
        found = await ballot_cases(connection, [gate.ballot_id], actor=actor, at=at, zone=zone)
        return found.get(gate.ballot_id)

    async def _work(self, urn_id: UUID) -> None:
        """One commit after another until nobody waits."""
        while batch := self._waiting.pop(urn_id, []):
            self._waiting[urn_id] = batch[MOST:]
            await self._commit(urn_id, batch[:MOST])

    async def _commit(self, urn_id: UUID, batch: list[_Waiting]) -> None:
        found: dict[int, int | Exception]
        try:
            found = await retrying(lambda: self._write(urn_id, batch))
        except Exception as fault:  # noqa: BLE001 - whoever waits is told, whatever it was
            found = dict.fromkeys(range(len(batch)), fault)
        for at, each in enumerate(batch):
            if each.answer.done():
                continue
            outcome = found[at]
            if isinstance(outcome, Exception):
                each.answer.set_exception(outcome)
            else:
                each.answer.set_result(outcome)

    async def _write(self, urn_id: UUID, batch: list[_Waiting]) -> dict[int, int | Exception]:
        """Every ballot's sequence number, or why it was not taken, by its place in the batch; all in one commit."""
        async with self._database.unit(self._now()) as unit:
            await urns.share(unit.session, urn_id)
            gate = await casts.gate(unit.session, urn_id)
            if gate is None:
                raise NotFoundError("urn", urn_id)
            # Decided after the lock: whoever waited for the close is told that it has closed.
            return await _Round(unit, urn_id, gate, self._now()).run(batch)


@dataclass
class _Round:
    """One batch under the lock."""

    unit: Unit
    urn_id: UUID
    gate: UrnGate
    at: datetime

    async def run(self, batch: list[_Waiting]) -> dict[int, int | Exception]:
        """Decide, write, and look again at what another process had written first."""
        decided: dict[int, int | Exception] = {}
        left = dict(enumerate(batch))
        while left:
            standing = await casts.standing(self.unit.session, self.urn_id, sorted({w.slot for w in left.values()}))
            chosen: dict[int, int] = {}
            for at, each in left.items():
                outcome = self._decide(each, standing.get(each.slot))
                if outcome is None:
                    chosen.setdefault(each.slot, at)
                else:
                    decided[at] = outcome
            await self._write(batch, chosen, standing, decided)
            left = {at: each for at, each in left.items() if at not in decided}
        return decided

    def _decide(self, each: _Waiting, standing: tuple[int, bytes] | None) -> int | Exception | None:
        """The outcome, or None for a ballot that is to be written."""
        if standing is not None and standing[1] == each.digest:
            return standing[0]
        if each.shut is not None or not self.gate.takes(self.at):
            return _refusal(self.gate, self.at, facts_of(self.gate, shut=each.shut))
        if each.m != self.gate.m:
            return InvalidInputError(FieldError("manifest", "another_manifest"))
        if len(each.box) != self.gate.box_bytes:
            return InvalidInputError(FieldError("sealed", "wrong_length", {"bytes": self.gate.box_bytes}))
        return AlreadyCastError() if standing is not None and not self.gate.revote else None

    async def _write(
        self,
        batch: list[_Waiting],
        chosen: dict[int, int],
        standing: dict[int, tuple[int, bytes]],
        decided: dict[int, int | Exception],
    ) -> None:
        new = {
            slot: (standing.get(slot, (0, b""))[0] + 1, Cast(slot, batch[at].box, batch[at].digest))
            for slot, at in chosen.items()
        }
        if not new:
            return
        written = await casts.write(self.unit.session, self.urn_id, new)
        copied = await casts.digests_of_others(self.unit.session, self.urn_id, [c for _, c in new.values()])
        for slot, at in chosen.items():
            if slot in written:
                decided[at] = new[slot][0]
            elif batch[at].digest in copied:
                decided[at] = InvalidInputError(FieldError("sealed", "copied"))


def facts_of(gate: UrnGate, *, is_elector: bool = True, shut: str | None = None) -> MemberBallotFacts:
    """What the rule of casting asks."""
    return MemberBallotFacts(
        opens_at=gate.opens_at, closes_at=gate.closes_at, is_elector=is_elector,
        slot_void=shut == BY_POST, slot_struck=shut == STRUCK,
    )  # fmt: skip


def _refusal(
    gate: UrnGate, at: datetime, facts: MemberBallotFacts, roles: frozenset[Role] = frozenset({Role.MEMBER})
) -> Exception:
    """Why not, by the rule of casting; where the rule would let it in, it is the urn itself that is not ready."""
    try:
        MEMBER_BALLOT.step("cast", _ballot_state(gate), facts, roles=roles, now=at)
    except StepDenied as denied:
        return denied.under(gate.statutes)
    return InvalidInputError(FieldError("urn", "not_ready"))


def _ballot_state(gate: UrnGate) -> MemberBallotState:
    """Where the ballot stands; a meeting's urn has none, and is open while it takes ballots."""
    if gate.ballot_state is not None:
        return gate.ballot_state
    return MemberBallotState.OPEN if gate.state is UrnState.READY else MemberBallotState.CLOSED
