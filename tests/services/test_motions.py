"""A motion from draft to follow-up, through the services, on both databases."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from democracy.domain.kinds import Channel, Fault, Outcome
from democracy.errors import ConflictError, NotFoundError
from democracy.services.meetings import Meetings
from democracy.services.motions.admission import Admission
from democracy.services.motions.content import Content
from democracy.services.motions.decisions import Decisions, Verdict
from democracy.services.motions.drafting import Arrival, Drafting
from democracy.services.motions.follow_ups import FollowUps
from democracy.services.motions.replies import Recommendation, Replies, Reply
from democracy.storage.motions import ClauseText
from democracy.storage.tables.step import StepRow
from tests.world import BEFORE, DEADLINE, STARTS, World
from workflows.engine import StepDenied
from workflows.motion import MotionState

TEXT = Content(
    "Barnpassning på möten",
    "Flera ombud har tackat nej.",
    (ClauseText("att distriktet ska erbjuda barnpassning."), ClauseText("att behovet ska efterfrågas i kallelsen.")),
)


async def drafted(world: World, at: object = BEFORE) -> object:
    return await Drafting(world.database, BEFORE).create(world.meeting, TEXT, actor=world.actor("mover"))


async def state_of(world: World, motion_id: object) -> MotionState:
    async with world.database.unit(BEFORE) as unit:
        return (await unit.motions.row(motion_id)).state  # type: ignore[arg-type]


async def steps(world: World) -> int:
    async with world.database.read() as connection:
        return (await connection.execute(select(func.count()).select_from(StepRow))).scalar_one()


async def test_a_motion_lives_from_draft_to_closed(world: World) -> None:
    database, mover, secretary = world.database, world.actor("mover"), world.actor("secretary")
    motion = await Drafting(database, BEFORE).create(world.meeting, TEXT, actor=mover)
    await Drafting(database, BEFORE).submit(motion, actor=mover)
    await Admission(database, BEFORE).admit(motion, actor=secretary)
    reply = Reply(
        reasons="Bra förslag, men kallelsen räcker.",
        recommendations=(Recommendation(1, Outcome.REJECT), Recommendation(2, Outcome.APPROVE)),
        decision="DS 12 februari, § 8",
        present=3,
    )
    await Replies(database, BEFORE).adopt(motion, reply, actor=secretary)
    await Decisions(database, BEFORE).schedule(motion, actor=secretary)
    await Meetings(database, BEFORE).send_papers(world.meeting, actor=secretary)
    await Meetings(database, STARTS).open(world.meeting, actor=world.actor("presidium"))
    async with database.unit(STARTS) as unit:
        first, second = (clause.id for clause in await unit.motions.clauses(motion))
    decide = Decisions(database, STARTS).decide
    await decide(first, Verdict(Outcome.APPROVE, paragraph="§ 14"), actor=world.actor("meeting_secretary"))
    assert await state_of(world, motion) is MotionState.SCHEDULED
    await decide(second, Verdict(Outcome.APPROVE), actor=world.actor("meeting_secretary"))
    assert await state_of(world, motion) is MotionState.DECIDED
    follow_ups = FollowUps(database, STARTS)
    for clause in (first, second):
        await follow_ups.assign(clause, world.bodies["district/board"], date(2026, 10, 1), actor=secretary)
        await follow_ups.report(clause, "Ordnat från och med hösten.", actor=world.actor("chair"))
    await Meetings(database, STARTS).close(world.meeting, actor=world.actor("presidium"))
    await follow_ups.close(motion, actor=secretary)
    assert await state_of(world, motion) is MotionState.CLOSED


@pytest.mark.parametrize(("late", "allowed"), [(timedelta(0), False), (timedelta(microseconds=-1), True)])
async def test_the_deadline_includes_its_last_day_and_not_a_moment_more(
    world: World, late: timedelta, allowed: bool
) -> None:
    motion = await Drafting(world.database, BEFORE).create(world.meeting, TEXT, actor=world.actor("mover"))
    before = await steps(world)
    submit = Drafting(world.database, DEADLINE + late).submit
    if allowed:
        await submit(motion, actor=world.actor("mover"))
        assert await state_of(world, motion) is MotionState.SUBMITTED
        return
    with pytest.raises(StepDenied) as refused:
        await submit(motion, actor=world.actor("mover"))
    (denial,) = refused.value.denials
    assert (denial.code, denial.paragraph) == ("deadline_passed", "motion-deadline")
    assert denial.next_chance is not None
    assert denial.next_chance.year == 2027
    assert await state_of(world, motion) is MotionState.DRAFT
    assert await steps(world) == before


async def test_paper_received_in_time_is_in_time_when_it_is_recorded_late(world: World) -> None:
    hour_before = DEADLINE - timedelta(hours=1)
    motion = await Drafting(world.database, DEADLINE + timedelta(days=2)).record(
        world.meeting,
        TEXT,
        world.numbers["co_mover"],
        Arrival(Channel.PAPER, hour_before),
        actor=world.actor("secretary"),
    )
    assert await state_of(world, motion) is MotionState.SUBMITTED


async def test_paper_that_came_late_is_recorded_and_can_only_be_refused(world: World) -> None:
    secretary = world.actor("secretary")
    motion = await Drafting(world.database, DEADLINE + timedelta(days=2)).record(
        world.meeting, TEXT, world.numbers["co_mover"], Arrival(Channel.POST, DEADLINE), actor=secretary
    )
    with pytest.raises(StepDenied, match="came_late"):
        await Admission(world.database, DEADLINE + timedelta(days=3)).admit(motion, actor=secretary)
    from democracy.services.motions.admission import Ground

    ground = Ground(Fault.LATE, "Kom den 8 februari.", "DS 12 februari, § 8")
    await Admission(world.database, DEADLINE + timedelta(days=3)).refuse(motion, ground, actor=secretary)
    assert await state_of(world, motion) is MotionState.NOT_ADMISSIBLE


async def test_only_the_office_records_for_others(world: World) -> None:
    arrival = Arrival(Channel.PAPER, BEFORE)
    with pytest.raises(StepDenied, match="not_your_role"):
        await Drafting(world.database, BEFORE).record(
            world.meeting, TEXT, world.numbers["co_mover"], arrival, actor=world.actor("member")
        )


async def test_a_draft_is_not_found_by_anybody_but_its_movers(world: World) -> None:
    motion = await Drafting(world.database, BEFORE).create(world.meeting, TEXT, actor=world.actor("mover"))
    for role in ("member", "secretary", "staff", "anonymous", "outsider"):
        with pytest.raises(NotFoundError):
            await Drafting(world.database, BEFORE).submit(motion, actor=world.actor(role))


async def test_a_co_mover_who_does_not_answer_blocks_nobody(world: World) -> None:
    drafting = Drafting(world.database, BEFORE)
    motion = await drafting.create(world.meeting, TEXT, actor=world.actor("mover"))
    await drafting.invite(motion, world.numbers["co_mover"], actor=world.actor("mover"))
    await drafting.submit(motion, actor=world.actor("mover"))
    async with world.database.unit(BEFORE) as unit:
        case = await unit.motions.case(motion, actor=world.actor("mover"))
    assert (case.facts.movers, case.facts.invited) == (1, 1)


async def test_a_confirmed_co_mover_stands_and_neither_can_withdraw_alone(world: World) -> None:
    drafting = Drafting(world.database, BEFORE)
    motion = await drafting.create(world.meeting, TEXT, actor=world.actor("mover"))
    await drafting.invite(motion, world.numbers["co_mover"], actor=world.actor("mover"))
    await drafting.confirm(motion, actor=world.actor("co_mover"))
    await drafting.submit(motion, actor=world.actor("co_mover"))
    with pytest.raises(StepDenied, match="others_stand"):
        await drafting.withdraw(motion, actor=world.actor("mover"))
    await drafting.leave(motion, actor=world.actor("mover"))
    await drafting.withdraw(motion, actor=world.actor("co_mover"))
    assert await state_of(world, motion) is MotionState.WITHDRAWN


async def test_the_same_key_does_the_work_once_and_another_input_is_a_conflict(world: World) -> None:
    keyed = Drafting(world.database, BEFORE, key="en-nyckel")
    first = await keyed.create(world.meeting, TEXT, actor=world.actor("mover"))
    assert await keyed.create(world.meeting, TEXT, actor=world.actor("mover")) == first
    with pytest.raises(ConflictError, match="idempotency_key_reused"):
        await keyed.create(world.next_meeting, TEXT, actor=world.actor("mover"))
