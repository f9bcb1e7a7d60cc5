"""What the mutations of a ballot answer with."""

from typing import Protocol
from uuid import UUID

import strawberry

from democracy.errors import NotFoundError
from democracy.storage.reads import ballot_parts
from schema.context import Info
from schema.ids import key_of
from schema.types.ballot_parts import ElectorateCorrection
from schema.types.member_ballot import MemberBallot


class OfBallot(Protocol):
    """An input that names a ballot."""

    ballot_id: strawberry.ID


def ballot_key(given: OfBallot) -> UUID:
    """The ballot that an input names."""
    return key_of(given.ballot_id, "MemberBallot", path="ballotId")


async def read_ballot(info: Info, key: UUID) -> MemberBallot:
    """The ballot as it is now."""
    info.context.fresh()
    view = await info.context.loaders.ballots.ballot.load(key)
    if view is None:
        raise NotFoundError("member_ballot", key)
    return MemberBallot.of(view)


async def read_correction(info: Info, key: UUID) -> ElectorateCorrection:
    """A correction as it is now."""
    info.context.fresh()
    async with info.context.app.database.read() as connection:
        return ElectorateCorrection.of(await ballot_parts.correction(connection, key))
