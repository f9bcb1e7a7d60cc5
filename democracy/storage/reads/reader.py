"""Who reads, and when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from democracy.domain.actors import Actor

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


def views(kind: type[V], rows: Iterable[Any]) -> list[V]:
    """A slim value for each row whose columns stand in the value's order."""
    return [kind(*row) for row in rows]
