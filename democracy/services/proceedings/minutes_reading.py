"""Minutes as people read them: with names, with what stands under them, § by §."""

from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from democracy.domain.record.signing import Signing
from democracy.errors import NotFoundError
from democracy.services.proceedings.minutes_text import Written, written
from democracy.storage import minutes_rows
from democracy.storage.reads.minutes import people_of, wordings
from democracy.storage.reads.minutes_signing import signing_of
from democracy.storage.statutes import Connected
from democracy.texts.minutes.chapters import chapters
from democracy.texts.minutes.names import filled, marked
from democracy.texts.minutes.signatures import signatures_text


@dataclass(frozen=True, slots=True)
class BoundLine:
    """A line that follows from an event, and how the wording refers to it."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class ShownSection:
    """One § as it is read. Wording and bound lines are given while it can be worded."""

    item_id: UUID | None
    number: int | None
    heading: str
    text: str
    wording: str | None
    version: int
    bound: tuple[BoundLine, ...]


@dataclass(frozen=True)
class Shown:
    """Minutes as they are read."""

    sections: tuple[ShownSection, ...]
    markdown: str
    """The whole, with signatures and corrections."""
    signing: Signing
    draft: bool
    """They write themselves: nothing has been fixed yet."""


async def shown(connection: Connected, minutes_id: UUID, zone: ZoneInfo) -> Shown:
    """Read minutes. Asks for nobody's right to see them: the caller has. NotFoundError where there are none."""
    row = await minutes_rows.fixed(connection, minutes_id)
    if row is None:
        raise NotFoundError("minutes", minutes_id)
    signing = await signing_of(connection, minutes_id)
    under = signatures_text(signing, zone)
    if row.text is None:
        now = await written(connection, row.meeting_id, minutes_id, zone)
        return await _draft(connection, row.meeting_id, minutes_id, now, signing, under)
    people = await people_of(connection, row.meeting_id, minutes_id, sorted(marked(row.text + under)))
    items = await minutes_rows.items(connection, row.meeting_id)
    sections = tuple(
        ShownSection(items.get(each.number), each.number, each.heading, filled(each.text, people), None, 0, ())
        for each in chapters(row.text)
    )
    return Shown(sections, _joined(filled(row.text, people), filled(under, people)), signing, draft=False)


async def _draft(
    connection: Connected, meeting_id: UUID, minutes_id: UUID, now: Written, signing: Signing, under: str
) -> Shown:
    words = await wordings(connection, minutes_id)
    people = {
        **await people_of(connection, meeting_id, minutes_id, sorted(marked(now.text + under))),
        **now.people,
    }
    sections = []
    for each in now.sections:
        view = words.get(each.item_id) if each.level == 1 or each.item_id else None
        bound = tuple(BoundLine(line.key, filled(line.text, people)) for line in each.bound)
        wording = filled(each.intro if view is None else view.text, people)
        text = filled(now.text_of_section(each), people)
        version = view.version if view else 0
        sections.append(ShownSection(each.item_id, each.number, each.heading, text, wording, version, bound))
    return Shown(tuple(sections), _joined(filled(now.text, people), filled(under, people)), signing, draft=True)


def _joined(text: str, under: str) -> str:
    return f"{text}\n{under}" if under else text
