"""The text of a version: read into paragraphs, and written once."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from democracy.domain.ids import new_id
from democracy.domain.numbered_text.paragraphs import Heading, Paragraph, Point
from democracy.storage.ledger import canonical
from democracy.storage.statutes import Connected
from democracy.storage.tables.document import LockRow, ParagraphRow, PointRow
from democracy.storage.types import any_of

Texts = dict[UUID, dict[UUID, Paragraph]]
"""By version: its paragraphs in their order, by id."""


@dataclass(frozen=True, slots=True)
class New:
    """A paragraph to be written, and where it comes from."""

    paragraph: Paragraph
    origin: UUID | None = None
    lock: LockRow | None = None
    """The lock of the paragraph that it comes from: kept as it is."""


async def texts(connection: Connected, versions: Sequence[UUID]) -> Texts:
    """The paragraphs of some versions. A proposed lock that nobody has answered counts as one."""
    found: Texts = {version: {} for version in versions}
    rows = (await connection.execute(_paragraphs().where(any_of(ParagraphRow.version_id, versions)))).all()
    points = await _points(connection, [row.id for row in rows])
    for row in rows:
        found[row.version_id][row.id] = _paragraph(row, points.get(row.id, ()))
    return found


def _paragraphs() -> Any:
    return (
        select(
            ParagraphRow.id, ParagraphRow.version_id, ParagraphRow.number, ParagraphRow.suffix, ParagraphRow.headings,
            ParagraphRow.heading, ParagraphRow.lead, LockRow.locked, LockRow.provenance,
            LockRow.paragraph_id.label("lock_id"),
        )
        .outerjoin(LockRow, LockRow.paragraph_id == ParagraphRow.id)
        .order_by(ParagraphRow.version_id, ParagraphRow.position)
    )  # fmt: skip


async def _points(connection: Connected, paragraphs: Sequence[UUID]) -> Mapping[UUID, list[Point]]:
    statement = select(PointRow.paragraph_id, PointRow.letter, PointRow.text).where(
        any_of(PointRow.paragraph_id, paragraphs)
    )
    found: dict[UUID, list[Point]] = {}
    for paragraph_id, letter, text in await connection.execute(statement.order_by(PointRow.position)):
        found.setdefault(paragraph_id, []).append(Point(letter, text))
    return found


def _paragraph(row: Any, points: Iterable[Point]) -> Paragraph:
    locked = row.lock_id is not None and row.locked is not False
    return Paragraph(
        number=row.number,
        lead=row.lead,
        points=tuple(points),
        headings=tuple(Heading(level, text) for level, text in json.loads(row.headings)),
        heading=row.heading,
        locked=locked,
        provenance=row.provenance if locked else None,
        suffix=row.suffix,
    )


async def write_text(session: AsyncSession, version_id: UUID, paragraphs: Sequence[New]) -> list[UUID]:
    """Write the paragraphs of a new version, with their points and locks. Returns their ids."""
    rows = [_row(version_id, position, each) for position, each in enumerate(paragraphs, start=1)]
    session.add_all(rows)
    await session.flush()
    for row, each in zip(rows, paragraphs, strict=True):
        session.add_all(_point_rows(row.id, each.paragraph.points))
        lock = _lock(row.id, each)
        if lock is not None:
            session.add(lock)
    await session.flush()
    return [row.id for row in rows]


def _row(version_id: UUID, position: int, new: New) -> ParagraphRow:
    paragraph = new.paragraph
    return ParagraphRow(
        id=new_id(),
        version_id=version_id,
        position=position,
        number=paragraph.number,
        suffix=paragraph.suffix,
        headings=canonical([[each.level, each.text] for each in paragraph.headings]),
        heading=paragraph.heading,
        lead=paragraph.lead,
        origin_id=new.origin,
    )


def _point_rows(paragraph_id: UUID, points: Sequence[Point]) -> list[PointRow]:
    return [
        PointRow(paragraph_id=paragraph_id, letter=each.letter, position=position, text=each.text)
        for position, each in enumerate(points, start=1)
    ]


def _lock(paragraph_id: UUID, new: New) -> LockRow | None:
    kept = new.lock
    if kept is not None:
        return LockRow(
            paragraph_id=paragraph_id,
            provenance=kept.provenance,
            source_id=kept.source_id,
            locked=kept.locked,
            answered_at=kept.answered_at,
            answered_by=kept.answered_by,
        )
    if new.paragraph.locked:
        return LockRow(paragraph_id=paragraph_id, provenance=new.paragraph.provenance)
    return None
