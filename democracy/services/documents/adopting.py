"""From the decisions to the adopted text."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from democracy.domain.actors import Actor, Clock
from democracy.domain.numbered_text.paragraphs import Paragraph
from democracy.domain.numbered_text.weaving import Decided, UnweavableError, Woven, weave
from democracy.services.documents.case import take
from democracy.services.documents.places import meaning
from democracy.services.use_case import Service, use_case
from democracy.storage.document_case import DocumentCase
from democracy.storage.document_text import New
from democracy.storage.documents import Source
from democracy.storage.ledger import Text
from democracy.storage.tables.document import AmendmentRow
from democracy.storage.unit_of_work import Unit
from workflows.amendment import AmendmentState
from workflows.document import Editor, VersionKind
from workflows.engine import StepDenied


class Adopting(Service):
    """What the meeting, or the board after it, makes of the text."""

    @use_case
    async def adopt(
        self, unit: Unit, document_id: UUID, decision: str, editor: Editor | None = None, *, actor: Actor
    ) -> UUID:
        """Adopt the text as amended. `editor` is whom the meeting authorises to put spelling and numbering right."""
        await adopt_text(unit, await unit.documents.open(document_id, actor=actor), "adopt", decision, editor, actor)
        return document_id

    @use_case
    async def adopt_by_board(
        self, unit: Unit, document_id: UUID, decision: str, editor: Editor | None = None, *, actor: Actor
    ) -> UUID:
        """The board adopts the text after a conference has treated it, where the statutes know that way."""
        case = await unit.documents.open(document_id, actor=actor)
        await adopt_text(unit, case, "adopt_by_board", decision, editor, actor)
        return document_id

    @use_case
    async def enter_adopted(self, unit: Unit, document_id: UUID, decision: str, *, actor: Actor) -> UUID:
        """Enter a text that was adopted earlier, such as the programme that quotations come from."""
        case = await unit.documents.open(document_id, actor=actor)
        said = decision.strip()[:500]
        facts = replace(case.facts, decision_given=bool(said))
        await take(unit, case, "enter_adopted", actor=actor, facts=facts, texts=[_decided(document_id, said)])
        text, locks = await unit.documents.text(case.current_id), await unit.documents.locks(case.current_id)
        news = [New(each, key, locks.get(key)) for key, each in text.items()]
        await unit.documents.add_version(document_id, Source(VersionKind.ADOPTED), news)
        row = await unit.documents.row(document_id)
        row.adopted_by, row.adopted_at, row.base_id = said, unit.now, case.current_id
        return document_id

    @use_case
    async def reject(self, unit: Unit, document_id: UUID, decision: str, *, actor: Actor) -> UUID:
        """The meeting rejects the text as a whole."""
        case = await unit.documents.open(document_id, actor=actor)
        said = decision.strip()[:500]
        facts = replace(case.facts, decision_given=bool(said))
        texts = [_decided(document_id, said)]
        await take(unit, case, "reject", actor=actor, facts=facts, texts=texts, meeting=case.meeting_id)
        (await unit.documents.row(document_id)).adopted_by = said
        return document_id

    @use_case
    async def authorise(self, unit: Unit, document_id: UUID, editor: Editor, *, actor: Actor) -> UUID:
        """Record whom the meeting authorises to put spelling and numbering right in the text that it has adopted."""
        case = await unit.documents.open(document_id, actor=actor)
        await take(unit, case, "authorise", actor=actor, outcome={"editor": editor.name}, meeting=case.meeting_id)
        (await unit.documents.row(document_id)).editor = editor
        return document_id


async def adopt_on_agenda(unit: Unit, document_id: UUID, decision: str, *, actor: Actor) -> bool:
    """Adopt the text because everything about it has been decided on the agenda.

    False where the text has to wait: decisions contradict each other, or the board adopts after the meeting.
    """
    case = await unit.documents.open(document_id, actor=Clock())
    try:
        await adopt_text(unit, case, "adopt", decision, None, actor, follows=True)
    except StepDenied:
        return False
    return True


async def reject_on_agenda(unit: Unit, document_id: UUID, decision: str, *, actor: Actor) -> None:
    """Reject the text because the meeting has decided so on the agenda."""
    case = await unit.documents.open(document_id, actor=Clock())
    texts = [_decided(document_id, decision)]
    await take(unit, case, "reject", actor=actor, texts=texts, meeting=case.meeting_id, follows=True)
    (await unit.documents.row(document_id)).adopted_by = decision


async def take_up(unit: Unit, document_id: UUID, *, actor: Actor) -> None:
    """The meeting takes up a point of the text again: what was adopted stays as a version, and holds no longer."""
    case = await unit.documents.open(document_id, actor=Clock())
    await take(unit, case, "take_up", actor=actor, meeting=case.meeting_id, follows=True)
    row = await unit.documents.row(document_id)
    row.current_id = row.base_id
    row.adopted_by = row.adopted_at = row.editor = None
    await unit.session.flush()


async def adopt_text(
    unit: Unit,
    case: DocumentCase,
    rule: str,
    decision: str,
    editor: Editor | None,
    actor: Actor,
    *,
    follows: bool = False,
) -> None:
    """Weave the text and keep it, as a rule of the document has it."""
    said = decision.strip()[:500]
    text = await unit.documents.text(case.base_id)
    approved = await unit.documents.amendments(case.id, AmendmentState.APPROVED)
    woven, contradictions, misfits = _woven(text, approved)
    facts = replace(case.facts, decision_given=bool(said), contradictions=contradictions, misfits=misfits)
    outcome = {"amendments": len(approved), "editor": editor.name if editor else None}
    texts, where = [_decided(case.id, said)], _where(rule, case)
    await take(
        unit, case, rule, actor=actor, facts=facts, outcome=outcome, texts=texts, meeting=where, follows=follows
    )  # fmt: skip
    await _write(unit, case, text, woven)
    row = await unit.documents.row(case.id)
    row.adopted_by, row.adopted_at, row.editor = said, unit.now, editor


def _woven(text: Mapping[UUID, Paragraph], approved: Sequence[AmendmentRow]) -> tuple[Woven[UUID], int, int]:
    """The text as decided; or nothing, with how many decisions are in its way."""
    decided = [Decided(meaning(each, text, each.adopted_text), each.id) for each in approved]
    try:
        return weave(list(text.values()), decided), 0, 0
    except UnweavableError as error:
        return Woven((), ()), len(error.pairs), len(error.misfits)


async def _write(unit: Unit, case: DocumentCase, text: Mapping[UUID, Paragraph], woven: Woven[UUID]) -> None:
    """The adopted version, with what made each passage; a quotation keeps its lock."""
    by_place = {paragraph.place: key for key, paragraph in text.items()}
    locks = await unit.documents.locks(case.base_id)
    origins = [by_place[each.origin] if each.origin else None for each in woven.passages]
    news = [
        New(each.paragraph, origin, locks.get(origin) if origin else None)
        for each, origin in zip(woven.passages, origins, strict=True)
    ]
    keys = await unit.documents.add_version(case.id, Source(VersionKind.ADOPTED), news)
    version = (await unit.documents.row(case.id)).current_id
    assert version is not None  # noqa: S101 - it has just been written
    for passage, key in zip(woven.passages, keys, strict=True):
        for amendment in passage.decisions:
            unit.documents.add_source(version, key, "", amendment)
        for point in passage.points:
            for amendment in point.decisions:
                unit.documents.add_source(version, key, point.point.letter, amendment)
    for removed in woven.removed:
        for amendment in removed.decisions:
            unit.documents.add_source(version, None, removed.place.letter, amendment)


def _decided(document_id: UUID, said: str) -> Text:
    return Text("document", document_id, {"decision": said})


def _where(rule: str, case: DocumentCase) -> Any:
    """The board adopts after the meeting, not in it."""
    return None if rule == "adopt_by_board" else case.meeting_id
