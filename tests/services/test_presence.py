"""Coming and going: who has the rights and the votes at each moment."""

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select

from democracy.domain.actors import Member
from democracy.domain.kinds import Channel
from democracy.errors import NotFoundError
from democracy.services.meetings import Meetings
from democracy.services.proceedings.presence import Door, Presences
from democracy.services.proceedings.roll import Rolls
from democracy.storage import rolls
from democracy.storage.tables.roll import DelegateRow, PresenceRow
from democracy.storage.tables.step import StepRow
from tests.conference import NOW, Conference, conference
from tests.world import STARTS, World
from workflows.delegate import DelegateState
from workflows.engine import Role, StepDenied
from workflows.meeting import MeetingState
from workflows.statutes import Participant

MINUTE = timedelta(minutes=1)


@pytest.fixture
async def running(world: World) -> Conference:
    return await conference(world)


def presences(running: Conference, minutes: int = 0) -> Presences:
    return Presences(running.world.database, NOW + minutes * MINUTE)


async def come(running: Conference, member: UUID, minutes: int = 0) -> UUID:
    return await presences(running, minutes).check_in(running.meeting, Door(), actor=Member(member))


async def go(running: Conference, member: UUID, minutes: int = 0, *, for_good: bool = False) -> UUID:
    return await presences(running, minutes).check_out(running.meeting, Door(), for_good=for_good, actor=Member(member))


async def voters(running: Conference) -> set[UUID]:
    async with running.world.database.unit(NOW) as unit:
        return {each.member_id for each in await rolls.present_voters(unit.session, running.meeting)}


async def row(running: Conference, presence: UUID) -> PresenceRow:
    async with running.world.database.unit(NOW) as unit:
        found = await unit.session.get(PresenceRow, presence)
    assert found is not None
    return found


async def rules_taken(running: Conference) -> list[str]:
    async with running.world.database.unit(NOW) as unit:
        steps = select(StepRow.rule).where(StepRow.workflow == "presence").order_by(StepRow.at, StepRow.id)
        return list(await unit.session.scalars(steps))


def codes(denied: pytest.ExceptionInfo[StepDenied]) -> set[str]:
    return {each.code for each in denied.value.denials}


async def test_a_substitute_votes_while_the_delegate_is_away_and_not_after(running: Conference) -> None:
    delegate, substitute = running.ombud[0], running.substitutes[0]
    presence = await come(running, substitute)
    assert substitute not in await voters(running)
    await go(running, delegate, 1)
    assert await voters(running) == {*running.ombud[1:], substitute}
    stands_in = await row(running, presence)
    assert (stands_in.participant, stands_in.speaks, stands_in.proposes) == (Participant.SUBSTITUTE, True, True)
    assert stands_in.stands_in_for_id == running.delegates[delegate]
    await come(running, delegate, 2)
    assert await voters(running) == set(running.ombud)
    back = await row(running, presence)
    assert (back.voting, back.speaks, back.stands_in_for_id) == (False, False, None)
    assert await rules_taken(running) == ["check_in", "step_in", "check_out", "step_out", "check_in"]


async def test_a_substitute_from_another_branch_never_steps_in(running: Conference) -> None:
    await come(running, running.substitutes[1])
    await go(running, running.ombud[0], 1)
    assert await voters(running) == set(running.ombud[1:])


async def test_for_good_the_substitute_becomes_the_delegate(running: Conference) -> None:
    delegate, substitute = running.ombud[0], running.substitutes[0]
    await come(running, substitute)
    await go(running, delegate, 1, for_good=True)
    presence = await row(running, await come(running, delegate, 2))
    assert (presence.voting, presence.participant) == (False, Participant.MEMBER)
    assert await voters(running) == {*running.ombud[1:], substitute}
    async with running.world.database.unit(NOW) as unit:
        left = await unit.session.get(DelegateRow, running.delegates[delegate])
        heir = await unit.session.get(DelegateRow, running.delegates[substitute])
    assert left is not None
    assert heir is not None
    assert (left.state, heir.participant, heir.replaces_id) == (
        DelegateState.REPLACED, Participant.DELEGATE, left.id
    )  # fmt: skip


@pytest.mark.parametrize(
    ("who", "code"), [("ombud", "no_substitute_there"), ("board", "no_delegate"), ("board", "no_substitute_there")]
)
async def test_nobody_leaves_a_place_for_good_without_an_heir(running: Conference, who: str, code: str) -> None:
    member = running.ombud[0] if who == "ombud" else running.world.members[who]
    with pytest.raises(StepDenied) as denied:
        await go(running, member, for_good=True)
    assert code in codes(denied)
    assert await voters(running) == set(running.ombud)


async def test_everybody_comes_with_the_rights_of_the_matrix(running: Conference) -> None:
    members = running.world.members
    seen = {}
    for who in ("chair", "auditor", "member", "party_secretary"):
        found = await row(running, await come(running, members[who]))
        seen[who] = (found.participant, found.speaks, found.proposes, found.voting)
    assert seen == {
        "chair": (Participant.BOARD_MEMBER, True, True, False),
        "auditor": (Participant.AUDITOR, True, False, False),
        "member": (Participant.MEMBER, False, False, False),
        "party_secretary": (Participant.HIGHER_BOARD_MEMBER, True, True, False),
    }


async def test_the_secretary_checks_somebody_in_by_number_with_the_time_they_came(running: Conference) -> None:
    door = Door(number=running.world.numbers["neighbour"], at=STARTS + 10 * MINUTE, channel=Channel.PAPER)
    key = await presences(running).check_in(running.meeting, door, actor=running.meeting_secretary)
    found = await row(running, key)
    assert (found.member_id, found.in_at) == (running.world.members["neighbour"], STARTS + 10 * MINUTE)


