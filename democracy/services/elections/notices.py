"""What a nominee is told: that they have been nominated, and where to answer. Not by whom."""

from uuid import UUID

from democracy.storage import outbox
from democracy.storage.outbox import LETTER, MAIL, NewMessage
from democracy.storage.reads import correspondents
from democracy.storage.tables.election import ElectionRow
from democracy.storage.unit_of_work import Unit
from democracy.texts.pages import page
from workflows.words import Language

PURPOSE = "election_asked"


async def ask_nominee(unit: Unit, election: ElectionRow, member_id: UUID) -> None:
    """Ask somebody whether they stand; by letter where they have no address for mail."""
    meeting = await unit.meetings.row(election.meeting_id)
    for person in await correspondents.members(unit.session, [member_id]):
        language: Language = "en" if person.language == "en" else "sv"
        channel = MAIL if person.email else LETTER
        text = page(
            PURPOSE, channel, language, given_name=person.given_name, title=election.title, meeting=meeting.name
        )
        message = NewMessage(channel, PURPOSE, person.id, None, text.subject, text.body)
        await outbox.add_message(unit.session, message, unit.now)
