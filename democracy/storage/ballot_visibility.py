"""Who sees a member ballot."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, exists, false, or_, select, true

from democracy.domain.actors import Actor, Clock, Member, Operator, Staff
from democracy.domain.kinds import BodyKind
from democracy.storage.in_force import belongs_under, employed_above, holds, holds_in
from democracy.storage.prepared import local_day
from democracy.storage.tables.ballot import ElectorRow, MemberBallotRow
from workflows.member_ballot import MemberBallotState

_S = MemberBallotState
OUT = (_S.ANNOUNCED, _S.OPEN, _S.CLOSED, _S.COUNTED, _S.CERTIFIED, _S.PUBLISHED, _S.FINAL, _S.ANNULLED)
"""States in which every member below the unit knows of the ballot."""


def ballot_visible_to(actor: Actor, at: datetime, zone: ZoneInfo) -> ColumnElement[bool]:
    """While it is prepared, the ordering body's, the unit's board's, the auditors' and the office's; a demand, every
    member's below the unit; once announced too, except that a text under embargo waits for its
    moment: until then those who prepared it alone know of it."""
    day = local_day(at, zone)
    row = MemberBallotRow
    if isinstance(actor, Clock | Operator):
        return true()
    if isinstance(actor, Staff):
        return employed_above(actor.id, row.unit_id, day)
    if not isinstance(actor, Member):
        return false()
    demanded = and_(row.state.in_((_S.COLLECTING, _S.ORDERED)), row.demanded_on.is_not(None))
    public = or_(demanded, and_(row.state.in_(OUT), row.announced_at <= at))
    lifted = or_(row.embargo_until.is_(None), row.embargo_until <= at)
    return or_(
        holds(actor.id, row.body_id, day),
        holds_in(actor.id, row.unit_id, BodyKind.BOARD, day),
        holds_in(actor.id, row.unit_id, BodyKind.AUDITORS, day),
        and_(public, lifted, or_(belongs_under(actor.id, row.unit_id, day), is_elector(actor.id))),
    )


def is_elector(member_id: UUID) -> ColumnElement[bool]:
    """The member stands in the ballot's electorate."""
    elector = ElectorRow
    own = (elector.ballot_id == MemberBallotRow.id, elector.member_id == member_id, elector.removed_at.is_(None))
    return exists(select(1).where(*own))
