"""Two people at once, each at a server of their own on one database: one wins, the other is told why."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx2
import pytest
from sqlalchemy import func, select

from democracy.app import Application
from democracy.domain.kinds import Outcome
from democracy.services.meetings import Meetings
from democracy.services.motions.admission import Admission
from democracy.services.motions.decisions import Decisions
from democracy.services.motions.drafting import Drafting
from democracy.services.motions.replies import Recommendation, Replies, Reply
from democracy.settings import Settings
from democracy.storage.tables.motion import ClauseRow, DecisionRow, MotionRow, RecommendationRow
from democracy.storage.tables.step import StepRow
from schema.context import context_factory_of
from schema.edge import build_app
from schema.ids import global_id
from schema.schema import schema
from tests.api import Client, tokens
from tests.drafts import drafts
from tests.world import BEFORE, STARTS, World
from workflows.meeting import MeetingState
from workflows.motion import MotionState

ROUNDS = 4
REFUSED = "... on NotAllowed { message denials { code } } ... on Conflict { code message current }"
MOTION = "... on Motion { id state version receiptNumber clauses { decision { outcome } recommendation { outcome } } }"
ADVICE = Reply("Skälen.", (Recommendation(1, Outcome.APPROVE),), "DS 12 februari, § 8", 3)


def mutation(name: str) -> str:
    """A mutation that takes one input."""
    kind = name[0].upper() + name[1:]
    shown = "... on Meeting { id state }" if name == "closeMeeting" else MOTION
    return f"mutation ($input: {kind}Input!) {{ {name}(input: $input) {{ __typename {shown} {REFUSED} }} }}"


@dataclass
class Race:
    """A world with two servers."""

    world: World
    apps: list[Application]
    clients: dict[str, list[Client]]

    def at(self, time: datetime) -> None:
        """Set both servers' clocks."""
        for app in self.apps:
            app.story_offset = time - datetime.now(UTC)

    async def run(self, *asked: tuple[str, str, dict[str, Any]]) -> list[dict[str, Any]]:
        """Who does what with which input, all at once, each at the next server."""
        calls = [
            self.clients[who][number % 2].change(mutation(name), **given)
            for number, (who, name, given) in enumerate(asked)
        ]
        return await asyncio.gather(*calls)

    async def count(self, what: Any, *where: Any) -> int:
        """How many rows there are."""
        async with self.world.database.read() as reader:
            return (await reader.execute(select(func.count()).select_from(what).where(*where))).scalar_one()

    async def steps(self, case: UUID, *rules: str) -> int:
        """How many steps the ledger has of a case."""
        return await self.count(StepRow, StepRow.case_id == case, StepRow.rule.in_(rules))


@pytest.fixture
async def race(world: World) -> AsyncIterator[Race]:
    names = ["mover", "secretary", "presidium", "meeting_secretary"]
    issued = await tokens(world, names, STARTS)
    async with AsyncExitStack() as stack:
        found = Race(world, [], {name: [] for name in names})
        for _ in range(2):
            app = Application(Settings(database_url=world.database.url, pool_size=5))
            stack.push_async_callback(app.close)
            found.apps.append(app)
            transport = httpx2.ASGITransport(app=build_app(app, schema, context_factory_of(app), app.settings))
            http = await stack.enter_async_context(httpx2.AsyncClient(transport=transport, base_url="http://localhost"))
            for name, token in zip(names, issued, strict=True):
                found.clients[name].append(Client(http, token))
        found.at(BEFORE)
        yield found


async def submitted(world: World) -> UUID:
    """A motion that has come in."""
    ((_, motion),) = await drafts(world, 1)
    await Drafting(world.database, BEFORE).submit(motion, actor=world.actor("mover"))
    return motion


async def admitted(world: World) -> UUID:
    motion = await submitted(world)
    await Admission(world.database, BEFORE).admit(motion, actor=world.actor("secretary"))
    return motion


async def scheduled(world: World) -> UUID:
    motion, secretary = await admitted(world), world.actor("secretary")
    await Replies(world.database, BEFORE).adopt(motion, ADVICE, actor=secretary)
    await Decisions(world.database, BEFORE).schedule(motion, actor=secretary)
    return motion


async def in_open_meeting(world: World) -> UUID:
    """A motion on the agenda of a meeting that has just been opened."""
    motion = await scheduled(world)
    await Meetings(world.database, BEFORE).send_papers(world.meeting, actor=world.actor("secretary"))
    await Meetings(world.database, STARTS).open(world.meeting, actor=world.actor("presidium"))
    return motion


async def clause_of(world: World, motion: UUID) -> UUID:
    async with world.database.read() as reader:
        return (await reader.execute(select(ClauseRow.id).where(ClauseRow.motion_id == motion))).scalar_one()


