"""What a post asks for, and what goes with holding one: role templates, seats by right, handovers."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from democracy.domain.kinds import BodyKind, HandoverKind, MandateRole, UnitKind
from democracy.storage.tables.base import Table
from workflows.handover import HandoverState
from workflows.role_template import RoleTemplateState
from workflows.seat_by_right import SeatByRightState


class RoleTemplateRow(Table):
    """One version of what a post asks for, declared by a unit for itself or for units below it."""

    __tablename__ = "role_template"
    __table_args__ = (CheckConstraint("(body_kind IS NULL) = (role IS NULL)", name="post_or_office"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"), index=True)
    unit_kind: Mapped[UnitKind | None]
    """For every unit of this kind below; None: for the unit itself."""
    body_kind: Mapped[BodyKind | None]
    """The kind of body that the post is in; None: a role of the office."""
    role: Mapped[MandateRole | None]
    state: Mapped[RoleTemplateState]
    number: Mapped[int]
    """Version: 1, 2 …"""
    title: Mapped[str]
    expectations: Mapped[str]
    """Markdown."""
    eligibility: Mapped[str]
    residence_required: Mapped[bool]
    """Whether its holder must be registered as living there (folkbokförd)."""
    term_months: Mapped[int | None]
    holders: Mapped[int]
    """So many hold it at least, where it must be filled."""
    in_order: Mapped[bool]
    must_be_filled: Mapped[bool]
    remind_days: Mapped[int]
    """So many days before a term ends its holder is reminded."""
    decision: Mapped[str]
    adopted_at: Mapped[datetime]


class SeatByRightRow(Table):
    """A place in another body that gives one in a nomination committee."""

    __tablename__ = "seat_by_right"
    __table_args__ = (
        Index(
            "uq_seat_by_right_in_force",
            "body_id",
            "from_body_id",
            "from_role",
            unique=True,
            sqlite_where=text("state = 'IN_FORCE'"),
            postgresql_where=text("state = 'IN_FORCE'"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    body_id: Mapped[UUID] = mapped_column(ForeignKey("body.id"), index=True)
    """The committee."""
    from_body_id: Mapped[UUID] = mapped_column(ForeignKey("body.id"))
    from_role: Mapped[MandateRole]
    state: Mapped[SeatByRightState]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    """Last day."""
    decision: Mapped[str]


class HandoverRow(Table):
    """The list of what one mandate's holder hands over."""

    __tablename__ = "handover"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    mandate_id: Mapped[UUID] = mapped_column(ForeignKey("mandate.id"), unique=True)
    state: Mapped[HandoverState]
    drawn_up_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class HandoverLineRow(Table):
    """One thing that is handed over."""

    __tablename__ = "handover_line"
    __table_args__ = (UniqueConstraint("handover_id", "kind", "reference_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    handover_id: Mapped[UUID] = mapped_column(ForeignKey("handover.id"), index=True)
    kind: Mapped[HandoverKind]
    reference_id: Mapped[UUID | None]
    """The thing itself; None for what was written by hand."""
    text: Mapped[str]
    """Its name when the list was drawn up, or what was written."""
    ticked_at: Mapped[datetime | None]
    ticked_by: Mapped[UUID | None] = mapped_column(ForeignKey("member.id"))
