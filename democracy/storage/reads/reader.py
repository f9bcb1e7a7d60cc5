"""Who reads, and when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from democracy.domain.actors import Actor
from democracy.storage.prepared import filled_in, stand_in

V = TypeVar("V")


@dataclass(frozen=True)
class Reader:
    """Reads for one actor at one time."""

    actor: Actor
    at: datetime
    zone: ZoneInfo

    @property
    def today(self) -> date:
        """The local day."""
        return self.at.astimezone(self.zone).date()

    @property
    def stand_in(self) -> Actor:
        """Instead of the actor, in a prepared statement."""
        return stand_in(self.actor)

    def values(self, ids: Sequence[UUID] = ()) -> dict[str, Any]:
        """What a prepared statement needs to know of the reader."""
        return filled_in(self.actor, self.at, self.zone, ids)


def views(kind: type[V], rows: Iterable[Any]) -> list[V]:
    """A slim value for each row whose columns stand in the value's order."""
    return [kind(*row) for row in rows]
