"""Minutes as people read them: with names, with what stands under them, § by §."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from democracy.domain.record.person import Person
from democracy.errors import NotFoundError
from democracy.services.proceedings.minutes_text import Written, written
from democracy.storage import minutes_rows
from democracy.storage.reads.minutes import WordingView, people_of, said_of, wordings
from democracy.storage.reads.minutes_signing import Around, around
from democracy.storage.statutes import Connected
from democracy.texts.minutes.chapters import chapters
from democracy.texts.minutes.names import filled, mark, marked
from democracy.texts.minutes.phrases import say
from democracy.texts.minutes.section import Section
from democracy.texts.minutes.signatures import signatures_text
from workflows.minutes_facts import MinutesState


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
    around: Around
    people: Mapping[UUID, Person]
    draft: bool
    """They write themselves: nothing has been fixed yet."""

    def name(self, member_id: UUID) -> str:
        """Somebody as these minutes name them."""
        return filled(mark(member_id), self.people)


async def shown(connection: Connected, minutes_id: UUID, zone: ZoneInfo) -> Shown:
    """Read minutes. Asks for nobody's right to see them: the caller has. NotFoundError where there are none."""
    row = await minutes_rows.fixed(connection, minutes_id)
    if row is None:
        raise NotFoundError("minutes", minutes_id)
    beside = await around(connection, minutes_id)
    under = signatures_text(beside.signing(row.digest, row.verified_at), zone)
    now = await written(connection, row.meeting_id, minutes_id, zone) if row.text is None else None
    text = now.text if now else row.text
    named = sorted(marked(text + under) | beside.people() | (now.people.keys() if now else set()))
    people = await people_of(connection, row.meeting_id, minutes_id, named)
    said = now.said if now else await said_of(connection, minutes_id)
    if now is None:
        items = await minutes_rows.items(connection, row.meeting_id)
        sections = [
            ShownSection(
                items.get(each.number), each.number, each.heading, filled(each.text, people, said), None, 0, ()
            )
            for each in chapters(text)
        ]
    else:
        words = await wordings(connection, minutes_id)
        sections = [_section(now, each, words, people) for each in now.sections]
    body, signed = filled(text, people, said), filled(under, people)
    if row.state in (MinutesState.WRITING, MinutesState.SIGNING):
        body = body.replace("\n\n", f"\n\n{say('head.draft')}\n\n", 1)
    whole = f"{body}\n{signed}" if signed else body
    return Shown(tuple(sections), whole, beside, people, draft=now is not None)


def _section(
    now: Written, each: Section, words: Mapping[UUID | None, WordingView], people: Mapping[UUID, Person]
) -> ShownSection:
    view = words.get(each.item_id) if each.level == 1 or each.item_id else None
    bound = tuple(BoundLine(line.key, filled(line.text, people, now.said)) for line in each.bound)
    wording = filled(each.intro if view is None else view.text, people)
    text = filled(now.text_of_section(each), people, now.said)
    return ShownSection(each.item_id, each.number, each.heading, text, wording, view.version if view else 0, bound)
