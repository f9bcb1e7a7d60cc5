"""Spelling and numbering in an adopted text, as the meeting authorised; and publishing it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from democracy.domain.actors import Actor
from democracy.domain.numbered_text.paragraphs import Paragraph, Point, parts_of
from democracy.errors import FieldError, InvalidInputError
from democracy.services.documents.case import expect_version, take
from democracy.services.use_case import Service, use_case
from democracy.storage.document_text import New
from democracy.storage.documents import Source
from democracy.storage.ledger import Text
from democracy.storage.unit_of_work import Unit
from workflows.document import VersionKind

LONGEST = 20_000


@dataclass(frozen=True)
class Rewording:
    """A paragraph as it should be spelt: its lead and its points."""

    paragraph_id: UUID
    text: str


class Editing(Service):
    """What may still be done with an adopted text."""

    @use_case
    async def edit(
        self,
        unit: Unit,
        document_id: UUID,
        rewordings: Sequence[Rewording],
        reason: str,
        expected_version: int | None = None,
        *,
        renumber: bool = False,
        actor: Actor,
    ) -> UUID:
        """Put spelling right, or number the paragraphs anew from 1. The version before stays, to be compared with."""
        case = await unit.documents.open(document_id, actor=actor)
        expect_version(case, expected_version)
        before = await unit.documents.text(case.current_id)
        after = _numbered(_reworded(before, rewordings)) if renumber else _reworded(before, rewordings)
        facts = replace(
            case.facts,
            reason_given=bool(reason.strip()),
            changed=after != before,
            locks_kept=all(after[key].text == each.text for key, each in before.items() if each.locked),
            same_places=all(_letters(after[key]) == _letters(each) for key, each in before.items()),
        )
        changed = [str(each.place) for key, each in before.items() if after[key] != each]
        text = Text("document", document_id, {"reason": reason.strip()})
        outcome = {"changed": changed, "renumbered": renumber}
        await take(unit, case, "edit", actor=actor, facts=facts, outcome=outcome, texts=[text])
        await _write(unit, document_id, case.current_id, after, reason.strip())
        return document_id

    @use_case
    async def publish(self, unit: Unit, document_id: UUID, *, actor: Actor) -> UUID:
        """Publish the adopted text: from now on nothing in it is put right without a new decision."""
        case = await unit.documents.open(document_id, actor=actor)
        await take(unit, case, "publish", actor=actor)
        (await unit.documents.row(document_id)).published_at = unit.now
        return document_id


def _reworded(before: Mapping[UUID, Paragraph], rewordings: Sequence[Rewording]) -> dict[UUID, Paragraph]:
    after = dict(before)
    for index, each in enumerate(rewordings):
        path = f"paragraphs.{index}"
        paragraph = after.get(each.paragraph_id)
        if paragraph is None:
            raise InvalidInputError(FieldError(f"{path}.paragraphId", "id", {"kind": "Paragraph"}))
        if len(each.text) > LONGEST:
            raise InvalidInputError(FieldError(f"{path}.text", "too_long", {"longest": LONGEST}))
        lead, points = parts_of(each.text)
        letters = [point.letter for point in paragraph.points]
        # With another number of points it is refused, whatever their letters: the rules say why.
        kept = tuple(Point(letters[at] if at < len(letters) else "", text) for at, text in enumerate(points))
        after[each.paragraph_id] = replace(paragraph, lead=lead, points=kept)
    return after


def _numbered(text: Mapping[UUID, Paragraph]) -> dict[UUID, Paragraph]:
    return {
        key: replace(each, number=number, suffix="") for number, (key, each) in enumerate(text.items(), start=1)
    }  # fmt: skip


def _letters(paragraph: Paragraph) -> tuple[bool, list[str]]:
    return bool(paragraph.lead), [point.letter for point in paragraph.points]


async def _write(
    unit: Unit, document_id: UUID, before: UUID | None, after: Mapping[UUID, Paragraph], reason: str
) -> None:
    """The new version, with the locks and the decisions of the passages that it comes from."""
    locks = await unit.documents.locks(before)
    sources = await unit.documents.sources(before) if before else []
    news = [New(each, key, locks.get(key)) for key, each in after.items()]
    keys = await unit.documents.add_version(document_id, Source(VersionKind.EDITORIAL, reason=reason), news)
    now = dict(zip(after, keys, strict=True))
    version = (await unit.documents.row(document_id)).current_id
    assert version is not None  # noqa: S101 - it has just been written
    for each in sources:
        unit.documents.add_source(
            version, now[each.paragraph_id] if each.paragraph_id else None, each.letter, each.amendment_id
        )
