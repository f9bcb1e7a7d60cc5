"""Appeals and the decisions that they are about, to be shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Select, String, cast, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased

from democracy.domain.actors import Actor
from democracy.domain.kinds import Channel
from democracy.storage.appeal_case import appeal_roles, appeal_visible_to
from democracy.storage.paging import Asked, Order, Page, page
from democracy.storage.prepared import AT, IDS
from democracy.storage.reads.members import shown_name
from democracy.storage.reads.reader import Reader, views
from democracy.storage.ruling_case import ruling_roles, ruling_visible_to
from democracy.storage.tables.appeal import AppealRow, AppellantRow
from democracy.storage.tables.case_part import AttachmentRow, BlobRow, CaseConflictRow
from democracy.storage.tables.member import MemberRow
from democracy.storage.tables.ruling import RulingNoticeRow, RulingRow
from democracy.storage.tables.unit import BodyRow, UnitRow
from democracy.storage.types import any_of
from workflows.appeal import APPEAL
from workflows.appeal_facts import AppealOutcome, AppealState, ConflictGround, DismissalGround, StayState
from workflows.ruling import RULING, RulingState
from workflows.statutes.parameters.appeals import Decision

_TO, _BODY = aliased(BodyRow), aliased(BodyRow)


@dataclass(frozen=True, slots=True)
class RulingView:
    """A decision that can be appealed."""

    id: UUID
    kind: Decision
    unit_id: UUID
    body_id: UUID
    appeal_to_id: UUID | None
    state: RulingState
    statutes_digest: str
    title: str
    text: str
    reasons: str
    decision: str
    decided_at: datetime
    minutes_verified_on: date | None
    set_aside_by: str | None
    set_aside_at: datetime | None
    last_moment: datetime | None
    body_name: str
    appeal_to_name: str | None


@dataclass(frozen=True, slots=True)
class NoticeView:
    """One whom a decision concerns."""

    ruling_id: UUID
    member_id: UUID | None
    unit_id: UUID | None
    name: str
    channel: Channel | None
    sent_at: datetime | None
    received_at: datetime | None
    told_until: date | None


@dataclass(frozen=True, slots=True)
class AppealView:
    """An appeal's own columns."""

    id: UUID
    ruling_id: UUID
    body_id: UUID
    respondent_id: UUID
    stay_body_id: UUID | None
    statutes_digest: str
    state: AppealState
    version: int
    lodged_at: datetime
    statement_due_at: datetime | None
    statement: str | None
    statement_decision: str | None
    stated_at: datetime | None
    statement_considered: bool | None
    reply_due_at: datetime | None
    reply: str | None
    replied_at: datetime | None
    stay: StayState
    stay_request: str | None
    stay_decision: str | None
    stay_reasons: str | None
    stay_decided_at: datetime | None
    heard_at: datetime | None
    hearing: str | None
    outcome: AppealOutcome | None
    ground: DismissalGround | None
    decision: str | None
    reasons: str | None
    replacement: str | None
    present: int | None
    votes_for: int | None
    votes_against: int | None
    decided_at: datetime | None
    report: str | None
    reported_at: datetime | None
    title: str
    body_name: str


@dataclass(frozen=True, slots=True)
class AppellantView:
    """Somebody who appeals."""

    appeal_id: UUID
    member_id: UUID | None
    unit_id: UUID | None
    name: str
    received_at: datetime
    channel: Channel
    sent_to: str | None
    last_moment: datetime | None
    in_time: bool
    has_standing: bool
    right_addressee: bool
    grounds: str
    left_at: datetime | None


@dataclass(frozen=True, slots=True)
class ConflictView:
    """Somebody who takes no part."""

    case_id: UUID
    member_id: UUID
    name: str
    ground: ConflictGround


@dataclass(frozen=True, slots=True)
class AttachmentView:
    """A file in a case."""

    id: UUID
    case_kind: str
    case_id: UUID
    digest: str
    name: str
    media_type: str
    size: int
    uploaded_at: datetime
    of_board: bool


_RULING = [getattr(RulingRow, name) for name in RulingView.__slots__[:-2]]
_APPEAL = [getattr(AppealRow, name) for name in AppealView.__slots__[:-2]]
_NAME = func.coalesce(shown_name(), UnitRow.name).label("name")


