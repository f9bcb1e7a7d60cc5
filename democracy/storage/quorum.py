"""How many votes a meeting has present, beside how many the statutes want."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from democracy.domain.kinds import MeetingKind
from democracy.storage.allotments import delegates_by_unit
from democracy.storage.in_force import membership_in_force
from democracy.storage.statutes import Connected
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.member import MembershipRow
from democracy.storage.tables.roll import PresenceRow
from workflows.statutes import Resolved


@dataclass(frozen=True)
class Quorum:
    """Votes."""

    present: int = 0
    needed: int = 0
    """0 where the statutes say nothing."""
    binds: bool = False
    """Also where nobody counts."""


async def quorums(
    connection: Connected, meetings: Mapping[UUID, tuple[MeetingKind, Resolved]], day: date
) -> dict[UUID, Quorum]:
    """By meeting; only those whose statutes want a quorum are looked at."""
    found = {}
    for meeting_id, (kind, rules) in meetings.items():
        needed = await votes_needed(connection, meeting_id, kind, rules, day)
        if needed:
            binds = rules.parameters.meetings.acclamation_needs_quorum
            found[meeting_id] = Quorum(await _present(connection, meeting_id), needed, binds)
    return found


async def votes_needed(connection: Connected, meeting_id: UUID, kind: MeetingKind, rules: Resolved, day: date) -> int:
    """How many votes the statutes want present at this kind of meeting; 0 where they say nothing."""
    share = rules.parameters.meetings.quorum.get(kind)
    if share is None:
        return 0
    called = await entitled_to_come(connection, meeting_id, day)
    return share.needed(called) if called else 0


async def entitled_to_come(connection: Connected, meeting_id: UUID, day: date) -> int:
    """Votes that could be present: the delegates who were sent, or else the members who vote in the meeting's unit."""
    sent = sum((await delegates_by_unit(connection, meeting_id)).values())
    if sent:
        return sent
    members = (
        select(func.count(MembershipRow.member_id.distinct()))
        .join(MeetingRow, MeetingRow.unit_id == MembershipRow.unit_id)
        .where(MeetingRow.id == meeting_id, MembershipRow.voting, membership_in_force(MembershipRow, day))
    )
    return (await connection.execute(members)).scalar_one()


async def _present(connection: Connected, meeting_id: UUID) -> int:
    here = (PresenceRow.meeting_id == meeting_id, PresenceRow.out_at.is_(None), PresenceRow.voting)
    statement = select(func.coalesce(func.sum(PresenceRow.votes), 0)).where(*here)
    return int((await connection.execute(statement)).scalar_one())
