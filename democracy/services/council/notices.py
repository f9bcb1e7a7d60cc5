"""Whoever is asked in writing is told so: that there is a question and until when, never what it is about."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from democracy.domain.ids import new_id
from democracy.domain.kinds import Channel
from democracy.domain.secret_papers import is_authority
from democracy.storage import outbox
from democracy.storage.outbox import LETTER, MAIL, NewMessage
from democracy.storage.reads import correspondents
from democracy.storage.reads.correspondents import Correspondent
from democracy.storage.tables.council import CouncilAttemptRow, CouncilDecisionRow
from democracy.storage.unit_of_work import Unit
from democracy.texts.pages import page
from workflows.words import Language, moment


async def tell_asked(unit: Unit, row: CouncilDecisionRow, people: Sequence[UUID]) -> None:
    """Seek everybody by mail, or by letter: nothing goes to an authority's mailbox. Each attempt is logged."""
    await unit.session.flush()
    body = await unit.meetings.body(row.body_id)
    found = await correspondents.members(unit.session, people)
    messages = [_message(each, body.name, row.closes_at, unit) for each in found]
    await outbox.add_messages(unit.session, messages, unit.now)
    unit.session.add_all(
        CouncilAttemptRow(
            id=new_id(), decision_id=row.id, member_id=each.id,
            channel=Channel.E_MAIL if _channel(each) == MAIL else Channel.POST, note=None, at=unit.now,
        )
        for each in found
    )  # fmt: skip


def _channel(person: Correspondent) -> str:
    return MAIL if person.email and not is_authority(person.email) else LETTER


def _message(person: Correspondent, body: str, closes_at: datetime | None, unit: Unit) -> NewMessage:
    language: Language = "en" if person.language == "en" else "sv"
    closes = "" if closes_at is None else moment(closes_at, language=language, zone=unit.zone)
    channel = _channel(person)
    text = page("council_asked", channel, language, given_name=person.given_name, unit=body, closes=closes)
    return NewMessage(channel, "council_asked", person.id, None, text.subject, text.body)
