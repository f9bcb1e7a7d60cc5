"""Divisions and statements to be shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased

from democracy.domain.actors import Actor, Member
from democracy.domain.kinds import Channel
from democracy.storage.prepared import AT, IDS
from democracy.storage.reads.reader import Reader, views
from democracy.storage.tables.division import (
    CountRow,
    DemandRow,
    DivisionRow,
    LotShareRow,
    StatementRow,
    VoteRow,
)
from democracy.storage.tables.matter import MatterRow
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.member import MemberRow
from democracy.storage.types import any_of
from democracy.storage.visibility import meeting_visible_to
from workflows.division import DivisionState
from workflows.proceedings import Choice, DivisionMethod, StatementKind


@dataclass(frozen=True, slots=True)
class DivisionView:
    """A division's own columns, and how many asked for it."""

    id: UUID
    meeting_id: UUID
    matter_id: UUID
    question_id: UUID
    number: int | None
    role: str | None
    yes_id: UUID | None
    no_id: UUID | None
    yes_means: str | None
    no_means: str | None
    method: DivisionMethod | None
    trial: bool
    urn_id: UUID | None
    state: DivisionState
    entitled: int | None
    counters: int
    opened_at: datetime | None
    closed_at: datetime | None
    yes: int | None
    no: int | None
    abstained: int | None
    blank: int | None
    casting_vote: Choice | None
    lot: str | None
    winner: Choice | None
    settled_by: str | None
    announced_at: datetime | None
    annulled_at: datetime | None
    annulled_reason: str | None
    version: int
    item_id: UUID
    statutes_digest: str
    asked: int


@dataclass(frozen=True, slots=True)
class AnswerView:
    """What somebody answered in a roll call."""

    division_id: UUID
    choice: Choice
    member_id: UUID
    given_name: str | None
    family_name: str | None
    erased_at: datetime | None
    protected: bool


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """Figures, those that they replaced, and why."""

    division_id: UUID
    yes_before: int
    no_before: int
    abstained_before: int
    blank_before: int
    yes: int
    no: int
    abstained: int
    blank: int
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ShareView:
    """A share of a lot. Whose it is stays out of it."""

    division_id: UUID
    commitment: str
    share: str | None


@dataclass(frozen=True, slots=True)
class StatementView:
    """What somebody has had noted."""

    id: UUID
    meeting_id: UUID
    item_id: UUID
    matter_id: UUID | None
    member_id: UUID
    kind: StatementKind
    proposal_id: UUID | None
    text: str | None
    channel: Channel
    received_at: datetime
    recorded_at: datetime
    withdrawn_at: datetime | None
    given_name: str | None
    family_name: str | None
    erased_at: datetime | None
    protected: bool
    statutes_digest: str


_OWN = [getattr(DivisionRow, name) for name in DivisionView.__slots__[:-3]]
_NOTED = [getattr(StatementRow, name) for name in StatementView.__slots__[:-5]]
_PERSON = (MemberRow.given_name, MemberRow.family_name, MemberRow.erased_at, MemberRow.protected)


async def by_ids(connection: AsyncConnection, reader: Reader, ids: Sequence[UUID]) -> dict[UUID, DivisionView]:
    """Those of `ids` that may be seen."""
    statement = _visible(reader.stand_in, reader.zone).where(any_of(DivisionRow.id, IDS))
    rows = await connection.execute(statement, reader.values(ids))
    return {view.id: view for view in views(DivisionView, rows)}


async def of_matters(connection: AsyncConnection, ids: Sequence[UUID]) -> list[DivisionView]:
    """Every division on some matters, which the caller has seen, as they were opened; those not opened last."""
    return await _in_order(connection, any_of(DivisionRow.matter_id, ids))


async def of_items(connection: AsyncConnection, ids: Sequence[UUID]) -> list[DivisionView]:
    """The same under some items of agendas."""
    return await _in_order(connection, any_of(MatterRow.item_id, ids))


async def _in_order(connection: AsyncConnection, which: ColumnElement[bool]) -> list[DivisionView]:
    order = DivisionRow.opened_at.is_(None), DivisionRow.opened_at, DivisionRow.id
    return views(DivisionView, await connection.execute(_all().where(which).order_by(*order)))


async def going_on(connection: AsyncConnection, ids: Sequence[UUID]) -> list[DivisionView]:
    """The divisions of some meetings, which the caller has seen, that are open or wait to be announced."""
    state = DivisionRow.state.in_((DivisionState.OPEN, DivisionState.CLOSED))
    rows = await connection.execute(_all().where(any_of(DivisionRow.meeting_id, ids), state))
    return views(DivisionView, rows)


