"""The conference that is going on: its delegates are allotted, reported, and come."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID

from democracy.demo.cast import Member
from democracy.demo.content import Branch, Sitting
from democracy.demo.ombud import delegates_of, substitutes_of
from democracy.demo.script import Script
from democracy.demo.stage import Stage
from democracy.demo.times import moment
from democracy.domain.actors import Member as Actor
from democracy.domain.kinds import MandateRole
from democracy.services.proceedings.agenda import Agenda, Item
from democracy.services.proceedings.allotment import Allotments
from democracy.services.proceedings.delegates import Delegations, Named, Report
from democracy.services.proceedings.presence import Door, Presences
from workflows.proceedings import OfficerRole

_MEETING_HELD = date(2026, 1, 8)
"""When the branches elected."""
_ALLOTTED = moment(date(2026, 1, 2), 10)
_REPORTED = moment(date(2026, 1, 9), 18)
_AGENDA_DRAFTED = moment(date(2026, 1, 10), 10, 30)
_DOORS = moment(date(2026, 1, 31), 8)


@dataclass(frozen=True)
class Gathering:
    """Everything until the conference sits."""

    stage: Stage

    @property
    def id(self) -> UUID:
        """The meeting's id."""
        return self.stage.meetings[self.sitting.meeting.key]

    @property
    def sitting(self) -> Sitting:
        """What the content says of it."""
        return self.stage.content.conference.sitting

    @property
    def chair(self) -> Actor:
        """Whom the conference has elected to preside."""
        return self._named(self.sitting.officers(OfficerRole.CHAIR)[0])

    @property
    def secretary(self) -> Actor:
        """The board's secretary, who prepares it."""
        return self.board(MandateRole.SECRETARY)

    def board(self, role: MandateRole) -> Actor:
        """One of the district board."""
        return self._named(self.sitting.on_board(role))

    def delegate(self, index: int) -> Actor:
        """One of the delegates who have something to say."""
        plain = [each.name for each in self.sitting.people if each.is_delegate and each.office is None]
        return self._named(plain[index])

    def _named(self, name: str) -> Actor:
        return self.stage.member(name)

    def write(self, script: Script) -> None:
        """Put down what leads to the conference."""
        script.add(_ALLOTTED, self._allot)
        script.add(_AGENDA_DRAFTED, self._draft_agenda)
        doors = _DOORS
        for place, branch in enumerate(self.sitting.branches):
            script.add(_REPORTED + timedelta(minutes=place), partial(self._report, branch))
        for name in self._table():
            script.add(_DOORS, partial(self._arrive, self.stage.cast.named(name)))
        for branch in self.sitting.branches:
            for member in delegates_of(self.stage.cast, self.stage.content, branch):
                doors += timedelta(seconds=25)
                script.add(doors, partial(self._arrive, member))

    def _table(self) -> Iterator[str]:
        """Those who are there without having been sent by a branch."""
        for each in self.sitting.people:
            if not each.is_delegate:
                yield each.name

    async def _allot(self, at: datetime) -> None:
        await Allotments(self.stage.database, at).freeze(self.id, actor=self.secretary)

    async def _draft_agenda(self, at: datetime) -> None:
        stage, key = self.stage, self.sitting.meeting.key
        for each in self.sitting.items:
            item = Item(
                each.kind, each.title, each.formality, presenter=each.presenter, minutes=each.minutes,
                motion_id=stage.motions[key, each.motion] if each.motion else None,
                document_id=stage.documents[each.document] if each.document else None,
                block_id=stage.items[each.block] if each.block else None,
            )  # fmt: skip
            stage.items[each.title] = await Agenda(stage.database, at).add(self.id, item, actor=self.secretary)

    async def _report(self, branch: Branch, at: datetime) -> None:
        report = Report(
            self.id,
            self.stage.unit(branch.name),
            f"Medlemsmöte {_MEETING_HELD}, § 8",
            tuple(Named(number=each.number) for each in delegates_of(self.stage.cast, self.stage.content, branch)),
            tuple(Named(number=each.number) for each in substitutes_of(self.stage.cast, self.stage.content, branch)),
            _MEETING_HELD,
        )
        await Delegations(self.stage.database, at).report(report, actor=self.stage.chair(branch.name))

    async def _arrive(self, member: Member, at: datetime) -> None:
        await Presences(self.stage.database, at).check_in(self.id, Door(), actor=self.stage.member(str(member)))
