"""Who may vote now: allotment, delegates, presence, the roll as it was fixed."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from democracy.domain.kinds import Channel
from democracy.storage.tables.base import Code, Table
from workflows.delegate import DelegateState
from workflows.statutes.kinds import Participant


class AllotmentRow(Table):
    """How the seats of one meeting were shared out: frozen, with its working."""

    __tablename__ = "allotment"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"), unique=True)
    counted_on: Mapped[date]
    """The snapshot date: local day on which members were counted."""
    frozen_at: Mapped[datetime]
    protocol: Mapped[str]
    """Canonical JSON of the count, to be counted again."""


class SeatsRow(Table):
    """The seats of one unit at one meeting."""

    __tablename__ = "seats"

    allotment_id: Mapped[UUID] = mapped_column(ForeignKey("allotment.id"), primary_key=True)
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    members: Mapped[int]
    seats: Mapped[int]


class DelegateRow(Table):
    """Somebody reported as a delegate (ombud) or substitute (ersättare) to one meeting."""

    __tablename__ = "delegate"
    __table_args__ = (
        Index("ix_delegate_meeting_id_unit_id", "meeting_id", "unit_id"),
        Index(
            "uq_delegate_once",
            "meeting_id",
            "member_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"))
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id"), index=True)
    participant: Mapped[Participant]
    """`delegate`, `substitute`, or the capacity in which somebody has a seat ex officio."""
    position: Mapped[int]
    """Order among the unit's substitutes, or on its list."""
    state: Mapped[DelegateState]
    late: Mapped[bool]
    decision: Mapped[str]
    """The decision that elected: meeting and paragraph."""
    decided_on: Mapped[date | None]
    channel: Mapped[Channel]
    received_at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    weight: Mapped[int] = mapped_column(default=1)
    proxies: Mapped[int] = mapped_column(default=0)
    replaces_id: Mapped[UUID | None] = mapped_column(ForeignKey("delegate.id"))
    """The delegate whose place a substitute, or somebody elected anew, has taken for good."""
    check_in_code: Mapped[str | None] = mapped_column(Code)
    ended_at: Mapped[datetime | None]


class PresenceRow(Table):
    """That somebody is, or was, in the meeting: checked in until checked out."""

    __tablename__ = "presence"
    __table_args__ = (
        Index(
            "uq_presence_now",
            "meeting_id",
            "member_id",
            unique=True,
            sqlite_where=text("out_at IS NULL"),
            postgresql_where=text("out_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"))
    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id"))
    delegate_id: Mapped[UUID | None] = mapped_column(ForeignKey("delegate.id"))
    """None for somebody who attends without being reported."""
    stands_in_for_id: Mapped[UUID | None] = mapped_column(ForeignKey("delegate.id"))
    """The delegate whose vote a substitute has for a while."""
    participant: Mapped[Participant]
    """In what capacity they take part: the first of several by which they have the most rights."""
    speaks: Mapped[bool]
    proposes: Mapped[bool]
    speaks_as_mover: Mapped[bool]
    """May speak on the item of a motion of their own."""
    voting: Mapped[bool]
    votes: Mapped[int] = mapped_column(default=1)
    """How many they have while voting: the place's weight and the proxies."""
    remote: Mapped[bool]
    in_at: Mapped[datetime]
    out_at: Mapped[datetime | None]


class RollRow(Table):
    """The roll (röstlängd) as it was fixed (justerad) at one moment. Never changed afterwards."""

    __tablename__ = "roll"
    __table_args__ = (UniqueConstraint("meeting_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"))
    number: Mapped[int]
    """1 for the first roll of the meeting, rising."""
    fixed_at: Mapped[datetime]
    voters: Mapped[int]
    votes: Mapped[int]
    """Sum of weights and proxies."""


class RollEntryRow(Table):
    """One voter in a fixed roll."""

    __tablename__ = "roll_entry"

    roll_id: Mapped[UUID] = mapped_column(ForeignKey("roll.id"), primary_key=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id"), primary_key=True)
    unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("unit.id"))
    delegate_id: Mapped[UUID | None] = mapped_column(ForeignKey("delegate.id"))
    votes: Mapped[int]
    """Weight and proxies together; 1 unless the statutes say otherwise."""