async def rulings(connection: AsyncConnection, reader: Reader, ids: Sequence[UUID]) -> dict[UUID, RulingView]:
    """Those decisions of `ids` that may be seen."""
    statement = _rulings(reader.stand_in, reader.zone).where(any_of(RulingRow.id, IDS))
    rows = await connection.execute(statement, reader.values(ids))
    return {view.id: view for view in views(RulingView, rows)}


async def rulings_listed(connection: AsyncConnection, reader: Reader, asked: Asked) -> Page[RulingView]:
    """A page of decisions that can or could be appealed, the newest first."""
    order = Order((cast(RulingRow.id, String),), descending=True)
    found = await page(connection, _rulings(reader.stand_in, reader.zone), order, asked, reader.values())
    shown = views(RulingView, (row[:-1] for row in found.rows))
    return Page(shown, found.cursors, found.has_next, found.has_previous)


async def rulings_counted(connection: AsyncConnection, reader: Reader) -> int:
    """How many there are in all."""
    statement = _rulings(reader.stand_in, reader.zone).with_only_columns(func.count())
    total: int = (await connection.execute(statement, reader.values())).scalar_one()
    return total


async def appeals(connection: AsyncConnection, reader: Reader, ids: Sequence[UUID]) -> dict[UUID, AppealView]:
    """Those appeals of `ids` that may be seen."""
    statement = _appeals(reader.stand_in, reader.zone).where(any_of(AppealRow.id, IDS))
    rows = await connection.execute(statement, reader.values(ids))
    return {view.id: view for view in views(AppealView, rows)}


async def appeals_listed(connection: AsyncConnection, reader: Reader, asked: Asked) -> Page[AppealView]:
    """A page of appeals, the newest first."""
    order = Order((cast(AppealRow.id, String),), descending=True)
    found = await page(connection, _appeals(reader.stand_in, reader.zone), order, asked, reader.values())
    shown = views(AppealView, (row[:-1] for row in found.rows))
    return Page(shown, found.cursors, found.has_next, found.has_previous)


async def appeals_counted(connection: AsyncConnection, reader: Reader) -> int:
    """How many there are in all."""
    statement = _appeals(reader.stand_in, reader.zone).with_only_columns(func.count())
    total: int = (await connection.execute(statement, reader.values())).scalar_one()
    return total


async def waiting(connection: AsyncConnection, reader: Reader, most: int) -> list[UUID]:
    """Appeals in which the reader has a part and that are not over."""
    roles = appeal_roles(reader.actor, reader.today)
    if not roles:
        return []
    statement = (
        select(AppealRow.id)
        .join(RulingRow, RulingRow.id == AppealRow.ruling_id)
        .where(
            AppealRow.state.not_in(tuple(APPEAL.final)),
            or_(*roles.values()),
            appeal_visible_to(reader.actor, reader.at, reader.zone),
        )
        .order_by(AppealRow.id)
        .limit(most)
    )
    return list((await connection.execute(statement)).scalars())


async def rulings_waiting(connection: AsyncConnection, reader: Reader, most: int) -> list[UUID]:
    """Decisions in which the reader has a part and that are neither final nor set aside."""
    roles = ruling_roles(reader.actor, reader.today)
    if not roles:
        return []
    statement = (
        select(RulingRow.id)
        .where(
            RulingRow.state.not_in(tuple(RULING.final)),
            or_(*roles.values()),
            ruling_visible_to(reader.actor, reader.at, reader.zone),
        )
        .order_by(RulingRow.id)
        .limit(most)
    )
    return list((await connection.execute(statement)).scalars())


async def of_body(connection: AsyncConnection, reader: Reader, body_id: UUID, most: int) -> list[UUID]:
    """Appeals that wait for one board, in whatever part, as far as the reader may see them."""
    row = AppealRow
    theirs = or_(
        row.body_id == body_id, row.office_id == body_id, row.respondent_id == body_id, row.stay_body_id == body_id
    )
    statement = _appeals(reader.stand_in, reader.zone).with_only_columns(row.id)
    statement = statement.where(row.state.not_in(tuple(APPEAL.final)), theirs)
    return list((await connection.execute(statement.limit(most), reader.values())).scalars())


