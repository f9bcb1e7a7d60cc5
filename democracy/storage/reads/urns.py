"""Urns to be shown: what is in the public log, and the reader's own place in the roll."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Select, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from democracy.domain.actors import Actor
from democracy.storage.ballot_visibility import ballot_visible_to
from democracy.storage.prepared import AT, IDS
from democracy.storage.reads.reader import Reader, views
from democracy.storage.tables.ballot import MemberBallotRow
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.urn import RollSlotRow, UrnRow
from democracy.storage.types import any_of
from democracy.storage.visibility import meeting_visible_to
from workflows.urn import UrnState


@dataclass(frozen=True, slots=True)
class UrnView:
    """An urn's own columns."""

    id: UUID
    ballot_id: UUID | None
    meeting_id: UUID | None
    state: UrnState
    rehearsal: bool
    origin: str
    manifest: bytes | None
    m: bytes | None
    revote: bool
    opens_at: datetime
    closes_at: datetime
    log_size: int
    statutes_digest: str


_OWN = [getattr(UrnRow, name) for name in UrnView.__slots__]


async def by_ids(connection: AsyncConnection, reader: Reader, ids: Sequence[UUID]) -> dict[UUID, UrnView]:
    """Those of `ids` whose ballot or meeting may be seen."""
    statement = _visible(reader.stand_in, reader.zone).where(any_of(UrnRow.id, IDS))
    return {view.id: view for view in views(UrnView, await connection.execute(statement, reader.values(ids)))}


async def of_ballots(connection: AsyncConnection, reader: Reader, ids: Sequence[UUID]) -> dict[UUID, list[UrnView]]:
    """The urns of some ballots, rehearsals too, the first made first."""
    statement = _visible(reader.stand_in, reader.zone).where(any_of(UrnRow.ballot_id, IDS)).order_by(UrnRow.made_at)
    found: dict[UUID, list[UrnView]] = {}
    for view in views(UrnView, await connection.execute(statement, reader.values(ids))):
        if view.ballot_id is not None:
            found.setdefault(view.ballot_id, []).append(view)
    return found


async def roll(connection: AsyncConnection, urn_id: UUID) -> list[tuple[bytes, bytes]]:
    """(tag, hash of the leaf) of every slot, by slot."""
    row = RollSlotRow
    statement = select(row.tag, row.leaf).where(row.urn_id == urn_id).order_by(row.slot)
    return [(tag, leaf) for tag, leaf in await connection.execute(statement)]


@cache
def _visible(actor: Actor, zone: ZoneInfo) -> Select[Any]:
    return (
        select(*_OWN)
        .outerjoin(MemberBallotRow, MemberBallotRow.id == UrnRow.ballot_id)
        .outerjoin(MeetingRow, MeetingRow.id == UrnRow.meeting_id)
        .where(
            or_(
                UrnRow.ballot_id.is_not(None) & ballot_visible_to(actor, AT, zone),
                UrnRow.meeting_id.is_not(None) & meeting_visible_to(actor, AT, zone),
            )
        )
    )
