"""The conference sits: three days, of which two are over when the story begins."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from democracy.demo.conference import Gathering
from democracy.demo.nominees import Nominations
from democracy.demo.ombud import changed_places
from democracy.demo.papers import Papers
from democracy.demo.script import Script
from democracy.demo.stage import Stage
from democracy.demo.times import moment
from democracy.demo.treating import Treating
from democracy.domain.actors import Member
from democracy.services.meetings import Meetings
from democracy.services.proceedings.presence import Door, Presences
from democracy.services.proceedings.roll import Rolls

DAYS = {1: moment(date(2026, 1, 31), 10), 2: moment(date(2026, 2, 1), 9), 3: moment(date(2026, 2, 2), 8)}
_EVENING = timedelta(hours=8)
_APART = timedelta(minutes=15)


@dataclass(frozen=True)
class Days:
    """The conference's days."""

    gathering: Gathering

    @property
    def stage(self) -> Stage:
        """Everybody and everything by name."""
        return self.gathering.stage

    def write(self, script: Script) -> None:
        """Put down what is treated on each, and how it ends."""
        for day, begins in DAYS.items():
            script.add(begins, self._open if day == 1 else self._resume)
            points = [each for each in self.gathering.sitting.items if each.day == day]
            for place, point in enumerate(points, start=1):
                script.add(begins + place * _APART, Treating(self.gathering, point).play)
            if day + 1 in DAYS:
                script.add(begins + _EVENING, partial(self._adjourn, DAYS[day + 1]))
            if day > 1:
                script.add(begins + timedelta(minutes=5), self._fix_roll)
        script.add(DAYS[3] + timedelta(minutes=2), self._change_places)

    @property
    def _chair(self) -> Member:
        return self.gathering.chair

    async def _open(self, at: datetime) -> None:
        actor = self.gathering.secretary
        await Meetings(self.stage.database, at).open(self.gathering.id, actor=actor)

    async def _adjourn(self, until: datetime, at: datetime) -> None:
        await Meetings(self.stage.database, at).adjourn(self.gathering.id, until, actor=self._chair)

    async def _resume(self, at: datetime) -> None:
        await Meetings(self.stage.database, at).resume(self.gathering.id, actor=self._chair)

    async def _fix_roll(self, at: datetime) -> None:
        """On a new day it is fixed anew."""
        await Rolls(self.stage.database, at).adjust(self.gathering.id, actor=self._chair)

    async def _change_places(self, at: datetime) -> None:
        presences = Presences(self.stage.database, at)
        leaves, comes = changed_places(self.stage.cast, self.stage.content)
        await presences.check_out(self.gathering.id, Door(), actor=self.stage.member(str(leaves)))
        await presences.check_in(self.gathering.id, Door(), actor=self.stage.member(str(comes)))


def write(script: Script, stage: Stage) -> None:
    """Put down the conference, from the allotment to the item that is open when the story begins."""
    gathering = Gathering(stage)
    gathering.write(script)
    Nominations(gathering, {}).write(script)
    Papers(gathering).write(script)
    Days(gathering).write(script)
