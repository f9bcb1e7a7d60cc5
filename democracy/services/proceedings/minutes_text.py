"""The text of minutes as what happened has it now, and as it is fixed for those who sign."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from democracy.domain.record.item import StatementRecord
from democracy.domain.record.person import Person
from democracy.errors import NotFoundError
from democracy.storage.ledger import Text
from democracy.storage.reads.minutes import NAME, SAID, wordings
from democracy.storage.reads.record.record import read_record
from democracy.storage.statutes import Connected
from democracy.texts.minutes.names import marked, said_in
from democracy.texts.minutes.section import Section, composed
from democracy.texts.minutes.whole import sections, whole


@dataclass(frozen=True)
class Written:
    """Minutes as they write themselves, with the secretary's latest words."""

    sections: tuple[Section, ...]
    wordings: Mapping[UUID | None, str]
    text: str
    """Markdown, with marks in the place of names."""
    people: Mapping[UUID, Person]
    statements: Mapping[UUID, StatementRecord]

    @property
    def said(self) -> Mapping[UUID, str | None]:
        """What people had noted in their own words, by statement."""
        return {key: each.text for key, each in self.statements.items() if each.text}

    @property
    def digest(self) -> str:
        """SHA-256 of the text, in hex."""
        return digest_of(self.text)

    def section(self, item_id: UUID | None) -> Section:
        """The § of an item; NotFoundError for one that has none."""
        found = next((each for each in self.sections if each.item_id == item_id), None)
        if found is None:
            raise NotFoundError("item", item_id)
        return found

    def text_of(self, item_id: UUID | None) -> str:
        """One § in Markdown."""
        return self.text_of_section(self.section(item_id))

    def text_of_section(self, section: Section) -> str:
        """The same for a section that is at hand; an annex has no wording of its own."""
        annex = section.item_id is None and section.level > 1
        return composed(section, None if annex else self.wordings.get(section.item_id))


async def written(connection: Connected, meeting_id: UUID, minutes_id: UUID, zone: ZoneInfo) -> Written:
    """Read what happened and write it out. Raises NotFoundError where there is no such meeting."""
    record = await read_record(connection, meeting_id)
    if record is None:
        raise NotFoundError("meeting", meeting_id)
    words = {key: view.text for key, view in (await wordings(connection, minutes_id)).items()}
    parts = sections(record, zone)
    statements = {each.id: each for item in record.items for each in item.statements}
    return Written(parts, words, whole(parts, words), record.people, statements)


def digest_of(text: str) -> str:
    """SHA-256 of a text, in hex: what signatures are under."""
    return hashlib.sha256(text.encode()).hexdigest()


def kept_with(text: str, now: Written) -> list[Text]:
    """The names and the words that a fixed text marks, each kept as that person's own: erasing them takes it away."""
    people, statements = now.people, now.statements
    names = [
        Text(NAME, key, {"given": people[key].given, "family": people[key].family, "belongs": people[key].belongs}, key)
        for key in sorted(marked(text) & people.keys())
    ]
    own = [
        Text(SAID, key, {"text": statements[key].text}, statements[key].member_id)
        for key in sorted(said_in(text) & now.said.keys())
    ]
    return [*names, *own]
