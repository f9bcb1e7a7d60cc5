"""Clerical errors in verified minutes (rättelse av skrivfel): proposed, signed by chair and verifiers, in force."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from democracy.domain.actors import Actor, Member
from democracy.domain.ids import new_id
from democracy.errors import NotFoundError
from democracy.services.motions.case import required
from democracy.services.proceedings.minutes_asking import CORRECTION, ask_officers
from democracy.services.proceedings.minutes_signing import Signature, signature_of
from democracy.services.proceedings.minutes_steps import asked, signer
from democracy.services.use_case import Service, use_case
from democracy.storage.ledger import Text
from democracy.storage.minutes import Part
from democracy.storage.minutes_case import MinutesCase
from democracy.storage.reads.minutes import people_of, said_of
from democracy.storage.tables.minutes import MinutesAddendumRow
from democracy.storage.unit_of_work import Unit
from democracy.texts.minutes.chapters import chapter
from democracy.texts.minutes.names import filled, hidden_names, marked
from workflows.addendum import ADDENDUM, AddendumFacts, AddendumState
from workflows.engine import Role, StepDenied
from workflows.minutes_facts import MinutesState

DONE = (MinutesState.VERIFIED, MinutesState.PUBLISHED)


@dataclass(frozen=True)
class Correction:
    """A clerical error: what stands, and what it is to be."""

    item_id: UUID | None
    """The § in which it stands; None for the head."""
    before: str
    after: str
    reason: str


class MinutesAddenda(Service):
    """Use cases of those who put verified minutes right."""

    @use_case
    async def propose(self, unit: Unit, minutes_id: UUID, given: Correction, *, actor: Actor) -> UUID:
        """Propose a correction, and ask the chair and the verifiers to sign it. The original stays."""
        case = await unit.minutes.open(minutes_id, actor=actor)
        before, after = required("before", given.before), required("after", given.after)
        number = (await unit.minutes.item(given.item_id, case.meeting_id)).number if given.item_id else None
        found, before, after = await _placed(unit, case, number, before, after)
        facts = AddendumFacts(
            verified=case.state in DONE, text_found=found, changes=before != after,
            reason_given=bool(given.reason.strip()),
        )  # fmt: skip
        row = MinutesAddendumRow(
            id=new_id(), minutes_id=minutes_id, item_id=given.item_id, before=before, after=after,
            reason=given.reason.strip(), proposed_at=unit.now, state=AddendumState.PROPOSED, version=0,
            proposed_by=actor.id if isinstance(actor, Member) else None,
        )  # fmt: skip
        row.digest = addendum_digest(row, (await unit.minutes.row(minutes_id)).digest)
        said = Text("addendum", row.id, {"before": before, "after": after, "reason": row.reason})
        _take(unit, case, row, "propose", actor, facts, {"digest": row.digest}, [said])
        unit.session.add(row)
        await unit.session.flush()
        await ask_officers(unit, Part(minutes_id, addendum_id=row.id), case, None, CORRECTION)
        return minutes_id

    @use_case
    async def sign(self, unit: Unit, addendum_id: UUID, given: Signature, *, actor: Actor) -> UUID:
        """Sign a correction. With the last signature it is in force."""
        row, case = await self._opened(unit, addendum_id, actor)
        member_id, case = await signer(unit, case, "sign", given.member_number, actor)
        part = Part(row.minutes_id, addendum_id=row.id)
        mine = await asked(unit, part, member_id)
        case = replace(case, roles=case.roles - {Role.SIGNATORY} | ({Role.SIGNATORY} if mine else set()))
        facts = AddendumFacts(signed=mine is not None and mine.signed_at is not None)
        signature = signature_of(unit, part, member_id, mine, replace(given, digest=row.digest or ""), actor)
        outcome = {"signature": signature.id.hex, "member": member_id.hex, "digest": signature.digest}
        _take(unit, case, row, "sign", actor, facts, outcome)
        assert mine is not None  # noqa: S101 - the rule asks for it
        mine.signed_at = signature.signed_at
        unit.session.add(signature)
        await unit.session.flush()
        left = await unit.minutes.outstanding(part)
        if not left:
            _take(unit, case, row, "enforce", actor, AddendumFacts(outstanding=left))
            row.in_force_at = unit.now
        return row.minutes_id

    @use_case
    async def drop(self, unit: Unit, addendum_id: UUID, reason: str, *, actor: Actor) -> UUID:
        """Withdraw a correction that not everybody has signed."""
        row, case = await self._opened(unit, addendum_id, actor)
        texts = [Text("addendum", row.id, {"reason": reason.strip()})]
        _take(unit, case, row, "drop", actor, AddendumFacts(reason_given=bool(reason.strip())), texts=texts)
        await unit.minutes.forget_signatories(Part(row.minutes_id, addendum_id=row.id))
        return row.minutes_id

    async def _opened(self, unit: Unit, addendum_id: UUID, actor: Actor) -> tuple[MinutesAddendumRow, MinutesCase]:
        row = await unit.minutes.addendum(addendum_id)
        try:
            case = await unit.minutes.open(row.minutes_id, actor=actor)
        except NotFoundError:
            raise NotFoundError("addendum", addendum_id) from None
        await unit.session.refresh(row)
        return row, case


def addendum_digest(row: MinutesAddendumRow, minutes: str | None) -> str:
    """SHA-256 over what is corrected, in which minutes, and to what."""
    parts = (minutes or "", row.item_id.hex if row.item_id else "", row.before, row.after)
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


async def _placed(unit: Unit, case: MinutesCase, number: int | None, before: str, after: str) -> tuple[bool, str, str]:
    """Whether the words stand in that § as people read it; and both wordings with marks in the place of names."""
    text = (await unit.minutes.row(case.id)).text or ""
    people = await people_of(unit.session, case.meeting_id, case.id, sorted(marked(text)))
    said = await said_of(unit.session, case.id)
    found = before in filled(chapter(text, number) or "", people, said)
    return found, hidden_names(before, people.values()), hidden_names(after, people.values())


def _take(
    unit: Unit,
    case: MinutesCase,
    row: MinutesAddendumRow,
    rule: str,
    actor: Actor,
    facts: AddendumFacts,
    outcome: Mapping[str, Any] | None = None,
    texts: list[Text] | None = None,
) -> None:
    try:
        step = ADDENDUM.step(rule, row.state, facts, roles=case.roles, now=unit.now)
    except StepDenied as denied:
        raise denied.under(case.statutes) from None
    row.state = step.dest
    row.version = (row.version or 0) + 1
    told = {"minutes": case.id.hex, **(outcome or {})}
    unit.record(
        step, row.id, by=actor, statutes=case.statutes, outcome=told, texts=texts or [], meeting=case.meeting_id
    )  # fmt: skip
