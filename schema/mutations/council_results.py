"""What the mutations of a matter before a council answer with."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

import strawberry

from democracy.domain.kinds import Channel
from democracy.errors import NotFoundError
from democracy.services.council.asking import Said
from democracy.services.proceedings.persons import Person
from democracy.storage.reads import council_parts
from schema.context import Info
from schema.ids import key_of
from schema.mutations.proceedings.results import OfPerson, person
from schema.mutations.results import aware
from schema.types.council_decision import CouncilDecision
from schema.types.council_parts import CouncilPaper, OpenedCouncilPaper


class OfDecision(Protocol):
    """An input that names a matter."""

    decision_id: strawberry.ID


class OfSaying(Protocol):
    """An input that says whose act it is, and how it came."""

    member_id: strawberry.ID | None
    member_number: str | None
    channel: Channel
    received_at: datetime | None


def decision_key(given: OfDecision) -> UUID:
    """The matter that an input names."""
    return key_of(given.decision_id, "CouncilDecision", path="decisionId")


def maybe_person(given: OfPerson) -> Person | None:
    """The person that an input names; None for oneself."""
    return None if given.member_id is None and given.member_number is None else person(given)


def said(given: OfSaying) -> Said:
    """Whose act it is, and how it came."""
    return Said(maybe_person(given), given.channel, given_time(given.received_at))


def given_time(at: datetime | None, path: str = "receivedAt") -> datetime | None:
    """A time with its zone, where there is one."""
    return None if at is None else aware(at, path)


async def read_decision(info: Info, key: UUID) -> CouncilDecision:
    """The matter as it is now."""
    info.context.fresh()
    view = await info.context.loaders.council.decision.load(key)
    if view is None:
        raise NotFoundError("council_decision", key)
    return CouncilDecision.of(view)


async def read_paper(info: Info, key: UUID) -> OpenedCouncilPaper:
    """A paper that has been opened."""
    async with info.context.app.database.read() as connection:
        view = await council_parts.paper(connection, key)
    return OpenedCouncilPaper(paper=CouncilPaper.of(view), text=view.text)
