"""Matters before councils and boards, to be shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Select, String, cast, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from democracy.domain.actors import Actor
from democracy.storage.council_visibility import council_visible_to
from democracy.storage.paging import Asked, Order, Page, page
from democracy.storage.prepared import AT, IDS
from democracy.storage.reads.reader import Reader, views
from democracy.storage.tables.council import CouncilDecisionRow
from democracy.storage.tables.unit import BodyRow
from democracy.storage.types import any_of
from workflows.council_decision import CouncilDecisionState
from workflows.council_kinds import Confidentiality, CouncilOutcome, Initiative, MatterSort


@dataclass(frozen=True, slots=True)
class CouncilView:
    """A matter's own columns."""

    id: UUID
    unit_id: UUID
    body_id: UUID
    state: CouncilDecisionState
    sort: MatterSort
    title: str
    summary: str
    initiative: Initiative
    raised_by: UUID | None
    raised_at: datetime
    created_at: datetime
    alternatives: str | None
    costs: str | None
    consequences: str | None
    report: str | None
    principle_by: str | None
    principle_reason: str | None
    urgent_by: str | None
    level: Confidentiality | None
    embargo_until: datetime | None
    sounding_question: str | None
    sounding_until: datetime | None
    sounding_summary: str | None
    question: str | None
    opened_by: str | None
    opens_at: datetime | None
    closes_at: datetime | None
    meetings_needed: int | None
    answers_needed: int | None
    protocol: str | None
    minutes: str | None
    outcome: CouncilOutcome | None
    decision_text: str | None
    decided_at: datetime | None
    item_id: UUID | None
    reported_item_id: UUID | None
    in_force_from: datetime | None
    bound_body_id: UUID | None
    responsible_id: UUID | None
    report_by: date | None
    carried_out: str | None
    carried_out_at: datetime | None
    rationale: str | None
    rationale_at: datetime | None
    ended_reason: str | None
    statutes_digest: str
    version: int
    body_name: str


_OWN = [getattr(CouncilDecisionRow, name) for name in CouncilView.__slots__[:-1]]


@dataclass(frozen=True)
class CouncilFilter:
    """Which matters: every condition that is given must hold."""

    body_id: UUID | None = None
    states: tuple[CouncilDecisionState, ...] = ()


async def by_ids(connection: AsyncConnection, reader: Reader, ids: Sequence[UUID]) -> dict[UUID, CouncilView]:
    """Those of `ids` that may be seen."""
    statement = _visible(reader.stand_in, reader.zone).where(any_of(CouncilDecisionRow.id, IDS))
    rows = await connection.execute(statement, reader.values(ids))
    return {view.id: view for view in views(CouncilView, rows)}


async def listed(connection: AsyncConnection, reader: Reader, wanted: CouncilFilter, asked: Asked) -> Page[CouncilView]:
    """A page of matters. Their order tells nothing: their ids do not grow with time."""
    statement = _filtered(_visible(reader.stand_in, reader.zone), wanted)
    order = Order((cast(CouncilDecisionRow.id, String),))
    found = await page(connection, statement, order, asked, reader.values())
    shown = views(CouncilView, (row[:-1] for row in found.rows))
    return Page(shown, found.cursors, found.has_next, found.has_previous)


async def counted(connection: AsyncConnection, reader: Reader, wanted: CouncilFilter) -> int:
    """How many there are in all."""
    seen = _visible(reader.stand_in, reader.zone).with_only_columns(func.count())
    total: int = (await connection.execute(_filtered(seen, wanted), reader.values())).scalar_one()
    return total


@cache
def _visible(actor: Actor, zone: ZoneInfo) -> Select[Any]:
    return (
        select(*_OWN, BodyRow.name.label("body_name"))
        .join(BodyRow, BodyRow.id == CouncilDecisionRow.body_id)
        .where(council_visible_to(actor, AT, zone))
    )


def _filtered(statement: Select[Any], wanted: CouncilFilter) -> Select[Any]:
    if wanted.body_id is not None:
        statement = statement.where(CouncilDecisionRow.body_id == wanted.body_id)
    if wanted.states:
        statement = statement.where(CouncilDecisionRow.state.in_(wanted.states))
    return statement
