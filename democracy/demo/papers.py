"""The plan before the conference: read in, its quotation confirmed, laid before it, and one amendment in time."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from democracy.demo.conference import Gathering
from democracy.demo.content import plan_file
from democracy.demo.script import Script
from democracy.demo.times import moment
from democracy.formats.documents.incoming import Format, read_document
from democracy.services.documents.amending import Amending
from democracy.services.documents.importing import Belonging, FileSource, Importing
from democracy.services.documents.locks import Answer, Locks
from democracy.services.documents.places import Change
from democracy.services.documents.proposing import Proposing
from workflows.proceedings import PlaceOperation
from workflows.statutes.parameters.order import DocumentKind

PLAN = "Verksamhetsplan 2026"
IN_TIME = ("Ebba Lindvass", "Distriktet anställer en ombudsman på heltid från den 1 augusti 2026.")
"""Who has handed in an amendment to the passage about employment, and what it says."""
_PASSAGE = "17"
_SOURCE = "Sydslättens plattform 2024"
_READ_IN = moment(date(2025, 11, 20), 9)
_LAID = moment(date(2025, 11, 20), 19)
_MOVED = moment(date(2025, 12, 8), 20, 15)


@dataclass(frozen=True)
class Papers:
    """The district board's plan on its way to the conference."""

    gathering: Gathering

    def write(self, script: Script) -> None:
        """Put down when."""
        script.add(_READ_IN, self._read_in)
        script.add(_LAID, self._lay)
        script.add(_MOVED, self._amend)

    @property
    def _plan(self) -> UUID:
        return self.gathering.stage.documents[PLAN]

    async def _read_in(self, at: datetime) -> None:
        file = plan_file()
        source = FileSource("verksamhetsplan.md", hashlib.sha256(file).hexdigest())
        reading, stage = read_document(file, Format.MARKDOWN), self.gathering.stage
        stage.documents[PLAN] = await Importing(stage.database, at).bring_in(
            Belonging(meeting_id=self.gathering.id), DocumentKind.ACTIVITY_PLAN, PLAN, reading, source,
            actor=self.gathering.secretary,
        )  # fmt: skip

    async def _lay(self, at: datetime) -> None:
        """The secretary confirms what looks like a quotation; the board lays the text before the meeting."""
        stage, secretary = self.gathering.stage, self.gathering.secretary
        async with stage.database.unit(at) as unit:
            locks = await unit.documents.locks((await unit.documents.row(self._plan)).current_id)
        answers = [Answer(key, locked=True, provenance=_SOURCE) for key in locks]
        await Locks(stage.database, at).confirm(self._plan, answers, actor=secretary)
        await Proposing(stage.database, at).propose(self._plan, "Distriktsstyrelsen 18 november, § 6", actor=secretary)

    async def _amend(self, at: datetime) -> None:
        stage, (name, text) = self.gathering.stage, IN_TIME
        async with stage.database.unit(at) as unit:
            paragraphs = await unit.documents.text((await unit.documents.row(self._plan)).base_id)
        passage = next(key for key, each in paragraphs.items() if str(each.place) == _PASSAGE)
        change = Change(PlaceOperation.REPLACE, passage, text=text)
        await Amending(stage.database, at).submit(self._plan, change, actor=stage.member(name))
