"""Lists for public elections: names in order, each with their own consent."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from democracy.storage.tables.base import Table
from workflows.candidate_list import CandidateListState


class CandidateListRow(Table):
    """One list, for one public assembly."""

    __tablename__ = "candidate_list"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"), index=True)
    state: Mapped[CandidateListState]
    title: Mapped[str]
    assembly: Mapped[str]
    """The public assembly: a municipal or regional council, the Riksdag in one constituency."""
    most: Mapped[int]
    """So many names at most."""
    exception: Mapped[str | None]
    """Why women and men do not stand by turns."""
    reason: Mapped[str | None]
    """Why it was cancelled."""
    published_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=0)


class ListPlaceRow(Table):
    """Somebody on a list. Nobody else sees it before they have consented."""

    __tablename__ = "list_place"
    __table_args__ = (UniqueConstraint("list_id", "member_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    list_id: Mapped[UUID] = mapped_column(ForeignKey("candidate_list.id"))
    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id"), index=True)
    position: Mapped[int]
    asked_at: Mapped[datetime]
    consented_at: Mapped[datetime | None]
    declined_at: Mapped[datetime | None]
