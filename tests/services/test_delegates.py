"""Branches report their delegates and substitutes; the meeting decides on what comes after the roll."""

import asyncio
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, update

from democracy.domain.actors import Anonymous, Member
from democracy.domain.ids import new_id
from democracy.domain.kinds import Channel
from democracy.errors import InvalidInputError
from democracy.services.proceedings.allotment import Allotments
from democracy.services.proceedings.delegate_changes import DelegateChanges
from democracy.services.proceedings.delegates import Delegations, Named, Report
from democracy.services.proceedings.door import CodeDoor
from democracy.services.proceedings.presence import Door, Presences
from democracy.services.proceedings.roll import Rolls
from democracy.storage import rolls
from democracy.storage.person_export import everything_about
from democracy.storage.tables.agenda import WaiverRow
from democracy.storage.tables.member import MembershipRow
from democracy.storage.tables.outbox import OutboxRow
from democracy.storage.tables.roll import AllotmentRow, DelegateRow, SeatsRow
from tests.conference import NOW, Conference, conference
from tests.world import BEFORE, STARTS, World
from workflows.delegate import DelegateState
from workflows.engine import StepDenied
from workflows.statutes import Participant

IN_TIME, LATE = STARTS - timedelta(days=20), STARTS - timedelta(days=3)


@pytest.fixture
async def shared_out(world: World) -> World:
    """The seats are shared out: one for each branch."""
    await Allotments(world.database, BEFORE).freeze(world.meeting, actor=world.actor("secretary"))
    return world


def report_of(world: World, *delegates: str, substitutes: tuple[str, ...] = (), branch: str = "granvik") -> Report:
    def named(names: tuple[str, ...]) -> tuple[Named, ...]:
        return tuple(Named(number=world.numbers[name]) for name in names)

    return Report(
        world.meeting, world.units[branch], "Årsmötet § 9", named(delegates), named(substitutes), date(2026, 2, 1)
    )


async def report(world: World, given: Report, who: str = "branch_secretary", at: datetime = IN_TIME) -> None:
    await Delegations(world.database, at).report(given, actor=world.actor(who))


async def reported(world: World) -> list[tuple[UUID, Participant, int, DelegateState, bool]]:
    async with world.database.unit(NOW) as unit:
        rows = await unit.session.scalars(
            select(DelegateRow)
            .where(DelegateRow.ended_at.is_(None), DelegateRow.meeting_id == world.meeting)
            .order_by(DelegateRow.participant, DelegateRow.position)
        )
        return [(row.member_id, row.participant, row.position, row.state, row.late) for row in rows]


def codes(denied: pytest.ExceptionInfo[StepDenied]) -> set[str]:
    return {each.code for each in denied.value.denials}


async def test_a_branch_reports_its_delegates_and_substitutes_and_each_is_told(shared_out: World) -> None:
    await report(shared_out, report_of(shared_out, "mover", substitutes=("member",)))
    assert await reported(shared_out) == [
        (shared_out.members["mover"], Participant.DELEGATE, 1, DelegateState.ACCEPTED, False),
        (shared_out.members["member"], Participant.SUBSTITUTE, 1, DelegateState.ACCEPTED, False),
    ]
    async with shared_out.database.unit(NOW) as unit:
        mails = list(await unit.session.scalars(select(OutboxRow).where(OutboxRow.purpose == "delegate_reported")))
        kept = set(await unit.session.scalars(select(DelegateRow.check_in_code)))
    assert {mail.member_id for mail in mails} == {shared_out.members["mover"], shared_out.members["member"]}
    assert all(any(code and code in mail.body for code in kept) for mail in mails)


@pytest.mark.parametrize("who", ["branch_chair", "staff", "meeting_secretary"])
async def test_the_chair_reports_and_the_office_and_the_secretary_record_a_letter(shared_out: World, who: str) -> None:
    letter = replace(report_of(shared_out, "mover"), channel=Channel.POST, received_at=IN_TIME - timedelta(days=2))
    await report(shared_out, letter, who)
    assert [each[0] for each in await reported(shared_out)] == [shared_out.members["mover"]]


