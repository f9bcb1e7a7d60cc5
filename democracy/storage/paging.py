"""Pages by keyset: a cursor holds the keys of its row, so a page costs the same wherever it begins."""

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Integer, Row, Select, literal, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from democracy.errors import FieldError, InvalidInputError

T = TypeVar("T")
MOST = 100


@dataclass(frozen=True)
class Asked:
    """Which page: the first `first` after `after`, or the last `last` before `before`."""

    first: int | None = None
    after: str | None = None
    last: int | None = None
    before: str | None = None

    def checked(self) -> "Asked":
        """Itself; InvalidInputError unless exactly one of first and last lies between 1 and 100."""
        if (self.first is None) == (self.last is None):
            raise InvalidInputError(FieldError("first", "first_or_last"))
        size = self.first if self.first is not None else self.last
        if size is None or not 1 <= size <= MOST:
            path = "first" if self.first is not None else "last"
            raise InvalidInputError(FieldError(path, "page_size", {"most": MOST}))
        return self


@dataclass(frozen=True)
class Page(Generic[T]):
    """Rows with their cursors, and whether there are more on either side."""

    rows: Sequence[T]
    cursors: Sequence[str]
    has_next: bool
    has_previous: bool


@dataclass(frozen=True)
class Order:
    """Columns that together are unique, all ascending or all descending. Values must be JSON's own."""

    keys: tuple[ColumnElement[Any], ...]
    descending: bool = False


async def page(
    connection: AsyncConnection,
    statement: Select[Any],
    order: Order,
    asked: Asked,
    values: Mapping[str, Any] | None = None,
) -> Page[Row[Any]]:
    """Read one page. The statement selects what it likes, with `values` for what it leaves open; keys are added."""
    asked = asked.checked()
    backwards = asked.last is not None
    size = asked.last if asked.last is not None else asked.first or 0
    for path, cursor, after in (("after", asked.after, True), ("before", asked.before, False)):
        if cursor is not None:
            statement = statement.where(_beyond(order, _values(path, cursor, order.keys), after=after))
    downwards = order.descending != backwards
    labelled = [key.label(f"key_{index}") for index, key in enumerate(order.keys)]
    statement = statement.add_columns(*labelled)
    statement = statement.order_by(*(key.desc() if downwards else key.asc() for key in order.keys)).limit(size + 1)
    rows = list((await connection.execute(statement, values)).all())
    more, rows = len(rows) > size, rows[:size]
    if backwards:
        rows.reverse()
    cursors = [_cursor([row[-len(order.keys) + index] for index in range(len(order.keys))]) for row in rows]
    return Page(rows, cursors, *((asked.before is not None, more) if backwards else (more, asked.after is not None)))


def _beyond(order: Order, values: list[Any], *, after: bool) -> ColumnElement[bool]:
    keys, bound = (
        tuple_(*order.keys),
        tuple_(*(literal(value, key.type) for value, key in zip(values, order.keys, strict=True))),
    )
    return keys > bound if after != order.descending else keys < bound


def _cursor(values: list[Any]) -> str:
    text = json.dumps([str(value) if not isinstance(value, int) else value for value in values])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _values(path: str, cursor: str, keys: Sequence[ColumnElement[Any]]) -> list[Any]:
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        values = json.loads(base64.urlsafe_b64decode(padded.encode()))
        if not isinstance(values, list) or len(values) != len(keys) or not all(map(_fits, values, keys)):
            raise ValueError(cursor)
    except (ValueError, RecursionError):
        raise InvalidInputError(FieldError(path, "cursor")) from None
    return values


def _fits(value: Any, key: ColumnElement[Any]) -> bool:
    """A value that the databases can compare with the key: anybody can write a cursor."""
    if isinstance(key.type, Integer):
        return type(value) is int and abs(value) < 2**31
    return isinstance(value, str) and b"\0" not in value.encode()
