"""Documents and amendments as they are written: locked, judged, changed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from democracy.domain.actors import Actor
from democracy.domain.ids import new_id
from democracy.domain.kinds import BodyKind
from democracy.domain.numbered_text.paragraphs import Paragraph
from democracy.domain.numbered_text.reading import Note
from democracy.errors import NotFoundError
from democracy.storage.amendment_case import AmendmentCase, amendment_cases
from democracy.storage.counters import next_number
from democracy.storage.document_case import DocumentCase, document_cases
from democracy.storage.document_text import New, texts, write_text
from democracy.storage.ledger import canonical
from democracy.storage.tables.document import (
    AmendmentRow,
    DocumentProposerRow,
    DocumentRow,
    DocumentVersionRow,
    LockRow,
    ParagraphRow,
    PassageSourceRow,
)
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.unit import BodyRow
from workflows.amendment_facts import AmendmentState
from workflows.document_facts import VersionKind
from workflows.engine import Step


@dataclass(frozen=True)
class Source:
    """Where the text of a version was read from, or why it was changed."""

    kind: VersionKind
    reason: str | None = None
    file_name: str | None = None
    file_digest: str | None = None
    notes: Sequence[Note] = ()
    """What the reader guessed or left out."""


class DocumentRepository:
    """The documents of one unit of work."""

    def __init__(self, session: AsyncSession, now: datetime, zone: ZoneInfo) -> None:
        self._session = session
        self._now = now
        self._zone = zone

    async def open(self, document_id: UUID, *, actor: Actor) -> DocumentCase:
        """Lock a document, after its meeting (shared), and judge it; NotFoundError where it is not seen."""
        await self._lock(document_id, shared=False)
        return await self.case(document_id, actor=actor)

    async def share(self, document_id: UUID, *, actor: Actor) -> DocumentCase:
        """The same, held with others: for an amendment to it."""
        await self._lock(document_id, shared=True)
        return await self.case(document_id, actor=actor)

    async def _lock(self, document_id: UUID, *, shared: bool) -> None:
        row = await self.row(document_id)
        meeting = select(MeetingRow.id).where(MeetingRow.id == row.meeting_id)
        await self._session.execute(meeting.with_for_update(read=True, key_share=False))
        own = select(DocumentRow.id).where(DocumentRow.id == document_id)
        await self._session.execute(own.with_for_update(read=shared, key_share=False))
        # Read before the lock, it may have changed while this unit waited.
        await self._session.refresh(row)

    async def case(self, document_id: UUID, *, actor: Actor) -> DocumentCase:
        """The document as it stands in this transaction, without locking it."""
        await self._session.flush()
        cases = await document_cases(self._session, [document_id], actor=actor, at=self._now, zone=self._zone)
        if document_id not in cases:
            raise NotFoundError("document", document_id)
        return cases[document_id]

    async def open_amendment(self, amendment_id: UUID, *, actor: Actor) -> AmendmentCase:
        """Lock an amendment, after its meeting and its document (shared), and judge it."""
        row = await self.amendment(amendment_id)
        await self._lock(row.document_id, shared=True)
        await self._session.execute(select(AmendmentRow.id).where(AmendmentRow.id == amendment_id).with_for_update())
        await self._session.refresh(row)
        return await self.amendment_case(amendment_id, actor=actor)

    async def amendment_case(self, amendment_id: UUID, *, actor: Actor) -> AmendmentCase:
        """The amendment as it stands in this transaction; NotFoundError where it is not seen."""
        await self._session.flush()
        cases = await amendment_cases(self._session, [amendment_id], actor=actor, at=self._now, zone=self._zone)
        if amendment_id not in cases:
            raise NotFoundError("amendment", amendment_id)
        return cases[amendment_id]

    async def row(self, document_id: UUID) -> DocumentRow:
        """The document's own row, to be changed."""
        row = await self._session.get(DocumentRow, document_id)
        if row is None:
            raise NotFoundError("document", document_id)
        return row

    async def amendment(self, amendment_id: UUID) -> AmendmentRow:
        """An amendment's own row, to be changed."""
        row = await self._session.get(AmendmentRow, amendment_id)
        if row is None:
            raise NotFoundError("amendment", amendment_id)
        return row

    async def text(self, version_id: UUID | None) -> dict[UUID, Paragraph]:
        """The paragraphs of a version by id, in their order."""
        if version_id is None:
            return {}
        await self._session.flush()
        return (await texts(self._session, [version_id]))[version_id]

    async def locks(self, version_id: UUID | None) -> dict[UUID, LockRow]:
        """The locks of a version by paragraph, proposed and answered."""
        statement = select(LockRow).join(ParagraphRow, ParagraphRow.id == LockRow.paragraph_id)
        found = await self._session.scalars(statement.where(ParagraphRow.version_id == version_id))
        return {row.paragraph_id: row for row in found}

    async def add_version(self, document_id: UUID, source: Source, paragraphs: Sequence[New]) -> list[UUID]:
        """Write a new version and make it the one that holds. Returns the ids of its paragraphs."""
        last = select(func.coalesce(func.max(DocumentVersionRow.number), 0))
        number = (
            await self._session.execute(last.where(DocumentVersionRow.document_id == document_id))
        ).scalar_one() + 1
        version = DocumentVersionRow(
            id=new_id(),
            document_id=document_id,
            number=number,
            kind=source.kind,
            made_at=self._now,
            reason=source.reason,
            file_name=source.file_name,
            file_digest=source.file_digest,
            notes=canonical([[each.code.value, each.label, each.text] for each in source.notes]),
        )
        self._session.add(version)
        (await self.row(document_id)).current_id = version.id
        await self._session.flush()
        return await write_text(self._session, version.id, paragraphs)

    async def amendments(self, document_id: UUID, *states: AmendmentState) -> Sequence[AmendmentRow]:
        """The amendments in some states, in the order in which they came in."""
        await self._session.flush()
        statement = select(AmendmentRow).where(AmendmentRow.document_id == document_id, AmendmentRow.state.in_(states))
        return (await self._session.scalars(statement.order_by(AmendmentRow.number))).all()

    async def number(self, document_id: UUID) -> int:
        """The next number of an amendment: gapless, under a lock of its own."""
        return await next_number(self._session, f"amendment:{document_id.hex}")

    async def of_proposals(self, proposals: Collection[UUID]) -> Sequence[AmendmentRow]:
        """The amendments that became some proposals on the agenda, in the order in which they came in."""
        await self._session.flush()
        statement = select(AmendmentRow).where(AmendmentRow.proposal_id.in_(proposals))
        return (await self._session.scalars(statement.order_by(AmendmentRow.number))).all()

    async def proposers(self, document_id: UUID) -> tuple[UUID, ...]:
        """The bodies that lay it before the meeting: its board first, then those that stand behind it too."""
        others = select(DocumentProposerRow.body_id).where(DocumentProposerRow.document_id == document_id)
        found = await self._session.scalars(others.order_by(DocumentProposerRow.body_id))
        return ((await self.row(document_id)).board_id, *found.all())

    async def board_of(self, unit_id: UUID) -> UUID | None:
        """The board that speaks for a unit which moved an amendment."""
        statement = select(BodyRow.id).where(BodyRow.unit_id == unit_id, BodyRow.kind == BodyKind.BOARD)
        return (await self._session.scalars(statement)).first()

    async def sources(self, version_id: UUID) -> Sequence[PassageSourceRow]:
        """Which amendments made the passages of a version."""
        statement = select(PassageSourceRow).where(PassageSourceRow.version_id == version_id)
        return (await self._session.scalars(statement.order_by(PassageSourceRow.id))).all()

    def add_source(self, version_id: UUID, paragraph_id: UUID | None, letter: str, amendment_id: UUID) -> None:
        """Keep which amendment made a passage; without a paragraph, that it took one away."""
        self._session.add(
            PassageSourceRow(
                id=new_id(),
                version_id=version_id,
                paragraph_id=paragraph_id,
                letter=letter,
                amendment_id=amendment_id,
            )
        )

    async def apply(self, step: Step[Any], row: DocumentRow | AmendmentRow) -> None:
        """Write the state that a step led to."""
        row.state = step.dest
        row.version += 1
        await self._session.flush()

    async def adopted_version(self, version_id: UUID, *, actor: Actor) -> bool:
        """Whether it is a version of an adopted text that the actor may see."""
        kinds = (VersionKind.ADOPTED, VersionKind.EDITORIAL)
        statement = select(DocumentVersionRow.document_id).where(
            DocumentVersionRow.id == version_id, DocumentVersionRow.kind.in_(kinds)
        )
        document_id = (await self._session.execute(statement)).scalar_one_or_none()
        if document_id is None:
            return False
        cases = await document_cases(self._session, [document_id], actor=actor, at=self._now, zone=self._zone)
        return document_id in cases
