"""What people are told of cases: by mail, or by letter where they have no address for mail."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from democracy.storage import outbox
from democracy.storage.outbox import LETTER, MAIL, NewMessage
from democracy.storage.reads import correspondents
from democracy.storage.unit_of_work import Unit
from democracy.texts.pages import page
from democracy.texts.words import phrase
from workflows.words import Language, moment


async def tell(unit: Unit, members: Sequence[UUID], purpose: str, **values: object) -> None:
    """Tell each of these members; times are written in their language, and a tuple is (Swedish, English)."""
    await unit.session.flush()
    for person in await correspondents.members(unit.session, sorted(set(members))):
        language: Language = "en" if person.language == "en" else "sv"
        channel = MAIL if person.email else LETTER
        spoken = {name: _spoken(value, language, unit) for name, value in values.items()}
        subject = phrase(f"case_{purpose}_subject", language, **spoken)
        said = phrase(f"case_{purpose}", language, **spoken)
        text = page("case", channel, language, given_name=person.given_name, subject=subject, text=said)
        message = NewMessage(channel, purpose, person.id, None, text.subject, text.body)
        await outbox.add_message(unit.session, message, unit.now)


def _spoken(value: object, language: Language, unit: Unit) -> str:
    if isinstance(value, datetime):
        return moment(value, language=language, zone=unit.zone)
    if isinstance(value, tuple):
        return str(value[language == "en"])
    return "" if value is None else str(value)