@cache
def _visible(actor: Actor, zone: ZoneInfo) -> Select[Any]:
    return _all().where(meeting_visible_to(actor, AT, zone))


def _all() -> Select[Any]:
    asked = select(func.count()).select_from(DemandRow).where(DemandRow.division_id == DivisionRow.id)
    count = asked.correlate(DivisionRow).scalar_subquery().label("asked")
    return (
        select(*_OWN, MatterRow.item_id, MeetingRow.statutes_digest, count)
        .join(MeetingRow, MeetingRow.id == DivisionRow.meeting_id)
        .join(MatterRow, MatterRow.id == DivisionRow.matter_id)
    )


async def own_answers(connection: AsyncConnection, reader: Reader, ids: Sequence[UUID]) -> dict[UUID, Choice]:
    """What the reader has answered in some divisions. From devices it is gone once the figures stand."""
    if not isinstance(reader.actor, Member):
        return {}
    statement = select(VoteRow.division_id, VoteRow.choice).where(
        any_of(VoteRow.division_id, ids), VoteRow.member_id == reader.actor.id
    )
    return {row.division_id: row.choice for row in await connection.execute(statement)}


async def answered(connection: AsyncConnection, ids: Sequence[UUID]) -> dict[UUID, int]:
    """How many votes have come in to some divisions, whatever they say."""
    statement = select(VoteRow.division_id, func.sum(VoteRow.votes)).where(any_of(VoteRow.division_id, ids))
    return {
        division: int(votes) for division, votes in await connection.execute(statement.group_by(VoteRow.division_id))
    }


async def roll_calls(connection: AsyncConnection, ids: Sequence[UUID]) -> list[AnswerView]:
    """Who answered what in those that are announced roll calls."""
    statement = (
        select(VoteRow.division_id, VoteRow.choice, MemberRow.id, *_PERSON)
        .join(DivisionRow, DivisionRow.id == VoteRow.division_id)
        .join(MemberRow, MemberRow.id == VoteRow.member_id)
        .where(any_of(VoteRow.division_id, ids), DivisionRow.method == DivisionMethod.ROLL_CALL)
        .where(DivisionRow.announced_at.is_not(None))
        .order_by(MemberRow.sort_key, MemberRow.id)
    )
    return views(AnswerView, await connection.execute(statement))


async def corrections(connection: AsyncConnection, ids: Sequence[UUID]) -> list[CorrectionView]:
    """Figures that were put right after they had been announced."""
    new = aliased(CountRow)
    statement = (
        select(
            CountRow.division_id, CountRow.yes, CountRow.no, CountRow.abstained, CountRow.blank, new.yes, new.no,
            new.abstained, new.blank, new.reason, new.at,
        )
        .join(new, new.id == CountRow.replaced_by_id)
        .where(any_of(CountRow.division_id, ids), new.reason.is_not(None))
        .order_by(new.at, new.id, CountRow.id)
    )  # fmt: skip
    return views(CorrectionView, await connection.execute(statement))


async def shares(connection: AsyncConnection, ids: Sequence[UUID]) -> list[ShareView]:
    """The shares of a lot that were committed to."""
    statement = select(LotShareRow.division_id, LotShareRow.commitment, LotShareRow.share)
    rows = await connection.execute(
        statement.where(any_of(LotShareRow.division_id, ids)).order_by(LotShareRow.commitment)
    )
    return views(ShareView, rows)


async def statements_by_ids(
    connection: AsyncConnection, reader: Reader, ids: Sequence[UUID]
) -> dict[UUID, StatementView]:
    """Those of `ids` that may be seen."""
    seen = meeting_visible_to(reader.stand_in, AT, reader.zone)
    rows = await connection.execute(_statements().where(any_of(StatementRow.id, IDS), seen), reader.values(ids))
    return {view.id: view for view in views(StatementView, rows)}


async def statements_of(connection: AsyncConnection, ids: Sequence[UUID]) -> list[StatementView]:
    """What has been noted under some items, which the caller has seen, in the order in which it was recorded."""
    statement = _statements().where(any_of(StatementRow.item_id, ids))
    rows = await connection.execute(statement.order_by(StatementRow.recorded_at, StatementRow.id))
    return views(StatementView, rows)


def _statements() -> Select[Any]:
    return (
        select(*_NOTED, *_PERSON, MeetingRow.statutes_digest)
        .join(MeetingRow, MeetingRow.id == StatementRow.meeting_id)
        .join(MemberRow, MemberRow.id == StatementRow.member_id)
    )
