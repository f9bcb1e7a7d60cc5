"""A person says which paragraphs are quotations, and of what."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from democracy.domain.actors import Actor
from democracy.domain.numbered_text.paragraphs import Paragraph
from democracy.domain.numbered_text.quotations import quoted_from
from democracy.errors import FieldError, InvalidInputError
from democracy.services.documents.case import expect_version, take
from democracy.services.motions.case import member_id, required
from democracy.services.use_case import Service, use_case
from democracy.storage.ledger import Text
from democracy.storage.tables.document import LockRow
from democracy.storage.unit_of_work import Unit


@dataclass(frozen=True)
class Answer:
    """What somebody says of one paragraph."""

    paragraph_id: UUID
    locked: bool
    provenance: str | None = None
    """What it quotes; None to keep what the text itself says."""
    source_id: UUID | None = None
    """The adopted version that it quotes, where that is here."""


class Locks(Service):
    """Confirming locks."""

    @use_case
    async def confirm(
        self,
        unit: Unit,
        document_id: UUID,
        answers: Sequence[Answer],
        expected_version: int | None = None,
        *,
        actor: Actor,
    ) -> UUID:
        """Answer for every paragraph that looks like a quotation; others may be locked too."""
        opened = await unit.documents.open(document_id, actor=actor)
        expect_version(opened, expected_version)
        text, locks = await unit.documents.text(opened.current_id), await unit.documents.locks(opened.current_id)
        for index, answer in enumerate(answers):
            await _write(unit, index, answer, text, locks, actor)
        case = await unit.documents.case(document_id, actor=actor)
        outcome = {"locked": [str(text[each.paragraph_id].place) for each in answers if each.locked]}
        kept = [
            Text("lock", key, {"provenance": row.provenance})
            for key, row in locks.items()
            if row.locked and row.provenance
        ]
        await take(unit, case, "confirm_locks", actor=actor, outcome=outcome, texts=kept)
        return document_id


async def _write(
    unit: Unit, index: int, answer: Answer, text: dict[UUID, Paragraph], locks: dict[UUID, LockRow], actor: Actor
) -> None:
    paragraph = text.get(answer.paragraph_id)
    if paragraph is None:
        raise InvalidInputError(FieldError(f"locks.{index}.paragraphId", "id", {"kind": "Paragraph"}))
    row = locks.get(answer.paragraph_id)
    if row is None:
        row = locks[answer.paragraph_id] = LockRow(paragraph_id=answer.paragraph_id)
        unit.session.add(row)
    row.locked, row.answered_at, row.answered_by = answer.locked, unit.now, member_id(actor)
    if answer.provenance is not None:
        row.provenance = required(f"locks.{index}.provenance", answer.provenance, longest=500)
    row.source_id = None
    if answer.locked and answer.source_id is not None:
        await _check_source(unit, index, answer.source_id, paragraph, actor)
        row.source_id = answer.source_id


async def _check_source(unit: Unit, index: int, source_id: UUID, paragraph: Paragraph, actor: Actor) -> None:
    """A version of the programme that does not say this is not what it quotes."""
    path = f"locks.{index}.sourceVersionId"
    if not await unit.documents.adopted_version(source_id, actor=actor):
        raise InvalidInputError(FieldError(path, "id", {"kind": "DocumentVersion"}))
    source = await unit.documents.text(source_id)
    whole = "\n".join(each.text for each in source.values())
    if not quoted_from(paragraph.text, {source_id: whole}):
        raise InvalidInputError(FieldError(path, "not_quoted_there"))
