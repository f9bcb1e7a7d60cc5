"""Amendments before the meeting: handed in, recorded for somebody, withdrawn."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from democracy.domain.actors import Actor, Member
from democracy.domain.ids import new_id
from democracy.domain.kinds import Channel
from democracy.errors import FieldError, InvalidInputError, NotFoundError
from democracy.services.documents.case import take_amendment
from democracy.services.documents.places import Change, judged, meaning
from democracy.services.motions.case import required
from democracy.services.motions.drafting import Arrival
from democracy.services.use_case import Service, use_case
from democracy.storage import statutes
from democracy.storage.amendment_case import AmendmentCase
from democracy.storage.document_case import DocumentCase
from democracy.storage.document_rights import member_may_amend, unit_may_amend
from democracy.storage.ledger import Text
from democracy.storage.tables.document import AmendmentRow
from democracy.storage.unit_of_work import Unit
from workflows.amendment import AMENDMENT, AmendmentState
from workflows.engine import Role

LONGEST_TEXT = 20_000
LONGEST_REASONS = 10_000


class Amending(Service):
    """Use cases of amendments until the meeting opens."""

    @use_case
    async def submit(
        self,
        unit: Unit,
        document_id: UUID,
        change: Change,
        reasons: str = "",
        of_unit: tuple[UUID, str] | None = None,
        *,
        actor: Actor,
    ) -> UUID:
        """Hand in an amendment: one's own, or that of a unit that one leads, by its dated decision."""
        document = await unit.documents.share(document_id, actor=actor)
        if not isinstance(actor, Member):
            raise AMENDMENT.wrong_role("submit").under(document.statutes)
        row = await new_row(unit, document_id, change, reasons, Arrival(Channel.DIGITAL, unit.now))
        if of_unit is None:
            row.mover_member_id = actor.id
        else:
            await _of_unit(unit, row, of_unit)
        await self._hand_in(unit, document, row, change, "submit", actor)
        return row.id

    @use_case
    async def record(
        self,
        unit: Unit,
        document_id: UUID,
        change: Change,
        mover: str | tuple[UUID, str],
        arrival: Arrival,
        reasons: str = "",
        *,
        actor: Actor,
    ) -> UUID:
        """Record an amendment that came on paper, by post or by telephone. For the secretary.

        `mover` is a member's number, or a unit with its decision. The deadline looks at the time it was received.
        """
        document = await unit.documents.share(document_id, actor=actor)
        if Role.SECRETARY not in document.roles:
            raise AMENDMENT.wrong_role("record").under(document.statutes)
        row = await new_row(unit, document_id, change, reasons, arrival)
        row.recorded_by = actor.id if isinstance(actor, Member) else None
        if isinstance(mover, str):
            row.mover_member_id = await known_member(unit, mover)
        else:
            await _of_unit(unit, row, mover)
        await self._hand_in(unit, document, row, change, "record", actor)
        return row.id

    @use_case
    async def withdraw(self, unit: Unit, amendment_id: UUID, asked: str | None = None, *, actor: Actor) -> UUID:
        """Take an amendment back before the meeting has opened. The secretary does it for a mover who `asked`."""
        case = await unit.documents.open_amendment(amendment_id, actor=actor)
        said = (asked or "").strip()
        facts = replace(case.facts, reason_given=Role.MOVER in case.roles or bool(said))
        texts = [Text("asked", amendment_id, {"asked": said})] if said else []
        await take_amendment(unit, case, "withdraw", actor=actor, facts=facts, texts=texts)
        return amendment_id

    async def _hand_in(
        self, unit: Unit, document: DocumentCase, row: AmendmentRow, change: Change, rule: str, actor: Actor
    ) -> None:
        unit.session.add(row)
        row.number = await unit.documents.number(document.id)
        case = await _own_case(unit, document, row, rule, actor)
        text = await unit.documents.text(document.base_id)
        facts, provenance = judged(case.facts, meaning(change, text), text)
        facts = replace(facts, mover_has_right=await _has_right(unit, document, row))
        outcome, texts = told(row, text), [kept(row)]
        await take_amendment(
            unit, case, rule, actor=actor, facts=facts, outcome=outcome, texts=texts, provenance=provenance
        )


