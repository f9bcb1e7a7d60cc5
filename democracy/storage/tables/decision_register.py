"""The register of decisions: of every body on every level, one row for each thing that was decided."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from democracy.domain.kinds import Outcome
from democracy.storage.tables.base import Code, Table


class RegisteredDecisionRow(Table):
    """A decision. Who sees it is decided by the case that it was made in."""

    __tablename__ = "registered_decision"
    __table_args__ = (Index("ix_registered_decision_kind_case_id", "kind", "case_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(Code)
    """What it was made in: `motion`, `matter`, `council_decision`, `member_ballot`."""
    case_id: Mapped[UUID]
    part_id: Mapped[UUID | None]
    """The att-sats, where it is about one."""
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"), index=True)
    body_id: Mapped[UUID] = mapped_column(ForeignKey("body.id"), index=True)
    meeting_id: Mapped[UUID | None] = mapped_column(ForeignKey("meeting.id"))
    outcome: Mapped[Outcome | None]
    title: Mapped[str]
    text: Mapped[str]
    ground: Mapped[str | None]
    """Meeting and paragraph, or how it was decided without a meeting."""
    decided_at: Mapped[datetime]
    in_force_from: Mapped[datetime | None]
    in_force_until: Mapped[datetime | None]
    """When a later decision on the same matter replaced it."""
    replaces_id: Mapped[UUID | None] = mapped_column(ForeignKey("registered_decision.id"))
    stems: Mapped[str]
    """The words and stems of title and text, each after a space: what a search compares with."""
