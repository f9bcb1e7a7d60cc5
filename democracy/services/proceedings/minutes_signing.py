"""Signing minutes: the whole, or one § at once; leaving out or replacing whoever is out of reach."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from democracy.domain.actors import Actor, Member
from democracy.domain.ids import new_id
from democracy.domain.kinds import Channel
from democracy.errors import ConflictError, FieldError, InvalidInputError
from democracy.services.proceedings.minutes_asking import ask
from democracy.services.proceedings.minutes_letters import tell
from democracy.services.proceedings.minutes_steps import asked, signer, take_minutes
from democracy.services.proceedings.minutes_text import written
from democracy.services.use_case import Service, use_case
from democracy.storage.ledger import Text
from democracy.storage.minutes import Part
from democracy.storage.minutes_case import MinutesCase
from democracy.storage.tables.minutes import MinutesSignatoryRow, MinutesSignatureRow
from democracy.storage.unit_of_work import Unit
from workflows.engine import Role
from workflows.minutes import MINUTES
from workflows.proceedings import OfficerRole

LONGEST = 5_000


@dataclass(frozen=True)
class Signature:
    """A signature as it is given."""

    digest: str
    """SHA-256 of the text that was read."""
    item_id: UUID | None = None
    """One § verified at once; None for the whole."""
    dissent: str | None = None
    place: str | None = None
    member_number: str | None = None
    """Somebody else, for whom the secretary records it."""
    channel: Channel = Channel.DIGITAL
    received_at: datetime | None = None


class MinutesSigning(Service):
    """Use cases of those who verify."""

    @use_case
    async def sign(self, unit: Unit, minutes_id: UUID, given: Signature, *, actor: Actor) -> UUID:
        """Sign what was read, with a dissent where one disagrees. The last signature verifies."""
        case = await unit.minutes.open(minutes_id, actor=actor)
        rule, part = "sign_item" if given.item_id else "sign", Part(minutes_id, given.item_id)
        member_id, case = await signer(unit, case, rule, given.member_number, actor)
        row = await asked(unit, part, member_id)
        digest, same = await _fixed(unit, case, given.item_id)
        roles = case.roles - {Role.SIGNATORY} | ({Role.SIGNATORY} if row else set())
        facts = replace(
            case.facts, signed=row is not None and row.signed_at is not None, text_same=same,
            signing_item=digest is not None,
        )  # fmt: skip
        signature = signature_of(unit, part, member_id, row, given, actor)
        outcome = {"signature": signature.id.hex, "member": member_id.hex, "digest": signature.digest}
        outcome |= {"item": given.item_id.hex} if given.item_id else {}
        texts = [Text("minutes_signature", signature.id, {"dissent": signature.dissent, "place": signature.place},
                      member_id)]  # fmt: skip
        case = replace(case, roles=roles)
        await take_minutes(unit, case, rule, actor, facts=facts, outcome=outcome, texts=texts)
        if given.digest != digest:
            raise ConflictError("version_changed", current=case.version)
        assert row is not None  # noqa: S101 - the rule asks for it
        row.signed_at, row.due_at = signature.signed_at, None
        unit.session.add(signature)
        await unit.session.flush()
        await complete(unit, minutes_id, part, actor)
        return minutes_id

    @use_case
    async def leave_out(
        self, unit: Unit, minutes_id: UUID, member_id: UUID, decision: str | None = None, *, actor: Actor
    ) -> UUID:
        """Leave out a verifier who has been out of reach past the statutes' days: »justerat av en av två«."""
        case = await unit.minutes.open(minutes_id, actor=actor)
        row, case = await _absent(unit, case, member_id, decision)
        outcome, texts = {"member": member_id.hex}, _decision(minutes_id, decision)
        await take_minutes(unit, case, "leave_out", actor, outcome=outcome, texts=texts)
        assert row is not None  # noqa: S101 - the rule asks for it
        row.left_out_at, row.due_at, row.decision = unit.now, None, decision
        await unit.session.flush()
        await complete(unit, minutes_id, Part(minutes_id), actor)
        return minutes_id

    @use_case
    async def replace(
        self, unit: Unit, minutes_id: UUID, member_id: UUID, number: str, decision: str, *, actor: Actor
    ) -> UUID:
        """Let somebody else who was at the meeting sign in the place of one who is out of reach, as was decided."""
        case = await unit.minutes.open(minutes_id, actor=actor)
        row, case = await _absent(unit, case, member_id, decision)
        if not MINUTES.rules["replace"].open_to(case.roles):
            raise MINUTES.wrong_role("replace").under(case.statutes)
        other = await unit.motions.member_by_number(number)
        if other is None:
            raise InvalidInputError(FieldError("byMemberNumber", "unknown_member"))
        fits = (
            await unit.minutes.took_part(case.meeting_id, other) and await asked(unit, Part(minutes_id), other) is None
        )
        outcome = {"member": member_id.hex, "other": other.hex}
        facts, texts = replace(case.facts, substitute_fits=fits), _decision(minutes_id, decision)
        await take_minutes(unit, case, "replace", actor, facts=facts, outcome=outcome, texts=texts)
        assert row is not None  # noqa: S101 - the rule asks for it
        row.replaced_by, row.due_at, row.decision = other, None, decision
        minutes = await unit.minutes.row(minutes_id)
        due = minutes.due_at if minutes.due_at and minutes.due_at > unit.now else None
        known = {each.member_id: each for each in await unit.minutes.signatories(Part(minutes_id))}
        await ask(unit, Part(minutes_id), other, row.role, due, known.get(other))
        await tell(unit, case, [other], "minutes_signing", due)
        return minutes_id


