"""The passages of versions to be shown, with their locks and what made them. The caller has seen the documents."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from democracy.domain.numbered_text.paragraphs import Paragraph
from democracy.storage.document_text import texts
from democracy.storage.reads.reader import views
from democracy.storage.tables.document import LockRow, ParagraphRow, PassageSourceRow
from democracy.storage.types import any_of


@dataclass(frozen=True, slots=True)
class LockView:
    """A lock, proposed or answered."""

    paragraph_id: UUID
    provenance: str | None
    source_id: UUID | None
    locked: bool | None
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class ParagraphView:
    """A paragraph of a version."""

    id: UUID
    version_id: UUID
    origin_id: UUID | None
    paragraph: Paragraph
    lock: LockView | None


@dataclass(frozen=True, slots=True)
class SourceView:
    """An amendment that made a passage, or without a paragraph took one away."""

    version_id: UUID
    paragraph_id: UUID | None
    letter: str
    amendment_id: UUID


_LOCK = [getattr(LockRow, name) for name in LockView.__slots__]
_SOURCE = [getattr(PassageSourceRow, name) for name in SourceView.__slots__]


async def paragraphs(connection: AsyncConnection, ids: Sequence[UUID]) -> list[ParagraphView]:
    """The paragraphs of some versions, in their order."""
    found = await texts(connection, ids)
    origins = select(ParagraphRow.id, ParagraphRow.origin_id).where(any_of(ParagraphRow.version_id, ids))
    origin = {row.id: row.origin_id for row in await connection.execute(origins)}
    locks = select(*_LOCK).join(ParagraphRow, ParagraphRow.id == LockRow.paragraph_id)
    rows = await connection.execute(locks.where(any_of(ParagraphRow.version_id, ids)))
    by_paragraph = {view.paragraph_id: view for view in views(LockView, rows)}
    return [
        ParagraphView(key, version, origin[key], paragraph, by_paragraph.get(key))
        for version, text in found.items()
        for key, paragraph in text.items()
    ]


async def by_ids(connection: AsyncConnection, ids: Sequence[UUID]) -> dict[UUID, ParagraphView]:
    """Single paragraphs by id."""
    statement = select(ParagraphRow.version_id).where(any_of(ParagraphRow.id, ids)).distinct()
    versions = list((await connection.execute(statement)).scalars())
    return {view.id: view for view in await paragraphs(connection, versions)}


async def sources(connection: AsyncConnection, ids: Sequence[UUID]) -> list[SourceView]:
    """What made the passages of some versions."""
    statement = select(*_SOURCE).where(any_of(PassageSourceRow.version_id, ids)).order_by(PassageSourceRow.id)
    return views(SourceView, await connection.execute(statement))