async def rulings_of_body(connection: AsyncConnection, reader: Reader, body_id: UUID, most: int) -> list[UUID]:
    """A board's own decisions that are neither final nor set aside."""
    statement = _rulings(reader.stand_in, reader.zone).with_only_columns(RulingRow.id)
    statement = statement.where(RulingRow.state.not_in(tuple(RULING.final)), RulingRow.office_id == body_id)
    return list((await connection.execute(statement.limit(most), reader.values())).scalars())


async def notices(connection: AsyncConnection, ids: Sequence[UUID]) -> list[NoticeView]:
    """Each whom these decisions concern."""
    row = RulingNoticeRow
    statement = (
        select(
            row.ruling_id, row.member_id, row.unit_id, _NAME, row.channel, row.sent_at, row.received_at, row.told_until
        )
        .outerjoin(MemberRow, MemberRow.id == row.member_id)
        .outerjoin(UnitRow, UnitRow.id == row.unit_id)
        .where(any_of(row.ruling_id, ids))
        .order_by(row.ruling_id, row.id)
    )
    return views(NoticeView, await connection.execute(statement))


async def appellants(connection: AsyncConnection, ids: Sequence[UUID]) -> list[AppellantView]:
    """Everybody who appealed."""
    row = AppellantRow
    statement = (
        select(
            row.appeal_id, row.member_id, row.unit_id, _NAME, row.received_at, row.channel, row.sent_to,
            row.last_moment, row.in_time, row.has_standing, row.right_addressee, row.grounds, row.left_at,
        )
        .outerjoin(MemberRow, MemberRow.id == row.member_id)
        .outerjoin(UnitRow, UnitRow.id == row.unit_id)
        .where(any_of(row.appeal_id, ids))
        .order_by(row.appeal_id, row.id)
    )  # fmt: skip
    return views(AppellantView, await connection.execute(statement))


async def conflicts(connection: AsyncConnection, ids: Sequence[UUID]) -> list[ConflictView]:
    """Everybody who is barred in these cases."""
    statement = (
        select(
            CaseConflictRow.case_id, CaseConflictRow.member_id,
            shown_name().label("name"), CaseConflictRow.ground,
        )
        .join(MemberRow, MemberRow.id == CaseConflictRow.member_id)
        .where(any_of(CaseConflictRow.case_id, ids))
        .order_by(CaseConflictRow.case_id, MemberRow.sort_key, CaseConflictRow.id)
    )  # fmt: skip
    return views(ConflictView, await connection.execute(statement))


async def attachments(connection: AsyncConnection, ids: Sequence[UUID]) -> list[AttachmentView]:
    """The files of these cases."""
    columns = [getattr(AttachmentRow, name) for name in AttachmentView.__slots__]
    statement = select(*columns).where(any_of(AttachmentRow.case_id, ids)).order_by(AttachmentRow.id)
    return views(AttachmentView, await connection.execute(statement))


async def attachment(connection: AsyncConnection, attachment_id: UUID) -> AttachmentView | None:
    """One file; whoever asks looks at its case before it is told."""
    columns = [getattr(AttachmentRow, name) for name in AttachmentView.__slots__]
    found = views(AttachmentView, await connection.execute(select(*columns).where(AttachmentRow.id == attachment_id)))
    return found[0] if found else None


async def content(connection: AsyncConnection, digest: str) -> bytes:
    """A file's bytes."""
    found: bytes = (await connection.execute(select(BlobRow.content).where(BlobRow.digest == digest))).scalar_one()
    return found


@cache
def _rulings(actor: Actor, zone: ZoneInfo) -> Select[Any]:
    return (
        select(*_RULING, _BODY.name.label("body_name"), _TO.name.label("appeal_to_name"))
        .join(_BODY, _BODY.id == RulingRow.body_id)
        .outerjoin(_TO, _TO.id == RulingRow.appeal_to_id)
        .where(ruling_visible_to(actor, AT, zone))
    )


@cache
def _appeals(actor: Actor, zone: ZoneInfo) -> Select[Any]:
    return (
        select(*_APPEAL, RulingRow.title.label("title"), _BODY.name.label("body_name"))
        .join(RulingRow, RulingRow.id == AppealRow.ruling_id)
        .join(_BODY, _BODY.id == AppealRow.body_id)
        .where(appeal_visible_to(actor, AT, zone))
    )
