"""Who the meeting elects to preside, keep the minutes, verify and count; and who has the gavel."""

from dataclasses import replace
from uuid import UUID

from democracy.domain.actors import Actor
from democracy.errors import FieldError, InvalidInputError
from democracy.services.proceedings.judging import reason_text, take_meeting
from democracy.services.proceedings.persons import Person, person_of
from democracy.services.use_case import Service, use_case
from democracy.storage import chairs
from democracy.storage.unit_of_work import Unit
from workflows.meeting import MEETING
from workflows.proceedings import OfficerRole


class Officers(Service):
    """Use cases of a meeting's officers."""

    @use_case
    async def elect(self, unit: Unit, meeting_id: UUID, role: OfficerRole, person: Person, *, actor: Actor) -> UUID:
        """Record that the meeting has elected somebody, who need not be a delegate, nor of this district."""
        case = await unit.meetings.open(meeting_id, actor=actor)
        member_id = await person_of(
            unit, person, hold=(MEETING, "elect_officer"), roles=case.roles, statutes=case.statutes
        )
        held = await chairs.officer(unit.session, meeting_id, role, member_id)
        facts = replace(case.facts, holds_already=held is not None)
        item_id = await unit.items.being_treated(meeting_id)
        outcome = {"role": role.name, "member": member_id.hex, "item": item_id.hex if item_id else None}
        await take_meeting(unit, case, "elect_officer", actor, facts=facts, outcome=outcome)
        await chairs.add_officer(unit.session, meeting_id, role, member_id, item_id, unit.now)
        return meeting_id

    @use_case
    async def release(
        self, unit: Unit, meeting_id: UUID, role: OfficerRole, person: Person, reason: str | None = None, *,
        actor: Actor,
    ) -> UUID:  # fmt: skip
        """Record that somebody leaves what they were elected to."""
        case = await unit.meetings.open(meeting_id, actor=actor)
        member_id = await person_of(
            unit, person, hold=(MEETING, "release_officer"), roles=case.roles, statutes=case.statutes
        )
        held = await chairs.officer(unit.session, meeting_id, role, member_id)
        if held is None:
            raise InvalidInputError(FieldError("memberNumber", "no_officer"))
        outcome = {"role": role.name, "member": member_id.hex}
        texts = reason_text("officer", held.id, reason)
        await take_meeting(unit, case, "release_officer", actor, outcome=outcome, texts=texts)
        held.until = unit.now
        return meeting_id

    @use_case
    async def pass_gavel(
        self, unit: Unit, meeting_id: UUID, person: Person, *, for_item: bool = True, actor: Actor
    ) -> UUID:
        """Pass the gavel (klubban) on: for the item that is open, after which it goes back, or from now on.

        Refused for whoever is barred from that item.
        """
        case = await unit.meetings.open(meeting_id, actor=actor)
        member_id = await person_of(
            unit, person, hold=(MEETING, "pass_gavel"), roles=case.roles, statutes=case.statutes
        )
        facts = replace(
            case.facts,
            holds_already=await chairs.gavel_holder(unit.session, meeting_id) == member_id,
            person_barred=await chairs.barred_now(unit.session, meeting_id, member_id),
        )
        item_id = await unit.items.being_treated(meeting_id) if for_item else None
        outcome = {"member": member_id.hex, "item": item_id.hex if item_id else None}
        await take_meeting(unit, case, "pass_gavel", actor, facts=facts, outcome=outcome)
        await chairs.give_gavel(unit.session, meeting_id, member_id, item_id, unit.now)
        return meeting_id
