"""What nobody may do to a motion by a side door: act for another, learn a number, read what is not theirs."""

import base64
import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from democracy.domain.kinds import Channel, Fault, MeetingKind, Outcome
from democracy.errors import InvalidInputError, NotFoundError
from democracy.services.meetings import Meetings, Plan
from democracy.services.motions.admission import Admission, Ground
from democracy.services.motions.content import Content
from democracy.services.motions.drafting import Arrival, Drafting, UnitMover
from democracy.services.motions.replies import Recommendation, Replies, Reply
from democracy.storage.motion_case import MotionCase
from democracy.storage.motions import ClauseText
from democracy.storage.paging import Asked
from democracy.storage.reads import motions
from democracy.storage.reads.motions import MotionFilter, MotionOrder
from democracy.storage.reads.reader import Reader
from tests.world import BEFORE, World
from workflows.engine import StepDenied
from workflows.motion import MotionState

TEXT = Content("Fler cykelställ", "Det är fullt.", (ClauseText("att distriktet ska köpa cykelställ."),))
DECIDED = date(2026, 1, 5)
NOBODY = "999999"


@pytest.fixture
def drafting(world: World) -> Drafting:
    return Drafting(world.database, BEFORE)


@pytest.fixture
async def draft(world: World, drafting: Drafting) -> UUID:
    """By two movers."""
    motion = await drafting.create(world.meeting, TEXT, actor=world.actor("mover"))
    await drafting.invite(motion, world.numbers["co_mover"], actor=world.actor("mover"))
    await drafting.confirm(motion, actor=world.actor("co_mover"))
    return motion


async def seen(world: World, motion: UUID, role: str) -> MotionCase:
    async with world.database.unit(BEFORE) as unit:
        return await unit.motions.case(motion, actor=world.actor(role))


async def test_whoever_left_stands_again_only_after_saying_so_themselves(
    world: World, drafting: Drafting, draft: UUID
) -> None:
    await drafting.leave(draft, actor=world.actor("co_mover"))
    await drafting.invite(draft, world.numbers["co_mover"], actor=world.actor("mover"))
    facts = (await seen(world, draft, "mover")).facts
    assert (facts.movers, facts.invited) == (1, 1)
    await drafting.confirm(draft, actor=world.actor("co_mover"))
    assert (await seen(world, draft, "mover")).facts.movers == 2


async def test_asking_somebody_who_already_stands_changes_nothing(
    world: World, drafting: Drafting, draft: UUID
) -> None:
    await drafting.invite(draft, world.numbers["co_mover"], actor=world.actor("mover"))
    facts = (await seen(world, draft, "mover")).facts
    assert (facts.movers, facts.invited) == (2, 0)


async def test_an_invited_member_does_not_answer_for_a_unit_that_they_do_not_lead(
    world: World, drafting: Drafting, draft: UUID
) -> None:
    granvik = UnitMover(world.units["granvik"], "Årsmötet § 9", DECIDED)
    await drafting.invite(draft, world.numbers["member"], actor=world.actor("mover"))
    await drafting.invite_unit(draft, granvik.unit_id, actor=world.actor("mover"))
    with pytest.raises(StepDenied, match="not_your_role"):
        await drafting.confirm(draft, granvik, actor=world.actor("member"))
    assert (await seen(world, draft, "mover")).facts.movers == 2
    await drafting.confirm(draft, granvik, actor=world.actor("branch_chair"))
    assert (await seen(world, draft, "mover")).facts.movers == 3


async def test_whoever_took_their_name_off_a_draft_no_longer_reads_it(
    world: World, drafting: Drafting, draft: UUID
) -> None:
    await drafting.leave(draft, actor=world.actor("mover"))
    with pytest.raises(NotFoundError):
        await seen(world, draft, "mover")
    assert (await seen(world, draft, "co_mover")).facts.movers == 1


@pytest.mark.parametrize("role", ["secretary", "board", "auditor", "staff"])
async def test_a_draft_that_was_withdrawn_was_never_handed_in(world: World, drafting: Drafting, role: str) -> None:
    draft = await drafting.create(world.meeting, TEXT, actor=world.actor("mover"))
    await drafting.withdraw(draft, actor=world.actor("mover"))
    with pytest.raises(NotFoundError):
        await seen(world, draft, role)


async def test_what_was_asked_of_the_movers_does_not_go_into_the_papers(
    world: World, drafting: Drafting, draft: UUID
) -> None:
    secretary, admission = world.actor("secretary"), Admission(world.database, BEFORE)
    await drafting.submit(draft, actor=world.actor("mover"))
    await admission.return_(draft, "Skriv vem som ska betala.", BEFORE.replace(month=2), actor=secretary)
    await admission.refuse(draft, Ground(Fault.INCOMPLETE, "Ofullständig.", "DS § 4"), actor=secretary)
    async with world.database.unit(BEFORE) as unit:
        row = await unit.motions.row(draft)
        assert (row.completion_note, row.completion_due_at) == (None, None)


