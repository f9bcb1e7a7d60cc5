"""What voters are told of a ballot, by mail, or by letter where they have no address for mail.

Nothing here is written beside a vote: all of it goes out when a ballot opens, at fixed times, or when it is over.
"""

from collections.abc import Callable, Collection
from datetime import datetime
from uuid import UUID

from democracy.storage import outbox
from democracy.storage.branches import unit_name
from democracy.storage.outbox import LETTER, MAIL, NewMessage
from democracy.storage.reads import correspondents
from democracy.storage.reads.correspondents import Correspondent
from democracy.storage.tables.ballot import MemberBallotRow
from democracy.storage.unit_of_work import Unit
from democracy.texts.pages import page
from workflows.words import Language, moment

More = Callable[[Correspondent], dict[str, str]]


async def tell_electors(
    unit: Unit,
    ballot: MemberBallotRow,
    purpose: str,
    *,
    only: Collection[UUID] | None = None,
    more: More = lambda _: {},
) -> int:
    """Tell everybody in the electorate, or only some; returns how many. `more` fills what differs between them."""
    await unit.session.flush()
    people = await correspondents.electors(unit.session, ballot.id)
    chosen = people if only is None else [each for each in people if each.id in only]
    await _tell(unit, ballot, purpose, chosen, more)
    return len(chosen)


async def tell_member(unit: Unit, ballot: MemberBallotRow, member_id: UUID, purpose: str) -> None:
    """Tell one person."""
    await unit.session.flush()
    await _tell(unit, ballot, purpose, await correspondents.members(unit.session, [member_id]), lambda _: {})


async def _tell(
    unit: Unit, ballot: MemberBallotRow, purpose: str, people: Collection[Correspondent], more: More
) -> None:
    name = await unit_name(unit.session, ballot.unit_id)
    shared = {language: _shared(ballot, name, language, unit) for language in ("sv", "en")}
    messages = [_message(purpose, each, shared, more(each)) for each in people]
    await outbox.add_messages(unit.session, messages, unit.now)


def _message(
    purpose: str, person: Correspondent, shared: dict[str, dict[str, str]], more: dict[str, str]
) -> NewMessage:
    language = "en" if person.language == "en" else "sv"
    channel = MAIL if person.email else LETTER
    text = page(purpose, channel, language, given_name=person.given_name, **shared[language], **more)
    return NewMessage(channel, purpose, person.id, None, text.subject, text.body)


def _shared(ballot: MemberBallotRow, name: str, language: str, unit: Unit) -> dict[str, str]:
    spoken: Language = "en" if language == "en" else "sv"

    def said(at: datetime | None) -> str:
        return "" if at is None else moment(at, language=spoken, zone=unit.zone)

    return {"title": ballot.title, "unit": name, "closes": said(ballot.closes_at), "reason": ballot.ended_reason or ""}
