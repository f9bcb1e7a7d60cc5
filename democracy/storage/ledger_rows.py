"""The ledger's rows as they lie in the database, for whoever verifies them.

Values are given as plain text and bytes: a row that somebody has altered may hold what its column's type cannot read.
"""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import ColumnElement, LargeBinary, Select, Text, exists, select, type_coerce
from sqlalchemy.ext.asyncio import AsyncConnection

from democracy.storage.tables.step import ChainRow, KeptTextRow, StepRow, UnchainedRow
from democracy.storage.types import any_of

Reader: TypeAlias = AsyncConnection

BATCH = 1000
"""Rows in memory at a time."""


@dataclass(frozen=True)
class StoredText:
    """A kept text, or what erasing has left of it."""

    id: str
    noun: str
    noun_id: str
    salt: bytes | None
    content: str | None
    erased: bool


@dataclass(frozen=True)
class StoredStep:
    """A step with its texts. `columns` are those that repeat what the record says, by the record's own names."""

    id: str
    record: str
    columns: Mapping[str, Any]
    texts: tuple[StoredText, ...]


@dataclass(frozen=True)
class Link:
    """One position of the ledger; `step` is None where the step itself is gone."""

    position: int
    step_id: str
    hash: Any
    step: StoredStep | None


async def links(reader: AsyncConnection, after: int = 0) -> AsyncIterator[Link]:
    """Every position above `after`, in order."""
    statement = (
        select(ChainRow.position, _raw(ChainRow.step_id, "chained_id"), _bytes(ChainRow.hash, "hash"), *_STEP)
        .outerjoin(StepRow, StepRow.id == ChainRow.step_id)
        .order_by(ChainRow.position)
        .limit(BATCH)
    )
    while rows := (await reader.execute(statement.where(ChainRow.position > after))).all():
        texts = await _texts(reader, [row.id for row in rows])
        for row in rows:
            yield Link(row.position, _hex(row.chained_id), row.hash, _step(row, texts))
        after = rows[-1].position


async def waiting(reader: AsyncConnection) -> AsyncIterator[StoredStep]:
    """Every step that waits for its position, in order."""
    after = 0
    statement = (
        select(UnchainedRow.number, *_STEP)
        .join(StepRow, StepRow.id == UnchainedRow.step_id)
        .order_by(UnchainedRow.number)
        .limit(BATCH)
    )
    while rows := (await reader.execute(statement.where(UnchainedRow.number > after))).all():
        texts = await _texts(reader, [row.id for row in rows])
        for row in rows:
            if (step := _step(row, texts)) is not None:
                yield step
        after = rows[-1].number


async def named(reader: AsyncConnection, ids: Sequence[UUID]) -> AsyncIterator[StoredStep]:
    """These steps, in no order."""
    for start in range(0, len(ids), BATCH):
        some = list(ids[start : start + BATCH])
        rows = (await reader.execute(select(*_STEP).where(any_of(StepRow.id, some)))).all()
        texts = await _texts(reader, [row.id for row in rows])
        for row in rows:
            if (step := _step(row, texts)) is not None:
                yield step


async def unplaced(reader: AsyncConnection, limit: int) -> list[str]:
    """Steps that neither have a position nor wait for one."""
    has_place = exists().where(ChainRow.step_id == StepRow.id)
    waits = exists().where(UnchainedRow.step_id == StepRow.id)
    return await _ids(reader, select(_raw(StepRow.id, "id")).where(~has_place, ~waits).order_by(StepRow.id), limit)


async def waiting_wrongly(reader: AsyncConnection, limit: int) -> list[str]:
    """Ids that wait for a position although they have one, or although there is no such step."""
    has_place = exists().where(ChainRow.step_id == UnchainedRow.step_id)
    is_step = exists().where(StepRow.id == UnchainedRow.step_id)
    statement = select(_raw(UnchainedRow.step_id, "id")).where(has_place | ~is_step).order_by(UnchainedRow.number)
    return await _ids(reader, statement, limit)


async def texts_without_step(reader: AsyncConnection, limit: int) -> list[str]:
    """Kept texts whose step is gone."""
    is_step = exists().where(StepRow.id == KeptTextRow.step_id)
    return await _ids(reader, select(_raw(KeptTextRow.id, "id")).where(~is_step).order_by(KeptTextRow.id), limit)


async def _ids(reader: AsyncConnection, statement: Select[Any], limit: int) -> list[str]:
    return [_hex(each) for each in (await reader.execute(statement.limit(limit))).scalars()]


def _raw(column: Any, name: str) -> ColumnElement[Any]:
    return type_coerce(column, Text()).label(name)


def _bytes(column: Any, name: str) -> ColumnElement[Any]:
    return type_coerce(column, LargeBinary()).label(name)


_PLAIN = ("workflow", "rule", "source", "dest", "paragraph", "record")
_STEP = (
    *(_raw(getattr(StepRow, name), name) for name in ("id", "case_id", "actor_kind", "actor_id", "at", *_PLAIN)),
    _raw(StepRow.statutes_digest, "statutes"),
)


def _step(row: Any, texts: Mapping[str, list[StoredText]]) -> StoredStep | None:
    if row.id is None:
        return None
    columns = {name: getattr(row, name) for name in (*_PLAIN[:-1], "statutes")}
    columns |= {
        "id": _hex(row.id),
        "case": _hex(row.case_id),
        "actor": [row.actor_kind, None if row.actor_id is None else _hex(row.actor_id)],
        "now": moment(row.at),
    }
    return StoredStep(_hex(row.id), row.record, columns, tuple(texts.get(_hex(row.id), ())))


async def _texts(reader: AsyncConnection, step_ids: Sequence[Any]) -> dict[str, list[StoredText]]:
    statement = select(
        _raw(KeptTextRow.id, "id"),
        _raw(KeptTextRow.step_id, "step_id"),
        _raw(KeptTextRow.noun, "noun"),
        _raw(KeptTextRow.noun_id, "noun_id"),
        _bytes(KeptTextRow.salt, "salt"),
        _raw(KeptTextRow.content, "content"),
        _raw(KeptTextRow.erased_at, "erased_at"),
    ).where(any_of(KeptTextRow.step_id, list(_uuids(step_ids))))
    found: dict[str, list[StoredText]] = {}
    for row in await reader.execute(statement.order_by(KeptTextRow.id)):
        text = StoredText(_hex(row.id), row.noun, _hex(row.noun_id), row.salt, row.content, row.erased_at is not None)
        found.setdefault(_hex(row.step_id), []).append(text)
    return found


def _uuids(values: Sequence[Any]) -> Iterator[UUID]:
    for value in values:
        with suppress(ValueError):
            if value is not None:
                yield value if isinstance(value, UUID) else UUID(hex=str(value))


def _hex(value: Any) -> str:
    return value.hex if isinstance(value, UUID) else str(value)


def moment(value: Any) -> str:
    """A stored or recorded time in one form: ISO 8601 in UTC. What is no time is given as it is."""
    try:
        at = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    except ValueError:
        return str(value)
    return (at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)).isoformat()
