"""Role templates to be shown: to everybody who is signed in, as the statutes are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from democracy.domain.actors import Anonymous
from democracy.domain.kinds import BodyKind, MandateRole, UnitKind
from democracy.storage.reads.reader import Reader, views
from democracy.storage.role_templates import IN_FORCE, applies_to_unit
from democracy.storage.tables.post import RoleTemplateRow
from democracy.storage.tables.unit import UnitAncestorRow, UnitRow
from democracy.storage.types import any_of
from workflows.role_template import RoleTemplateState


@dataclass(frozen=True, slots=True)
class RoleTemplateView:
    """A template's own columns."""

    id: UUID
    unit_id: UUID
    unit_kind: UnitKind | None
    body_kind: BodyKind | None
    role: MandateRole | None
    state: RoleTemplateState
    number: int
    title: str
    expectations: str
    eligibility: str
    residence_required: bool
    term_months: int | None
    holders: int
    in_order: bool
    must_be_filled: bool
    remind_days: int
    decision: str
    adopted_at: datetime


_COLUMNS = [getattr(RoleTemplateRow, name) for name in RoleTemplateView.__slots__]


async def by_ids(connection: AsyncConnection, reader: Reader, ids: Sequence[UUID]) -> dict[UUID, RoleTemplateView]:
    """Those of `ids`, in force or not."""
    if isinstance(reader.actor, Anonymous):
        return {}
    rows = await connection.execute(select(*_COLUMNS).where(any_of(RoleTemplateRow.id, ids)))
    return {view.id: view for view in views(RoleTemplateView, rows)}


async def for_unit(connection: AsyncConnection, reader: Reader, unit_id: UUID) -> list[RoleTemplateView]:
    """Those that apply to a unit, and those that it has declared for units below it."""
    if isinstance(reader.actor, Anonymous):
        return []
    row = RoleTemplateRow
    applies = (
        select(row.id)
        .join(UnitAncestorRow, UnitAncestorRow.ancestor_id == row.unit_id)
        .join(UnitRow, UnitRow.id == UnitAncestorRow.unit_id)
        .where(UnitRow.id == unit_id, applies_to_unit())
    )
    chosen = select(*_COLUMNS).where(IN_FORCE, (row.unit_id == unit_id) | row.id.in_(applies))
    return views(RoleTemplateView, await connection.execute(chosen.order_by(row.title, row.adopted_at, row.id)))
