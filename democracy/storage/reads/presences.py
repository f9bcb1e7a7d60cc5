"""Those who are, or were, at a meeting, to be shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, String, cast, func, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased

from democracy.storage.paging import Asked, Order, Page, page
from democracy.storage.reads.reader import Reader
from democracy.storage.roll_visibility import presence_visible_to
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.member import MemberRow
from democracy.storage.tables.roll import DelegateRow, PresenceRow
from democracy.storage.tables.unit import UnitRow
from democracy.storage.types import any_of
from workflows.statutes.kinds import Participant

_STOOD_FOR, _ABSENT = aliased(DelegateRow), aliased(MemberRow)


@dataclass(frozen=True, slots=True)
class PresenceView:
    """Somebody at a meeting, with the rights that they have there."""

    id: UUID
    meeting_id: UUID
    member_id: UUID
    delegate_id: UUID | None
    stands_in_for_id: UUID | None
    participant: Participant
    speaks: bool
    proposes: bool
    speaks_as_mover: bool
    voting: bool
    votes: int
    remote: bool
    in_at: datetime
    out_at: datetime | None
    statutes_digest: str
    name: str
    unit_name: str | None
    stands_in_for: str | None
    """Name of the delegate whose vote it is."""


_OWN = [getattr(PresenceRow, name) for name in PresenceView.__slots__[:-4]]
_ORDER = Order((MemberRow.sort_key.expression, cast(PresenceRow.id, String)))


@dataclass(frozen=True)
class PresenceFilter:
    """Which of a meeting's."""

    meeting_id: UUID
    present: bool | None = None
    voting: bool | None = None


async def by_ids(connection: AsyncConnection, reader: Reader, ids: Sequence[UUID]) -> dict[UUID, PresenceView]:
    """Those of `ids` that the reader may see."""
    rows = await connection.execute(_select(reader).where(any_of(PresenceRow.id, ids)))
    return {row.id: PresenceView(*row) for row in rows}


async def listed(
    connection: AsyncConnection, reader: Reader, wanted: PresenceFilter, asked: Asked
) -> Page[PresenceView]:
    """A page, by name."""
    found = await page(connection, _select(reader).where(*_which(wanted)), _ORDER, asked)
    rows = [PresenceView(*row[: len(PresenceView.__slots__)]) for row in found.rows]
    return Page(rows, found.cursors, found.has_next, found.has_previous)


async def counted(connection: AsyncConnection, reader: Reader, wanted: PresenceFilter) -> int:
    """How many there are, as far as the reader may see them."""
    inside = _select(reader).where(*_which(wanted)).subquery()
    return (await connection.execute(select(func.count()).select_from(inside))).scalar_one()


def _which(wanted: PresenceFilter) -> list[Any]:
    there = PresenceRow.out_at.is_(None)
    return [
        PresenceRow.meeting_id == wanted.meeting_id,
        *([] if wanted.present is None else [there if wanted.present else ~there]),
        *([] if wanted.voting is None else [PresenceRow.voting.is_(wanted.voting)]),
    ]


def _select(reader: Reader) -> Select[Any]:
    return (
        select(
            *_OWN,
            MeetingRow.statutes_digest,
            (MemberRow.given_name + " " + MemberRow.family_name).label("name"),
            UnitRow.name.label("unit_name"),
            (_ABSENT.given_name + " " + _ABSENT.family_name).label("stands_in_for"),
        )
        .join(MeetingRow, MeetingRow.id == PresenceRow.meeting_id)
        .join(MemberRow, MemberRow.id == PresenceRow.member_id)
        .outerjoin(DelegateRow, DelegateRow.id == PresenceRow.delegate_id)
        .outerjoin(UnitRow, UnitRow.id == DelegateRow.unit_id)
        .outerjoin(_STOOD_FOR, _STOOD_FOR.id == PresenceRow.stands_in_for_id)
        .outerjoin(_ABSENT, (_ABSENT.id == _STOOD_FOR.member_id) & _ABSENT.protected.is_(False))
        .where(presence_visible_to(reader.actor, reader.at, reader.zone))
    )
