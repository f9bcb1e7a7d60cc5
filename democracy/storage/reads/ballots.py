"""Member ballots to be shown."""

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
from democracy.storage.ballot_visibility import ballot_visible_to
from democracy.storage.paging import Asked, Order, Page, page
from democracy.storage.prepared import AT, IDS
from democracy.storage.reads.reader import Reader, views
from democracy.storage.tables.ballot import MemberBallotRow
from democracy.storage.tables.unit import BodyRow, UnitRow
from democracy.storage.types import any_of
from workflows.ballot_kinds import SecrecyLevel
from workflows.member_ballot import MemberBallotState
from workflows.statutes.parameters.ballots import Effect


@dataclass(frozen=True, slots=True)
class BallotView:
    """A ballot's own columns."""

    id: UUID
    unit_id: UUID
    body_id: UUID
    state: MemberBallotState
    title: str
    background: str
    effect: Effect
    urgent: bool
    agreement: bool
    level: SecrecyLevel
    decision: str | None
    support_needed: int | None
    demanded_on: date | None
    counted_on: date | None
    embargo_until: datetime | None
    opens_at: datetime | None
    closes_at: datetime | None
    objections_until: datetime | None
    electorate_digest: str | None
    electorate_size: int | None
    announced_at: datetime | None
    checked_at: datetime | None
    opened_at: datetime | None
    reminded_at: datetime | None
    closed_at: datetime | None
    protocol: str | None
    """The count, whoever may read it."""
    certified_at: datetime | None
    certified_by: str | None
    published_at: datetime | None
    outcome: str | None
    outcome_by: str | None
    ended_reason: str | None
    statutes_digest: str
    version: int
    unit_name: str
    body_name: str


_OWN = [getattr(MemberBallotRow, name) for name in BallotView.__slots__[:-2]]


@dataclass(frozen=True)
class BallotFilter:
    """Which ballots: every condition that is given must hold."""

    unit_id: UUID | None = None
    states: tuple[MemberBallotState, ...] = ()


async def by_ids(connection: AsyncConnection, reader: Reader, ids: Sequence[UUID]) -> dict[UUID, BallotView]:
    """Those of `ids` that may be seen."""
    statement = _visible(reader.stand_in, reader.zone).where(any_of(MemberBallotRow.id, IDS))
    rows = await connection.execute(statement, reader.values(ids))
    return {view.id: view for view in views(BallotView, rows)}


async def listed(connection: AsyncConnection, reader: Reader, wanted: BallotFilter, asked: Asked) -> Page[BallotView]:
    """A page of ballots, the newest first."""
    statement = _filtered(_visible(reader.stand_in, reader.zone), wanted)
    # Ids grow with time: the newest first is the highest first.
    order = Order((cast(MemberBallotRow.id, String),), descending=True)
    found = await page(connection, statement, order, asked, reader.values())
    shown = views(BallotView, (row[:-1] for row in found.rows))
    return Page(shown, found.cursors, found.has_next, found.has_previous)


async def counted(connection: AsyncConnection, reader: Reader, wanted: BallotFilter) -> int:
    """How many there are in all."""
    seen = _visible(reader.stand_in, reader.zone).with_only_columns(func.count())
    total: int = (await connection.execute(_filtered(seen, wanted), reader.values())).scalar_one()
    return total


@cache
def _visible(actor: Actor, zone: ZoneInfo) -> Select[Any]:
    return (
        select(*_OWN, UnitRow.name.label("unit_name"), BodyRow.name.label("body_name"))
        .join(UnitRow, UnitRow.id == MemberBallotRow.unit_id)
        .join(BodyRow, BodyRow.id == MemberBallotRow.body_id)
        .where(ballot_visible_to(actor, AT, zone))
    )


def _filtered(statement: Select[Any], wanted: BallotFilter) -> Select[Any]:
    if wanted.unit_id is not None:
        statement = statement.where(MemberBallotRow.unit_id == wanted.unit_id)
    if wanted.states:
        statement = statement.where(MemberBallotRow.state.in_(wanted.states))
    return statement