async def complete(unit: Unit, minutes_id: UUID, part: Part, actor: Actor) -> None:
    """When nobody is waited for any more, the part is verified."""
    if await unit.minutes.outstanding(part):
        return
    if part.item_id is not None:
        section = await unit.minutes.section(part.item_id)
        assert section is not None  # noqa: S101 - it has been signed
        section.verified_at = unit.now
        return
    case = await unit.minutes.case(minutes_id, actor=actor)
    await take_minutes(unit, case, "verify", actor, follows=True)
    row = await unit.minutes.row(minutes_id)
    row.verified_at, row.due_at = unit.now, None


async def _fixed(unit: Unit, case: MinutesCase, item_id: UUID | None) -> tuple[str | None, bool]:
    """The digest of what is to be signed, and whether what happened still says the same."""
    now = await written(unit.session, case.meeting_id, case.id, unit.zone)
    if item_id is None:
        row = await unit.minutes.row(case.id)
        return row.digest, row.text == now.text
    section = await unit.minutes.section(item_id)
    if section is None or section.verified_at is not None:
        return None, True
    return section.digest, section.text == now.text_of(item_id)


def signature_of(
    unit: Unit, part: Part, member_id: UUID, row: MinutesSignatoryRow | None, given: Signature, actor: Actor
) -> MinutesSignatureRow:
    """The row of a signature; raises InvalidInputError for what cannot be one."""
    for name in ("dissent", "place"):
        if len(getattr(given, name) or "") > LONGEST:
            raise InvalidInputError(FieldError(name, "too_long", {"longest": LONGEST}))
    if given.received_at is not None and given.received_at > unit.now:
        raise InvalidInputError(FieldError("receivedAt", "received_in_future"))
    return MinutesSignatureRow(
        id=new_id(),
        minutes_id=part.minutes_id,
        item_id=part.item_id,
        addendum_id=part.addendum_id,
        member_id=member_id,
        role=row.role if row else OfficerRole.VERIFIER,
        digest=given.digest,
        dissent=(given.dissent or "").strip() or None,
        place=(given.place or "").strip() or None,
        channel=given.channel,
        signed_at=given.received_at or unit.now,
        recorded_at=unit.now,
        recorded_by=actor.id if given.member_number is not None and isinstance(actor, Member) else None,
    )


async def _absent(
    unit: Unit, case: MinutesCase, member_id: UUID, decision: str | None
) -> tuple[MinutesSignatoryRow | None, MinutesCase]:
    """Whoever is to be left out or replaced, with what the rules ask of them."""
    part = Part(case.id)
    row = await asked(unit, part, member_id)
    others = [
        each for each in await unit.minutes.signatories(part)
        if each.role is OfficerRole.VERIFIER and each is not row and each.left_out_at is None
        and each.replaced_by is None
    ]  # fmt: skip
    facts = replace(
        case.facts,
        waits_for=row is not None,
        signed=row is not None and row.signed_at is not None,
        is_verifier=row is not None and row.role is OfficerRole.VERIFIER,
        verifying=len(others),
        decision_given=bool((decision or "").strip()),
    )
    return row, replace(case, facts=facts)


def _decision(minutes_id: UUID, decision: str | None) -> list[Text]:
    return [Text("minutes", minutes_id, {"decision": decision.strip()})] if decision and decision.strip() else []
