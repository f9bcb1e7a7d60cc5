"""What the reader is on the roll of some meetings."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import and_, exists, func, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased

from democracy.domain.kinds import UnitKind
from democracy.storage.capacities import Capacity, capacities_in
from democracy.storage.reads.reader import Reader
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.roll import AllotmentRow, DelegateRow, PresenceRow, RollEntryRow, RollRow
from democracy.storage.tables.unit import UnitRow
from democracy.storage.types import any_of
from workflows.delegate import DelegateState
from workflows.statutes.kinds import Participant

_LAST = aliased(RollRow)


@dataclass(frozen=True)
class OwnPlace:
    """One member's place at one meeting. What they may do now is None while they are not checked in."""

    person: Capacity
    unit_kind: UnitKind
    shared_out: bool
    presence_id: UUID | None
    speaks: bool | None
    proposes: bool | None
    voting: bool | None
    votes: int | None
    delegate_id: UUID | None
    participant: Participant | None
    state: DelegateState | None
    roll_fixed: bool
    in_last_roll: bool


async def own_places(
    connection: AsyncConnection, reader: Reader, meetings: Sequence[UUID], member_id: UUID
) -> dict[UUID, OwnPlace]:
    """The places of a member at some meetings: two statements, however many there are."""
    known = await capacities_in(connection, meetings, [member_id], reader.today)
    newest = select(func.max(_LAST.number)).where(_LAST.meeting_id == MeetingRow.id).scalar_subquery()
    in_last = exists(
        select(1)
        .select_from(RollRow)
        .join(RollEntryRow, RollEntryRow.roll_id == RollRow.id)
        .where(RollRow.meeting_id == MeetingRow.id, RollRow.number == newest, RollEntryRow.member_id == member_id)
    )
    statement = (
        select(
            MeetingRow.id,
            UnitRow.kind,
            exists(select(1).where(AllotmentRow.meeting_id == MeetingRow.id)),
            PresenceRow.id,
            PresenceRow.speaks,
            PresenceRow.proposes,
            PresenceRow.voting,
            PresenceRow.votes,
            DelegateRow.id,
            DelegateRow.participant,
            DelegateRow.state,
            exists(select(1).where(RollRow.meeting_id == MeetingRow.id)),
            in_last,
        )
        .join(UnitRow, UnitRow.id == MeetingRow.unit_id)
        .outerjoin(
            PresenceRow,
            and_(
                PresenceRow.meeting_id == MeetingRow.id,
                PresenceRow.member_id == member_id,
                PresenceRow.out_at.is_(None),
            ),
        )
        .outerjoin(
            DelegateRow,
            and_(
                DelegateRow.meeting_id == MeetingRow.id,
                DelegateRow.member_id == member_id,
                DelegateRow.ended_at.is_(None),
            ),
        )
        .where(any_of(MeetingRow.id, meetings))
    )
    rows: list[Any] = [*await connection.execute(statement)]
    return {row[0]: OwnPlace(known[row[0], member_id], *row[1:]) for row in rows if (row[0], member_id) in known}
