"""The register of decisions, to be shown: to whoever sees the case that a decision was made in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, String, and_, cast, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from democracy.domain.actors import Actor
from democracy.domain.kinds import Outcome
from democracy.storage.ballot_visibility import ballot_visible_to
from democracy.storage.council_visibility import council_visible_to
from democracy.storage.decision_register import decision_matches
from democracy.storage.matter_case import matter_visible_to
from democracy.storage.paging import Asked, Order, Page, page
from democracy.storage.prepared import AT, IDS
from democracy.storage.reads.reader import Reader, views
from democracy.storage.tables.ballot import MemberBallotRow
from democracy.storage.tables.council import CouncilDecisionRow
from democracy.storage.tables.decision_register import RegisteredDecisionRow
from democracy.storage.tables.matter import MatterRow
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.motion import MotionRow
from democracy.storage.tables.unit import BodyRow, UnitRow
from democracy.storage.types import any_of
from democracy.storage.visibility import motion_visible_to

_R = RegisteredDecisionRow


@dataclass(frozen=True, slots=True)
class DecisionView:
    """A decision's own columns."""

    id: UUID
    kind: str
    case_id: UUID
    part_id: UUID | None
    unit_id: UUID
    body_id: UUID
    meeting_id: UUID | None
    outcome: Outcome | None
    title: str
    text: str
    ground: str | None
    decided_at: datetime
    in_force_from: datetime | None
    in_force_until: datetime | None
    replaces_id: UUID | None
    unit_name: str
    body_name: str


_OWN = [getattr(_R, name) for name in DecisionView.__slots__[:-2]]


@dataclass(frozen=True)
class RegisterFilter:
    """Which decisions: every condition that is given must hold."""

    unit_id: UUID | None = None
    body_id: UUID | None = None
    search: str | None = None
    in_force_at: datetime | None = None


async def by_ids(connection: AsyncConnection, reader: Reader, ids: Sequence[UUID]) -> dict[UUID, DecisionView]:
    """Those of `ids` that may be seen."""
    statement = _visible(reader.stand_in, reader.zone).where(any_of(_R.id, IDS))
    rows = await connection.execute(statement, reader.values(ids))
    return {view.id: view for view in views(DecisionView, rows)}


async def listed(
    connection: AsyncConnection, reader: Reader, wanted: RegisterFilter, asked: Asked
) -> Page[DecisionView]:
    """A page of decisions. Their order tells nothing: never by how well a search fits, nor by when they came."""
    statement = _filtered(_visible(reader.stand_in, reader.zone), wanted)
    found = await page(connection, statement, Order((cast(_R.id, String),)), asked, reader.values())
    shown = views(DecisionView, (row[:-1] for row in found.rows))
    return Page(shown, found.cursors, found.has_next, found.has_previous)


async def counted(connection: AsyncConnection, reader: Reader, wanted: RegisterFilter) -> int:
    """How many there are in all."""
    seen = _visible(reader.stand_in, reader.zone).with_only_columns(func.count())
    total: int = (await connection.execute(_filtered(seen, wanted), reader.values())).scalar_one()
    return total


@cache
def _visible(actor: Actor, zone: ZoneInfo) -> Select[Any]:
    return (
        select(*_OWN, UnitRow.name.label("unit_name"), BodyRow.name.label("body_name"))
        .join(UnitRow, UnitRow.id == _R.unit_id)
        .join(BodyRow, BodyRow.id == _R.body_id)
        .where(decision_visible_to(actor, zone))
    )


def decision_visible_to(actor: Actor, zone: ZoneInfo) -> ColumnElement[bool]:
    """Whoever sees the case, by its own predicate."""
    motions = select(MotionRow.id).join(MeetingRow, MeetingRow.id == MotionRow.meeting_id)
    matters = select(MatterRow.id).join(MeetingRow, MeetingRow.id == MatterRow.meeting_id)
    within = {
        "motion": motions.where(motion_visible_to(actor, AT, zone)),
        "matter": matters.where(matter_visible_to(actor, AT, zone)),
        "council_decision": select(CouncilDecisionRow.id).where(council_visible_to(actor, AT, zone)),
        "member_ballot": select(MemberBallotRow.id).where(ballot_visible_to(actor, AT, zone)),
    }
    return or_(*(and_(_R.kind == kind, _R.case_id.in_(cases)) for kind, cases in within.items()))


def _filtered(statement: Select[Any], wanted: RegisterFilter) -> Select[Any]:
    if wanted.unit_id is not None:
        statement = statement.where(_R.unit_id == wanted.unit_id)
    if wanted.body_id is not None:
        statement = statement.where(_R.body_id == wanted.body_id)
    if wanted.search is not None:
        statement = statement.where(decision_matches(wanted.search))
    if wanted.in_force_at is not None:
        at = wanted.in_force_at
        statement = statement.where(_R.in_force_from <= at, or_(_R.in_force_until.is_(None), _R.in_force_until > at))
    return statement
