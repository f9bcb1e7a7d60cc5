"""Lists for public elections, to be shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Select, and_, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from democracy.domain.actors import Actor, Member
from democracy.storage.candidate_lists import list_visible_to, place_visible_to
from democracy.storage.prepared import AT, IDS
from democracy.storage.reads.members import PROTECTED
from democracy.storage.reads.reader import Reader, views
from democracy.storage.tables.candidate_list import CandidateListRow, ListPlaceRow
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.member import MemberRow
from democracy.storage.types import any_of
from workflows.candidate_list import CandidateListState


@dataclass(frozen=True, slots=True)
class CandidateListView:
    """A list's own columns."""

    id: UUID
    meeting_id: UUID
    state: CandidateListState
    title: str
    assembly: str
    most: int
    exception: str | None
    reason: str | None
    published_at: datetime | None
    decided_at: datetime | None
    version: int
    statutes_digest: str


@dataclass(frozen=True, slots=True)
class ListPlaceView:
    """Somebody on a list."""

    list_id: UUID
    member_id: UUID
    position: int
    consented_at: datetime | None
    declined_at: datetime | None
    given_name: str
    family_name: str
    hidden: bool
    """A protected identity that has not consented, and is not the reader."""

    @property
    def name(self) -> str:
        """As it is written; `skyddad identitet` without consent."""
        return PROTECTED if self.hidden else f"{self.given_name} {self.family_name}"


_OWN = [getattr(CandidateListRow, name) for name in CandidateListView.__slots__[:-1]]
_PLACE = [getattr(ListPlaceRow, name) for name in ListPlaceView.__slots__[:-3]]


async def by_ids(connection: AsyncConnection, reader: Reader, ids: Sequence[UUID]) -> dict[UUID, CandidateListView]:
    """Those of `ids` that may be seen."""
    statement = _lists(reader.stand_in, reader.zone).where(any_of(CandidateListRow.id, IDS))
    return {view.id: view for view in views(CandidateListView, await connection.execute(statement, reader.values(ids)))}


async def of_meeting(connection: AsyncConnection, reader: Reader, meeting_id: UUID) -> list[CandidateListView]:
    """Those of one meeting, the first first."""
    statement = _lists(reader.stand_in, reader.zone).where(CandidateListRow.meeting_id == meeting_id)
    found = views(CandidateListView, await connection.execute(statement, reader.values()))
    return sorted(found, key=lambda view: view.id)


async def places(connection: AsyncConnection, reader: Reader, ids: Sequence[UUID]) -> list[ListPlaceView]:
    """Who stands on some lists, in order, as far as the reader may see."""
    statement = _places(reader.stand_in, reader.zone).where(any_of(ListPlaceRow.list_id, IDS))
    found = views(ListPlaceView, await connection.execute(statement, reader.values(ids)))
    return sorted(found, key=lambda view: (view.declined_at is not None, view.position, view.member_id))


@cache
def _lists(actor: Actor, zone: ZoneInfo) -> Select[Any]:
    joined = select(*_OWN, MeetingRow.statutes_digest).join(MeetingRow, MeetingRow.id == CandidateListRow.meeting_id)
    return joined.where(list_visible_to(actor, AT, zone))


@cache
def _places(actor: Actor, zone: ZoneInfo) -> Select[Any]:
    another = ListPlaceRow.member_id != actor.id if isinstance(actor, Member) else true()
    hidden = and_(MemberRow.protected, ListPlaceRow.consented_at.is_(None), another)
    return (
        select(*_PLACE, MemberRow.given_name, MemberRow.family_name, hidden)
        .join(CandidateListRow, CandidateListRow.id == ListPlaceRow.list_id)
        .join(MeetingRow, MeetingRow.id == CandidateListRow.meeting_id)
        .join(MemberRow, MemberRow.id == ListPlaceRow.member_id)
        .where(place_visible_to(actor, AT, zone))
    )
