"""What those who sign minutes are told: by mail, or by letter when they have no address for mail."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from democracy.storage import outbox
from democracy.storage.minutes_case import MinutesCase
from democracy.storage.outbox import LETTER, MAIL, NewMessage
from democracy.storage.reads import correspondents
from democracy.storage.unit_of_work import Unit
from democracy.texts.pages import page
from workflows.words import Language, moment


async def tell(unit: Unit, case: MinutesCase, people: Sequence[UUID], purpose: str, due: datetime | None) -> None:
    """Tell each of these members of the minutes."""
    await unit.session.flush()
    meeting = await unit.meetings.row(case.meeting_id)
    for person in await correspondents.members(unit.session, people):
        language: Language = "en" if person.language == "en" else "sv"
        channel = MAIL if person.email else LETTER
        until = moment(due, language=language, zone=unit.zone) if due else ""
        text = page(purpose, channel, language, given_name=person.given_name, meeting=meeting.name, due=until)
        message = NewMessage(channel, purpose, person.id, None, text.subject, text.body)
        await outbox.add_message(unit.session, message, unit.now)
