"""What the mutations of an election answer with."""

from collections.abc import Sequence
from typing import Protocol, TypeVar
from uuid import UUID

import strawberry

from democracy.errors import NotFoundError
from democracy.services.use_case import Service
from democracy.storage.reads import election_parts
from schema.context import Info
from schema.ids import key_of
from schema.types.election import Election
from schema.types.election_parts import Candidacy, CandidatePledge

S = TypeVar("S", bound=Service)


class OfElection(Protocol):
    """An input that names an election."""

    election_id: strawberry.ID


class OfCandidacy(Protocol):
    """An input that names a candidacy."""

    candidacy_id: strawberry.ID


def serve(info: Info, kind: type[S], key: str | None) -> S:
    """The service that a mutation calls."""
    return kind(info.context.app.database, info.context.at, key)


def election_key(given: OfElection) -> UUID:
    """The election that an input names."""
    return key_of(given.election_id, "Election", path="electionId")


def candidacy_key(given: OfCandidacy) -> UUID:
    """The candidacy that an input names."""
    return key_of(given.candidacy_id, "Candidacy", path="candidacyId")


def candidacies(given: Sequence[strawberry.ID], path: str) -> list[UUID]:
    """The candidacies that an input lists."""
    return [key_of(each, "Candidacy", path=f"{path}.{at}") for at, each in enumerate(given)]


async def read_election(info: Info, key: UUID) -> Election:
    """The election as it is now."""
    info.context.fresh()
    view = await info.context.loaders.elections.election.load(key)
    if view is None:
        raise NotFoundError("election", key)
    return Election.of(view)


async def read_candidacy(info: Info, key: UUID) -> Candidacy:
    """The candidacy as it is now."""
    info.context.fresh()
    view = await info.context.loaders.elections.candidacy.load(key)
    if view is None:
        raise NotFoundError("candidacy", key)
    return Candidacy.of(view)


async def read_pledge(info: Info, key: UUID) -> CandidatePledge:
    """The pledge as it is now."""
    info.context.fresh()
    async with info.context.app.database.read() as connection:
        return CandidatePledge.of(await election_parts.pledge(connection, key))
