"""Reminders by the clock before a term ends: to whoever holds the place, and to those who lead the unit."""

from datetime import datetime
from uuid import UUID

from democracy.domain.actors import Clock
from democracy.services.mandates import follow
from democracy.storage import outbox
from democracy.storage.mandate_case import MandateCase, open_mandate
from democracy.storage.outbox import LETTER, MAIL, NewMessage
from democracy.storage.reads import correspondents
from democracy.storage.terms_due import ending, officers_of
from democracy.storage.unit_of_work import Database, Unit, retrying
from democracy.texts.pages import page
from workflows.engine import StepDenied
from workflows.words import Language

PURPOSE = "term_ends"


async def remind_of_terms(database: Database, now: datetime) -> int:
    """Remind everybody whose time has come, once for each last day; how many."""
    async with database.read() as reader:
        due = await ending(reader, now.astimezone(database.zone).date())
    reminded = 0
    for mandate_id in due:

        async def once(mandate_id: UUID = mandate_id) -> bool:
            async with database.unit(now) as unit:
                return await _remind(unit, mandate_id)

        reminded += await retrying(once)
    return reminded


async def _remind(unit: Unit, mandate_id: UUID) -> bool:
    """False where another process has reminded meanwhile, or the last day has been moved."""
    case, row = await open_mandate(unit, mandate_id, actor=Clock())
    try:
        await follow(unit, case, "remind", case.facts, Clock(), {"last": case.ends_on})
    except StepDenied:
        return False
    row.reminded_of = case.ends_on
    await _tell(unit, case)
    return True


async def _tell(unit: Unit, case: MandateCase) -> None:
    body = await unit.meetings.body(case.body_id)
    others = set(await officers_of(unit, case.unit_id)) - {case.member_id}
    for person in await correspondents.members(unit.session, [case.member_id, *sorted(others)]):
        language: Language = "en" if person.language == "en" else "sv"
        channel = MAIL if person.email else LETTER
        text = page(
            PURPOSE, channel, language, given_name=person.given_name, body=body.name,
            last=case.ends_on.isoformat() if case.ends_on else "", own="yes" if person.id == case.member_id else "",
        )  # fmt: skip
        message = NewMessage(channel, PURPOSE, person.id, None, text.subject, text.body)
        await outbox.add_message(unit.session, message, unit.now)
