"""The board prepares: takes up, sends back, stops, replies, puts on the agenda."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID

from democracy.demo import times
from democracy.demo.calendar import Calendar
from democracy.demo.content import Clause, Motion
from democracy.demo.meetings import office_of
from democracy.demo.script import Script
from democracy.demo.stage import Stage
from democracy.demo.times import moment, next_morning
from democracy.domain.actors import Member
from democracy.domain.kinds import Fault
from democracy.services.motions.admission import Admission, Ground
from democracy.services.motions.decisions import Decisions
from democracy.services.motions.replies import Recommendation, Replies, Reply
from workflows.motion import MotionState

TAKEN_UP = (
    MotionState.ADMITTED, MotionState.PREPARED, MotionState.SCHEDULED, MotionState.DECIDED, MotionState.CLOSED,
)  # fmt: skip
ON_AGENDA = (MotionState.SCHEDULED, MotionState.DECIDED, MotionState.CLOSED)
_SMALL_BOARD_PRESENT = 4
_DISTRICT_BOARD_PRESENT = 8
_SENT_BACK = date(2026, 1, 29)
_ANSWER_BY = moment(date(2026, 1, 18), 18)


@dataclass(frozen=True)
class Preparing:
    """The office's and the board's part in one motion."""

    stage: Stage
    motion: Motion
    calendar: Calendar
    place: int
    """Its place among the motions to its meeting."""

    @property
    def id(self) -> UUID:
        """Its id."""
        return self.stage.motions[self.motion.meeting, self.motion.title]

    @property
    def secretary(self) -> Member:
        """Who records what the board decides."""
        return office_of(self.stage, self.motion.meeting).secretary

    def write(self, script: Script, came_in: datetime) -> None:
        """Put down what the board does with it."""
        state = self.motion.state
        if state is MotionState.RETURNED:
            script.add(moment(_SENT_BACK, 13) + timedelta(minutes=self.place), partial(self._return, times.COMPLETE_BY))
        if state is MotionState.NOT_ADMISSIBLE:
            self._write_stop(script, came_in)
        if state in TAKEN_UP:
            script.add(next_morning(came_in, 2), self._admit)
            self._write_clause_stops(script)
        if any(each.recommendation for each in self.motion.clauses):
            script.add(self.calendar.on_board(self.place), self._reply)
            for each in self.motion.reservations:
                at = self.calendar.on_board(self.place) + timedelta(hours=8)
                script.add(at, partial(self._reserve, each.member, each.text))
        if state in ON_AGENDA:
            script.add(self.calendar.on_agenda(self.place), self._schedule)

    def _write_stop(self, script: Script, came_in: datetime) -> None:
        if self.motion.fault is Fault.INCOMPLETE:
            script.add(next_morning(came_in), partial(self._return, _ANSWER_BY))
        else:
            noted = times.MISTAKE_PUT_RIGHT if self.motion.fault is Fault.NO_RIGHT else next_morning(came_in)
            script.add(noted + timedelta(hours=1), self._note)
        late = self.motion.fault is Fault.NO_RIGHT
        script.add(next_morning(times.MISTAKE_PUT_RIGHT) if late else self.calendar.on_board(self.place), self._refuse)

    def _write_clause_stops(self, script: Script) -> None:
        for number, clause in enumerate(self.motion.clauses):
            if clause.fault is not None:
                at = self.calendar.on_board(self.place)
                script.add(at, partial(self._refuse_clause, number, clause))

    async def _admit(self, at: datetime) -> None:
        await Admission(self.stage.database, at).admit(self.id, actor=self.secretary)

    async def _note(self, at: datetime) -> None:
        fault, note = self.motion.fault, self.motion.fault_note or ""
        assert fault is not None  # noqa: S101 - what is stopped has a fault
        await Admission(self.stage.database, at).note_fault(self.id, fault, note, actor=self.stage.employee())

    async def _return(self, due_at: datetime, at: datetime) -> None:
        missing = self.motion.missing or ""
        await Admission(self.stage.database, at).return_(self.id, missing, due_at, actor=self.secretary)

    async def _refuse(self, at: datetime) -> None:
        fault, note = self.motion.fault, self.motion.fault_note or ""
        assert fault is not None  # noqa: S101 - what is stopped has a fault
        ground = Ground(fault, note, f"{self.calendar.board_name} {at.date()}, § {self.place + 6}")
        await Admission(self.stage.database, at).refuse(self.id, ground, actor=self.secretary)

    async def _refuse_clause(self, number: int, clause: Clause, at: datetime) -> None:
        assert clause.fault is not None  # noqa: S101 - asked before
        ground = Ground(clause.fault, clause.fault_note or "", self.calendar.decision(self.place))
        clauses = await self.stage.clauses(self.id, at)
        await Admission(self.stage.database, at).refuse_clause(clauses[number].id, ground, actor=self.secretary)

    async def _reply(self, at: datetime) -> None:
        recommendations = [
            Recommendation(number, each.outcome, each.wording, each.recipient)
            for number, each in enumerate((clause.recommendation for clause in self.motion.clauses), start=1)
            if each is not None
        ]
        present = _DISTRICT_BOARD_PRESENT if self.calendar.board_name == "DS" else _SMALL_BOARD_PRESENT
        reply = Reply(self.motion.reply, tuple(recommendations), self.calendar.decision(self.place), present)
        await Replies(self.stage.database, at).adopt(self.id, reply, actor=self.secretary)

    async def _reserve(self, name: str, text: str, at: datetime) -> None:
        await Replies(self.stage.database, at).reserve(self.id, text, actor=self.stage.member(name))

    async def _schedule(self, at: datetime) -> None:
        await Decisions(self.stage.database, at).schedule(self.id, actor=self.secretary)
