"""What every use case has in common: its unit of work, its key, its second try."""

import functools
import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Concatenate, ParamSpec, TypeVar
from uuid import UUID

from democracy.domain.actors import Actor
from democracy.storage import idempotency
from democracy.storage.unit_of_work import Database, Unit, retrying

P = ParamSpec("P")
S = TypeVar("S", bound="Service")


@dataclass(frozen=True)
class Service:
    """Use cases of one noun, as one request asks for them."""

    database: Database
    at: datetime
    """When the request had been read: what deadlines look at."""
    key: str | None = None
    """The request's idempotency key."""


def use_case(
    method: Callable[Concatenate[S, Unit, P], Awaitable[UUID]],
) -> Callable[Concatenate[S, P], Awaitable[UUID]]:
    """Run a method in one unit of work, again if the database breaks it off, once for one idempotency key.

    The method takes the unit after self, and `actor` by keyword; it returns the id of what it changed.
    """

    @functools.wraps(method)
    async def run(self: S, /, *args: P.args, **kwargs: P.kwargs) -> UUID:
        async def once() -> UUID:
            async with self.database.unit(self.at) as unit:
                return await _keyed(self, unit, method, *args, **kwargs)

        return await retrying(once)

    return run


async def _keyed(
    service: S,
    unit: Unit,
    method: Callable[Concatenate[S, Unit, P], Awaitable[UUID]],
    *args: P.args,
    **kwargs: P.kwargs,
) -> UUID:
    if service.key is None:
        return await method(service, unit, *args, **kwargs)
    actor = kwargs["actor"]
    assert isinstance(actor, Actor)  # noqa: S101 - every use case takes its actor by that name
    digest = hashlib.sha256(repr((args, sorted(kwargs.items()))).encode()).hexdigest()
    earlier = await idempotency.claim(unit.session, actor, method.__name__, service.key, digest, unit.now)
    if earlier is not None:
        return earlier
    result = await method(service, unit, *args, **kwargs)
    await idempotency.complete(unit.session, actor, method.__name__, service.key, result)
    return result
