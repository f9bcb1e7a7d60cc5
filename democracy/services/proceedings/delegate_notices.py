"""What delegates and substitutes are told: that they have been reported, and the code that they check in with."""

from democracy.storage import outbox
from democracy.storage.outbox import LETTER, MAIL, NewMessage
from democracy.storage.reads import correspondents
from democracy.storage.tables.roll import DelegateRow
from democracy.storage.unit_of_work import Unit
from democracy.texts.pages import page
from workflows.delegate import DelegateState
from workflows.statutes import Participant
from workflows.words import Language, moment

PURPOSE = "delegate_reported"


async def tell_delegate(unit: Unit, row: DelegateRow) -> None:
    """Tell somebody whose report has been taken; by letter where they have no address for mail."""
    if row.state is not DelegateState.ACCEPTED:
        return
    meeting = await unit.meetings.row(row.meeting_id)
    for person in await correspondents.members(unit.session, [row.member_id]):
        language: Language = "en" if person.language == "en" else "sv"
        channel = MAIL if person.email else LETTER
        text = page(
            PURPOSE,
            channel,
            language,
            given_name=person.given_name,
            meeting=meeting.name,
            starts=moment(meeting.starts_at, language=language, zone=unit.zone),
            place=meeting.place or "",
            code=row.check_in_code or "",
            substitute="yes" if row.participant is Participant.SUBSTITUTE else "",
        )
        message = NewMessage(channel, PURPOSE, person.id, None, text.subject, text.body)
        await outbox.add_message(unit.session, message, unit.now)