Try = Callable[[World, UUID, str, Any], Awaitable[UUID]]


async def invite(world: World, motion: UUID, number: str, actor: Any) -> UUID:
    return await Drafting(world.database, BEFORE).invite(motion, number, actor=actor)


async def confirm_for(world: World, motion: UUID, number: str, actor: Any) -> UUID:
    return await Drafting(world.database, BEFORE).confirm_for(motion, number, Channel.PAPER, actor=actor)


async def record(world: World, motion: UUID, number: str, actor: Any) -> UUID:
    arrival = Arrival(Channel.PAPER, BEFORE)
    return await Drafting(world.database, BEFORE).record(world.meeting, TEXT, number, arrival, actor=actor)


async def reserve(world: World, motion: UUID, number: str, actor: Any) -> UUID:
    return await Replies(world.database, BEFORE).reserve(motion, "Jag håller inte med.", number, actor=actor)


@pytest.mark.parametrize("attempt", [invite, confirm_for, record, reserve])
@pytest.mark.parametrize("whose", ["member", "board", None])
async def test_whoever_may_not_act_for_others_does_not_learn_which_numbers_exist(
    world: World, drafting: Drafting, draft: UUID, attempt: Try, whose: str | None
) -> None:
    await drafting.submit(draft, actor=world.actor("mover"))
    number = world.numbers[whose] if whose else NOBODY
    with pytest.raises(StepDenied) as refused:
        await attempt(world, draft, number, world.actor("auditor"))
    assert "not_your_role" in {denial.code for denial in refused.value.denials}


async def test_a_member_of_the_board_makes_no_reservation_in_a_colleagues_name(
    world: World, drafting: Drafting, draft: UUID
) -> None:
    secretary, replies = world.actor("secretary"), Replies(world.database, BEFORE)
    await drafting.submit(draft, actor=world.actor("mover"))
    await Admission(world.database, BEFORE).admit(draft, actor=secretary)
    reply = Reply("Bra.", (Recommendation(1, Outcome.APPROVE),), "DS § 8", present=3)
    await replies.adopt(draft, reply, actor=secretary)
    with pytest.raises(StepDenied, match="not_your_role"):
        await replies.reserve(draft, "Nej.", world.numbers["chair"], actor=world.actor("board"))
    await replies.reserve(draft, "Nej.", world.numbers["chair"], actor=secretary)
    await replies.reserve(draft, "Nej.", actor=world.actor("board"))


async def test_a_body_that_is_no_board_does_not_make_itself_the_one_that_prepares_a_meeting(world: World) -> None:
    conference = world.bodies["district/conference"]
    plan = Plan(conference, conference, MeetingKind.DISTRICT_CONFERENCE, "Kupp", datetime(2026, 5, 1, 9, tzinfo=UTC))
    with pytest.raises(InvalidInputError, match="no_board"):
        await Meetings(world.database, BEFORE).plan(plan, actor=world.actor("meeting_secretary"))
    proper = replace(plan, board_id=world.bodies["district/board"])
    await Meetings(world.database, BEFORE).plan(proper, actor=world.actor("secretary"))


@pytest.mark.parametrize(
    "values", [[None], [1], [1.5], [[]], [{}], ["a\0b"], ["\ud800"], [], ["a", "b"], "a", {"a": 1}]
)
@pytest.mark.parametrize("order", [MotionOrder.NEWEST, MotionOrder.RECEIPT_NUMBER])
async def test_a_cursor_of_somebodys_own_making_is_refused_before_it_reaches_the_database(
    world: World, values: Any, order: MotionOrder
) -> None:
    if order is MotionOrder.RECEIPT_NUMBER and isinstance(values, list):
        values = [2**40, *values]
    cursor = base64.urlsafe_b64encode(json.dumps(values).encode()).decode()
    reader = Reader(world.actor("mover"), BEFORE, world.database.zone)
    async with world.database.read() as connection:
        with pytest.raises(InvalidInputError, match="cursor"):
            await motions.listed(connection, reader, MotionFilter(), order, Asked(first=5, after=cursor))


async def test_the_secretary_acts_for_a_mover_only_when_the_mover_has_asked(world: World) -> None:
    drafting, secretary = Drafting(world.database, BEFORE), world.actor("secretary")
    motion = await drafting.create(world.meeting, TEXT, actor=world.actor("mover"))
    await drafting.submit(motion, actor=world.actor("mover"))
    with pytest.raises(StepDenied, match="mover_did_not_ask"):
        await drafting.withdraw(motion, actor=secretary)
    await drafting.withdraw(motion, "Brev den 9 januari.", actor=secretary)
    async with world.database.unit(BEFORE) as unit:
        assert (await unit.motions.row(motion)).state is MotionState.WITHDRAWN
