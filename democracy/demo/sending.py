"""Motions that came from below: first decided where they began, then sent on."""

from dataclasses import dataclass
from datetime import date, datetime

import msgspec

from democracy.demo.content import Decision, FollowUp, Motion, Recommendation
from democracy.demo.deciding import OWN_BOARD
from democracy.demo.meetings import ORIGIN, office_of
from democracy.demo.script import Script
from democracy.demo.stage import Stage
from democracy.demo.times import moment
from democracy.domain.kinds import Outcome
from democracy.services.motions.forwarding import Forwarding, Sending
from workflows.motion import MotionState

_REASON = "Styrelsen ställer sig bakom förslaget, som ska prövas där det kan avgöras."
_REPORT = "Motionen har skickats vidare till {meeting}."
_CARRIED_OUT_BY = date(2025, 12, 31)
_WAYS = {
    # Where it arrives: where it began, the decision to send it on and when, when it went.
    "district_conference_2026": (ORIGIN, "Medlemsmöte 2025-11-22, § 9", date(2025, 11, 22), date(2025, 12, 10)),
    "congress_2026": (
        "district_conference_2025", "Distriktsårskonferensen 2025, § 41", date(2025, 3, 23), date(2025, 11, 8),
    ),
}  # fmt: skip


@dataclass(frozen=True)
class SendingOn:
    """One motion's way up."""

    stage: Stage
    motion: Motion

    @property
    def original(self) -> Motion:
        """The motion as it was where it began: approved, carried out by being sent on, closed."""
        decided = Decision(outcome=Outcome.APPROVE)
        advice = Recommendation(outcome=Outcome.APPROVE, reason=_REASON)
        report = _REPORT.format(meeting=self._target)
        task = FollowUp(responsible=OWN_BOARD, due=_CARRIED_OUT_BY, report=report)
        clauses = tuple(
            msgspec.structs.replace(each, recommendation=advice, decision=decided, follow_up=task, fault=None)
            for each in self.motion.clauses
        )
        return msgspec.structs.replace(
            self.motion, meeting=_WAYS[self.motion.meeting][0], state=MotionState.CLOSED, clauses=clauses,
            sent_from=None, sent_as=None,
        )  # fmt: skip

    def write(self, script: Script) -> datetime:
        """Put down that it is sent; returns when it arrives."""
        at = moment(_WAYS[self.motion.meeting][3], 16)
        script.add(at, self._send)
        return at

    async def _send(self, at: datetime) -> None:
        origin, decision, decided_on, _ = _WAYS[self.motion.meeting]
        assert self.motion.sent_as is not None  # noqa: S101 - only such motions are sent
        sending = Sending(self.stage.meetings[self.motion.meeting], self.motion.sent_as, decision, decided_on)
        began = self.stage.motions[origin, self.motion.title]
        actor = office_of(self.stage, origin).secretary
        arrived = await Forwarding(self.stage.database, at).send_on(began, sending, actor=actor)
        self.stage.motions[self.motion.meeting, self.motion.title] = arrived

    @property
    def _target(self) -> str:
        meetings = self.stage.content.district.meetings
        return next(each.title for each in meetings if each.key == self.motion.meeting).lower()
