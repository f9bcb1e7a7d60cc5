"""The speakers' list."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from democracy.domain.kinds import Channel, Gender
from democracy.storage.tables.base import Table
from workflows.proceedings import SpeechKind
from workflows.speech import SpeechState


class SpeechRow(Table):
    """A place on the speakers' list, and the speech that came of it."""

    __tablename__ = "speech"
    __table_args__ = (
        Index("ix_speech_meeting_id_state", "meeting_id", "state"),
        Index(
            "uq_speech_one_speaks",
            "meeting_id",
            unique=True,
            sqlite_where=text("state = 'SPEAKING'"),
            postgresql_where=text("state = 'SPEAKING'"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"))
    item_id: Mapped[UUID] = mapped_column(ForeignKey("agenda_item.id"), index=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id"))
    kind: Mapped[SpeechKind]
    state: Mapped[SpeechState]
    reply_to_id: Mapped[UUID | None] = mapped_column(ForeignKey("speech.id"))
    number: Mapped[int]
    """Order in which requests came in, within the meeting."""
    limit_seconds: Mapped[int | None]
    channel: Mapped[Channel]
    requested_at: Mapped[datetime]
    recorded_by: Mapped[UUID | None]
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class FloorRulesRow(Table):
    """What the meeting has decided about speaking."""

    __tablename__ = "floor_rules"

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"), primary_key=True)
    first_timers_first: Mapped[bool]
    under_represented_first: Mapped[bool]
    preferred_gender: Mapped[Gender | None]
    """The gender that goes first; kept when the rule has been dropped, for a meeting never switches it."""
    speech_seconds: Mapped[int | None]
    reply_seconds: Mapped[int | None]
    decided_at: Mapped[datetime]
