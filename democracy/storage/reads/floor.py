"""The speakers' list to be shown: in its order, and as totals."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.orm import aliased

from democracy.domain.kinds import Channel
from democracy.domain.speaking import Spoken
from democracy.storage.reads.members import shown_name
from democracy.storage.reads.reader import Reader
from democracy.storage.statutes import Connected
from democracy.storage.tables.floor import FloorRulesRow, SpeechRow
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.member import MemberRow
from democracy.storage.tables.roll import DelegateRow
from democracy.storage.tables.unit import UnitRow
from democracy.storage.types import any_of
from democracy.storage.visibility import meeting_visible_to
from workflows.proceedings import SpeechKind
from workflows.speakers import FloorOrder, Place, in_order
from workflows.speech import SpeechState

ON_THE_LIST = (SpeechState.WAITING, SpeechState.SPEAKING)


@dataclass(frozen=True, slots=True)
class SpeechView:
    """A place on the list. Whether its holder goes first by gender is not in it, and is shown to nobody."""

    id: UUID
    meeting_id: UUID
    item_id: UUID
    member_id: UUID
    kind: SpeechKind
    state: SpeechState
    number: int
    reply_to_id: UUID | None
    limit_seconds: int | None
    channel: Channel
    requested_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    name: str
    unit_name: str | None
    first_time: bool

    @property
    def ends_at(self) -> datetime | None:
        """When the time limit is reached; None for none, and before the floor is given."""
        if self.started_at is None or self.limit_seconds is None:
            return None
        return self.started_at + timedelta(seconds=self.limit_seconds)


_EARLIER = aliased(SpeechRow)
_OWN = [getattr(SpeechRow, name) for name in SpeechView.__slots__[:-3]]


async def by_ids(connection: Connected, reader: Reader, ids: Sequence[UUID]) -> dict[UUID, SpeechView]:
    """Those of `ids` that the reader may see: whoever sees the meeting."""
    seen = meeting_visible_to(reader.actor, reader.at, reader.zone)
    statement = _speeches().join(MeetingRow, MeetingRow.id == SpeechRow.meeting_id)
    rows = await connection.execute(statement.where(any_of(SpeechRow.id, ids), seen))
    return {row.id: SpeechView(*row) for row in rows}


async def on_the_list(connection: Connected, meeting_ids: Sequence[UUID]) -> list[SpeechView]:
    """Of meetings that the reader has been found to see: who speaks, then those who wait, in the order that each
    meeting has decided."""
    statement = (
        _speeches().add_columns(*_ordering()).outerjoin(FloorRulesRow, FloorRulesRow.meeting_id == SpeechRow.meeting_id)
    )
    listed = any_of(SpeechRow.meeting_id, meeting_ids), SpeechRow.state.in_(ON_THE_LIST)
    rows = (await connection.execute(statement.where(*listed).order_by(SpeechRow.meeting_id))).all()
    speaking = [row for row in rows if row.state is SpeechState.SPEAKING]
    waiting = [row for row in rows if row.state is SpeechState.WAITING]
    by_id = {row.id: row for row in waiting}
    ordered = [by_id[place.id] for meeting in meeting_ids for place in _ordered(waiting, meeting)]
    return [SpeechView(*row[: len(SpeechView.__slots__)]) for row in (*speaking, *ordered)]


async def spoken(connection: Connected, meeting_id: UUID) -> list[Spoken]:
    """Every speech that has ended, the oldest first, as the statistics need it: never shown one by one."""
    statement = (
        select(SpeechRow.member_id, MemberRow.gender, SpeechRow.started_at, SpeechRow.ended_at)
        .join(MemberRow, MemberRow.id == SpeechRow.member_id)
        .where(SpeechRow.meeting_id == meeting_id, SpeechRow.state == SpeechState.ENDED)
        .order_by(SpeechRow.ended_at, SpeechRow.number)
    )
    return [
        Spoken(row.member_id, row.gender, (row.ended_at - row.started_at).total_seconds())
        for row in await connection.execute(statement)
    ]


def _speeches() -> Any:
    return (
        select(*_OWN, shown_name().label("name"), UnitRow.name.label("unit_name"), _first_time().label("first_time"))
        .select_from(SpeechRow)
        .join(MemberRow, MemberRow.id == SpeechRow.member_id)
        .outerjoin(
            DelegateRow,
            and_(
                DelegateRow.meeting_id == SpeechRow.meeting_id,
                DelegateRow.member_id == SpeechRow.member_id,
                DelegateRow.ended_at.is_(None),
            ),
        )
        .outerjoin(UnitRow, and_(UnitRow.id == DelegateRow.unit_id, ~MemberRow.protected))
    )


def _first_time() -> ColumnElement[bool]:
    """They have not spoken on this item, replies and points of order apart."""
    earlier = _EARLIER
    return ~exists(
        select(1).where(
            earlier.item_id == SpeechRow.item_id,
            earlier.member_id == SpeechRow.member_id,
            earlier.kind == SpeechKind.SPEECH,
            earlier.id != SpeechRow.id,
            earlier.state.in_((SpeechState.SPEAKING, SpeechState.ENDED)),
        )
    )


def _ordering() -> list[ColumnElement[Any]]:
    goes_first = and_(FloorRulesRow.preferred_gender.is_not(None), MemberRow.gender == FloorRulesRow.preferred_gender)
    return [
        func.coalesce(goes_first, False).label("preferred"),
        func.coalesce(FloorRulesRow.first_timers_first, False).label("first_timers_first"),
        func.coalesce(FloorRulesRow.under_represented_first, False).label("preferred_first"),
    ]


def _ordered(rows: Iterable[Any], meeting_id: UUID) -> tuple[Place, ...]:
    own = [row for row in rows if row.meeting_id == meeting_id]
    if not own:
        return ()
    places = [
        Place(row.id, row.kind, row.requested_at, row.number, bool(row.first_time), bool(row.preferred)) for row in own
    ]
    return in_order(places, FloorOrder(bool(own[0].first_timers_first), bool(own[0].preferred_first)))
