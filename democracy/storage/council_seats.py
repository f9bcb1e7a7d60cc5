"""The branches that a council is made up of, with their members and those whom they have sent."""

from collections import defaultdict
from datetime import date
from uuid import UUID

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import aliased

from democracy.domain.actors import Actor, Clock, Member, Operator, Staff
from democracy.domain.council_seats import Seat
from democracy.domain.kinds import BodyKind, MandateRole, UnitKind
from democracy.storage.in_force import belongs_under, employed_above, mandate_in_force, membership_in_force
from democracy.storage.statutes import Connected
from democracy.storage.tables.council import DecisionRouteRow, PoliticalPositionRow
from democracy.storage.tables.member import MandateRow, MemberRow, MembershipRow
from democracy.storage.tables.unit import BodyRow, UnitAncestorRow, UnitRow

_HIGHER = (UnitKind.PARTY, UnitKind.DISTRICT)
SENT = (MandateRole.DELEGATE, MandateRole.MEMBER)
"""Places that branches fill: officers and ex officio members of a council keep theirs."""


async def branches(connection: Connected, unit_id: UUID, day: date) -> list[tuple[UUID, str, int]]:
    """(branch, its name, members voting in it) below a unit, by name."""
    member = MembershipRow
    counted = (
        select(func.count())
        .select_from(member)
        .where(member.unit_id == UnitRow.id, member.voting, membership_in_force(member, day))
        .correlate(UnitRow)
        .scalar_subquery()
    )
    below = and_(UnitAncestorRow.unit_id == UnitRow.id, UnitAncestorRow.ancestor_id == unit_id)
    statement = (
        select(UnitRow.id, UnitRow.name, counted)
        .join(UnitAncestorRow, below)
        .where(UnitRow.kind.not_in(_HIGHER), or_(UnitRow.ended_on.is_(None), UnitRow.ended_on > day))
        .order_by(UnitRow.sort_key, UnitRow.id)
    )
    return [(key, name, number) for key, name, number in await connection.execute(statement)]


async def held(connection: Connected, body_id: UUID, day: date) -> dict[UUID, list[Seat]]:
    """Those whom each branch has sent to a council, in its own order; a protected identity without a name."""
    mandate, own = aliased(MandateRow), MembershipRow
    statement = (
        select(
            own.unit_id, mandate.id, mandate.member_id, MemberRow.given_name, MemberRow.family_name, MemberRow.protected
        )
        .join(mandate, mandate.member_id == own.member_id)
        .join(MemberRow, MemberRow.id == own.member_id)
        .where(mandate.body_id == body_id, mandate.role.in_(SENT), mandate_in_force(mandate, day), own.voting)
        .where(own.ended_on.is_(None))
        .order_by(mandate.position, mandate.starts_on, mandate.id)
    )
    found: dict[UUID, list[Seat]] = defaultdict(list)
    for unit_id, key, member_id, given, family, protected in await connection.execute(statement):
        found[unit_id].append(Seat(key, member_id, "" if protected else f"{given} {family}"))
    return found


async def council_of(connection: Connected, unit_id: UUID, body_id: UUID) -> bool:
    """Whether a body is a council of the unit."""
    row = BodyRow
    own = (row.id == body_id, row.unit_id == unit_id, row.kind == BodyKind.REPRESENTATIVE_COUNCIL)
    return (await connection.execute(select(row.id).where(*own))).first() is not None


async def positions(connection: Connected, unit_id: UUID) -> list[tuple[UUID, str, date, str]]:
    """(council, position by name, from when, by which decision) of a unit, the latest first."""
    row = PoliticalPositionRow
    statement = select(row.body_id, row.position, row.starts_on, row.decision).where(row.unit_id == unit_id)
    found = await connection.execute(statement.order_by(row.starts_on.desc(), row.id.desc()))
    return [(body, position.name, starts, decision) for body, position, starts, decision in found]


async def last_began(connection: Connected, body_id: UUID) -> date | None:
    """When the latest position that a council follows began."""
    row = PoliticalPositionRow
    statement = select(func.max(row.starts_on)).where(row.body_id == body_id)
    return (await connection.execute(statement)).scalar_one()


async def routes(connection: Connected, unit_id: UUID) -> list[DecisionRouteRow]:
    """What a unit's policy says of each route, the latest word first."""
    row = DecisionRouteRow
    statement = select(row.id, row.sort, row.route, row.closed, row.ground, row.since).where(row.unit_id == unit_id)
    found = await connection.execute(statement.order_by(row.since.desc(), row.id.desc()))
    return [
        DecisionRouteRow(id=key, unit_id=unit_id, sort=sort, route=route, closed=closed, ground=ground, since=since)
        for key, sort, route, closed, ground, since in found
    ]


async def knows(connection: Connected, unit_id: UUID, actor: Actor, day: date) -> bool:
    """Whether a unit's policy is somebody's to know: its members', its staff's, the machine's."""
    if isinstance(actor, Clock | Operator):
        return True
    if isinstance(actor, Staff):
        seen = employed_above(actor.id, unit_id, day)
    elif isinstance(actor, Member):
        seen = belongs_under(actor.id, unit_id, day)
    else:
        return False
    return bool((await connection.execute(select(seen))).scalar_one())
