"""Documents to be shown, with their versions and those who propose them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, String, cast, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from democracy.domain.actors import Actor
from democracy.storage.document_visibility import document_visible_to
from democracy.storage.paging import Asked, Order, Page, page
from democracy.storage.prepared import AT, IDS
from democracy.storage.reads.reader import Reader, views
from democracy.storage.tables.document import DocumentProposerRow, DocumentRow, DocumentVersionRow
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.unit import BodyRow, UnitRow
from democracy.storage.types import any_of
from workflows.document_facts import DocumentState, Editor, VersionKind
from workflows.statutes.parameters.order import DocumentKind


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document's own columns."""

    id: UUID
    unit_id: UUID
    board_id: UUID
    meeting_id: UUID | None
    kind: DocumentKind
    state: DocumentState
    title: str
    statutes_digest: str
    current_id: UUID | None
    base_id: UUID | None
    decision: str | None
    adopted_by: str | None
    editor: Editor | None
    created_at: datetime
    proposed_at: datetime | None
    adopted_at: datetime | None
    published_at: datetime | None
    version: int
    unit_name: str
    board_name: str


@dataclass(frozen=True, slots=True)
class VersionView:
    """A version of a text."""

    id: UUID
    document_id: UUID
    number: int
    kind: VersionKind
    made_at: datetime
    reason: str | None
    file_name: str | None
    file_digest: str | None
    notes: str


@dataclass(frozen=True, slots=True)
class ProposerView:
    """A body that lays a text before the meeting together with the board."""

    document_id: UUID
    body_id: UUID
    decision: str
    body_name: str


@dataclass(frozen=True)
class DocumentFilter:
    """Which documents: every condition that is given must hold."""

    unit_id: UUID | None = None
    meeting_id: UUID | None = None
    kinds: tuple[DocumentKind, ...] = ()
    states: tuple[DocumentState, ...] = ()


_OWN = [getattr(DocumentRow, name) for name in DocumentView.__slots__[:-2]]
_VERSION = [getattr(DocumentVersionRow, name) for name in VersionView.__slots__]


async def by_ids(connection: AsyncConnection, reader: Reader, ids: Sequence[UUID]) -> dict[UUID, DocumentView]:
    """Those of `ids` that may be seen."""
    statement = _visible(reader.stand_in, reader.zone).where(any_of(DocumentRow.id, IDS))
    rows = await connection.execute(statement, reader.values(ids))
    return {view.id: view for view in views(DocumentView, rows)}


async def listed(
    connection: AsyncConnection, reader: Reader, wanted: DocumentFilter, asked: Asked
) -> Page[DocumentView]:
    """A page of documents by title."""
    statement = _filtered(_visible(reader.stand_in, reader.zone), wanted)
    keys: tuple[ColumnElement[Any], ...] = (DocumentRow.sort_key.expression, cast(DocumentRow.id, String))
    found = await page(connection, statement, Order(keys, descending=False), asked, reader.values())
    documents = views(DocumentView, (row[:-2] for row in found.rows))
    return Page(documents, found.cursors, found.has_next, found.has_previous)


async def counted(connection: AsyncConnection, reader: Reader, wanted: DocumentFilter) -> int:
    """How many there are in all."""
    seen = _visible(reader.stand_in, reader.zone).with_only_columns(func.count())
    total: int = (await connection.execute(_filtered(seen, wanted), reader.values())).scalar_one()
    return total


async def versions(connection: AsyncConnection, ids: Sequence[UUID]) -> list[VersionView]:
    """The versions of some documents, the oldest first. The caller has seen the documents."""
    statement = select(*_VERSION).where(any_of(DocumentVersionRow.document_id, ids))
    return views(VersionView, await connection.execute(statement.order_by(DocumentVersionRow.number)))


async def proposers(connection: AsyncConnection, ids: Sequence[UUID]) -> list[ProposerView]:
    """Those who propose together with the boards."""
    statement = (
        select(DocumentProposerRow.document_id, DocumentProposerRow.body_id, DocumentProposerRow.decision, BodyRow.name)
        .join(BodyRow, BodyRow.id == DocumentProposerRow.body_id)
        .where(any_of(DocumentProposerRow.document_id, ids))
        .order_by(BodyRow.sort_key)
    )
    return views(ProposerView, await connection.execute(statement))


@cache
def _visible(actor: Actor, zone: ZoneInfo) -> Select[Any]:
    return (
        select(*_OWN, UnitRow.name.label("unit_name"), BodyRow.name.label("board_name"))
        .join(UnitRow, UnitRow.id == DocumentRow.unit_id)
        .join(BodyRow, BodyRow.id == DocumentRow.board_id)
        .outerjoin(MeetingRow, MeetingRow.id == DocumentRow.meeting_id)
        .where(document_visible_to(actor, AT, zone))
    )


def _filtered(statement: Select[Any], wanted: DocumentFilter) -> Select[Any]:
    if wanted.unit_id is not None:
        statement = statement.where(DocumentRow.unit_id == wanted.unit_id)
    if wanted.meeting_id is not None:
        statement = statement.where(DocumentRow.meeting_id == wanted.meeting_id)
    if wanted.kinds:
        statement = statement.where(DocumentRow.kind.in_(wanted.kinds))
    if wanted.states:
        statement = statement.where(DocumentRow.state.in_(wanted.states))
    return statement
