"""Many rows in one statement whose text stays the same: sent one by one, each costs as much as a small query."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import ARRAY, TextClause, bindparam, insert, text
from sqlalchemy.ext.asyncio import AsyncSession

from democracy.storage.tables.base import Table


async def insert_rows(session: AsyncSession, kind: type[Table], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that name the same columns, in their order: on PostgreSQL an array for each column."""
    if not rows:
        return
    if session.get_bind().dialect.name != "postgresql":
        await session.execute(insert(kind), rows)
        return
    names = tuple(rows[0])
    await session.execute(_unnested(kind, names), {name: [row[name] for row in rows] for name in names})


@cache
def _unnested(kind: type[Table], names: tuple[str, ...]) -> TextClause:
    columns = kind.__table__.c
    listed, arrays = ", ".join(names), ", ".join(f":{name}" for name in names)
    # The names are those of our own tables' columns.
    statement = f"INSERT INTO {kind.__tablename__} ({listed}) SELECT * FROM unnest({arrays})"  # noqa: S608
    return text(statement).bindparams(*(bindparam(name, type_=ARRAY(columns[name].type)) for name in names))
