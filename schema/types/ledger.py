"""The ledger (liggaren) in the API: the proof of a step, and the tree that it is in."""

import strawberry

from democracy.ballotbox.merkle import consistency, inclusion
from democracy.errors import FieldError, InvalidInputError
from democracy.storage import ledger_tree
from democracy.storage.reads.step_proofs import StepProof
from schema.context import Info


@strawberry.type(
    description="That a step is in the signed ledger (RFC 6962). docs/guides/ledger.md tells how to check it."
)
class StepInclusion:
    """A path to a checkpoint."""

    size: int = strawberry.field(description="Leaves in the tree that the checkpoint signs.")
    path: list[str] = strawberry.field(
        description="Hashes in hex, from the leaf to the root. The leaf's index is `position - 1`."
    )
    checkpoint: str = strawberry.field(description="The signed note (C2SP checkpoint), with its witnesses' lines.")


@strawberry.type(description="Where in the ledger (liggaren) a step stands, and what proves it to you.")
class LedgerProof:
    """The proof of one step, made when it is asked for."""

    record: strawberry.Private[str]
    position: int = strawberry.field(description="Its place in the ledger, from 1, without gaps.")

    @strawberry.field(description="The leaf: canonical JSON with digests only. Its hash is SHA-256(00 ‖ leaf).")
    async def leaf(self, info: Info) -> str:
        """The bytes that are in the tree."""
        return (await self._proof(info)).leaf

    @strawberry.field(
        description="What the leaf says of the step to everybody who sees it: canonical JSON whose SHA-256 is `shown` "
        "in the leaf."
    )
    async def shown(self, info: Info) -> str:
        """Step, states, time, capacity, paragraph: compare it with the history."""
        return (await self._proof(info)).shown

    @strawberry.field(description="Null until the ledger has been signed as far as this, which takes some ten seconds.")
    async def inclusion(self, info: Info) -> StepInclusion | None:
        """Against the newest checkpoint."""
        found = await self._proof(info)
        if found.size is None or found.note is None:
            return None
        return StepInclusion(size=found.size, path=[each.hex() for each in found.path], checkpoint=found.note)

    async def _proof(self, info: Info) -> StepProof:
        return await info.context.loaders.ledger.proof.load((self.position, self.record))


@strawberry.type(description="How far the ledger has been signed: a C2SP checkpoint.")
class LedgerCheckpoint:
    """A signed note."""

    size: int = strawberry.field(description="Leaves.")
    note: str = strawberry.field(description="The signed note, with the witnesses' lines that have come in.")


@strawberry.type(
    description="The ledger (liggaren): every step of every case, in a Merkle tree (RFC 6962). It tells nothing of any "
    "case, so anybody may read it. The same as files: `/ledger/checkpoint`, `/ledger/key`, `/ledger/tile/…`."
)
class Ledger:
    """The tree."""

    position: int = strawberry.field(description="Steps that have their place: the leaves of the tree.")
    root: str = strawberry.field(
        description="The tree's root now, in hex. Note it down as `POSITION:ROOT`; `democracy verify ledger --expect` "
        "compares."
    )
    key: str | None = strawberry.field(
        description="The key that signs, as `name+id+key`. Get it elsewhere too before you trust it. "
        "Null until it signs."
    )

    @strawberry.field(description="The newest signed checkpoint; null until there is one.")
    async def checkpoint(self, info: Info) -> LedgerCheckpoint | None:
        """One statement."""
        async with info.context.app.database.read() as connection:
            found = await ledger_tree.latest_checkpoint(connection)
        return None if found is None else LedgerCheckpoint(size=found[0], note=found[1])

    @strawberry.field(
        description="The path that proves that the leaf of `position` is in the tree of `size`; hashes in hex."
    )
    async def inclusion_proof(self, info: Info, position: int, size: int) -> list[str]:
        """RFC 6962, 2.1.1."""
        _within("size", size, 1, self.position)
        _within("position", position, 1, size)
        async with info.context.app.database.read() as connection:
            return [each.hex() for each in await ledger_tree.proof(connection, inclusion(position - 1, size))]

    @strawberry.field(
        description="What proves that the tree of `old` leaves is the beginning of that of `size`; hashes in hex."
    )
    async def consistency_proof(self, info: Info, old: int, size: int) -> list[str]:
        """RFC 6962, 2.1.2."""
        _within("size", size, 1, self.position)
        _within("old", old, 0, size)
        async with info.context.app.database.read() as connection:
            return [each.hex() for each in await ledger_tree.proof(connection, consistency(old, size))]


def _within(name: str, value: int, least: int, most: int) -> None:
    if not least <= value <= most:
        raise InvalidInputError(FieldError(name, "out_of_range", {"least": least, "most": most}))
