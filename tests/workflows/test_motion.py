"""The life of a motion and its meeting together: no way leads where it should not, and none ends nowhere."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workflows.refusals import GOOD, NOW
from tests.workflows.zone import STOCKHOLM
from workflows.engine import Role
from workflows.meeting import MEETING, MeetingFacts, MeetingState
from workflows.motion import MOTION, MotionFacts, MotionState
from workflows.statutes import packaged, resolve
from workflows.statutes.kinds import MeetingKind

EVERYBODY = frozenset(Role)
RULE = resolve(packaged("vansterpartiet"), packaged("norrviken")).parameters.motions.deadline[
    MeetingKind.DISTRICT_CONFERENCE
]
MINUTE = timedelta(minutes=1)


def deadline_of(day: date) -> datetime:
    return RULE.derive(datetime.combine(day, time(10), STOCKHOLM).astimezone(UTC), STOCKHOLM).at


def submits(at: datetime, deadline: datetime) -> bool:
    """Whether a motion is in time; late is the only thing that can be wrong with it."""
    facts = replace(GOOD["motion"], received_at=None, deadline=deadline)
    options = MOTION.options(MotionState.DRAFT, facts, roles=frozenset({Role.MOVER}), now=at)
    submit = next(option for option in options if option.name == "submit")
    assert [denial.code for denial in submit.denials] == ([] if submit.allowed else ["deadline_passed"])
    return submit.allowed


@given(st.dates(date(2024, 1, 1), date(2032, 1, 1)), st.timedeltas(timedelta(weeks=-60), timedelta(weeks=60)))
def test_the_deadline_includes_its_last_day(meeting: date, offset: timedelta) -> None:
    deadline = deadline_of(meeting)
    assert submits(deadline + offset, deadline) is (offset < timedelta(0))
    last_day = meeting - timedelta(days=42)
    assert deadline.astimezone(STOCKHOLM).replace(tzinfo=None) == datetime.combine(last_day + timedelta(days=1), time())


@pytest.mark.parametrize(
    ("meeting", "last_moment"),
    [
        # 42 days before 10 May is 29 March, which has 23 hours; before 6 December it is 25 October, which has 25.
        (date(2026, 5, 10), datetime(2026, 3, 29, 22, 0, tzinfo=UTC)),
        (date(2026, 12, 6), datetime(2026, 10, 25, 23, 0, tzinfo=UTC)),
        (date(2026, 3, 21), datetime(2026, 2, 7, 23, 0, tzinfo=UTC)),
    ],
)
def test_the_last_day_lasts_until_24_local_time_when_the_clocks_change(meeting: date, last_moment: datetime) -> None:
    deadline = deadline_of(meeting)
    assert deadline == last_moment
    assert submits(last_moment - timedelta(microseconds=1), deadline)
    assert not submits(last_moment, deadline)


def test_what_came_in_before_the_deadline_has_no_door_left_to_close() -> None:
    facts = replace(GOOD["motion"], received_at=NOW - timedelta(days=2), deadline=NOW - timedelta(days=1))
    options = MOTION.options(MotionState.RETURNED, facts, roles=frozenset({Role.MOVER}), now=NOW)
    submit = next(option for option in options if option.name == "submit")
    assert (submit.allowed, submit.closes_at) == (True, None)


@dataclass
class World:
    """A meeting with one motion, kept as the services keep it, as far as the rules look."""

    motion: MotionState = MotionState.DRAFT
    meeting: MeetingState = MeetingState.CALLED
    now: datetime = NOW
    received_at: datetime | None = None
    papers_sent: bool = False
    replied: bool = False
    outcomes: dict[int, str] = field(default_factory=dict)
    decided: list[tuple[int, MeetingState]] = field(default_factory=list)
    follow_ups: dict[int, bool] = field(default_factory=dict)
    carried: bool = False

    def facts(self, clause: int) -> MotionFacts:
        """What the rules see, about to act on one of two att-satser, with everything given that a form asks for."""
        opened = self.meeting in {MeetingState.OPENED, MeetingState.CLOSED}
        goes_on = sum(outcome == "defer" for outcome in self.outcomes.values())
        good: MotionFacts = GOOD["motion"]
        return replace(
            good,
            received_at=self.received_at,
            deadline=NOW + 30 * MINUTE,
            meeting_takes_motions=self.meeting is MeetingState.CALLED,
            meeting_open=self.meeting is MeetingState.OPENED,
            meeting_opened=opened,
            meeting_cancelled=self.meeting is MeetingState.CANCELLED,
            withdrawable=not opened,
            papers_sent=self.papers_sent,
            replied_clauses=2 if self.replied else 0,
            clauses_decided=len(self.outcomes),
            clause_open=clause not in self.outcomes,
            to_carry=0 if self.carried else goes_on,
            approved_clauses=sum(outcome == "approve" for outcome in self.outcomes.values()),
            follow_ups=len(self.follow_ups),
            follow_ups_reported=sum(self.follow_ups.values()),
        )

    def meeting_facts(self) -> MeetingFacts:
        """The same of the meeting."""
        untreated = {MotionState.SUBMITTED, MotionState.RETURNED, MotionState.ADMITTED, MotionState.PREPARED}
        standing = untreated | {MotionState.NOT_ADMISSIBLE, MotionState.SCHEDULED}
        return MeetingFacts(
            starts_at=NOW,
            undecided=int(self.motion is MotionState.SCHEDULED and len(self.outcomes) < 2),
            stopped=int(self.motion is MotionState.NOT_ADMISSIBLE),
            untreated=int(self.motion in untreated),
            standing=int(self.motion in standing),
        )

    def moves(self, clause: int) -> Mapping[str, Any]:
        """Everything that somebody may do now."""
        motion = MOTION.options(self.motion, self.facts(clause), roles=EVERYBODY, now=self.now)
        meeting = MEETING.options(self.meeting, self.meeting_facts(), roles=EVERYBODY, now=self.now)
        own = {option.name: MOTION for option in motion if option.allowed}
        return own | {f"meeting:{option.name}": MEETING for option in meeting if option.allowed}

    def act(self, name: str, clause: int, outcome: str) -> None:
        """Follow a rule, as the services do."""
        if name.startswith("meeting:"):
            rule = name.removeprefix("meeting:")
            step = MEETING.step(rule, self.meeting, self.meeting_facts(), roles=EVERYBODY, now=self.now)
            self.meeting = step.dest
            self.papers_sent = self.papers_sent or rule == "send_papers"
        else:
            moved = MOTION.step(name, self.motion, self.facts(clause), roles=EVERYBODY, now=self.now)
            self._effect(name, clause, outcome)
            self.motion = moved.dest
        self.now += MINUTE

    def _effect(self, name: str, clause: int, outcome: str) -> None:
        if name in {"submit", "record", "record_late", "carry_in"}:
            self.received_at = self.received_at or self.now
        elif name in {"adopt_reply", "revise_reply"}:
            self.replied = True
        elif name == "decide_clause":
            assert clause not in self.outcomes
            self.outcomes[clause] = outcome
            self.decided.append((clause, self.meeting))
        elif name == "reopen_clause":
            del self.outcomes[clause]
            self.follow_ups.pop(clause, None)
        elif name == "assign_follow_up":
            approved = [each for each, what in self.outcomes.items() if what == "approve"]
            missing = [each for each in approved if each not in self.follow_ups]
            # Named anew, a task keeps its report.
            self.follow_ups.setdefault((missing or approved)[0], False)
        elif name == "report_follow_up":
            self.follow_ups[next(each for each, reported in self.follow_ups.items() if not reported)] = True
        elif name == "carry_over":
            self.carried = True


STEPS = st.lists(
    st.tuples(st.integers(0, 10**6), st.integers(0, 1), st.sampled_from(["approve", "reject", "defer"])), max_size=40
)


def walked(steps: list[tuple[int, int, str]], on_the_agenda: bool) -> World:
    """Where lawful steps lead from a draft, or from the agenda of a called meeting."""
    world = World(MotionState.SCHEDULED, received_at=NOW, replied=True) if on_the_agenda else World()
    for choice, clause, outcome in steps:
        moves = sorted(world.moves(clause))
        if moves:
            world.act(moves[choice % len(moves)], clause, outcome)
    return world


@given(STEPS, st.booleans())
def test_no_way_of_lawful_steps_decides_outside_an_open_meeting_or_twice(
    steps: list[tuple[int, int, str]], on_the_agenda: bool
) -> None:
    world = walked(steps, on_the_agenda)
    assert {meeting for _, meeting in world.decided} <= {MeetingState.OPENED}
    if world.motion is MotionState.DECIDED:
        assert len(world.outcomes) == 2
    if world.motion is MotionState.CLOSED and world.outcomes:
        assert world.meeting is MeetingState.CLOSED
        approved = {clause for clause, outcome in world.outcomes.items() if outcome == "approve"}
        assert approved <= {clause for clause, reported in world.follow_ups.items() if reported}
        assert world.carried or "defer" not in world.outcomes.values()


@given(STEPS, st.booleans())
def test_wherever_a_motion_has_come_somebody_can_bring_it_to_its_end(
    steps: list[tuple[int, int, str]], on_the_agenda: bool
) -> None:
    world = walked(steps, on_the_agenda)
    if world.meeting is MeetingState.CANCELLED and world.motion not in MOTION.final:
        assert "readdress" in world.moves(0)
        return
    for _ in range(40):
        if world.motion in MOTION.final:
            return
        clause = next((each for each in (0, 1) if each not in world.outcomes), 0)
        moves = world.moves(clause)
        # The straight way: never back, never round.
        name = next(name for name in STRAIGHT if name in moves)
        world.act(name, clause, "reject")
    pytest.fail(f"it never ended: {world}")


STRAIGHT = (
    "close", "lay_aside", "carry_over", "meeting:close", "report_follow_up", "assign_follow_up", "conclude",
    "decide_clause", "schedule", "admit", "submit", "meeting:open", "refuse", "withdraw",
)  # fmt: skip
"""From any state, the first of these that may be done leads nearer to the end."""


@pytest.mark.parametrize("state", [state for state in MotionState if state not in MOTION.final])
def test_every_state_awaits_somebody_who_may_follow_the_rule_that_is_named(state: MotionState) -> None:
    (first, *_) = MOTION.next_steps(state, GOOD["motion"], now=NOW)
    assert first.who in MOTION.rules[first.what].by
    assert state in MOTION.rules[first.what].source
