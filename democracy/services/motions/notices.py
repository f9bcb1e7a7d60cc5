"""What movers are told: by mail, or by letter when they have no address for mail. Written with what it tells."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from democracy.storage import outbox
from democracy.storage.outbox import LETTER, MAIL, NewMessage
from democracy.storage.reads import correspondents
from democracy.storage.reads.correspondents import Correspondent
from democracy.storage.unit_of_work import Unit
from democracy.texts.pages import page
from workflows.words import Language, moment


async def tell_movers(unit: Unit, motion_id: UUID, purpose: str, **values: object) -> None:
    """Tell every mover who stands behind the motion. For a unit that moves, those who lead it."""
    await unit.session.flush()
    people = await correspondents.movers(unit.session, motion_id, unit.today)
    await _tell(unit, motion_id, purpose, people, values)


async def tell_member(unit: Unit, motion_id: UUID, member_id: UUID, purpose: str, **values: object) -> None:
    """Tell one member of a motion."""
    await unit.session.flush()
    people = await correspondents.members(unit.session, [member_id])
    await _tell(unit, motion_id, purpose, people, values)


async def _tell(
    unit: Unit, motion_id: UUID, purpose: str, people: Sequence[Correspondent], values: dict[str, object]
) -> None:
    motion = await unit.motions.row(motion_id)
    meeting = await unit.meetings.row(motion.meeting_id)
    for person in people:
        language: Language = "en" if person.language == "en" else "sv"
        spoken = {
            name: moment(value, language=language, zone=unit.zone) if isinstance(value, datetime) else str(value)
            for name, value in values.items()
        }
        channel = MAIL if person.email else LETTER
        text = page(
            purpose,
            channel,
            language,
            given_name=person.given_name,
            title=motion.title,
            meeting=meeting.name,
            receipt=str(motion.receipt_number or ""),
            **spoken,
        )
        message = NewMessage(channel, purpose, person.id, None, text.subject, text.body)
        await outbox.add_message(unit.session, message, unit.now)
