"""What the mutations of a board's cases answer with, and what their inputs name."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol, TypeVar
from uuid import UUID

import strawberry

from democracy.errors import NotFoundError
from democracy.services.use_case import Service
from schema.context import Info
from schema.ids import key_of
from schema.types.appeal import Appeal, Ruling
from schema.types.branch_application import BranchApplication
from workflows.statutes.deadlines import end_of_day

S = TypeVar("S", bound=Service)


class OfApplication(Protocol):
    """An input that names an application."""

    application_id: strawberry.ID


class OfRuling(Protocol):
    """An input that names a decision that can be appealed."""

    ruling_id: strawberry.ID


class OfAppeal(Protocol):
    """An input that names an appeal."""

    appeal_id: strawberry.ID


def serve(info: Info, kind: type[S], key: str | None) -> S:
    """The service that a mutation calls."""
    return kind(info.context.app.database, info.context.at, key)


def application_key(given: OfApplication) -> UUID:
    """The application that an input names."""
    return key_of(given.application_id, "BranchApplication", path="applicationId")


def ruling_key(given: OfRuling) -> UUID:
    """The decision that an input names."""
    return key_of(given.ruling_id, "Ruling", path="rulingId")


def appeal_key(given: OfAppeal) -> UUID:
    """The appeal that an input names."""
    return key_of(given.appeal_id, "Appeal", path="appealId")


def members(given: Sequence[strawberry.ID] | None, path: str) -> tuple[UUID, ...] | None:
    """The members that an input lists; None where it is left out."""
    if given is None:
        return None
    return tuple(key_of(each, "Member", path=f"{path}.{at}") for at, each in enumerate(given))


def end_of(info: Info, day: date | None) -> datetime | None:
    """The first moment after a day where the organisation is."""
    return None if day is None else end_of_day(day, info.context.app.zone)


async def read_application(info: Info, key: UUID) -> BranchApplication:
    """The application as it is now."""
    info.context.fresh()
    view = await info.context.loaders.cases.application.load(key)
    if view is None:
        raise NotFoundError("branch_application", key)
    return BranchApplication.of(view)


async def read_ruling(info: Info, key: UUID) -> Ruling:
    """The decision as it is now."""
    info.context.fresh()
    view = await info.context.loaders.cases.ruling.load(key)
    if view is None:
        raise NotFoundError("ruling", key)
    return Ruling.of(view)


async def read_appeal(info: Info, key: UUID) -> Appeal:
    """The appeal as it is now."""
    info.context.fresh()
    view = await info.context.loaders.cases.appeal.load(key)
    if view is None:
        raise NotFoundError("appeal", key)
    return Appeal.of(view)
