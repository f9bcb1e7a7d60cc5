"""Every motion's way to where the story shows it, by the same use cases that people have."""

from collections import defaultdict
from datetime import date, datetime

from democracy.demo.calendar import CALENDARS, written
from democracy.demo.content import Motion
from democracy.demo.deciding import Deciding
from democracy.demo.preparing import Preparing
from democracy.demo.script import Script
from democracy.demo.sending import SendingOn
from democracy.demo.stage import Stage
from democracy.demo.times import moment
from democracy.demo.writing import Writing
from democracy.domain.kinds import Fault

_SEEMED_A_MEMBER = moment(date(2026, 1, 26), 19)


def write(script: Script, stage: Stage) -> None:
    """Put down what happens to every motion."""
    sent = [SendingOn(stage, each) for each in stage.content.motions if each.sent_as is not None]
    by_meeting: dict[str, list[Motion]] = defaultdict(list)
    for motion in (*stage.content.motions, *stage.content.conference.motions, *(each.original for each in sent)):
        by_meeting[motion.meeting].append(motion)
    arrives = {(each.motion.meeting, each.motion.title): each.write(script) for each in sent}
    for meeting, motions in by_meeting.items():
        for place, (motion, begun) in enumerate(written(meeting, motions), start=1):
            arrived = arrives.get((meeting, motion.title))
            came_in = arrived or Writing(stage, motion).write(script, _begun(motion, begun))
            if came_in is not None:
                Preparing(stage, motion, CALENDARS[meeting], place).write(script, came_in)
                Deciding(stage, motion, CALENDARS[meeting], place).write(script)


def _begun(motion: Motion, begun: datetime) -> datetime:
    return _SEEMED_A_MEMBER if motion.fault is Fault.NO_RIGHT else begun
