"""Minutes: wording, signatures, corrections."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from democracy.domain.kinds import Channel
from democracy.storage.tables.base import Code, Table
from workflows.minutes_facts import AddendumState, MinutesState
from workflows.proceedings import OfficerRole


class MinutesRow(Table):
    """The minutes (protokoll) of one meeting."""

    __tablename__ = "minutes"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"), unique=True)
    state: Mapped[MinutesState]
    text: Mapped[str | None]
    """Markdown as it is signed, with marks in the place of names; None while it is being written."""
    digest: Mapped[str | None] = mapped_column(Code)
    """SHA-256 of the text that the signatures are under."""
    signing_since: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    """When whoever has not signed is replaced or left out, as the statutes say."""
    compared_at: Mapped[datetime | None]
    """When the text was last compared with what happened, while it is being signed."""
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


class MinutesSectionRow(Table):
    """One § that is verified at once (omedelbar justering): its text as it is signed."""

    __tablename__ = "minutes_section"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    minutes_id: Mapped[UUID] = mapped_column(ForeignKey("minutes.id"), index=True)
    item_id: Mapped[UUID] = mapped_column(ForeignKey("agenda_item.id"), unique=True)
    text: Mapped[str]
    """Markdown, with marks in the place of names."""
    digest: Mapped[str] = mapped_column(Code)
    opened_at: Mapped[datetime]
    verified_at: Mapped[datetime | None]


class MinutesSignatoryRow(Table):
    """Somebody who is asked to sign: the whole, one § at once, or an addendum."""

    __tablename__ = "minutes_signatory"
    __table_args__ = (
        Index("ix_minutes_signatory_member_id", "member_id"),
        Index("ix_minutes_signatory_minutes_id", "minutes_id"),
        Index("ix_minutes_signatory_due_at", "due_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    minutes_id: Mapped[UUID] = mapped_column(ForeignKey("minutes.id"))
    item_id: Mapped[UUID | None] = mapped_column(ForeignKey("agenda_item.id"))
    addendum_id: Mapped[UUID | None] = mapped_column(ForeignKey("minutes_addendum.id"))
    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id"))
    role: Mapped[OfficerRole]
    asked_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    """When the clock next has something to do about it: remind, then leave out as the statutes say. None: nothing."""
    reminders: Mapped[int] = mapped_column(default=0)
    signed_at: Mapped[datetime | None]
    """When the signature that stands was given; None again when it fell."""
    left_out_at: Mapped[datetime | None]
    replaced_by: Mapped[UUID | None] = mapped_column(ForeignKey("member.id"))
    decision: Mapped[str | None]
    """The decision to leave them out, or to let somebody step in."""


class MinutesSignatureRow(Table):
    """A signature of the chair, the secretary or a verifier. One that fell stays, with the time."""

    __tablename__ = "minutes_signature"
    __table_args__ = (
        UniqueConstraint("minutes_id", "item_id", "member_id", "addendum_id"),
        Index("ix_minutes_signature_minutes_id", "minutes_id"),
    )

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
    place: Mapped[str | None]
    """Where they were, in their own words."""
    channel: Mapped[Channel] = mapped_column(default=Channel.DIGITAL)
    signed_at: Mapped[datetime]
    """When it was given: for one on paper, when it was received."""
    recorded_at: Mapped[datetime | None]
    recorded_by: Mapped[UUID | None]
    fallen_at: Mapped[datetime | None]
    """Something that the text rests on was corrected, or it was taken back."""


class MinutesAddendumRow(Table):
    """A clerical error in verified minutes put right (rättelse av skrivfel). The original stays."""

    __tablename__ = "minutes_addendum"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    minutes_id: Mapped[UUID] = mapped_column(ForeignKey("minutes.id"), index=True)
    item_id: Mapped[UUID | None] = mapped_column(ForeignKey("agenda_item.id"))
    """None for the head."""
    state: Mapped[AddendumState] = mapped_column(default=AddendumState.PROPOSED)
    before: Mapped[str]
    after: Mapped[str]
    reason: Mapped[str]
    proposed_at: Mapped[datetime]
    proposed_by: Mapped[UUID | None]
    digest: Mapped[str | None] = mapped_column(Code)
    """SHA-256 of the § and both wordings: what the signatures are under."""
    version: Mapped[int] = mapped_column(default=0)
    in_force_at: Mapped[datetime | None]
    """When the chair and the verifiers had all signed."""