async def test_a_stranger_learns_nothing_of_a_number(running: Conference) -> None:
    for number in (running.world.numbers["neighbour"], "9999"):
        with pytest.raises(StepDenied) as denied:
            await presences(running).check_in(running.meeting, Door(number=number), actor=running.world.actor("member"))
        assert codes(denied) == {"not_your_role"}
    with pytest.raises(NotFoundError):
        await presences(running).check_in(running.meeting, Door(number="9999"), actor=running.presidium)
    with pytest.raises(NotFoundError):
        await come(running, running.world.members["outsider"])


async def test_a_guest_comes_only_by_those_who_keep_the_door(running: Conference) -> None:
    door = Door(member_id=running.world.members["outsider"])
    found = await row(running, await presences(running).check_in(running.meeting, door, actor=running.presidium))
    assert (found.participant, found.speaks, found.voting) == (Participant.GUEST, False, False)


@pytest.mark.parametrize(
    ("minutes", "at", "code"), [(0, 1, "time_in_future"), (-24 * 60, None, "doors_closed")]
)  # fmt: skip
async def test_nobody_comes_before_the_day_or_in_the_future(
    running: Conference, minutes: int, at: int | None, code: str
) -> None:
    door = Door(at=NOW + at * MINUTE if at else None)
    with pytest.raises(StepDenied) as denied:
        await presences(running, minutes).check_in(running.meeting, door, actor=running.world.actor("member"))
    assert codes(denied) == {code}


async def test_whoever_is_away_cannot_leave_and_whoever_is_there_cannot_come(running: Conference) -> None:
    with pytest.raises(StepDenied) as away:
        await go(running, running.substitutes[0])
    with pytest.raises(StepDenied) as there:
        await come(running, running.ombud[0])
    assert codes(away) == codes(there) == {"wrong_state"}


async def test_of_two_who_check_the_same_person_in_at_once_one_is_told_that_they_are_there(
    running: Conference,
) -> None:
    member = running.world.members["neighbour"]
    tries = [
        presences(running).check_in(running.meeting, Door(), actor=Member(member)),
        presences(running).check_in(running.meeting, Door(member_id=member), actor=running.meeting_secretary),
    ]
    outcomes = await asyncio.gather(*tries, return_exceptions=True)
    assert sorted(type(each).__name__ for each in outcomes) == ["StepDenied", "UUID"]
    async with running.world.database.unit(NOW) as unit:
        rows = select(func.count()).select_from(PresenceRow).where(PresenceRow.member_id == member)
        assert (await unit.session.execute(rows)).scalar_one() == 1


async def test_a_branch_that_comes_and_goes_all_at_once_never_has_more_votes_than_seats(running: Conference) -> None:
    delegates, substitute = [running.ombud[0], running.ombud[4]], running.substitutes[0]
    for minute in range(1, 4):
        await asyncio.gather(*(go(running, each, minute) for each in delegates), come(running, substitute, minute))
        assert await voters(running) & {*delegates, substitute} == {substitute}
        await asyncio.gather(*(come(running, each, minute) for each in delegates), go(running, substitute, minute))
        assert await voters(running) & {*delegates, substitute} == set(delegates)


async def test_a_fixed_roll_stays_as_it_was_when_somebody_leaves(running: Conference) -> None:

    fixed = await Rolls(running.world.database, NOW).adjust(running.meeting, actor=running.presidium)
    await go(running, running.ombud[3], 1)
    async with running.world.database.unit(NOW) as unit:
        kept = {each.member_id for each in await rolls.entries(unit.session, fixed)}
    assert kept == set(running.ombud)


async def test_a_wrong_check_in_is_corrected_with_its_reason_and_moves_the_vote(running: Conference) -> None:
    await come(running, running.substitutes[0])
    async with running.world.database.unit(NOW) as unit:
        wrong = (await unit.session.scalars(
            select(PresenceRow.id).where(PresenceRow.member_id == running.ombud[0])
        )).one()  # fmt: skip
    with pytest.raises(StepDenied) as denied:
        await presences(running).correct(wrong, None, STARTS, " ", actor=running.meeting_secretary)
    assert codes(denied) == {"reason_missing"}
    await presences(running).correct(wrong, None, STARTS, "Fel person", actor=running.meeting_secretary)
    assert running.substitutes[0] in await voters(running)
    assert running.ombud[0] not in await voters(running)


async def test_at_an_annual_meeting_the_members_vote_and_nobody_steps_in(world: World) -> None:
    day = STARTS.replace(month=2, day=1, hour=13)
    meetings = Meetings(world.database, day)
    await meetings.open(world.annual_meeting, actor=world.actor("branch_secretary"))
    checked = Presences(world.database, day)
    for who in ("member", "branch_chair"):
        await checked.check_in(world.annual_meeting, Door(), actor=world.actor(who))
    async with world.database.unit(day) as unit:
        voting = {each.member_id for each in await rolls.present_voters(unit.session, world.annual_meeting)}
        roles = (await unit.meetings.case(world.annual_meeting, actor=world.actor("member"))).roles
    assert voting == {world.members["member"], world.members["branch_chair"]}
    assert Role.VOTER in roles


async def test_people_come_and_go_while_the_meeting_is_adjourned(running: Conference) -> None:
    async with running.world.database.unit(NOW) as unit:
        (await unit.meetings.row(running.meeting)).state = MeetingState.ADJOURNED
    await go(running, running.ombud[0], 1)
    await come(running, running.ombud[0], 2)
    assert await voters(running) == set(running.ombud)