def told_apart(answers: list[dict[str, Any]], won: str = "Motion") -> tuple[dict[str, Any], dict[str, Any]]:
    """The one who won, and the one who did not: exactly one of each."""
    winners = [each for each in answers if each["__typename"] == won]
    losers = [each for each in answers if each["__typename"] in {"NotAllowed", "Conflict"}]
    assert (len(winners), len(losers)) == (1, 1), answers
    assert losers[0]["message"]
    return winners[0], losers[0]


def codes(refused: dict[str, Any]) -> set[str]:
    return {denial["code"] for denial in refused["denials"]}


async def test_of_two_who_admit_one_motion_one_does_it_and_the_other_is_told_that_it_is_done(race: Race) -> None:
    for _ in range(ROUNDS):
        motion = await submitted(race.world)
        given = {"motionId": global_id("Motion", motion)}
        answers = await race.run(("secretary", "admitMotion", given), ("secretary", "admitMotion", given))
        won, lost = told_apart(answers)
        assert (won["state"], codes(lost)) == ("ADMITTED", {"wrong_state"})
        assert await race.steps(motion, "admit") == 1


async def test_a_motion_is_either_admitted_or_sent_back(race: Race) -> None:
    due = (BEFORE + timedelta(days=7)).isoformat()
    for _ in range(ROUNDS):
        motion = await submitted(race.world)
        given = {"motionId": global_id("Motion", motion)}
        answers = await race.run(
            ("secretary", "admitMotion", given),
            ("secretary", "returnMotion", {**given, "note": "Skälen saknas.", "dueAt": due}),
        )
        won, lost = told_apart(answers)
        row = await _row(race, motion)
        assert row.state.name == won["state"]
        assert codes(lost) == {"wrong_state"}
        assert (row.completion_note is not None) == (row.state is MotionState.RETURNED)
        assert await race.steps(motion, "admit", "return") == 1


async def test_admitting_and_refusing_at_once_happen_one_after_the_other_and_nothing_is_half_of_each(
    race: Race,
) -> None:
    ground = {"fault": "WRONG_MEETING", "note": "Hör till kongressen.", "decision": "DS 12 februari, § 9"}
    for _ in range(ROUNDS):
        motion = await submitted(race.world)
        given = {"motionId": global_id("Motion", motion)}
        answers = await race.run(
            ("secretary", "admitMotion", given), ("secretary", "refuseMotion", {**given, "ground": ground})
        )
        # Either may come last: what was refused may be admitted, what was admitted may be refused.
        assert [each["__typename"] for each in answers] == ["Motion", "Motion"]
        async with race.world.database.read() as reader:
            steps = select(StepRow.source, StepRow.dest).where(StepRow.case_id == motion)
            taken = {row.source: row.dest for row in await reader.execute(steps.where(StepRow.rule != "submit"))}
        second = taken[taken["SUBMITTED"]]
        assert (await _row(race, motion)).state.name == second


async def _row(race: Race, motion: UUID) -> Any:
    async with race.world.database.read() as reader:
        columns = MotionRow.state, MotionRow.completion_note, MotionRow.receipt_number, MotionRow.version
        return (await reader.execute(select(*columns).where(MotionRow.id == motion))).one()


async def test_submitting_and_withdrawing_end_in_withdrawn_with_a_number_only_if_it_came_in(race: Race) -> None:
    for _ in range(ROUNDS):
        ((_, motion),) = await drafts(race.world, 1)
        given = {"motionId": global_id("Motion", motion)}
        submit, withdraw = await race.run(("mover", "submitMotion", given), ("mover", "withdrawMotion", given))
        row = await _row(race, motion)
        assert withdraw["__typename"] == "Motion"
        assert row.state is MotionState.WITHDRAWN
        came_in = submit["__typename"] == "Motion"
        assert came_in or codes(submit) == {"wrong_state"}
        assert (row.receipt_number is not None) == came_in
        assert await race.steps(motion, "submit") == came_in
    assert await race.count(MotionRow, MotionRow.receipt_number.is_not(None)) == await race.count(
        StepRow, StepRow.rule == "submit"
    )


async def test_an_att_sats_is_stopped_once_whoever_waited_for_the_other(race: Race) -> None:
    for _ in range(ROUNDS):
        ((_, motion),) = await drafts(race.world, 1, clauses=3)
        await Drafting(race.world.database, BEFORE).submit(motion, actor=race.world.actor("mover"))
        async with race.world.database.read() as reader:
            clause = (await reader.execute(select(ClauseRow.id).where(ClauseRow.motion_id == motion))).scalars().first()
        assert clause is not None
        asked: list[tuple[str, str, dict[str, Any]]] = [
            ("secretary", "refuseClause", {"clauseId": global_id("Clause", clause), "ground": ground})
            for ground in (
                {"fault": "LOCKED_TEXT", "note": "Låst.", "decision": "DS § 9"},
                {"fault": "WRONG_MEETING", "note": "Fel möte.", "decision": "DS § 10"},
            )
        ]
        _, lost = told_apart(await race.run(*asked))
        assert codes(lost) == {"clause_closed"}
        assert await race.steps(motion, "refuse_clause") == 1