@pytest.mark.parametrize("who", ["member", "neighbour", "auditor", "delegate"])
async def test_others_report_nobody_and_learn_nothing_of_a_number(shared_out: World, who: str) -> None:
    unknown = Report(shared_out.meeting, shared_out.units["granvik"], "§ 9", (Named(number="9999"),))
    with pytest.raises(StepDenied) as denied:
        await report(shared_out, unknown, who)
    assert codes(denied) == {"not_your_role"}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"delegates": ("mover", "member")}, {"no_seat_left"}),
        ({"delegates": ("mover",), "substitutes": ("member", "auditor")}, {"no_seat_left"}),
        ({"delegates": ("neighbour",)}, {"votes_elsewhere"}),
        ({"delegates": ("mover",), "decision": " "}, {"decision_missing"}),
        ({"delegates": ("mover",), "weight": 2}, {"weight_too_big"}),
        ({"delegates": ("mover",), "proxies": 1}, {"proxies_too_many"}),
        ({"delegates": ("lapsed",)}, {"no_member_yet", "votes_elsewhere"}),
    ],
)
async def test_a_report_that_cannot_be_taken_leaves_nobody(
    shared_out: World, given: dict[str, object], expected: set[str]
) -> None:
    shared_out.numbers["lapsed"] = shared_out.numbers["chair"]
    async with shared_out.database.unit(IN_TIME) as unit:
        lapsed = update(MembershipRow).where(MembershipRow.member_id == shared_out.members["chair"])
        await unit.session.execute(lapsed.values(lapses_on=date(2026, 1, 15)))
    votes = {key: value for key, value in given.items() if key in {"weight", "proxies"}}
    names = given["delegates"], given.get("substitutes", ())
    made = report_of(shared_out, *names[0], substitutes=names[1])  # type: ignore[misc, arg-type]
    made = replace(made, delegates=tuple(replace(each, **votes) for each in made.delegates))  # type: ignore[arg-type]
    made = replace(made, decision=given.get("decision", made.decision))  # type: ignore[arg-type]
    with pytest.raises(StepDenied) as denied:
        await report(shared_out, made)
    assert codes(denied) == expected
    assert await reported(shared_out) == []


async def test_nobody_is_delegate_twice_and_the_refusal_says_where_they_are(shared_out: World) -> None:
    await report(shared_out, report_of(shared_out, "mover"))
    async with shared_out.database.unit(IN_TIME) as unit:
        moved = update(MembershipRow).where(MembershipRow.member_id == shared_out.members["mover"])
        await unit.session.execute(moved.values(unit_id=shared_out.units["stenvika"]))
    with pytest.raises(StepDenied) as denied:
        await report(shared_out, report_of(shared_out, "mover", branch="stenvika"), "staff")
    assert codes(denied) == {"reported_already"}
    assert denied.value.denials[0].params == {
        "number": shared_out.numbers["mover"], "unit": "Partiföreningen Granvik"
    }  # fmt: skip


async def test_of_two_branches_that_report_the_same_person_at_once_one_succeeds(shared_out: World) -> None:
    async def tries(branch: str) -> str:
        given = Report(shared_out.meeting, shared_out.units[branch], "§ 9", (Named(shared_out.members["mover"]),))
        try:
            await report(shared_out, given, "staff")
        except StepDenied as denied:
            return ",".join(sorted(each.code for each in denied.denials))
        return "taken"

    outcomes = await asyncio.gather(*(tries(branch) for branch in ("granvik", "stenvika", "granvik")))
    assert outcomes.count("taken") == 1
    assert len(await reported(shared_out)) == 1


async def test_a_branch_fills_no_more_than_its_seats_however_many_report_at_once(shared_out: World) -> None:
    names = ("mover", "member", "chair", "secretary", "auditor")
    tries = [report(shared_out, report_of(shared_out, name)) for name in names]
    outcomes = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(each is None for each in outcomes) == 1
    assert all(isinstance(each, StepDenied) for each in outcomes if each is not None)
    assert len(await reported(shared_out)) == 1


async def test_unknown_people_and_people_named_twice_are_pointed_at(shared_out: World) -> None:
    given = replace(
        report_of(shared_out, "mover"),
        substitutes=(Named(number=shared_out.numbers["mover"]), Named(number="9999")),
    )
    with pytest.raises(InvalidInputError) as invalid:
        await report(shared_out, given)
    assert [(each.path, each.code) for each in invalid.value.fields] == [
        ("substitutes.0", "named_twice"), ("substitutes.1", "unknown_member")
    ]  # fmt: skip


