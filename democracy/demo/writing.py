"""Members write: alone, with others, on paper."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from democracy.demo import times
from democracy.demo.content import Motion
from democracy.demo.meetings import office_of
from democracy.demo.script import Script
from democracy.demo.stage import Stage
from democracy.demo.times import next_morning
from democracy.domain.actors import Member
from democracy.domain.kinds import Channel
from democracy.services.motions.content import Content
from democracy.services.motions.drafting import Arrival, Drafting, UnitMover
from democracy.storage.motions import ClauseText
from workflows.motion import MotionState


@dataclass(frozen=True)
class Writing:
    """The movers' part in one motion."""

    stage: Stage
    motion: Motion

    @property
    def id(self) -> UUID:
        """Its id, once it has been begun."""
        return self.stage.motions[self.motion.meeting, self.motion.title]

    @property
    def content(self) -> Content:
        """Its text."""
        clauses = [
            ClauseText(each.text, *((each.anchor.document, each.anchor.place) if each.anchor else (None, None)))
            for each in self.motion.clauses
        ]
        return Content(self.motion.title, self.motion.reasoning, tuple(clauses), self.motion.category)

    def write(self, script: Script, begun: datetime) -> datetime | None:
        """Put down how it comes in; returns when it did, None if it is a draft still."""
        if self.motion.channel is not Channel.DIGITAL:
            arrived = next_morning(begun)
            script.add(arrived + timedelta(hours=3), partial(self._record, arrived))
            return arrived + timedelta(hours=3)
        script.add(begun, self._create)
        for each in self.motion.movers[1:]:
            script.add(begun + timedelta(hours=1), partial(self._invite, each))
            script.add(begun + timedelta(hours=5), partial(self._confirm, each))
        for each in self.motion.unconfirmed:
            script.add(begun + timedelta(hours=2), partial(self._invite, each))
        if self.motion.state is MotionState.DRAFT:
            return None
        came_in = next_morning(begun) + timedelta(hours=8)
        script.add(came_in, self._submit)
        if self.motion.state is MotionState.WITHDRAWN:
            script.add(next_morning(came_in, 9), self._withdraw)
        return came_in

    async def _create(self, at: datetime) -> None:
        first = self.motion.movers[0]
        content, unit = self.content, self._unit_mover(first, at)
        meeting = self.stage.meetings[self.motion.meeting]
        made = await Drafting(self.stage.database, at).create(meeting, content, unit, actor=self._who(first))
        self.stage.motions[self.motion.meeting, self.motion.title] = made

    async def _record(self, arrived: datetime, at: datetime) -> None:
        number = self.stage.cast.named(self.motion.movers[0]).number
        self.stage.motions[self.motion.meeting, self.motion.title] = await Drafting(self.stage.database, at).record(
            self.stage.meetings[self.motion.meeting],
            self.content,
            number,
            Arrival(self.motion.channel, arrived),
            actor=office_of(self.stage, self.motion.meeting).secretary,
        )

    async def _invite(self, name: str, at: datetime) -> None:
        drafting, actor = Drafting(self.stage.database, at), self._who(self.motion.movers[0])
        if name in self.stage.codes:
            await drafting.invite_unit(self.id, self.stage.unit(name), actor=actor)
        else:
            await drafting.invite(self.id, self.stage.cast.named(name).number, actor=actor)

    async def _confirm(self, name: str, at: datetime) -> None:
        drafting = Drafting(self.stage.database, at)
        await drafting.confirm(self.id, self._unit_mover(name, at), actor=self._who(name))

    async def _submit(self, at: datetime) -> None:
        await Drafting(self.stage.database, at).submit(self.id, actor=self._who(self.motion.movers[0]))

    async def _withdraw(self, at: datetime) -> None:
        await Drafting(self.stage.database, at).withdraw(self.id, actor=self._who(self.motion.movers[0]))

    def _who(self, name: str) -> Member:
        """The mover, or whoever leads the branch that moves."""
        return self.stage.chair(name) if name in self.stage.codes else self.stage.member(name)

    def _unit_mover(self, name: str, at: datetime) -> UnitMover | None:
        if name not in self.stage.codes:
            return None
        day = at.astimezone(times.ZONE).date() - timedelta(days=3)
        return UnitMover(self.stage.unit(name), f"Medlemsmöte {day}, § 6", day)
