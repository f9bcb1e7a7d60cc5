"""Seats shared out by the register on the statutes' day."""

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from democracy.counting import recount
from democracy.counting.allotment import allot
from democracy.domain.kinds import MeetingKind
from democracy.errors import InvalidInputError
from democracy.services.meetings import Meetings, Plan
from democracy.services.proceedings.allotment import Allotments, DrawnLot
from democracy.services.proceedings.sharing_out import counting_rule
from democracy.storage import statutes
from democracy.storage.tables.agenda import MeetingUnitRow
from democracy.storage.tables.member import MembershipRow
from democracy.storage.tables.roll import AllotmentRow, SeatsRow
from democracy.storage.tables.step import StepRow
from democracy.storage.tables.unit import UnitRow
from tests.world import BEFORE, STARTS, World
from workflows.engine import StepDenied
from workflows.statutes import packaged
from workflows.statutes.parameters.delegates import Allotment, Bracket, FirstDivisor, Method

NEW_YEAR = datetime(2025, 12, 31, 23, 30, tzinfo=BEFORE.tzinfo)
"""Half past midnight on 1 January in Sweden."""


def allotments(world: World, at: datetime = BEFORE) -> Allotments:
    return Allotments(world.database, at)


async def seats(world: World) -> dict[str, tuple[int, int]]:
    names = {key: name for name, key in world.units.items()}
    async with world.database.unit(BEFORE) as unit:
        rows = await unit.session.scalars(select(SeatsRow))
        return {names[row.unit_id]: (row.members, row.seats) for row in rows if row.seats}


def codes(denied: pytest.ExceptionInfo[StepDenied]) -> set[str]:
    return {each.code for each in denied.value.denials}


async def test_each_branch_gets_seats_by_its_members_on_the_first_of_january(world: World) -> None:
    async with world.database.unit(BEFORE) as unit:
        joined_late = update(MembershipRow).where(MembershipRow.member_id == world.members["neighbour"])
        await unit.session.execute(joined_late.values(effective_on=date(2026, 1, 2)))
    await allotments(world).freeze(world.meeting, actor=world.actor("secretary"))
    assert await seats(world) == {"granvik": (8, 1), "stenvika": (7, 1)}


async def test_the_working_is_kept_and_counts_again_to_the_same(world: World) -> None:
    await allotments(world).freeze(world.meeting, actor=world.actor("staff"))
    async with world.database.unit(BEFORE) as unit:
        row = (await unit.session.scalars(select(AllotmentRow))).one()
        step = (await unit.session.scalars(select(StepRow).where(StepRow.workflow == "allotment"))).one()
    protocol = json.loads(row.protocol)
    assert row.counted_on == date(2026, 1, 1)
    assert (protocol["figures"]["members"], protocol["allotted"]) == (
        {"granvik": 8, "norrmark": 0, "stenvika": 8}, {"granvik": 1, "norrmark": 0, "stenvika": 1}
    )  # fmt: skip
    assert protocol["roll"]["members"] == 16
    assert protocol["rule"]["paragraph"] == "N 3"
    counted = recount.Count(protocol).run()
    assert counted["stages"] == protocol["stages"]
    assert json.loads(step.record)["outcome"]["seats"] == 2


@pytest.mark.parametrize("change", ["paused", "ended", "founded later", "not called"])
async def test_a_unit_that_was_not_there_or_is_not_called_gets_no_seats(world: World, change: str) -> None:
    async with world.database.unit(BEFORE) as unit:
        stenvika = update(UnitRow).where(UnitRow.id == world.units["stenvika"])
        day = date(2026, 1, 1)
        if change == "not called":
            unit.session.add(MeetingUnitRow(meeting_id=world.meeting, unit_id=world.units["granvik"]))
        else:
            values = {"paused": {"paused_on": day}, "ended": {"ended_on": day}}
            await unit.session.execute(stenvika.values(**values.get(change, {"founded_on": day + timedelta(days=1)})))
    await allotments(world).freeze(world.meeting, actor=world.actor("secretary"))
    assert (await seats(world)).keys() == {"granvik"}


@pytest.mark.parametrize(
    ("who", "at", "code"),
    [("member", BEFORE, "not_your_role"), ("secretary", NEW_YEAR, "counting_day_not_over")],
)
async def test_a_refused_allotment_leaves_nothing(world: World, who: str, at: datetime, code: str) -> None:
    with pytest.raises(StepDenied) as denied:
        await allotments(world, at).freeze(world.meeting, actor=world.actor(who))
    assert codes(denied) == {code}
    assert await seats(world) == {}


