"""What a nominee is told, and whoever is put on a list: where to answer. Not by whom."""

from uuid import UUID

from democracy.storage import outbox
from democracy.storage.outbox import LETTER, MAIL, NewMessage
from democracy.storage.reads import correspondents
from democracy.storage.tables.candidate_list import CandidateListRow
from democracy.storage.tables.election import ElectionRow
from democracy.storage.unit_of_work import Unit
from democracy.texts.pages import page
from workflows.words import Language

NOMINATED, LISTED = "election_asked", "list_asked"


async def ask_nominee(unit: Unit, election: ElectionRow, member_id: UUID) -> None:
    """Ask somebody whether they stand."""
    await _ask(unit, NOMINATED, election.title, election.meeting_id, member_id)


async def ask_listed(unit: Unit, given: CandidateListRow, member_id: UUID) -> None:
    """Ask somebody whether they consent to stand on a list for a public election."""
    await _ask(unit, LISTED, given.title, given.meeting_id, member_id)


async def _ask(unit: Unit, purpose: str, title: str, meeting_id: UUID, member_id: UUID) -> None:
    """By mail; by letter where they have no address for it."""
    meeting = await unit.meetings.row(meeting_id)
    for person in await correspondents.members(unit.session, [member_id]):
        language: Language = "en" if person.language == "en" else "sv"
        channel = MAIL if person.email else LETTER
        text = page(purpose, channel, language, given_name=person.given_name, title=title, meeting=meeting.name)
        message = NewMessage(channel, purpose, person.id, None, text.subject, text.body)
        await outbox.add_message(unit.session, message, unit.now)
