"""A sealed urn (förseglad urna) in the API."""

from datetime import datetime
from uuid import UUID

import strawberry

from democracy.ballotbox.merkle import consistency, inclusion
from democracy.domain.actors import Member
from democracy.errors import FieldError, InvalidInputError
from democracy.storage import casts, urn_log
from democracy.storage.reads.urns import UrnView
from democracy.texts.words import phrase
from schema.context import Info
from schema.ids import global_id, maybe_global_id
from schema.reading import reading_of
from schema.types import promises
from schema.types.case import HistoryStep
from schema.types.node import Node
from workflows.ballot_kinds import SecrecyLevel
from workflows.urn import UrnState

MOST_LEAVES = 1_000
DOCUMENTATION = "/docs/urn"


@strawberry.type(description="Your own place in the roll, and the path that proves it against the manifest's root.")
class RollPlace:
    """MyRoll."""

    member: str = strawberry.field(description="Who the leaf says you are.")
    slot: int = strawberry.field(description="Your slot: what your ballot is sealed to.")
    salt: str = strawberry.field(description="In hex; hides your leaf from its neighbours.")
    path: list[str] = strawberry.field(description="Hashes in hex, from the leaf to the root (RFC 6962).")


@strawberry.type(description="How far the log has come, signed: a C2SP checkpoint.")
class UrnCheckpoint:
    """A signed note."""

    size: int = strawberry.field(description="Leaves.")
    note: str = strawberry.field(description="The signed note, with the witnesses' lines that have come in.")


@strawberry.type(
    description="A sealed urn: sealed ballots in a log that anyone can verify. Everything in it is public but how "
    "somebody voted. See docs/guides/sealing.md for how a client seals and what it checks."
)
class Urn(Node):
    """An urn."""

    view: strawberry.Private[UrnView]
    state: UrnState = strawberry.field(description="Where it stands.")
    rehearsal: bool = strawberry.field(description="A rehearsal with the same keys: nothing carries over.")
    origin: str = strawberry.field(description="The name of its log.")
    revote: bool = strawberry.field(description="Whether a vote may be changed until it closes; the last counts.")
    opens_at: datetime = strawberry.field(description="When it opens.")
    closes_at: datetime = strawberry.field(description="When it closes, extensions included.")
    log_size: int = strawberry.field(description="Leaves in its log.")
    ballot_id: strawberry.ID | None = strawberry.field(
        description="The member ballot that it is the urn of; null for a secret vote in a meeting."
    )
    meeting_id: strawberry.ID | None = strawberry.field(
        description="The meeting whose secret vote is cast into it; null for a member ballot's urn."
    )

    @strawberry.field(description="The manifest: canonical JSON, leaf 0 of the log. Null until it has been signed.")
    def manifest(self) -> str | None:
        """As it was signed."""
        return None if self.view.manifest is None else self.view.manifest.decode()

    @strawberry.field(description="M, the digest of the manifest, in hex: give it as `manifest` when casting.")
    def digest(self) -> str | None:
        """Leaf hash 0."""
        return None if self.view.m is None else self.view.m.hex()

    @strawberry.field(description=promises.DESCRIPTION)
    async def promise(self, info: Info) -> str:
        """From the ballot's level; a meeting's urn is the installation's own."""
        ballot_id = self.view.ballot_id
        ballot = await info.context.loaders.ballots.ballot.load(ballot_id) if ballot_id is not None else None
        level = SecrecyLevel.CLOSED if ballot is None else ballot.level
        return phrase(promises.of_level(level), info.context.language)

    @strawberry.field(description="The largest signed checkpoint; null until there is one.")
    async def checkpoint(self, info: Info) -> UrnCheckpoint | None:
        """One statement."""
        async with info.context.app.database.read() as connection:
            found = await urn_log.latest_checkpoint(connection, self.key)
        return None if found is None else UrnCheckpoint(size=found[0], note=found[1])

    @strawberry.field(description="Your own place in the roll; null for whoever does not stand in it.")
    async def my_roll(self, info: Info) -> RollPlace | None:
        """Of whoever is signed in, and of nobody else."""
        actor = info.context.actor
        mine = await info.context.app.rolls.mine(self.key, actor.id) if isinstance(actor, Member) else None
        if mine is None:
            return None
        return RollPlace(member=mine.member, slot=mine.slot, salt=mine.salt, path=[each.hex() for each in mine.path])

    @strawberry.field(
        description="Leaves of the log from place `first` on, canonical JSON each; at most 1,000 at a time.",
        metadata={"list_size": 100},
    )
    async def leaves(self, info: Info, first: int = 0, most: int = 100) -> list[str]:
        """In the log's order."""
        if not 0 < most <= MOST_LEAVES or first < 0:
            raise InvalidInputError(FieldError("most", "out_of_range", {"least": 1, "most": MOST_LEAVES}))
        async with info.context.app.database.read() as connection:
            return [each.decode() for each in await urn_log.leaves(connection, self.key, first, most)]

    @strawberry.field(description="The path that proves that leaf `at` is in the tree of `size` leaves; hashes in hex.")
    async def inclusion_proof(self, info: Info, at: int, size: int) -> list[str]:
        """RFC 6962, 2.1.1."""
        self._check(size)
        if not 0 <= at < size:
            raise InvalidInputError(FieldError("at", "out_of_range", {"least": 0, "most": size - 1}))
        async with info.context.app.database.read() as connection:
            return [each.hex() for each in await urn_log.proof(connection, self.key, inclusion(at, size))]

    @strawberry.field(
        description="What proves that the tree of `old` leaves is the beginning of that of `size`; hashes in hex."
    )
    async def consistency_proof(self, info: Info, old: int, size: int) -> list[str]:
        """RFC 6962, 2.1.2."""
        self._check(size)
        if not 0 <= old <= size:
            raise InvalidInputError(FieldError("old", "out_of_range", {"least": 0, "most": size}))
        async with info.context.app.database.read() as connection:
            return [each.hex() for each in await urn_log.proof(connection, self.key, consistency(old, size))]

    @strawberry.field(description="How many have voted so far. All that anybody learns before it has closed.")
    async def turnout(self, info: Info) -> int:
        """Slots with a ballot."""
        async with info.context.app.database.read() as connection:
            return await casts.turnout(connection, self.key)

    @strawberry.field(description="Every step of the urn's keeping, the oldest first. No vote is one of them.")
    async def history(self, info: Info) -> list[HistoryStep]:
        """From the ledger."""
        reading = await reading_of(info.context, self.view.statutes_digest)
        return [reading.step(view) for view in await info.context.loaders.history.load(self.key)]

    @strawberry.field(description="The page that describes the life of an urn.")
    def documentation(self) -> str:
        """Path on this server."""
        return DOCUMENTATION

    @property
    def key(self) -> UUID:
        """The urn's own id."""
        return self.view.id

    def _check(self, size: int) -> None:
        if not 0 < size <= self.view.log_size:
            raise InvalidInputError(FieldError("size", "out_of_range", {"least": 1, "most": self.view.log_size}))

    @classmethod
    def of(cls, view: UrnView) -> "Urn":
        """From what was read."""
        return cls(
            id=global_id("Urn", view.id),
            view=view,
            state=view.state,
            rehearsal=view.rehearsal,
            origin=view.origin,
            revote=view.revote,
            opens_at=view.opens_at,
            closes_at=view.closes_at,
            log_size=view.log_size,
            ballot_id=maybe_global_id("MemberBallot", view.ballot_id),
            meeting_id=maybe_global_id("Meeting", view.meeting_id),
        )
