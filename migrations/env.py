"""Alembic's environment: the connection is handed in by democracy.storage.migrate."""

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext

from democracy.storage.tables import metadata
from democracy.storage.types import UtcDateTime


def include_name(name: str | None, type_: str, parent_names: Any) -> bool:
    # The search index is not SQLAlchemy's: FTS5 on SQLite, a tsvector on PostgreSQL.
    return not (type_ == "table" and name is not None and name.startswith("motion_search"))


def render_item(type_: str, obj: Any, autogen_context: AutogenContext) -> str | Literal[False]:
    """Plain types only, so that a migration outlives the code that it was written beside."""
    if type_ == "type" and isinstance(obj, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if type_ == "type" and isinstance(obj, sa.Enum):
        return f"sa.String(length={obj.length})"
    return False


def compare_type(ctx: Any, inspected: Any, declared: Any, inspected_type: Any, metadata_type: Any) -> bool | None:
    if isinstance(metadata_type, sa.Enum):
        return not isinstance(inspected_type, sa.String) or inspected_type.length != metadata_type.length
    return None


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    include_name=include_name,
    render_item=render_item,
    compare_type=compare_type,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
