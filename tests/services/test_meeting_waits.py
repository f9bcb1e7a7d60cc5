"""What comes to a meeting while it opens waits for that, and is judged by the meeting as it then is."""

import asyncio
from collections.abc import Awaitable
from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import func, select

from democracy.domain.kinds import Channel, Outcome, SentAs
from democracy.services.meetings import Meetings
from democracy.services.motions.admission import Admission
from democracy.services.motions.content import Content
from democracy.services.motions.decisions import Decisions, Verdict
from democracy.services.motions.drafting import Arrival, Drafting
from democracy.services.motions.forwarding import Forwarding, Sending
from democracy.storage.motions import ClauseText
from democracy.storage.tables.motion import ClauseRow, MotionRow
from tests.world import BEFORE, STARTS, World
from workflows.engine import StepDenied
from workflows.meeting import MeetingState

TEXT = Content("Fler bussar", "De går för sällan.", (ClauseText("att bussarna går oftare."),))


async def refused_while_it_opens(world: World, attempt: Awaitable[UUID]) -> set[str]:
    """Begin while the conference is being opened, and end when it is: the reasons why not."""
    async with world.database.unit(BEFORE) as unit:
        (await unit.meetings.row(world.meeting)).state = MeetingState.OPENED
        (await unit.meetings.row(world.meeting)).opened_at = BEFORE
        await unit.session.flush()
        waiting = asyncio.ensure_future(attempt)
        await asyncio.sleep(0.3)
        assert not waiting.done()
    with pytest.raises(StepDenied) as refused:
        await waiting
    return {denial.code for denial in refused.value.denials}


async def motions_there(world: World) -> int:
    async with world.database.read() as reader:
        statement = select(func.count()).select_from(MotionRow).where(MotionRow.meeting_id == world.meeting)
        return (await reader.execute(statement)).scalar_one()


async def test_a_slip_recorded_while_the_meeting_opens_is_refused_by_the_open_meeting(world: World) -> None:
    arrival, number = Arrival(Channel.PAPER, BEFORE), world.numbers["member"]
    record = Drafting(world.database, BEFORE).record(
        world.meeting, TEXT, number, arrival, actor=world.actor("secretary")
    )
    assert "meeting_closed_to_motions" in await refused_while_it_opens(world, record)
    assert await motions_there(world) == 0


async def test_a_motion_sent_on_while_the_meeting_opens_is_refused_by_the_open_meeting(world: World) -> None:
    motion, branch = await decided_in_branch(world), world.actor("branch_secretary")
    sending = Sending(world.meeting, SentAs.SUPPORTED, "Årsmötet, § 12", BEFORE.date())
    send = Forwarding(world.database, BEFORE).send_on(motion, sending, actor=branch)
    assert "meeting_closed_to_motions" in await refused_while_it_opens(world, send)
    assert await motions_there(world) == 0


async def decided_in_branch(world: World) -> UUID:
    """A motion that the branch's meeting has approved."""
    branch, mover = world.actor("branch_secretary"), world.actor("mover")
    drafting, decisions = Drafting(world.database, BEFORE), Decisions(world.database, BEFORE)
    motion = await drafting.create(world.annual_meeting, replace(TEXT, title="Från Granvik"), actor=mover)
    await drafting.submit(motion, actor=mover)
    await Admission(world.database, BEFORE).admit(motion, actor=branch)
    await decisions.schedule(motion, actor=branch)
    await Meetings(world.database, STARTS).open(world.annual_meeting, actor=branch)
    async with world.database.read() as reader:
        clause = (await reader.execute(select(ClauseRow.id).where(ClauseRow.motion_id == motion))).scalar_one()
    await decisions.decide(clause, Verdict(Outcome.APPROVE), actor=branch)
    return motion
