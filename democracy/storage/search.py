"""Search in Swedish: stems in, ids out, the same on both databases. Never ranked: rank would leak hidden texts."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, text
from sqlalchemy.ext.asyncio import AsyncSession

from democracy.domain.swedish import query_terms, stem_list
from democracy.storage.tables.motion import MotionRow


async def index_motion(session: AsyncSession, motion_id: UUID, texts: Sequence[str]) -> None:
    """Put a motion's words into the index in place of what was there."""
    stems = sorted({stem for each in texts for stem in stem_list(each)})
    postgresql = session.get_bind().dialect.name == "postgresql"
    key = motion_id if postgresql else motion_id.hex
    await session.execute(text("DELETE FROM motion_search WHERE motion_id = :id"), {"id": key})
    if postgresql:
        insert = "INSERT INTO motion_search (motion_id, stems) VALUES (:id, array_to_tsvector(CAST(:stems AS text[])))"
        await session.execute(text(insert), {"id": key, "stems": stems})
    else:
        insert = "INSERT INTO motion_search (motion_id, stems) VALUES (:id, :stems)"
        await session.execute(text(insert), {"id": key, "stems": " ".join(stems)})


def motion_matches(words: str, dialect: str) -> ColumnElement[bool]:
    """The motion holds every word, each by its stem or its beginning. Words without a letter match nothing."""
    terms = query_terms(words)
    if not terms:
        return text("1 = 0")  # type: ignore[return-value]  # a textual predicate
    if dialect == "postgresql":
        query = " & ".join("'" + term.replace("'", "''").replace("\\", "\\\\") + "':*" for term in terms)
        found = text("SELECT motion_id FROM motion_search WHERE stems @@ CAST(:words AS tsquery)")
    else:
        query = " ".join('"' + term.replace('"', '""') + '"*' for term in terms)
        found = text("SELECT motion_id FROM motion_search WHERE motion_search MATCH :words")
    return MotionRow.id.in_(found.bindparams(words=query))
