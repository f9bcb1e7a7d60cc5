"""Units and bodies."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from democracy.domain.kinds import BodyKind, UnitKind
from democracy.storage.tables.base import Code, SortKey, Table


class UnitRow(Table):
    """A level of the organisation: the party, a district, a branch."""

    __tablename__ = "unit"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("unit.id"), index=True)
    kind: Mapped[UnitKind]
    code: Mapped[str] = mapped_column(Code, unique=True)
    """The name that import files know it by."""
    name: Mapped[str]
    sort_key: Mapped[str] = mapped_column(SortKey, index=True)
    founded_on: Mapped[date | None]
    paused_on: Mapped[date | None]
    ended_on: Mapped[date | None]


class UnitAncestorRow(Table):
    """Every unit with every unit above it, and itself at distance 0."""

    __tablename__ = "unit_ancestor"

    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    ancestor_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"), primary_key=True, index=True)
    distance: Mapped[int]


class BodyRow(Table):
    """A body of a unit: its meeting, its board, its auditors."""

    __tablename__ = "body"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"), index=True)
    kind: Mapped[BodyKind]
    code: Mapped[str] = mapped_column(Code, unique=True)
    name: Mapped[str]
    sort_key: Mapped[str] = mapped_column(SortKey)
    ended_on: Mapped[date | None]
