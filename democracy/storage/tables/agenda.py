"""What a meeting is called to, who runs it, and what it sets aside."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from democracy.domain.kinds import Channel
from democracy.storage.tables.base import Code, Table
from workflows.item import ItemState
from workflows.proceedings import Formality, ItemKind, NoticeKind, OfficerRole


class AgendaItemRow(Table):
    """An item of the agenda."""

    __tablename__ = "agenda_item"
    __table_args__ = (
        Index("ix_agenda_item_meeting_id_position", "meeting_id", "position"),
        UniqueConstraint("meeting_id", "number"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"))
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("agenda_item.id"))
    """The block, or the sub-assembly's item, that it belongs to."""
    kind: Mapped[ItemKind]
    formality: Mapped[Formality | None]
    state: Mapped[ItemState]
    position: Mapped[int]
    """Order on the agenda, from 1, without gaps."""
    number: Mapped[int | None]
    """Its § in the minutes: given when it is opened, gapless within the meeting."""
    title: Mapped[str]
    purpose: Mapped[str | None]
    """What is to come of it: information, discussion, decision."""
    presenter: Mapped[str | None]
    motion_id: Mapped[UUID | None] = mapped_column(ForeignKey("motion.id"), index=True)
    document_id: Mapped[UUID | None] = mapped_column(index=True)
    minutes_planned: Mapped[int | None]
    """Time budget in minutes."""
    opened_at: Mapped[datetime | None]
    adjourned_until: Mapped[datetime | None]
    proposals_close_at: Mapped[datetime | None]
    """Yrkandestopp: first moment too late for a proposal in the matter itself."""
    speakers_close_at: Mapped[datetime | None]
    """Streck: first moment too late to ask for the floor."""
    speech_seconds: Mapped[int | None]
    """Time limit for a speech; None for the meeting's own."""
    closed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=0)


class MeetingOfficerRow(Table):
    """Somebody elected at the meeting to preside, keep the minutes, verify or count."""

    __tablename__ = "meeting_officer"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"), index=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id"), index=True)
    role: Mapped[OfficerRole]
    position: Mapped[int]
    item_id: Mapped[UUID | None] = mapped_column(ForeignKey("agenda_item.id"))
    """The item at which the meeting elected them; None for whoever opens it."""
    since: Mapped[datetime]
    until: Mapped[datetime | None]


class GavelRow(Table):
    """Who presides, from when until when: the gavel passes on for discharge and whenever a chair is barred."""

    __tablename__ = "gavel"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"), index=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id"))
    item_id: Mapped[UUID | None] = mapped_column(ForeignKey("agenda_item.id"))
    since: Mapped[datetime]
    until: Mapped[datetime | None]


class MeetingUnitRow(Table):
    """A unit that takes part in a conference of some units only. No rows: all units below."""

    __tablename__ = "meeting_unit"

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"), primary_key=True)
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"), primary_key=True)


class NoticeRow(Table):
    """Something sent to those who are called (kallelse, handlingar, rättelseblad)."""

    __tablename__ = "notice"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"), index=True)
    kind: Mapped[NoticeKind]
    number: Mapped[int]
    sent_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    """First moment at which it went out too late."""
    late: Mapped[bool]
    subject: Mapped[str]
    body: Mapped[str]
    """Markdown."""
    digest: Mapped[str] = mapped_column(Code)
    """SHA-256 of subject and body: what was sent can be proved."""


class NoticeDeliveryRow(Table):
    """That a notice went to one person, and how."""

    __tablename__ = "notice_delivery"

    notice_id: Mapped[UUID] = mapped_column(ForeignKey("notice.id"), primary_key=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id"), primary_key=True)
    channel: Mapped[Channel]
    outbox_id: Mapped[UUID | None] = mapped_column(ForeignKey("outbox.id"))


class WaiverRow(Table):
    """That a rule of the meeting's own order, or of statutes that allow it, was set aside."""

    __tablename__ = "waiver"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"), index=True)
    item_id: Mapped[UUID | None] = mapped_column(ForeignKey("agenda_item.id"))
    """The item that it is for; None for the whole meeting."""
    workflow: Mapped[str] = mapped_column(Code)
    code: Mapped[str] = mapped_column(Code)
    """The guard that is set aside."""
    reason: Mapped[str]
    objections: Mapped[str | None]
    votes_for: Mapped[int | None]
    votes_against: Mapped[int | None]
    votes_abstained: Mapped[int | None]
    decided_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class InterpretationRow(Table):
    """How a meeting read an unclear paragraph (tolkning): dated, and the source of the parameter that it settles."""

    __tablename__ = "interpretation"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"), index=True)
    item_id: Mapped[UUID | None] = mapped_column(ForeignKey("agenda_item.id"))
    paragraph: Mapped[str] = mapped_column(Code)
    """Key of the paragraph that is read."""
    parameter: Mapped[str | None]
    """Path of the parameter that it settles; None where it settles none."""
    value: Mapped[str | None]
    """Canonical JSON of the value that follows."""
    text: Mapped[str]
    votes_for: Mapped[int | None]
    votes_against: Mapped[int | None]
    votes_abstained: Mapped[int | None]
    decided_at: Mapped[datetime]
    statutes_id: Mapped[UUID | None] = mapped_column(ForeignKey("statutes.id"))
    """The version of the statutes in which it stands."""


class BarredRow(Table):
    """That somebody takes no part in an item because of a conflict of interest (jäv)."""

    __tablename__ = "barred"
    __table_args__ = (UniqueConstraint("item_id", "member_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    item_id: Mapped[UUID] = mapped_column(ForeignKey("agenda_item.id"))
    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id"))
    reason: Mapped[str]
    declared_at: Mapped[datetime]
    lifted_at: Mapped[datetime | None]
