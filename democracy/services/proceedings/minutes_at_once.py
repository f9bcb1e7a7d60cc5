"""One § verified at once (omedelbar justering): its text is fixed and signed while the meeting goes on."""

from dataclasses import replace
from uuid import UUID

from democracy.domain.actors import Actor
from democracy.domain.ids import new_id
from democracy.services.proceedings.minutes_asking import ask_officers
from democracy.services.proceedings.minutes_steps import take_minutes
from democracy.services.proceedings.minutes_text import digest_of, kept_with, written
from democracy.services.use_case import Service, use_case
from democracy.storage.minutes import Part
from democracy.storage.tables.minutes import MinutesSectionRow
from democracy.storage.unit_of_work import Unit


class MinutesAtOnce(Service):
    """Use cases of a § that cannot wait."""

    @use_case
    async def verify_item(self, unit: Unit, minutes_id: UUID, item_id: UUID, *, actor: Actor) -> UUID:
        """Fix the text of one § and ask for signatures on it. It is worded no more.

        Where something has happened under it before everybody had signed, do so again: the signatures fall.
        """
        case = await unit.minutes.open(minutes_id, actor=actor)
        item = await unit.minutes.item(item_id, case.meeting_id)
        now = await written(unit.session, case.meeting_id, minutes_id, unit.zone)
        text, section = now.text_of(item_id), await unit.minutes.section(item_id)
        kept = section is not None and (section.verified_at is not None or section.text == text)
        facts = replace(case.facts, item_undecided=await unit.minutes.undecided(item), item_kept=kept)
        outcome = {"item": item_id.hex, "digest": digest_of(text)}
        texts = kept_with(text, now)
        await take_minutes(unit, case, "verify_item_at_once", actor, facts=facts, outcome=outcome, texts=texts)
        section = section or MinutesSectionRow(id=new_id(), minutes_id=minutes_id, item_id=item_id)
        section.text, section.digest, section.opened_at = text, digest_of(text), unit.now
        unit.session.add(section)
        await unit.session.flush()
        await unit.minutes.fall(Part(minutes_id, item_id))
        await ask_officers(unit, Part(minutes_id, item_id), case, None)
        return minutes_id
