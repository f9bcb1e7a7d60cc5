"""What may wait for somebody in elections: as a candidate, in the committee, as whoever keeps a body."""

from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from democracy.domain.actors import Member
from democracy.storage.election_visibility import election_visible_to
from democracy.storage.mandate_visibility import keeps_body
from democracy.storage.reads.inbox import MOST
from democracy.storage.reads.reader import Reader
from democracy.storage.roles import meeting_roles
from democracy.storage.seats_by_right import in_committee
from democracy.storage.tables.election import CandidacyRow, ElectionRow
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.member import MandateRow
from democracy.storage.tables.unit import BodyRow
from workflows.candidacy import CandidacyState
from workflows.election import ELECTION, ElectionState


async def elections(connection: AsyncConnection, reader: Reader) -> list[UUID]:
    """Elections in which the reader has a part and that are not over; those whose places may be vacant too."""
    roles = list(meeting_roles(reader.actor, reader.today).values())
    if isinstance(reader.actor, Member):
        roles.append(in_committee(reader.actor.id, ElectionRow.committee_id, reader.today))
    if not roles:
        return []
    lasts = or_(ElectionRow.ends_on.is_(None), ElectionRow.ends_on >= reader.today)
    filled = and_(ElectionRow.state == ElectionState.ELECTED, ElectionRow.seated_at.is_not(None), lasts)
    statement = (
        select(ElectionRow.id)
        .join(MeetingRow, MeetingRow.id == ElectionRow.meeting_id)
        .where(
            or_(ElectionRow.state.not_in(tuple(ELECTION.final)), filled),
            or_(*roles),
            election_visible_to(reader.actor, reader.at, reader.zone),
        )
        .order_by(ElectionRow.id)
        .limit(MOST)
    )
    return list((await connection.execute(statement)).scalars())


async def candidacies(connection: AsyncConnection, reader: Reader) -> list[UUID]:
    """The reader's own that are not over; those elected whose mandates last, too."""
    if not isinstance(reader.actor, Member):
        return []
    stands = CandidacyRow.state.in_((CandidacyState.ASKED, CandidacyState.ACCEPTED))
    elected = CandidacyRow.state.in_((CandidacyState.ELECTED, CandidacyState.SUBSTITUTE))
    lasts = or_(ElectionRow.ends_on.is_(None), ElectionRow.ends_on >= reader.today)
    statement = (
        select(CandidacyRow.id)
        .join(ElectionRow, ElectionRow.id == CandidacyRow.election_id)
        .where(
            CandidacyRow.member_id == reader.actor.id,
            or_(
                and_(stands, ElectionRow.state.not_in(tuple(ELECTION.final))),
                and_(elected, CandidacyRow.confirmed_at.is_(None), lasts),
            ),
        )
        .order_by(CandidacyRow.id)
        .limit(MOST)
    )
    return list((await connection.execute(statement)).scalars())


async def resignations(connection: AsyncConnection, reader: Reader) -> list[UUID]:
    """Mandates that have been resigned, in bodies whose decisions the reader records."""
    if not isinstance(reader.actor, Member):
        return []
    statement = (
        select(MandateRow.id)
        .join(BodyRow, BodyRow.id == MandateRow.body_id)
        .where(
            MandateRow.resigned_on.is_not(None),
            MandateRow.released_on.is_(None),
            or_(MandateRow.ends_on.is_(None), MandateRow.ends_on >= reader.today),
            keeps_body(reader.actor.id, reader.today),
        )
        .order_by(MandateRow.resigned_on, MandateRow.id)
        .limit(MOST)
    )
    return list((await connection.execute(statement)).scalars())