async def new_row(unit: Unit, document_id: UUID, change: Change, reasons: str, arrival: Arrival) -> AmendmentRow:
    """An amendment that has not been handed in yet, checked for form."""
    for path, text, longest in (("text", change.text, LONGEST_TEXT), ("reasons", reasons, LONGEST_REASONS)):
        if len(text) > longest:
            raise InvalidInputError(FieldError(path, "too_long", {"longest": longest}))
    known = await unit.documents.text((await unit.documents.row(document_id)).base_id)
    return AmendmentRow(
        id=new_id(),
        document_id=document_id,
        number=0,
        state=AmendmentState.DRAFTED,
        operation=change.operation,
        # An unknown paragraph is refused by the rules: it must not fail on the way there.
        paragraph_id=change.paragraph_id if change.paragraph_id in known else None,
        letter=change.letter.strip(),
        text=change.text.strip(),
        to_paragraph_id=change.to_paragraph_id if change.to_paragraph_id in known else None,
        to_letter=change.to_letter.strip(),
        to_beginning=change.to_beginning,
        before=change.before,
        reasons=reasons.strip(),
        channel=arrival.channel,
        received_at=arrival.received_at,
        recorded_at=unit.now,
        version=0,
    )


async def known_member(unit: Unit, number: str) -> UUID:
    """The member with a number; InvalidInputError where there is none."""
    found = await unit.motions.member_by_number(number.strip())
    if found is None:
        raise InvalidInputError(FieldError("memberNumber", "unknown_member"))
    return found


def told(row: AmendmentRow, text: dict[UUID, Any]) -> dict[str, Any]:
    """What the ledger keeps of an amendment: ids, codes and numbers."""
    paragraph = text.get(row.paragraph_id) if row.paragraph_id else None
    return {
        "document": row.document_id.hex,
        "number": row.number,
        "operation": row.operation.name,
        "place": str(paragraph.place) if paragraph else None,
        "letter": row.letter,
        "channel": row.channel.name,
        "received": row.received_at.isoformat(),
        "member": row.mover_member_id.hex if row.mover_member_id else None,
        "unit": row.mover_unit_id.hex if row.mover_unit_id else None,
    }


def kept(row: AmendmentRow) -> Text:
    """Its words, beside the ledger."""
    return Text("amendment", row.id, {"text": row.text, "reasons": row.reasons}, row.mover_member_id)


async def _own_case(unit: Unit, document: DocumentCase, row: AmendmentRow, rule: str, actor: Actor) -> AmendmentCase:
    """The new amendment as its mover sees it. Whoever does not lead the unit that moves would not even see it."""
    try:
        return await unit.documents.amendment_case(row.id, actor=actor)
    except NotFoundError:
        raise AMENDMENT.wrong_role(rule).under(document.statutes) from None


async def _of_unit(unit: Unit, row: AmendmentRow, decided: tuple[UUID, str]) -> None:
    unit_id, decision = decided
    await unit.motions.unit_exists(unit_id)
    row.mover_unit_id, row.mover_decision = unit_id, required("decision", decision, longest=500)


async def _has_right(unit: Unit, document: DocumentCase, row: AmendmentRow) -> bool:
    if document.meeting_id is None:
        return False
    meeting = await unit.meetings.row(document.meeting_id)
    rules = (await statutes.by_digest(unit.session, document.statutes))[document.statutes]
    if row.mover_unit_id is not None:
        return await unit_may_amend(unit.session, meeting, rules, row.mover_unit_id)
    if row.mover_member_id is not None:
        return await member_may_amend(unit.session, meeting, rules, row.mover_member_id, unit.today)
    return False
