"""Minutes: wording, signatures, corrections."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from democracy.storage.tables.base import Code, Table
from workflows.minutes import MinutesState
from workflows.proceedings import OfficerRole


class MinutesRow(Table):
    """The minutes (protokoll) of one meeting."""

    __tablename__ = "minutes"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"), unique=True)
    state: Mapped[MinutesState]
    text: Mapped[str | None]
    """Markdown as it was verified; None while it is being written."""
    digest: Mapped[str | None] = mapped_column(Code)
    """SHA-256 of the text that the signatures are under."""
    signing_since: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    """When whoever has not signed is replaced or left out, as the statutes say."""
    verified_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=0)


class MinutesWordingRow(Table):
    """The secretary's own words for one § (or the head): decisions, names and figures come from the events."""

    __tablename__ = "minutes_wording"
    __table_args__ = (Index("ix_minutes_wording_minutes_id_item_id", "minutes_id", "item_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    minutes_id: Mapped[UUID] = mapped_column(ForeignKey("minutes.id"))
    item_id: Mapped[UUID | None] = mapped_column(ForeignKey("agenda_item.id"))
    version: Mapped[int]
    text: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[UUID | None]


class MinutesSignatureRow(Table):
    """That the chair, the secretary or a verifier signed, or was left out."""

    __tablename__ = "minutes_signature"
    __table_args__ = (UniqueConstraint("minutes_id", "item_id", "member_id", "addendum_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    minutes_id: Mapped[UUID] = mapped_column(ForeignKey("minutes.id"))
    item_id: Mapped[UUID | None] = mapped_column(ForeignKey("agenda_item.id"))
    """One § verified at once (omedelbar justering); None for the whole."""
    addendum_id: Mapped[UUID | None] = mapped_column(ForeignKey("minutes_addendum.id"))
    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id"))
    role: Mapped[OfficerRole]
    digest: Mapped[str] = mapped_column(Code)
    """SHA-256 of what was signed."""
    dissent: Mapped[str | None]
    signed_at: Mapped[datetime]


class MinutesAddendumRow(Table):
    """A clerical error in verified minutes put right (rättelse av skrivfel). The original stays."""

    __tablename__ = "minutes_addendum"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    minutes_id: Mapped[UUID] = mapped_column(ForeignKey("minutes.id"), index=True)
    item_id: Mapped[UUID | None] = mapped_column(ForeignKey("agenda_item.id"))
    before: Mapped[str]
    after: Mapped[str]
    reason: Mapped[str]
    proposed_at: Mapped[datetime]
    in_force_at: Mapped[datetime | None]
    """When the chair and the verifiers had all signed."""
