"""Statements that are built once for each kind of actor: building one takes far longer than running it.

A predicate takes an actor and a time, and writes them into its statement as parameters. Given these stand-ins instead,
it writes parameters that are filled in at each execution.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Date, Uuid, bindparam

from democracy.domain.actors import Actor, Member, Staff
from democracy.storage.types import IdArray, UtcDateTime

_ACTOR = cast("UUID", bindparam("actor_id", type_=Uuid()))
AT = cast("datetime", bindparam("at", type_=UtcDateTime()))
DAY = cast("date", bindparam("day", type_=Date()))
IDS = bindparam("ids", type_=IdArray())
"""Instead of the time, its local day, and the ids that are asked for."""


_STAND_INS: dict[type[Any], Actor] = {Member: Member(_ACTOR), Staff: Staff(_ACTOR)}


def stand_in(actor: Actor) -> Actor:
    """Instead of every actor of the same kind: the kinds without an id stand for themselves."""
    return _STAND_INS.get(type(actor), actor)


def local_day(at: datetime, zone: ZoneInfo) -> date:
    """The organisation's day at a time."""
    return DAY if at is AT else at.astimezone(zone).date()


def filled_in(actor: Actor, at: datetime, zone: ZoneInfo, ids: Sequence[UUID] = ()) -> dict[str, Any]:
    """What the stand-ins stand for. A statement takes what it asks for of these."""
    return {"actor_id": getattr(actor, "id", None), "at": at, "day": local_day(at, zone), "ids": list(ids)}
