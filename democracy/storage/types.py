"""Column types that mean the same on both databases."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    BigInteger,
    BindParameter,
    Boolean,
    ColumnElement,
    DateTime,
    Dialect,
    LargeBinary,
    String,
    Uuid,
    any_,
    bindparam,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator, TypeEngine


class UtcDateTime(TypeDecorator[datetime]):
    """An aware time, stored in UTC. SQLite drops the zone, so it is put back on reading; a naive time is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone: times are stored in UTC")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Aware, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class IdArray(TypeDecorator[Sequence[UUID]]):
    """Many ids in one parameter: an array on PostgreSQL, JSON of 32 hex digits on SQLite (dashed ids match nothing)."""

    impl = String
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The native form."""
        return dialect.type_descriptor(ARRAY(Uuid()) if dialect.name == "postgresql" else String())

    def process_bind_param(self, value: Sequence[UUID] | None, dialect: Dialect) -> Any:
        """Ids in the form that the column stores."""
        if value is None or dialect.name == "postgresql":
            return value if value is None else list(value)
        return json.dumps([each.hex for each in value])


class NumberArray(TypeDecorator[Sequence[int]]):
    """Many whole numbers in one parameter: an array on PostgreSQL, JSON on SQLite."""

    impl = String
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The native form."""
        return dialect.type_descriptor(ARRAY(BigInteger()) if dialect.name == "postgresql" else String())

    def process_bind_param(self, value: Sequence[int] | None, dialect: Dialect) -> Any:
        """Numbers in the form that the column stores."""
        if value is None or dialect.name == "postgresql":
            return value if value is None else list(value)
        return json.dumps(list(value))


class _AnyOf(FunctionElement[bool]):
    type = Boolean()
    inherit_cache = True
    name = "any_of"

    def self_group(self, against: Any = None) -> Any:
        """Itself: as a condition SQLite would be asked `… IN (…) = 1`, which no index answers."""
        return self


@compiles(_AnyOf, "postgresql")
def _any_of_postgresql(element: _AnyOf, compiler: SQLCompiler, **kwargs: Any) -> str:
    column, ids = element.clauses
    return f"{compiler.process(column, **kwargs)} = ANY({compiler.process(ids, **kwargs)})"


@compiles(_AnyOf, "sqlite")
def _any_of_sqlite(element: _AnyOf, compiler: SQLCompiler, **kwargs: Any) -> str:
    column, ids = element.clauses
    left, many = compiler.process(column, **kwargs), compiler.process(ids, **kwargs)
    return f"{left} IN (SELECT value FROM json_each({many}))"  # noqa: S608 - both come from the compiler


def any_of(column: Any, ids: Any) -> ColumnElement[bool]:
    """`column` is one of `ids`, as one parameter whatever their number, so that the statement is prepared once.

    `ids` is a sequence of them, or a parameter that is filled in later.
    """
    if isinstance(ids, BindParameter):
        return _AnyOf(column, ids)
    return _AnyOf(column, bindparam(None, list(ids), type_=IdArray(), unique=True))


def any_bytes(column: Any, dialect: str, name: str) -> ColumnElement[bool]:
    """The same for bytes, filled in later under a name. JSON holds none, so SQLite is given one parameter each."""
    if dialect == "postgresql":
        return cast("ColumnElement[bool]", column == any_(bindparam(name, type_=ARRAY(LargeBinary))))
    return cast("ColumnElement[bool]", column.in_(bindparam(name, expanding=True, type_=LargeBinary)))


def any_number(column: Any, numbers: Sequence[int]) -> ColumnElement[bool]:
    """The same for whole numbers."""
    return _AnyOf(column, bindparam(None, list(numbers), type_=NumberArray(), unique=True))