async def test_counting_anew_needs_a_reason_and_takes_the_place_of_the_first(world: World) -> None:
    await allotments(world).freeze(world.meeting, actor=world.actor("secretary"))
    with pytest.raises(StepDenied) as denied:
        await allotments(world).freeze(world.meeting, actor=world.actor("secretary"))
    assert codes(denied) == {"reason_missing"}
    async with world.database.unit(BEFORE) as unit:
        unit.session.add(MeetingUnitRow(meeting_id=world.meeting, unit_id=world.units["stenvika"]))
    await allotments(world).freeze(world.meeting, reason="Fel föreningar", actor=world.actor("secretary"))
    assert (await seats(world)).keys() == {"stenvika"}


async def test_an_annual_meeting_has_no_delegates_to_share_out(world: World) -> None:
    with pytest.raises(StepDenied) as denied:
        await allotments(world).freeze(world.annual_meeting, actor=world.actor("branch_secretary"))
    assert codes(denied) == {"no_rule"}


async def meeting_under(world: World, rule: Allotment) -> UUID:
    """A conference planned after the district has adopted another rule."""
    own = packaged("norrviken")
    settings = {**own.settings, "delegates.allotment.district_conference": rule}
    async with world.database.unit(BEFORE) as unit:
        await statutes.adopt(unit.session, world.units["norrviken"], replace(own, settings=settings), unit.now)
    plan = Plan(
        body_id=world.bodies["district/conference"],
        board_id=world.bodies["district/board"],
        kind=MeetingKind.DISTRICT_CONFERENCE,
        name="Extra distriktsårskonferens 2026",
        starts_at=STARTS,
    )
    return await Meetings(world.database, BEFORE).plan(plan, actor=world.actor("secretary"))


async def test_the_last_seat_waits_for_a_lot_and_the_lot_is_kept_with_its_witnesses(world: World) -> None:
    secretary = world.actor("secretary")
    meeting = await meeting_under(world, Allotment(Method.SAINTE_LAGUE, total=3, first_divisor=FirstDivisor(6, 5)))
    with pytest.raises(StepDenied) as denied:
        await allotments(world).freeze(meeting, actor=secretary)
    assert codes(denied) == {"lot_needed"}
    order = ("stenvika", "granvik")
    with pytest.raises(InvalidInputError):
        await allotments(world).freeze(meeting, DrawnLot(order, "Gunhild", ("Inga",)), actor=secretary)
    lot = DrawnLot(order, "Gunhild Bergvide", ("Inga Malmrot", "Yusuf Ekfors"))
    await allotments(world).freeze(meeting, lot, actor=secretary)
    assert await seats(world) == {"granvik": (8, 1), "stenvika": (8, 2)}


async def test_seats_too_few_for_the_minimum_are_not_shared_out(world: World) -> None:
    meeting = await meeting_under(world, Allotment(Method.LARGEST_REMAINDER, total=1, minimum=1))
    with pytest.raises(StepDenied) as denied:
        await allotments(world).freeze(meeting, actor=world.actor("secretary"))
    assert codes(denied) == {"not_countable"}


MEMBERS = st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 400), min_size=2)


@given(MEMBERS, st.sampled_from([Method.SAINTE_LAGUE, Method.DHONDT, Method.LARGEST_REMAINDER]), st.integers(12, 60))
def test_a_proportional_rule_shares_out_its_total_with_the_minimum_inside(
    members: dict[str, int], method: Method, total: int
) -> None:
    rule = Allotment(method, minimum=2, total=total)
    protocol = allot(members, rule.total, counting_rule(rule, "53"))
    if protocol.settled:
        allotted = protocol.more["allotted"]
        assert sum(allotted.values()) == total
        assert min(allotted.values()) >= 2


@given(MEMBERS)
def test_the_other_rules_give_each_unit_what_they_say(members: dict[str, int]) -> None:
    started = allot(members, None, counting_rule(Allotment(Method.PER_STARTED, per=20), "")).more["allotted"]
    assert started == {unit: -(-size // 20) for unit, size in members.items()}
    equal = allot(members, None, counting_rule(Allotment(Method.EQUAL, minimum=1), "")).more["allotted"]
    assert set(equal.values()) == {1}
    brackets = Allotment(Method.BRACKETS, brackets=(Bracket(1, 50), Bracket(3)))
    steps = allot(members, None, counting_rule(brackets, "")).more["allotted"]
    assert steps == {unit: 1 if size <= 50 else 3 for unit, size in members.items()}
