"""Minutes to be shown: their own columns, the secretary's wordings, the names that were kept with the text."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncConnection

from democracy.domain.actors import Actor
from democracy.domain.record.person import Person
from democracy.storage.minutes_visibility import minutes_visible_to
from democracy.storage.prepared import AT, IDS
from democracy.storage.reads.reader import Reader, views
from democracy.storage.reads.record.people import read_people
from democracy.storage.statutes import Connected
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.minutes import MinutesRow, MinutesWordingRow
from democracy.storage.tables.step import KeptTextRow, StepRow
from democracy.storage.types import any_of
from workflows.minutes_facts import MinutesState

NAME, SAID = "minutes_name", "minutes_said"
"""What the kept texts of a name, and of what somebody had noted, are called."""


@dataclass(frozen=True, slots=True)
class MinutesView:
    """The minutes' own columns."""

    id: UUID
    meeting_id: UUID
    state: MinutesState
    text: str | None
    digest: str | None
    signing_since: datetime | None
    due_at: datetime | None
    verified_at: datetime | None
    published_at: datetime | None
    version: int
    meeting_name: str
    statutes_digest: str


@dataclass(frozen=True, slots=True)
class WordingView:
    """The secretary's latest words for one §."""

    version: int
    text: str
    at: datetime


async def by_ids(connection: AsyncConnection, reader: Reader, ids: Sequence[UUID]) -> dict[UUID, MinutesView]:
    """Those of `ids` that may be seen."""
    rows = await connection.execute(_by(reader.stand_in, reader.zone, meetings=False), reader.values(ids))
    return {view.id: view for view in views(MinutesView, rows)}


async def of_meetings(connection: AsyncConnection, reader: Reader, ids: Sequence[UUID]) -> dict[UUID, MinutesView]:
    """The same by their meetings."""
    rows = await connection.execute(_by(reader.stand_in, reader.zone, meetings=True), reader.values(ids))
    return {view.meeting_id: view for view in views(MinutesView, rows)}


@cache
def _by(actor: Actor, zone: ZoneInfo, *, meetings: bool) -> Select[Any]:
    own = [getattr(MinutesRow, name) for name in MinutesView.__slots__[:-2]]
    statement: Select[Any] = (
        select(*own, MeetingRow.name.label("meeting_name"), MeetingRow.statutes_digest)
        .join(MeetingRow, MeetingRow.id == MinutesRow.meeting_id)
        .where(minutes_visible_to(actor, AT, zone))
    )
    return statement.where(any_of(MinutesRow.meeting_id if meetings else MinutesRow.id, IDS))


async def wordings(connection: Connected, minutes_id: UUID) -> dict[UUID | None, WordingView]:
    """The latest words for each § that has been worded; the head under None."""
    row = MinutesWordingRow
    statement = select(row.item_id, row.version, row.text, row.at).where(row.minutes_id == minutes_id)
    rows = await connection.execute(statement.order_by(row.version))
    return {each.item_id: WordingView(each.version, each.text, each.at) for each in rows}


async def people_of(
    connection: Connected, meeting_id: UUID, minutes_id: UUID, ids: Sequence[UUID]
) -> dict[UUID, Person]:
    """Names as they were when the text was fixed; as they are now for those who came in later, such as a signer.

    Whoever has been erased or protected since is so here too.
    """
    now = await read_people(connection, meeting_id, ids)
    kept = await _kept(connection, minutes_id)
    return {
        key: replace(kept[key], protected=person.protected, erased=person.erased) if key in kept else person
        for key, person in now.items()
    }


async def _kept(connection: Connected, minutes_id: UUID) -> dict[UUID, Person]:
    statement = (
        select(KeptTextRow.noun_id, KeptTextRow.content)
        .join(StepRow, StepRow.id == KeptTextRow.step_id)
        .where(StepRow.case_id == minutes_id, KeptTextRow.noun == NAME, KeptTextRow.content.is_not(None))
        .order_by(StepRow.at, StepRow.id)
    )
    return {row.noun_id: person_from(row.noun_id, row.content) for row in await connection.execute(statement)}


async def said_of(connection: Connected, minutes_id: UUID) -> dict[UUID, str | None]:
    """What people had noted in their own words, as it was when the text was fixed; None for what has been erased."""
    statement = (
        select(KeptTextRow.noun_id, KeptTextRow.content)
        .join(StepRow, StepRow.id == KeptTextRow.step_id)
        .where(StepRow.case_id == minutes_id, KeptTextRow.noun == SAID)
        .order_by(StepRow.at, StepRow.id)
    )
    rows = await connection.execute(statement)
    return {row.noun_id: json.loads(row.content)["text"] if row.content else None for row in rows}


def person_from(member_id: UUID, content: str) -> Person:
    """A name as it was kept."""
    said = json.loads(content)
    return Person(member_id, said["given"], said["family"], said["belongs"])