async def test_a_late_report_is_taken_with_a_warning_until_the_roll_is_fixed(shared_out: World) -> None:
    await report(shared_out, report_of(shared_out, "mover"), at=LATE)
    assert (await reported(shared_out))[0][3:] == (DelegateState.ACCEPTED, True)


async def test_reports_wait_for_the_seats_to_be_shared_out(world: World) -> None:
    with pytest.raises(StepDenied) as denied:
        await report(world, report_of(world, "mover"))
    assert "seats_not_allotted" in codes(denied)


@pytest.fixture
async def running(world: World) -> Conference:
    return await conference(world)


async def late_report(running: Conference) -> UUID:
    """After the roll was fixed a delegate resigns, and the branch elects a member who is there already."""
    world = running.world
    await Rolls(world.database, NOW).adjust(running.meeting, actor=running.presidium)
    await DelegateChanges(world.database, NOW).resign(running.delegates[running.ombud[1]], actor=running.actor(1))
    async with world.database.unit(NOW) as unit:
        move = update(MembershipRow).where(MembershipRow.member_id == world.members["neighbour"])
        await unit.session.execute(move.values(unit_id=running.branches[1]))
    await Presences(world.database, NOW).check_in(running.meeting, Door(), actor=world.actor("neighbour"))
    given = Report(running.meeting, running.branches[1], "Möte § 2", (Named(world.members["neighbour"]),))
    await Delegations(world.database, NOW).report(given, actor=world.actor("staff"))
    async with world.database.unit(NOW) as unit:
        waiting = select(DelegateRow.id).where(DelegateRow.state == DelegateState.REPORTED)
        return (await unit.session.scalars(waiting)).one()


async def voters(running: Conference) -> set[UUID]:
    async with running.world.database.unit(NOW) as unit:
        return {each.member_id for each in await rolls.present_voters(unit.session, running.meeting)}


async def test_after_the_roll_the_meeting_decides_whether_a_late_report_is_taken(running: Conference) -> None:
    late, neighbour = await late_report(running), running.world.members["neighbour"]
    assert await voters(running) == set(running.ombud) - {running.ombud[1]}
    changes = DelegateChanges(running.world.database, NOW)
    with pytest.raises(StepDenied) as denied:
        await changes.accept(late, actor=running.world.actor("staff"))
    assert codes(denied) == {"not_your_role"}
    await changes.accept(late, actor=running.presidium)
    assert await voters(running) == (set(running.ombud) - {running.ombud[1]}) | {neighbour}


async def test_a_late_report_that_the_meeting_refuses_gives_no_vote(running: Conference) -> None:
    late = await late_report(running)
    changes = DelegateChanges(running.world.database, NOW)
    with pytest.raises(StepDenied) as denied:
        await changes.refuse(late, " ", actor=running.meeting_secretary)
    assert codes(denied) == {"reason_missing"}
    await changes.refuse(late, "Valet saknar beslut", actor=running.meeting_secretary)
    assert running.world.members["neighbour"] not in await voters(running)


async def test_whoever_resigns_loses_the_vote_and_the_substitute_who_is_there_has_it(running: Conference) -> None:
    substitute = running.substitutes[2]
    await Presences(running.world.database, NOW).check_in(running.meeting, Door(), actor=Member(substitute))
    await DelegateChanges(running.world.database, NOW).resign(
        running.delegates[running.ombud[2]], actor=running.actor(2)
    )
    assert await voters(running) == (set(running.ombud) - {running.ombud[2]}) | {substitute}


async def test_nobody_resigns_for_somebody_of_another_branch(running: Conference) -> None:
    with pytest.raises(StepDenied) as denied:
        await DelegateChanges(running.world.database, NOW).resign(
            running.delegates[running.ombud[2]], actor=running.actor(0)
        )
    assert codes(denied) == {"not_your_role"}


