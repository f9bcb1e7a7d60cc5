"""Matters before councils and boards as they are written."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import exists, or_, select, update

from democracy.domain.actors import Actor
from democracy.domain.kinds import BodyKind
from democracy.errors import NotFoundError
from democracy.storage.council_case import CouncilCase, council_cases
from democracy.storage.council_visibility import SEATS
from democracy.storage.in_force import belongs_under, holds, holds_in, mandate_in_force
from democracy.storage.statutes import Connected
from democracy.storage.tables.agenda import AgendaItemRow
from democracy.storage.tables.council import (
    CouncilAskedRow,
    CouncilConflictRow,
    CouncilDecisionRow,
    CouncilOpinionRow,
    CouncilPaperRow,
    DecisionRouteRow,
)
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.member import MandateRow
from democracy.storage.tables.unit import BodyRow
from democracy.storage.unit_of_work import Unit
from workflows.council_decision import CouncilDecisionState
from workflows.council_kinds import MatterSort, Route
from workflows.engine import Step

_C, _A = CouncilDecisionRow, CouncilAskedRow


async def opened(unit: Unit, key: UUID, *, actor: Actor) -> CouncilCase:
    """Lock a matter and judge it; NotFoundError when there is none that the actor may see."""
    await unit.session.execute(select(_C.id).where(_C.id == key).with_for_update())
    return await case(unit, key, actor=actor)


async def case(unit: Unit, key: UUID, *, actor: Actor) -> CouncilCase:
    """The matter as it stands in this transaction, without locking it."""
    await unit.session.flush()
    cases = await council_cases(unit.session, [key], actor=actor, at=unit.now, zone=unit.zone)
    if key not in cases:
        raise NotFoundError("council_decision", key)
    return cases[key]


async def row(unit: Unit, key: UUID) -> CouncilDecisionRow:
    """The row itself, to be changed."""
    found = await unit.session.get(_C, key, populate_existing=True)
    if found is None:
        raise NotFoundError("council_decision", key)
    return found


async def apply(unit: Unit, step: Step[Any], key: UUID) -> None:
    """Write the state that a step led to."""
    await unit.session.flush()
    changed = await row(unit, key)
    changed.state = step.dest
    changed.version += 1
    await unit.session.flush()


async def paper(unit: Unit, key: UUID) -> CouncilPaperRow:
    """A paper; NotFoundError when there is none."""
    found = await unit.session.get(CouncilPaperRow, key)
    if found is None:
        raise NotFoundError("council_paper", key)
    return found


async def may_raise(unit: Unit, member_id: UUID, body: BodyRow) -> bool:
    """Whether somebody belongs to the body's unit, or holds a place in the body or in one of the unit's groups."""
    day = unit.today
    own = or_(
        belongs_under(member_id, body.unit_id, day),
        holds(member_id, body.id, day),
        holds_in(member_id, body.unit_id, BodyKind.MUNICIPAL_GROUP, day),
    )
    return bool((await unit.session.execute(select(own))).scalar_one())


async def route(unit: Unit, unit_id: UUID, sort: MatterSort, wanted: Route) -> DecisionRouteRow | None:
    """What the unit's policy last said of a route for this sort of matter."""
    found = DecisionRouteRow
    statement = (
        select(found)
        .where(found.unit_id == unit_id, found.sort == sort, found.route == wanted)
        .order_by(found.since.desc(), found.id.desc())
        .limit(1)
    )
    return (await unit.session.scalars(statement)).one_or_none()


async def seats(unit: Unit, body_id: UUID, decision_id: UUID) -> list[UUID]:
    """Those who hold a vote in the body today and have declared no conflict of interest in the matter."""
    mandate, conflict = MandateRow, CouncilConflictRow
    barred = exists(select(1).where(conflict.decision_id == decision_id, conflict.member_id == mandate.member_id))
    statement = (
        select(mandate.member_id)
        .where(mandate.body_id == body_id, mandate.role.in_(SEATS), mandate_in_force(mandate, unit.today), ~barred)
        .distinct()
        .order_by(mandate.member_id)
    )
    return list(await unit.session.scalars(statement))


async def has_seat(unit: Unit, body_id: UUID, member_id: UUID) -> bool:
    """Whether somebody holds a vote in the body today."""
    return bool((await unit.session.execute(select(holds(member_id, body_id, unit.today, *SEATS)))).scalar_one())


async def asked(unit: Unit, key: UUID, member_id: UUID) -> CouncilAskedRow | None:
    """Somebody's place in the procedure, locked."""
    statement = select(_A).where(_A.decision_id == key, _A.member_id == member_id).with_for_update()
    return (await unit.session.scalars(statement.execution_options(populate_existing=True))).one_or_none()


async def all_asked(unit: Unit, key: UUID) -> list[CouncilAskedRow]:
    """Everybody who is asked and has declared no conflict of interest."""
    conflict = CouncilConflictRow
    barred = exists(select(1).where(conflict.decision_id == key, conflict.member_id == _A.member_id))
    statement = select(_A).where(_A.decision_id == key, ~barred).order_by(_A.member_id)
    return list(await unit.session.scalars(statement))


async def erase_answers(unit: Unit, key: UUID, member_id: UUID | None = None) -> None:
    """Forget what was answered and reserved, by everybody or by one; it stays known that they were asked."""
    erased = update(_A).where(_A.decision_id == key)
    if member_id is not None:
        erased = erased.where(_A.member_id == member_id)
    values = {"answer": None, "answered_at": None, "channel": None, "recorded_by": None, "reservation": None,
              "reserved_at": None, "meeting_asked_at": None}  # fmt: skip
    await unit.session.execute(erased.values(**values))


async def is_barred(unit: Unit, key: UUID, member_id: UUID) -> bool:
    """Whether somebody has declared a conflict of interest in the matter."""
    conflict = CouncilConflictRow
    found = select(exists().where(conflict.decision_id == key, conflict.member_id == member_id))
    return bool((await unit.session.execute(found)).scalar_one())


async def opinion(unit: Unit, key: UUID, unit_id: UUID) -> CouncilOpinionRow | None:
    """What a unit was asked."""
    statement = select(CouncilOpinionRow).where(
        CouncilOpinionRow.decision_id == key, CouncilOpinionRow.unit_id == unit_id
    )
    return (await unit.session.scalars(statement)).one_or_none()


async def item_of(unit: Unit, item_id: UUID) -> tuple[AgendaItemRow, MeetingRow] | None:
    """An item with its meeting."""
    statement = (
        select(AgendaItemRow, MeetingRow)
        .join(MeetingRow, MeetingRow.id == AgendaItemRow.meeting_id)
        .where(AgendaItemRow.id == item_id)
    )
    found = (await unit.session.execute(statement)).one_or_none()
    return None if found is None else (found[0], found[1])


async def ground_of(unit: Unit, row: CouncilDecisionRow) -> str:
    """On what a decision rests: the meeting and its §, or the written procedure."""
    found = None if row.item_id is None else await item_of(unit, row.item_id)
    if found is None:
        return f"Per capsulam, {row.opened_by}"
    item, meeting = found
    return f"{meeting.name}, § {item.number}"


async def due(connection: Connected, at: datetime) -> list[UUID]:
    """Written procedures whose window is over."""
    statement = select(_C.id).where(_C.state == CouncilDecisionState.ASKING, _C.closes_at <= at)
    return list((await connection.execute(statement)).scalars())