async def test_of_two_decisions_on_one_clause_one_stands_and_the_other_is_told(race: Race) -> None:
    motion = await in_open_meeting(race.world)
    race.at(STARTS)
    clause = await clause_of(race.world, motion)
    given = {"clauseId": global_id("Clause", clause)}
    answers = await race.run(
        ("presidium", "decideClause", {**given, "outcome": "APPROVE"}),
        ("meeting_secretary", "decideClause", {**given, "outcome": "REJECT"}),
    )
    won, lost = told_apart(answers)
    assert won["state"] == "DECIDED"
    assert codes(lost) <= {"wrong_state", "clause_closed"}
    assert await race.count(DecisionRow, DecisionRow.clause_id == clause) == 1
    assert await race.steps(motion, "decide_clause") == await race.steps(motion, "conclude") == 1


async def test_a_meeting_does_not_close_over_a_decision_that_is_being_written(race: Race) -> None:
    motion = await in_open_meeting(race.world)
    race.at(STARTS)
    clause, meeting = await clause_of(race.world, motion), race.world.meeting
    decide, close = await race.run(
        ("meeting_secretary", "decideClause", {"clauseId": global_id("Clause", clause), "outcome": "REJECT"}),
        ("presidium", "closeMeeting", {"meetingId": global_id("Meeting", meeting)}),
    )
    state, decided = (await _row(race, motion)).state, await race.count(DecisionRow)
    if close["__typename"] == "Meeting":
        assert close["state"] == MeetingState.CLOSED.name
        # Either the decision came first, and the meeting closed the motion with it, or it came too late.
        assert (decided, state) in {(1, MotionState.CLOSED), (0, MotionState.SCHEDULED)}
        assert (decide["__typename"] == "Motion") == (decided == 1)
        assert decided or "meeting_not_open" in codes(decide)
    else:
        assert close["message"]
        assert (decide["__typename"], decided, state) == ("Motion", 1, MotionState.DECIDED)
        assert await race.steps(meeting, "close") == 0


async def test_of_two_replies_to_the_same_version_the_second_is_a_conflict_that_tells_the_current_one(
    race: Race,
) -> None:
    for _ in range(ROUNDS):
        motion = await admitted(race.world)
        given = {"motionId": global_id("Motion", motion), "decision": "DS § 8", "present": 3}
        given["expectedVersion"] = (await _row(race, motion)).version
        replies: list[dict[str, Any]] = [
            {**given, "reasons": f"För {outcome}.", "recommendations": [{"clause": 1, "outcome": outcome}]}
            for outcome in ("APPROVE", "REJECT")
        ]
        answers = await race.run(*(("secretary", "adoptBoardReply", reply) for reply in replies))
        won, lost = told_apart(answers)
        assert (lost["code"], lost["current"]) == ("version_changed", won["version"])
        assert won["version"] == (await _row(race, motion)).version
        recommended = replies[answers.index(won)]["recommendations"][0]["outcome"]
        assert won["clauses"][0]["recommendation"]["outcome"] == recommended
        assert await race.steps(motion, "adopt_reply") == 1
    assert await race.count(RecommendationRow) == ROUNDS


async def test_one_key_used_twice_at_once_does_the_work_once_and_answers_both_alike(race: Race) -> None:
    for number in range(ROUNDS):
        ((_, motion),) = await drafts(race.world, 1)
        given = {"motionId": global_id("Motion", motion), "idempotencyKey": f"nyckel {number}"}
        asked: tuple[str, str, dict[str, Any]] = ("mover", "submitMotion", given)
        first, *others = await race.run(asked, asked, asked, asked)
        assert (first["__typename"], first["state"]) == ("Motion", "SUBMITTED")
        assert others == [first] * 3
        assert await race.steps(motion, "submit") == 1


async def test_one_key_used_for_two_things_at_once_does_one_and_tells_the_other(race: Race) -> None:
    (_, first), (_, second) = [each for each in await drafts(race.world, 9) if each[0] == "mover"]
    answers = await race.run(
        *(
            ("mover", "submitMotion", {"motionId": global_id("Motion", motion), "idempotencyKey": "samma"})
            for motion in (first, second)
        )
    )
    _, lost = told_apart(answers)
    assert lost["code"] == "idempotency_key_reused"
    assert await race.count(MotionRow, MotionRow.state == MotionState.SUBMITTED) == 1
