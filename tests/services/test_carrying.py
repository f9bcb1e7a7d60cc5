"""What a meeting leaves undecided is never lost, on both databases."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from democracy.domain.actors import Clock
from democracy.domain.kinds import Channel, Fault, MeetingKind, Outcome
from democracy.services.meetings import Meetings, Plan
from democracy.services.motions.admission import Admission, Ground
from democracy.services.motions.carrying import Carrying
from democracy.services.motions.content import Content
from democracy.services.motions.corrections import Correction, Corrections
from democracy.services.motions.decisions import Decisions, Verdict, Votes
from democracy.services.motions.drafting import Arrival, Drafting
from democracy.services.motions.follow_ups import FollowUps
from democracy.services.motions.replies import Recommendation, Replies, Reply
from democracy.storage.motion_case import MotionCase
from democracy.storage.motions import ClauseText
from democracy.storage.tables.motion import MotionRow
from democracy.storage.tables.step import StepRow
from tests.world import BEFORE, DEADLINE, STARTS, World
from workflows.engine import StepDenied
from workflows.meeting import MeetingState
from workflows.motion import MotionState

TEXT = Content(
    "Cykelställ vid lokalen",
    "Det finns ingenstans att låsa cykeln.",
    (ClauseText("att köpa tio cykelställ."), ClauseText("att sätta upp en pump.")),
)
APPROVE_ALL = (Recommendation(1, Outcome.APPROVE), Recommendation(2, Outcome.APPROVE))


async def submitted(world: World) -> UUID:
    drafting = Drafting(world.database, BEFORE)
    motion: UUID = await drafting.create(world.meeting, TEXT, actor=world.actor("mover"))
    await drafting.submit(motion, actor=world.actor("mover"))
    return motion


async def replied(world: World, recommendations: Sequence[Recommendation] = APPROVE_ALL) -> UUID:
    motion = await submitted(world)
    await Admission(world.database, BEFORE).admit(motion, actor=world.actor("secretary"))
    reply = Reply("Gärna.", tuple(recommendations), "DS 12 februari, § 8", present=3)
    await Replies(world.database, BEFORE).adopt(motion, reply, actor=world.actor("secretary"))
    await Replies(world.database, BEFORE).reserve(motion, "Det räcker med en pump.", actor=world.actor("board"))
    return motion


async def on_the_agenda(world: World) -> UUID:
    motion = await replied(world)
    await Decisions(world.database, BEFORE).schedule(motion, actor=world.actor("secretary"))
    await Meetings(world.database, STARTS).open(world.meeting, actor=world.actor("presidium"))
    return motion


async def clauses(world: World, motion: UUID) -> list[UUID]:
    async with world.database.unit(STARTS) as unit:
        return [each.id for each in await unit.motions.clauses(motion)]


async def decide(world: World, motion: UUID, *verdicts: Verdict) -> None:
    for clause, verdict in zip(await clauses(world, motion), verdicts, strict=True):
        await Decisions(world.database, STARTS).decide(clause, verdict, actor=world.actor("meeting_secretary"))


async def close(world: World) -> None:
    await Meetings(world.database, STARTS + timedelta(hours=8)).close(world.meeting, actor=world.actor("presidium"))


async def case_of(world: World, motion: UUID) -> MotionCase:
    async with world.database.unit(STARTS) as unit:
        return await unit.motions.case(motion, actor=Clock())


async def continuing(world: World, motion: UUID) -> list[MotionCase]:
    """The motions that this one became, in the order of their meetings."""
    async with world.database.read() as connection:
        ids = (await connection.execute(select(MotionRow.id).where(MotionRow.origin_id == motion))).scalars().all()
    return [await case_of(world, each) for each in ids]


async def history(world: World, motion: UUID) -> list[str]:
    async with world.database.read() as connection:
        rows = await connection.execute(select(StepRow.rule).where(StepRow.case_id == motion).order_by(StepRow.id))
        return list(rows.scalars())


async def another_meeting(world: World, days: int = 30) -> UUID:
    plan = Plan(
        body_id=world.bodies["district/conference"],
        board_id=world.bodies["district/board"],
        kind=MeetingKind.DISTRICT_CONFERENCE,
        name="Extra distriktskonferens 2026",
        starts_at=STARTS + timedelta(days=days),
    )
    meeting: UUID = await Meetings(world.database, BEFORE).plan(plan, actor=world.actor("secretary"))
    return meeting


async def test_what_is_deferred_continues_unchanged_in_the_named_meeting_with_its_reply(world: World) -> None:
    motion, extra = await on_the_agenda(world), await another_meeting(world)
    await decide(world, motion, Verdict(Outcome.REJECT), Verdict(Outcome.DEFER, deferred_to=extra))
    await close(world)
    (later,) = await continuing(world, motion)
    assert (later.meeting_id, later.state, later.receipt_number) == (extra, MotionState.PREPARED, 1)
    assert (later.facts.clauses, later.facts.movers, later.facts.replied_clauses) == (1, 1, 1)
    async with world.database.unit(STARTS) as unit:
        (clause,) = await unit.motions.clauses(later.id)
        original = (await unit.motions.clauses(motion))[1]
    assert (clause.text, clause.number, clause.origin_id) == (original.text, 1, original.id)
    assert later.facts.received_at == (await case_of(world, motion)).facts.received_at
    assert await history(world, later.id) == ["carry_in", "keep_reply"]
    assert (await history(world, motion))[-2:] == ["carry_over", "close"]
    assert (await case_of(world, motion)).state is MotionState.CLOSED


async def test_what_is_referred_back_goes_to_the_bodys_next_meeting_and_is_prepared_anew(world: World) -> None:
    motion = await on_the_agenda(world)
    back = Verdict(Outcome.REFER_BACK, recipient="Distriktsstyrelsen: räkna på kostnaden")
    await decide(world, motion, back, Verdict(Outcome.REJECT))
    await close(world)
    (later,) = await continuing(world, motion)
    assert (later.meeting_id, later.state) == (world.next_meeting, MotionState.ADMITTED)
    assert later.facts.replied_clauses == 0
    again = Reply("Kostnaden är rimlig.", (Recommendation(1, Outcome.APPROVE),), "DS 3 maj, § 4", present=3)
    await Replies(world.database, STARTS).adopt(later.id, again, actor=world.actor("secretary"))
    assert (await case_of(world, later.id)).state is MotionState.PREPARED


async def test_what_has_no_meeting_yet_keeps_its_case_open_until_it_is_carried_over(world: World) -> None:
    secretary = world.actor("secretary")
    motion = await on_the_agenda(world)
    await Meetings(world.database, BEFORE).cancel(world.next_meeting, "Ingen lokal.", actor=secretary)
    back = Verdict(Outcome.REFER_BACK, recipient="Distriktsstyrelsen")
    await decide(world, motion, back, Verdict(Outcome.REJECT))
    await close(world)
    assert await continuing(world, motion) == []
    left = await case_of(world, motion)
    assert (left.state, left.facts.to_carry) == (MotionState.DECIDED, 1)
    extra = await another_meeting(world)
    new = await Carrying(world.database, STARTS + timedelta(days=1)).carry_over(motion, extra, actor=secretary)
    assert [each.id for each in await continuing(world, motion)] == [new]
    with pytest.raises(StepDenied, match="nothing_to_carry"):
        await Carrying(world.database, STARTS + timedelta(days=1)).carry_over(motion, extra, actor=secretary)


async def test_a_case_that_waits_for_a_meeting_cannot_be_closed(world: World) -> None:
    motion = await on_the_agenda(world)
    await Meetings(world.database, BEFORE).cancel(world.next_meeting, "Ingen lokal.", actor=world.actor("secretary"))
    back = Verdict(Outcome.REFER_BACK, recipient="Distriktsstyrelsen")
    await decide(world, motion, back, back)
    await close(world)
    with pytest.raises(StepDenied, match="not_carried_over"):
        await FollowUps(world.database, STARTS + timedelta(days=1)).close(motion, actor=world.actor("secretary"))


@pytest.mark.parametrize("meeting", ["meeting", "annual_meeting"])
async def test_nothing_is_deferred_to_this_meeting_itself_or_to_another_units(world: World, meeting: str) -> None:
    motion = await on_the_agenda(world)
    first = (await clauses(world, motion))[0]
    before = await history(world, motion)
    with pytest.raises(StepDenied, match="named_meeting_unfit"):
        await Decisions(world.database, STARTS).decide(
            first, Verdict(Outcome.DEFER, deferred_to=getattr(world, meeting)), actor=world.actor("presidium")
        )
    assert await history(world, motion) == before


async def test_a_cancelled_meetings_motions_go_as_they_are_to_the_one_held_instead(world: World) -> None:
    secretary, mover = world.actor("secretary"), world.actor("mover")
    draft = await Drafting(world.database, BEFORE).create(world.meeting, TEXT, actor=mover)
    motion, extra = await replied(world), await another_meeting(world)
    cancel = Meetings(world.database, BEFORE).cancel
    with pytest.raises(StepDenied, match="motions_without_meeting"):
        await cancel(world.meeting, "Snöstorm.", actor=secretary)
    await cancel(world.meeting, "Snöstorm.", extra, actor=secretary)
    for each, state, number in ((draft, MotionState.DRAFT, None), (motion, MotionState.PREPARED, 1)):
        moved = await case_of(world, each)
        assert (moved.meeting_id, moved.state, moved.receipt_number) == (extra, state, number)
        assert (await history(world, each))[-1] == "readdress"
    await Drafting(world.database, BEFORE).submit(draft, actor=mover)
    assert (await case_of(world, draft)).receipt_number == 2


async def test_a_meeting_is_not_closed_while_a_motion_is_neither_on_the_agenda_nor_stopped(world: World) -> None:
    motion = await submitted(world)
    await Meetings(world.database, STARTS).open(world.meeting, actor=world.actor("presidium"))
    with pytest.raises(StepDenied, match="motions_untreated"):
        await close(world)
    at_the_meeting = Admission(world.database, STARTS), Decisions(world.database, STARTS)
    await at_the_meeting[0].admit(motion, actor=world.actor("secretary"))
    await at_the_meeting[1].schedule(motion, actor=world.actor("secretary"))
    await decide(world, motion, Verdict(Outcome.REJECT), Verdict(Outcome.CONSIDERED_ANSWERED))
    await close(world)
    async with world.database.unit(STARTS) as unit:
        assert (await unit.meetings.row(world.meeting)).state is MeetingState.CLOSED


async def test_a_motion_may_be_closed_only_when_its_meeting_no_longer_can_reopen_it(world: World) -> None:
    motion = await on_the_agenda(world)
    await decide(world, motion, Verdict(Outcome.REJECT), Verdict(Outcome.REJECT))
    with pytest.raises(StepDenied, match="meeting_still_open"):
        await FollowUps(world.database, STARTS).close(motion, actor=world.actor("secretary"))


@pytest.mark.parametrize(("votes", "carried"), [(Votes(10, 10), False), (Votes(11, 10), True), (None, True)])
async def test_reopening_takes_the_majority_of_the_order(world: World, votes: Votes | None, carried: bool) -> None:
    motion = await on_the_agenda(world)
    await decide(world, motion, Verdict(Outcome.REJECT), Verdict(Outcome.REJECT))
    first = (await clauses(world, motion))[0]
    reopen = Decisions(world.database, STARTS).reopen
    if carried:
        await reopen(first, "Ny uppgift om kostnaden.", votes, actor=world.actor("presidium"))
        assert (await case_of(world, motion)).state is MotionState.SCHEDULED
        return
    with pytest.raises(StepDenied, match="reopening_not_carried"):
        await reopen(first, "Ny uppgift om kostnaden.", votes, actor=world.actor("presidium"))
    assert (await case_of(world, motion)).state is MotionState.DECIDED


async def test_a_task_that_a_new_decision_took_back_is_nobodys(world: World) -> None:
    motion, secretary = await on_the_agenda(world), world.actor("secretary")
    await decide(world, motion, Verdict(Outcome.APPROVE), Verdict(Outcome.REJECT))
    first = (await clauses(world, motion))[0]
    due = (STARTS + timedelta(days=90)).date()
    await FollowUps(world.database, STARTS).assign(first, world.bodies["district/board"], due, actor=secretary)
    await Decisions(world.database, STARTS).reopen(first, "Fel underlag.", actor=world.actor("presidium"))
    await Decisions(world.database, STARTS).decide(first, Verdict(Outcome.REJECT), actor=world.actor("presidium"))
    await close(world)
    assert (await case_of(world, motion)).state is MotionState.CLOSED


async def test_a_reply_may_come_or_change_after_the_motion_was_put_on_the_agenda(world: World) -> None:
    motion, secretary = await submitted(world), world.actor("secretary")
    await Admission(world.database, BEFORE).admit(motion, actor=secretary)
    await Decisions(world.database, BEFORE).schedule(motion, actor=secretary)
    reply = Reply("Gärna.", APPROVE_ALL, "DS 12 februari, § 8", present=3)
    await Replies(world.database, BEFORE).adopt(motion, reply, actor=secretary)
    answered = await case_of(world, motion)
    assert (answered.state, answered.facts.replied_clauses) == (MotionState.SCHEDULED, 2)


async def test_a_slip_is_corrected_with_the_movers_consent_and_by_the_board_once_the_papers_are_out(
    world: World,
) -> None:
    motion, correct = await replied(world), Corrections(world.database, BEFORE).correct_clause
    first = (await clauses(world, motion))[0]
    slip = Correction("att köpa tolv cykelställ.", "Felskrivet antal.", approved_by="")
    with pytest.raises(StepDenied, match=r"not_your_role.*consent_missing"):
        await correct(first, slip, actor=world.actor("board"))
    await Decisions(world.database, BEFORE).schedule(motion, actor=world.actor("secretary"))
    await Meetings(world.database, BEFORE).send_papers(world.meeting, actor=world.actor("secretary"))
    await correct(first, slip, actor=world.actor("board"))
    assert (await history(world, motion))[-1] == "correct_papers"
    await Meetings(world.database, STARTS).open(world.meeting, actor=world.actor("presidium"))
    await Decisions(world.database, STARTS).decide(first, Verdict(Outcome.REJECT), actor=world.actor("presidium"))
    with pytest.raises(StepDenied, match="clause_closed"):
        await Corrections(world.database, STARTS).correct_clause(first, slip, actor=world.actor("secretary"))


async def test_a_stopped_motion_may_be_withdrawn_and_a_draft_at_any_time(world: World) -> None:
    late = DEADLINE + timedelta(days=1)
    motion = await Drafting(world.database, late).record(
        world.meeting, TEXT, world.numbers["mover"], Arrival(Channel.POST, late), actor=world.actor("secretary")
    )
    ground = Ground(Fault.LATE, "Kom den 8 februari.", "DS 12 februari, § 8")
    await Admission(world.database, late).refuse(motion, ground, actor=world.actor("secretary"))
    await Drafting(world.database, late).withdraw(motion, actor=world.actor("mover"))
    draft = await Drafting(world.database, late).create(world.meeting, TEXT, actor=world.actor("mover"))
    await Meetings(world.database, STARTS).open(world.meeting, actor=world.actor("presidium"))
    await Drafting(world.database, STARTS).withdraw(draft, actor=world.actor("mover"))
    for each in (motion, draft):
        assert (await case_of(world, each)).state is MotionState.WITHDRAWN
