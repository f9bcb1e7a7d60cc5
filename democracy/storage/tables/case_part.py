"""What cases of a board have in common: who is barred, who took part, and attached files."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from democracy.storage.tables.base import Code, Table
from workflows.appeal_facts import ConflictGround


class CaseConflictRow(Table):
    """Somebody who takes no part in a case (jäv)."""

    __tablename__ = "case_conflict"
    __table_args__ = (UniqueConstraint("case_id", "member_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    case_id: Mapped[UUID] = mapped_column(index=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id"), index=True)
    ground: Mapped[ConflictGround]
    recorded_at: Mapped[datetime]


class CaseParticipantRow(Table):
    """Somebody who took part in a decision: the answer of a unit that was heard, or the decision of a board."""

    __tablename__ = "case_participant"

    decision_id: Mapped[UUID] = mapped_column(primary_key=True)
    """What was decided: a consultation, a ruling or an appeal."""
    member_id: Mapped[UUID] = mapped_column(ForeignKey("member.id"), primary_key=True)


class BlobRow(Table):
    """The bytes of attached files, once each."""

    __tablename__ = "blob"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    """SHA-256, in hex."""
    content: Mapped[bytes] = mapped_column(LargeBinary)


class AttachmentRow(Table):
    """A file in a case."""

    __tablename__ = "attachment"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    case_kind: Mapped[str] = mapped_column(Code)
    """`branch_application` or `appeal`."""
    case_id: Mapped[UUID] = mapped_column(index=True)
    digest: Mapped[str] = mapped_column(ForeignKey("blob.digest"))
    name: Mapped[str]
    media_type: Mapped[str] = mapped_column(Code)
    """As the content says, whatever the name says."""
    size: Mapped[int]
    uploaded_at: Mapped[datetime]
    uploaded_by: Mapped[UUID | None] = mapped_column(ForeignKey("member.id"))
    of_board: Mapped[bool]
    """Attached by the board to its own draft: nobody else's."""
