"""A conference's morning as those who are there meet it in the API: reported, let in, counted."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update
from starlette.requests import HTTPConnection

from democracy.app import Application
from democracy.domain.actors import Actor, Anonymous, Member
from democracy.domain.kinds import Gender
from democracy.services.proceedings.roll import Rolls
from democracy.settings import Settings
from democracy.storage.tables.member import MemberRow
from democracy.storage.tables.roll import DelegateRow
from schema.context import Context
from schema.ids import global_id
from schema.schema import schema
from tests.conference import NOW, Conference, conference
from tests.statements import recorded
from tests.world import BEFORE, STARTS, World

RIGHTS = """query($id: ID!) { meeting(id: $id) { viewerRights {
    participant checkedIn attend speak propose vote votes why { code message } paragraph { key } } } }"""
CHECK_IN = """mutation($input: CheckInInput!) { done: checkIn(input: $input) { __typename
    ... on Presence { name unitName voting standsInFor state actions { name allowed } }
    ... on NotAllowed { message denials { code } } ... on InvalidInput { fields { path code message } } } }"""
CHECK_OUT = """mutation($input: CheckOutInput!) { done: checkOut(input: $input) { __typename
    ... on NotAllowed { message } } }"""
ADJUST = """mutation($input: AdjustVoterRollInput!) { done: adjustVoterRoll(input: $input) {
    __typename ... on Roll { number voters votes entries(first: 100) { nodes { name unitName } } } } }"""


@dataclass
class Door:
    """The API over one world, asked by anybody at any time."""

    app: Application
    world: World

    async def ask(self, actor: Actor, query: str, at: datetime = NOW, language: Any = "sv", **variables: Any) -> Any:
        scope = {"type": "http", "headers": [], "client": ("192.0.2.1", 1)}
        context = Context(self.app, HTTPConnection(scope), actor, at, language)
        result = await schema.execute(query, variable_values=variables, context_value=context)
        assert result.errors is None, result.errors
        return result.data

    async def change(self, actor: Actor, query: str, at: datetime = NOW, **given: Any) -> Any:
        return (await self.ask(actor, query, at, input=given))["done"]

    async def rights(self, actor: Actor, at: datetime = NOW) -> Any:
        found = await self.ask(actor, RIGHTS, at, id=self.meeting)
        return found["meeting"]["viewerRights"]

    @property
    def meeting(self) -> str:
        return global_id("Meeting", self.world.meeting)


@pytest.fixture
async def door(world_url: tuple[str, World]) -> AsyncIterator[Door]:
    url, template = world_url
    app = Application(Settings(database_url=url, cheap_passwords=True, pool_size=3, throttle_addresses=True))
    yield Door(app, replace(template, database=app.database))
    await app.close()


@pytest.fixture
async def running(door: Door) -> Conference:
    return await conference(door.world)


async def test_everybody_is_told_what_they_may_do_and_why_not_more(door: Door, running: Conference) -> None:
    ombud = await door.rights(running.actor(0))
    assert ombud == {
        "participant": "DELEGATE", "checkedIn": True, "attend": True, "speak": True, "propose": True, "vote": True,
        "votes": 1, "why": [], "paragraph": {"key": "rights-matrix"},
    }  # fmt: skip
    substitute = await door.rights(Member(running.substitutes[0]))
    assert (substitute["participant"], substitute["attend"], substitute["vote"]) == ("SUBSTITUTE", True, False)
    assert [each["code"] for each in substitute["why"]] == ["not_checked_in", "substitute_waits"]
    board = await door.rights(running.world.actor("board"))
    assert (board["speak"], board["propose"], board["vote"]) == (True, True, False)
    assert [each["code"] for each in board["why"]] == ["no_vote_in_this_capacity"]
    assert await door.rights(running.world.actor("staff")) is None


async def test_whoever_comes_after_the_roll_was_fixed_votes_from_the_next_time(door: Door, running: Conference) -> None:
    late = running.actor(3)
    await door.change(late, CHECK_OUT, meetingId=door.meeting)
    await Rolls(door.world.database, NOW).adjust(running.meeting, actor=running.presidium)
    came = await door.change(late, CHECK_IN, meetingId=door.meeting)
    assert (came["__typename"], came["voting"]) == ("Presence", True)
    waits = await door.rights(late)
    assert (waits["vote"], [each["code"] for each in waits["why"]]) == (False, ["roll_fixed_before_you_came"])
    fixed = await door.change(running.presidium, ADJUST, meetingId=door.meeting)
    assert (fixed["number"], fixed["voters"], fixed["votes"]) == (2, 6, 6)
    assert len(fixed["entries"]["nodes"]) == 6
    assert (await door.rights(late))["vote"]


async def test_the_roll_says_whether_it_still_holds(door: Door, running: Conference) -> None:
    query = """query($id: ID!) { meeting(id: $id) { roll { present voters votes current
        fixed { number } rolls { number } actions { name allowed } } } }"""

    async def roll(at: datetime = NOW) -> Any:
        return (await door.ask(running.presidium, query, at, id=door.meeting))["meeting"]["roll"]

    before = await roll()
    assert before == {
        "present": 9, "voters": 6, "votes": 6, "current": False, "fixed": None, "rolls": [],
        "actions": [{"name": "adjust", "allowed": True}],
    }  # fmt: skip
    await door.change(running.presidium, ADJUST, meetingId=door.meeting)
    assert (await roll())["current"]
    assert not (await roll(NOW + timedelta(days=1)))["current"]
    await door.change(running.actor(5), CHECK_OUT, meetingId=door.meeting)
    after = await roll()
    assert (after["voters"], after["current"], after["fixed"]) == (5, False, {"number": 1})


async def test_a_substitute_is_shown_with_the_delegate_whose_vote_it_is(door: Door, running: Conference) -> None:
    await door.change(running.actor(0), CHECK_OUT, meetingId=door.meeting)
    came = await door.change(Member(running.substitutes[0]), CHECK_IN, meetingId=door.meeting)
    assert (came["voting"], came["standsInFor"]) == (True, "Lo Ombud 001")
    assert {"name": "check_out", "allowed": True} in came["actions"]


async def test_a_code_lets_its_owner_in_where_nobody_is_signed_in(door: Door, running: Conference) -> None:
    code = "7K2M-Q9XD"
    async with door.world.database.unit(NOW) as unit:
        mine = update(DelegateRow).where(DelegateRow.member_id == running.substitutes[1])
        await unit.session.execute(mine.values(check_in_code=code))
    wrong = await door.change(Anonymous(), CHECK_IN, meetingId=door.meeting, code="AAAA-AAAA")
    assert wrong["fields"] == [
        {
            "path": "code",
            "code": "wrong_check_in_code",
            "message": "Koden stämmer inte för det här mötet. Kontrollera den, eller be sekreteraren checka in dig.",
        }
    ]
    came = await door.change(Anonymous(), CHECK_IN, meetingId=door.meeting, code="7k2m q9xd")
    assert (came["__typename"], came["name"]) == ("Presence", "Lo Ersättare 2")
    again = await door.change(Anonymous(), CHECK_IN, meetingId=door.meeting, code=code)
    assert again["message"] == "Checka in går inte nu: personen är incheckad."


async def test_a_branch_reports_and_is_refused_in_words_that_say_where_somebody_is(door: Door) -> None:
    world, secretary = door.world, door.world.actor("secretary")
    freeze = """mutation($input: FreezeAllotmentInput!) { done: freezeAllotment(input: $input) { ... on Meeting {
        allotment { state countedOn working seats { unitName members seats } preview { working } } } } }"""
    made = await door.change(secretary, freeze, BEFORE, meetingId=door.meeting)
    assert made["allotment"]["countedOn"] == "2026-01-01"
    assert {"unitName": "Partiföreningen Granvik", "members": 8, "seats": 1} in made["allotment"]["seats"]
    assert "Partiföreningen Granvik" in made["allotment"]["working"]
    report = """mutation($input: ReportDelegatesInput!) { done: reportDelegates(input: $input) { __typename
        ... on NotAllowed { message } ... on Meeting { delegates(first: 5) { totalCount nodes {
            name participant position state decision unitName checkInCode } } } } }"""
    given = {"meetingId": door.meeting, "decision": "Årsmötet § 9"}
    granvik, stenvika = (global_id("Unit", world.units[name]) for name in ("granvik", "stenvika"))
    mover = [{"memberNumber": world.numbers["mover"]}]
    taken = await door.change(world.actor("branch_secretary"), report, BEFORE, unitId=granvik, delegates=mover, **given)
    (delegate,) = taken["delegates"]["nodes"]
    assert (delegate["name"], delegate["participant"], delegate["unitName"]) == (
        "Sofia Ängvide", "DELEGATE", "Partiföreningen Granvik"
    )  # fmt: skip
    assert delegate["checkInCode"] is None, "a branch does not see what lets its delegate in"
    refused = await door.change(world.actor("staff"), report, BEFORE, unitId=stenvika, delegates=mover, **given)
    assert (
        f"Medlem {world.numbers['mover']} är redan anmäld till mötet av Partiföreningen Granvik." in refused["message"]
    )


async def test_a_protected_identity_stands_in_no_list_and_counts_all_the_same(door: Door, running: Conference) -> None:
    hidden = running.ombud[2]
    async with door.world.database.unit(NOW) as unit:
        await unit.session.execute(update(MemberRow).where(MemberRow.id == hidden).values(protected=True))
    query = """query($id: ID!) { meeting(id: $id) { delegates(first: 100) { nodes { memberId } }
        roll { voters presences(first: 100) { nodes { memberId } } } } }"""
    seen = (await door.ask(running.presidium, query, id=door.meeting))["meeting"]
    mine = (await door.ask(Member(hidden), query, id=door.meeting))["meeting"]
    own = {"memberId": global_id("Member", hidden)}
    assert own not in seen["delegates"]["nodes"] + seen["roll"]["presences"]["nodes"]
    assert own in mine["delegates"]["nodes"]
    assert own in mine["roll"]["presences"]["nodes"]
    assert seen["roll"]["voters"] == 6


async def test_gender_is_shown_as_totals_of_the_first_roll_and_never_of_few(door: Door, running: Conference) -> None:
    totals = "query($id: ID!) { meeting(id: $id) { roll { rolls { genderTotals { women men } } } } }"

    async def shown() -> list[Any]:
        found = (await door.ask(running.presidium, totals, id=door.meeting))["meeting"]["roll"]["rolls"]
        return [each["genderTotals"] for each in found]

    async with door.world.database.unit(NOW) as unit:
        people = list(await unit.session.scalars(select(MemberRow).where(MemberRow.id.in_(running.ombud))))
        for index, person in enumerate(people):
            person.gender = Gender.WOMAN if index % 2 else Gender.MAN
    await door.change(running.presidium, ADJUST, meetingId=door.meeting)
    assert await shown() == [None], "three of each are too few"
    door.app.settings = replace(door.app.settings, smallest_group=3)
    await door.change(running.actor(0), CHECK_OUT, meetingId=door.meeting)
    await door.change(running.presidium, ADJUST, meetingId=door.meeting)
    assert await shown() == [{"women": 3, "men": 3}, None]


async def test_a_page_of_delegates_takes_the_same_work_whatever_its_size(door: Door, running: Conference) -> None:
    query = """query($id: ID!, $n: Int!) { meeting(id: $id) { delegates(first: $n) { nodes {
        name unitName present actions { name allowed } history { step } } } } }"""
    counts = []
    for size in (1, 10):
        with recorded(door.world.database.reader) as statements:
            await door.ask(running.presidium, query, id=door.meeting, n=size)
        counts.append(len(statements))
    assert counts[0] == counts[1]


async def test_before_the_day_the_doors_are_closed_and_say_when_they_open(door: Door, running: Conference) -> None:
    early = STARTS - timedelta(days=1)
    closed = await door.change(running.world.actor("member"), CHECK_IN, early, meetingId=door.meeting)
    assert closed["message"] == "Incheckningen öppnar 20 mars 2026 kl. 24.00."


async def test_a_conference_of_some_branches_is_planned_shown_and_shared_out_among_them_only(door: Door) -> None:
    world = door.world
    plan = """mutation($input: PlanMeetingInput!) { done: planMeeting(input: $input) { __typename
        ... on Meeting { id purpose remoteAccess calledUnits { name } allotment { preview { working } } }
        ... on InvalidInput { fields { path code message } } } }"""
    given = {
        "bodyId": global_id("Body", world.bodies["district/conference"]),
        "boardId": global_id("Body", world.bodies["district/board"]),
        "kind": "DISTRICT_CONFERENCE", "name": "Granviks konferens", "startsAt": STARTS.isoformat(),
        "purpose": "Kommunens budget.", "remoteAccess": "Ring 010-123 45 67.",
        "unitIds": [global_id("Unit", world.units["granvik"])],
    }  # fmt: skip
    secretary = world.actor("secretary")
    made = (await door.ask(secretary, plan, BEFORE, input=given))["done"]
    assert made["purpose"] == "Kommunens budget."
    assert [unit["name"] for unit in made["calledUnits"]] == ["Partiföreningen Granvik"]
    assert "Granvik" in made["allotment"]["preview"]["working"]
    assert "Stenvika" not in made["allotment"]["preview"]["working"]
    other = {**given, "unitIds": [global_id("Unit", world.units["elsewhere"])]}
    refused = (await door.ask(secretary, plan, BEFORE, input=other))["done"]
    assert [(each["path"], each["code"]) for each in refused["fields"]] == [("unitIds", "units_not_below")]
    shown = "query($id: ID!) { meeting(id: $id) { remoteAccess } }"
    await door.ask(secretary, "mutation($input: CallMeetingInput!) { callMeeting(input: $input) { __typename } }",
                   BEFORE, input={"meetingId": made["id"]})  # fmt: skip
    assert (await door.ask(world.actor("mover"), shown, BEFORE, id=made["id"]))["meeting"]["remoteAccess"]
    assert (await door.ask(Anonymous(), shown, BEFORE, id=made["id"]))["meeting"] is None