async def test_a_wrong_person_is_corrected_by_a_new_place_that_names_the_old(shared_out: World) -> None:
    await report(shared_out, report_of(shared_out, "mover"))
    async with shared_out.database.unit(NOW) as unit:
        wrong = (await unit.session.scalars(select(DelegateRow.id))).one()
    changes = DelegateChanges(shared_out.database, IN_TIME)
    actor = shared_out.actor("branch_secretary")
    right = await changes.correct(wrong, "Fel nummer", number=shared_out.numbers["member"], actor=actor)
    async with shared_out.database.unit(NOW) as unit:
        row = await unit.session.get(DelegateRow, right)
    assert row is not None
    assert (row.replaces_id, row.member_id, row.position) == (wrong, shared_out.members["member"], 1)
    assert [each[0] for each in await reported(shared_out)] == [shared_out.members["member"]]


async def test_after_the_roll_the_branch_no_longer_corrects(running: Conference) -> None:
    await Rolls(running.world.database, NOW).adjust(running.meeting, actor=running.presidium)
    async with running.world.database.unit(NOW) as unit:
        granvik = update(DelegateRow).where(DelegateRow.member_id == running.ombud[0])
        await unit.session.execute(granvik.values(unit_id=running.world.units["granvik"]))
    with pytest.raises(StepDenied) as denied:
        await DelegateChanges(running.world.database, NOW).correct(
            running.delegates[running.ombud[0]], "Fel", number="1", actor=running.world.actor("branch_secretary")
        )
    assert codes(denied) == {"roll_is_fixed"}


async def test_the_code_that_was_sent_checks_its_owner_in_however_it_is_typed(shared_out: World) -> None:
    await report(shared_out, report_of(shared_out, "mover"))
    async with shared_out.database.unit(NOW) as unit:
        code = str((await unit.session.scalars(select(DelegateRow.check_in_code))).one())
    door = CodeDoor(shared_out.database, STARTS, address="192.0.2.1")
    _, who = await door.check_in(shared_out.meeting, f" {code.lower().replace('-', ' ')} ", actor=Anonymous())
    assert who == Member(shared_out.members["mover"])
    with pytest.raises(StepDenied) as again:
        await door.check_in(shared_out.meeting, code, actor=Anonymous())
    assert codes(again) == {"wrong_state"}


async def test_codes_are_not_guessed(shared_out: World) -> None:
    await report(shared_out, report_of(shared_out, "mover"))
    door = CodeDoor(shared_out.database, STARTS, address="192.0.2.1")
    seen = []
    for _ in range(25):
        with pytest.raises(InvalidInputError) as invalid:
            await door.check_in(shared_out.meeting, "AAAA-AAAA", actor=Anonymous())
        seen.append(invalid.value.fields[0].code)
    assert seen[:20] == ["wrong_check_in_code"] * 20
    assert seen[21:] == ["too_many_codes"] * 4


async def test_the_meeting_may_let_a_branch_correct_its_report_after_the_roll(running: Conference) -> None:
    world = running.world
    await Rolls(world.database, NOW).adjust(running.meeting, actor=running.presidium)
    async with world.database.unit(NOW) as unit:
        granvik = update(DelegateRow).where(DelegateRow.member_id == running.ombud[0])
        await unit.session.execute(granvik.values(unit_id=world.units["granvik"]))
        waived = {"workflow": "delegate", "code": "roll_is_fixed", "reason": "Enhälligt", "decided_at": NOW}
        unit.session.add(WaiverRow(id=new_id(), meeting_id=running.meeting, **waived))
        allotment = (await unit.session.scalars(select(AllotmentRow.id))).one()
        unit.session.add(SeatsRow(allotment_id=allotment, unit_id=world.units["granvik"], members=8, seats=1))
    right = await DelegateChanges(world.database, NOW).correct(
        running.delegates[running.ombud[0]],
        "Fel nummer",
        number=world.numbers["member"],
        actor=world.actor("branch_secretary"),
    )
    async with world.database.unit(NOW) as unit:
        row = await unit.session.get(DelegateRow, right)
    assert row is not None
    assert row.member_id == world.members["member"]


async def test_a_person_can_read_where_they_were_sent_and_have_been(running: Conference) -> None:
    await Rolls(running.world.database, NOW).adjust(running.meeting, actor=running.presidium)
    async with running.world.database.read() as connection:
        held = await everything_about(connection, running.ombud[0])
    assert [row["unit"] for row in held["delegate_for"]] == ["Partiföreningen Tallmo"]
    assert [row["voting"] for row in held["attended"]] == [True]
    assert [row["number"] for row in held["on_rolls"]] == [1]
