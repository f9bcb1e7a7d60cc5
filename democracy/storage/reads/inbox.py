"""What may wait for somebody: cases in which they have a part and that are not over."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, false, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from democracy.domain.actors import Member
from democracy.storage.ballot_case import ballot_roles
from democracy.storage.ballot_visibility import ballot_visible_to, is_elector
from democracy.storage.council_case import council_roles
from democracy.storage.council_visibility import council_visible_to
from democracy.storage.minutes_case import minutes_roles, standing, waits_on_item
from democracy.storage.minutes_visibility import minutes_visible_to
from democracy.storage.reads.reader import Reader
from democracy.storage.roles import meeting_roles, motion_roles
from democracy.storage.tables.ballot import MemberBallotRow
from democracy.storage.tables.council import CouncilDecisionRow
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.minutes import MinutesRow, MinutesSignatoryRow
from democracy.storage.tables.motion import MotionRow
from democracy.storage.tables.step import StepRow
from democracy.storage.types import any_of
from democracy.storage.visibility import meeting_visible_to, motion_visible_to
from workflows.council_decision import COUNCIL_DECISION
from workflows.meeting import MEETING, MeetingState
from workflows.member_ballot import MEMBER_BALLOT, MemberBallotState
from workflows.minutes import MINUTES, MinutesState
from workflows.motion import MOTION

MOST = 500
"""Cases looked at; the oldest first, so that nothing waits for ever behind newer ones."""


async def motions(connection: AsyncConnection, reader: Reader) -> list[UUID]:
    """Motions in which the reader has a role and that are not over."""
    roles = motion_roles(reader.actor, reader.today)
    if not roles:
        return []
    statement = (
        select(MotionRow.id)
        .join(MeetingRow, MeetingRow.id == MotionRow.meeting_id)
        .where(
            MotionRow.state.not_in(tuple(MOTION.final)),
            or_(*roles.values()),
            motion_visible_to(reader.actor, reader.at, reader.zone),
        )
        .order_by(MotionRow.id)
        .limit(MOST)
    )
    return list((await connection.execute(statement)).scalars())


async def meetings(connection: AsyncConnection, reader: Reader) -> list[UUID]:
    """Meetings in which the reader has a role and that are not over."""
    roles = meeting_roles(reader.actor, reader.today)
    if not roles:
        return []
    statement = (
        select(MeetingRow.id)
        .where(
            MeetingRow.state.not_in(tuple(MEETING.final)),
            or_(*roles.values()),
            meeting_visible_to(reader.actor, reader.at, reader.zone),
        )
        .order_by(MeetingRow.starts_at)
        .limit(MOST)
    )
    return list((await connection.execute(statement)).scalars())


async def minutes(connection: AsyncConnection, reader: Reader) -> list[UUID]:
    """Minutes in which the reader has a part, of meetings that are over; and those of which one § waits for them."""
    roles = minutes_roles(reader.actor, reader.today)
    if not roles:
        return []
    over = or_(MinutesRow.state != MinutesState.WRITING, MeetingRow.state == MeetingState.CLOSED)
    mine = waits_on_item(reader.actor.id) if isinstance(reader.actor, Member) else false()
    statement = (
        select(MinutesRow.id)
        .join(MeetingRow, MeetingRow.id == MinutesRow.meeting_id)
        .where(
            MinutesRow.state.not_in(tuple(MINUTES.final)),
            or_(over, mine),
            or_(*roles.values()),
            minutes_visible_to(reader.actor, reader.at, reader.zone),
        )
        .order_by(MinutesRow.id)
        .limit(MOST)
    )
    return list((await connection.execute(statement)).scalars())


async def ballots(connection: AsyncConnection, reader: Reader) -> list[UUID]:
    """Member ballots in which the reader has a part and that are not over; of an open one, those that may vote too."""
    roles = ballot_roles(reader.actor, reader.today)
    mine = list(roles.values())
    if isinstance(reader.actor, Member):
        mine.append(and_(MemberBallotRow.state == MemberBallotState.OPEN, is_elector(reader.actor.id)))
    if not mine:
        return []
    statement = (
        select(MemberBallotRow.id)
        .where(
            MemberBallotRow.state.not_in(tuple(MEMBER_BALLOT.final)),
            or_(*mine),
            ballot_visible_to(reader.actor, reader.at, reader.zone),
        )
        .order_by(MemberBallotRow.id)
        .limit(MOST)
    )
    return list((await connection.execute(statement)).scalars())


async def councils(connection: AsyncConnection, reader: Reader) -> list[UUID]:
    """Matters before councils and boards in which the reader has a part and that are not over."""
    roles = council_roles(reader.actor, reader.today)
    if not roles:
        return []
    statement = (
        select(CouncilDecisionRow.id)
        .where(
            CouncilDecisionRow.state.not_in(tuple(COUNCIL_DECISION.final)),
            or_(*roles.values()),
            council_visible_to(reader.actor, reader.at, reader.zone),
        )
        .order_by(CouncilDecisionRow.created_at, CouncilDecisionRow.id)
        .limit(MOST)
    )
    return list((await connection.execute(statement)).scalars())


async def corrections(connection: AsyncConnection, reader: Reader) -> list[UUID]:
    """Minutes of which a correction waits for the reader's signature, once for each correction."""
    if not isinstance(reader.actor, Member):
        return []
    row = MinutesSignatoryRow
    statement = select(row.minutes_id).where(
        row.member_id == reader.actor.id, row.addendum_id.is_not(None), standing(row)
    )
    return list((await connection.execute(statement.order_by(row.id).limit(MOST))).scalars())


async def since(connection: AsyncConnection, cases: Sequence[UUID]) -> dict[UUID, datetime]:
    """When something last happened to each case."""
    statement = select(StepRow.case_id, func.max(StepRow.at).label("at")).where(any_of(StepRow.case_id, cases))
    rows = await connection.execute(statement.group_by(StepRow.case_id))
    return {row.case_id: row.at for row in rows}
