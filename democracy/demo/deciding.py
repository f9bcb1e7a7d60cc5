"""The meeting decides, and somebody carries it out."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from democracy.demo.calendar import Calendar
from democracy.demo.content import Clause, FollowUp, Motion
from democracy.demo.meetings import board_of_meeting, office_of
from democracy.demo.script import Script
from democracy.demo.stage import Stage
from democracy.demo.times import moment
from democracy.services.motions.decisions import Decisions, Verdict, Votes
from democracy.services.motions.follow_ups import FollowUps
from workflows.motion import MotionState

OWN_BOARD = "Styrelsen"
"""As a responsible body: the board that prepared the meeting."""
_COUNTED = Votes(61, 47, 3)
"""Where the conference went against its board, somebody asked for a count."""
_REPORTED_BEFORE = timedelta(days=10)


@dataclass(frozen=True)
class Deciding:
    """The meeting's part in one motion."""

    stage: Stage
    motion: Motion
    calendar: Calendar
    place: int

    @property
    def id(self) -> UUID:
        """Its id."""
        return self.stage.motions[self.motion.meeting, self.motion.title]

    def write(self, script: Script) -> None:
        """Put down what is decided and what comes of it."""
        if self.calendar.decided is None:
            return
        for index, clause in enumerate(self.motion.clauses):
            at = self.calendar.decided + timedelta(minutes=5 * self.place + index)
            script.add(at, partial(self._decide, index, clause))
            if clause.follow_up is not None:
                self._write_follow_up(script, index, clause.follow_up)
        reported = [each.follow_up.due for each in self.motion.clauses if each.follow_up]
        if self.motion.state is MotionState.CLOSED:
            script.add(moment(max(reported), 15) - _REPORTED_BEFORE + timedelta(days=1), self._close)

    def _write_follow_up(self, script: Script, index: int, follow_up: FollowUp) -> None:
        assert self.calendar.decided is not None  # noqa: S101 - asked before
        assigned = self.calendar.decided + timedelta(days=14, minutes=5 * self.place + index)
        script.add(assigned, partial(self._assign, index, follow_up))
        if follow_up.report is not None:
            due = moment(follow_up.due, 13) - _REPORTED_BEFORE + timedelta(minutes=self.place)
            script.add(due, partial(self._report, index, follow_up.report))

    async def _decide(self, index: int, clause: Clause, at: datetime) -> None:
        decision, advice = clause.decision, clause.recommendation
        assert decision is not None  # noqa: S101 - everything at a meeting that is over has been decided
        against = advice is not None and advice.outcome is not decision.outcome
        verdict = Verdict(
            decision.outcome,
            decision.wording,
            paragraph=f"§ {30 + self.place}",
            votes=_COUNTED if against else None,
        )
        actor = office_of(self.stage, self.motion.meeting).recorder
        await Decisions(self.stage.database, at).decide(await self._clause(index, at), verdict, actor=actor)

    async def _assign(self, index: int, follow_up: FollowUp, at: datetime) -> None:
        actor, body = office_of(self.stage, self.motion.meeting).secretary, self._body(follow_up.responsible)
        clause = await self._clause(index, at)
        await FollowUps(self.stage.database, at).assign(clause, body, follow_up.due, actor=actor)

    async def _report(self, index: int, report: str, at: datetime) -> None:
        actor = office_of(self.stage, self.motion.meeting).secretary
        await FollowUps(self.stage.database, at).report(await self._clause(index, at), report, actor=actor)

    async def _close(self, at: datetime) -> None:
        actor = office_of(self.stage, self.motion.meeting).secretary
        await FollowUps(self.stage.database, at).close(self.id, actor=actor)

    async def _clause(self, index: int, at: datetime) -> UUID:
        return (await self.stage.clauses(self.id, at))[index].id

    def _body(self, name: str) -> UUID:
        if name == OWN_BOARD:
            return board_of_meeting(self.stage, self.motion.meeting)
        return self.stage.district_body(name)
