"""One round of casting, under the lock that casts share: who they are, whether they may, and what is written.

Whatever decides is read here, for all of them in one statement each: an envelope marked off, a slot shut or a close
that came first is seen, and one that comes later waits for this round and sees its ballots.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

from democracy.ballotbox.roll import tag
from democracy.domain.actors import Actor, Member
from democracy.errors import FieldError, InvalidInputError
from democracy.services.urns.casting_refusal import AlreadyCastError, Place, Unmet, may_cast
from democracy.storage import casts
from democracy.storage.casts import Cast, InUnit, UrnGate


@dataclass(frozen=True, slots=True)
class Sent:
    """A sealed ballot as it came, and from whom."""

    actor: Actor
    m: bytes
    box: bytes
    digest: bytes


@dataclass(frozen=True, slots=True)
class Taken:
    """In the urn: which of the slot's ballots it is."""

    slot: int
    seq: int


Outcome: TypeAlias = Taken | Unmet | Exception


@dataclass
class CastRound:
    """One batch under the lock, decided at one moment."""

    connection: InUnit
    urn_id: UUID
    gate: UrnGate
    roll: bytes
    """The key of the roll's tags."""
    at: datetime
    _rule: dict[tuple[bool, bool, bool], bool] = field(init=False, default_factory=dict)

    async def run(self, sent: Sequence[Sent]) -> list[Outcome]:
        """What became of each: decide, write, and look again at what another process had written first."""
        places = await self._places(sent)
        decided: dict[int, Outcome] = {at: self._unmet(None) for at in range(len(sent)) if at not in places}
        while left := [at for at in range(len(sent)) if at not in decided]:
            standing = await casts.standing(self.connection, self.urn_id, sorted({places[at].slot for at in left}))
            chosen: dict[int, int] = {}
            for at in left:
                slot = places[at].slot
                outcome = self._decide(sent[at], places[at], standing.get(slot))
                if outcome is None:
                    chosen.setdefault(slot, at)
                else:
                    decided[at] = outcome
            if chosen:
                decided |= await self._write({slot: sent[at] for slot, at in chosen.items()}, chosen, standing)
        return [decided[at] for at in range(len(sent))]

    async def _places(self, sent: Sequence[Sent]) -> dict[int, Place]:
        """Where those who have a slot vote, by their place in the batch. Tags and members are asked for each in an
        order of their own, so that no statement says which tag is whose."""
        members = {at: each.actor.id for at, each in enumerate(sent) if isinstance(each.actor, Member)}
        tags = {member: tag(self.roll, member.hex) for member in set(members.values())}
        slots = await casts.slots_of(self.connection, self.urn_id, sorted(tags.values()))
        rights = None
        if self.gate.ballot_id is not None:
            rights = await casts.rights_of(self.connection, self.gate.ballot_id, sorted(tags))
        found: dict[int, Place] = {}
        for at, member in members.items():
            if (place := slots.get(tags[member])) is not None:
                elector, by_post = (True, False) if rights is None else rights.get(member, (False, False))
                found[at] = Place(place[0], elector=elector, by_post=by_post, struck=place[1])
        return found

    def _decide(self, each: Sent, place: Place, standing: tuple[int, bytes] | None) -> Outcome | None:
        """The outcome, or None for a ballot that is to be written."""
        if standing is not None and standing[1] == each.digest:
            return Taken(place.slot, standing[0])
        if not self._may(place):
            return self._unmet(place)
        if each.m != self.gate.m:
            return InvalidInputError(FieldError("manifest", "another_manifest"))
        if len(each.box) != self.gate.box_bytes:
            return InvalidInputError(FieldError("sealed", "wrong_length", {"bytes": self.gate.box_bytes}))
        return AlreadyCastError() if standing is not None and not self.gate.revote else None

    def _may(self, place: Place) -> bool:
        """The rule's answer, asked once for all those of whom it knows the same."""
        known = (place.elector, place.by_post, place.struck)
        if known not in self._rule:
            self._rule[known] = may_cast(self.gate, place, self.at)
        return self._rule[known]

    def _unmet(self, place: Place | None) -> Unmet:
        return Unmet(self.gate, self.at, place)

    async def _write(
        self, new: Mapping[int, Sent], chosen: Mapping[int, int], standing: Mapping[int, tuple[int, bytes]]
    ) -> dict[int, Outcome]:
        """Write one ballot a slot; what is not among those decided was outrun by another process."""
        rows = {
            slot: (standing.get(slot, (0, b""))[0] + 1, Cast(slot, each.box, each.digest)) for slot, each in new.items()
        }
        written = await casts.write(self.connection, self.urn_id, rows)
        decided: dict[int, Outcome] = {chosen[slot]: Taken(slot, rows[slot][0]) for slot in written}
        left = [cast for slot, (_, cast) in rows.items() if slot not in written]
        copied = await casts.digests_of_others(self.connection, self.urn_id, left) if left else frozenset()
        copies = [each.slot for each in left if each.digest in copied]
        return decided | {chosen[slot]: InvalidInputError(FieldError("sealed", "copied")) for slot in copies}
