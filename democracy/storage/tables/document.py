"""Documents with numbered paragraphs: versions, locks, and the amendments to them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from democracy.domain.kinds import Channel
from democracy.storage.tables.base import Code, SortKey, Table
from workflows.amendment_facts import AmendmentState
from workflows.document_facts import DocumentState, Editor, VersionKind
from workflows.proceedings import PlaceOperation
from workflows.statutes.parameters.order import DocumentKind


class DocumentRow(Table):
    """A text that a body proposes, a meeting amends and adopts."""

    __tablename__ = "document"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"), index=True)
    board_id: Mapped[UUID] = mapped_column(ForeignKey("body.id"))
    """The body that lays it before the meeting."""
    meeting_id: Mapped[UUID | None] = mapped_column(ForeignKey("meeting.id"), index=True)
    """The meeting that treats it; None for a text that was adopted earlier and entered afterwards."""
    kind: Mapped[DocumentKind]
    state: Mapped[DocumentState]
    title: Mapped[str]
    sort_key: Mapped[str] = mapped_column(SortKey)
    statutes_digest: Mapped[str] = mapped_column(ForeignKey("resolved_statutes.digest"))
    current_id: Mapped[UUID | None]
    """The version that holds now."""
    base_id: Mapped[UUID | None]
    """The version that was laid before the meeting: amendments name places in it."""
    decision: Mapped[str | None]
    """The board's decision to lay it before the meeting."""
    adopted_by: Mapped[str | None]
    """Who adopted it: meeting and paragraph, or body and date."""
    editor: Mapped[Editor | None]
    """Whom the meeting authorised to put spelling and numbering right."""
    created_at: Mapped[datetime]
    created_by: Mapped[UUID | None]
    proposed_at: Mapped[datetime | None]
    adopted_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=0)


class DocumentProposerRow(Table):
    """A body that lays the text before the meeting together with the board, by its own decision."""

    __tablename__ = "document_proposer"

    document_id: Mapped[UUID] = mapped_column(ForeignKey("document.id"), primary_key=True)
    body_id: Mapped[UUID] = mapped_column(ForeignKey("body.id"), primary_key=True)
    decision: Mapped[str]


class DocumentVersionRow(Table):
    """A text as it stood from one moment on. Never changed."""

    __tablename__ = "document_version"
    __table_args__ = (UniqueConstraint("document_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    document_id: Mapped[UUID] = mapped_column(ForeignKey("document.id"))
    number: Mapped[int]
    kind: Mapped[VersionKind]
    made_at: Mapped[datetime]
    reason: Mapped[str | None]
    """An editorial change: why."""
    file_name: Mapped[str | None]
    file_digest: Mapped[str | None] = mapped_column(Code)
    """SHA-256 of the file that it was read from, in hex."""
    notes: Mapped[str]
    """Canonical JSON: what the reader guessed or left out, as code, place and text."""


class ParagraphRow(Table):
    """A numbered paragraph of one version."""

    __tablename__ = "paragraph"
    __table_args__ = (UniqueConstraint("version_id", "number", "suffix"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    version_id: Mapped[UUID] = mapped_column(ForeignKey("document_version.id"))
    position: Mapped[int]
    number: Mapped[int]
    suffix: Mapped[str] = mapped_column(Code)
    """The letter of a paragraph that was inserted: 17 A."""
    headings: Mapped[str]
    """Canonical JSON: the headings right above it, each with its level."""
    heading: Mapped[str | None]
    """The nearest heading above it."""
    lead: Mapped[str]
    origin_id: Mapped[UUID | None] = mapped_column(ForeignKey("paragraph.id"))
    """The paragraph of an earlier version that it comes from; None for a new one."""


class PointRow(Table):
    """A point (underpunkt) under a number."""

    __tablename__ = "point"

    paragraph_id: Mapped[UUID] = mapped_column(ForeignKey("paragraph.id"), primary_key=True)
    letter: Mapped[str] = mapped_column(Code, primary_key=True)
    position: Mapped[int]
    text: Mapped[str]


class LockRow(Table):
    """That a paragraph quotes a text that is decided elsewhere: proposed by the import, answered by a person."""

    __tablename__ = "lock"

    paragraph_id: Mapped[UUID] = mapped_column(ForeignKey("paragraph.id"), primary_key=True)
    provenance: Mapped[str | None]
    """What it quotes, in words."""
    source_id: Mapped[UUID | None] = mapped_column(ForeignKey("document_version.id"))
    """The version of the programme that it quotes, where that is here."""
    locked: Mapped[bool | None]
    """None until somebody has said yes or no."""
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[UUID | None]


class AmendmentRow(Table):
    """An amendment (ändringsyrkande) to one place."""

    __tablename__ = "amendment"
    __table_args__ = (
        CheckConstraint("(mover_member_id IS NULL) OR (mover_unit_id IS NULL)", name="one_mover"),
        UniqueConstraint("document_id", "number"),
        Index("ix_amendment_paragraph_id", "paragraph_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    document_id: Mapped[UUID] = mapped_column(ForeignKey("document.id"))
    number: Mapped[int]
    """Gapless within the document, in the order in which they came in."""
    state: Mapped[AmendmentState]
    operation: Mapped[PlaceOperation]
    paragraph_id: Mapped[UUID | None] = mapped_column(ForeignKey("paragraph.id"))
    """None: before the first paragraph."""
    letter: Mapped[str] = mapped_column(Code)
    """The point under it; "" for the paragraph itself."""
    text: Mapped[str]
    to_paragraph_id: Mapped[UUID | None] = mapped_column(ForeignKey("paragraph.id"))
    to_letter: Mapped[str] = mapped_column(Code)
    to_beginning: Mapped[bool]
    before: Mapped[bool]
    """It is put before the place, not after it."""
    mover_member_id: Mapped[UUID | None] = mapped_column(ForeignKey("member.id"), index=True)
    mover_unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("unit.id"))
    mover_decision: Mapped[str | None]
    """A unit's: the meeting and paragraph that decided to move it."""
    reasons: Mapped[str]
    channel: Mapped[Channel]
    received_at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[UUID | None]
    """Whoever recorded it for the mover; None where the mover did."""
    proposal_id: Mapped[UUID | None] = mapped_column(ForeignKey("proposal.id"), index=True)
    """The proposal on the agenda that it has become."""
    decision_id: Mapped[UUID | None]
    """The meeting's decision on the matter, where it was taken on the agenda."""
    decision: Mapped[str | None]
    """The same in words: the paragraph of the minutes."""
    adopted_text: Mapped[str | None]
    """The words that were approved, where they are not the mover's."""
    decided_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=0)


class PassageSourceRow(Table):
    """Which approved amendment made, changed, moved or took away a passage of an adopted version."""

    __tablename__ = "passage_source"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    version_id: Mapped[UUID] = mapped_column(ForeignKey("document_version.id"), index=True)
    paragraph_id: Mapped[UUID | None] = mapped_column(ForeignKey("paragraph.id"))
    """None: what it names was taken away."""
    letter: Mapped[str] = mapped_column(Code)
    amendment_id: Mapped[UUID] = mapped_column(ForeignKey("amendment.id"))
