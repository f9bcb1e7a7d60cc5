"""Units, bodies, mandates and members over HTTP, on both databases."""

from collections.abc import AsyncIterator
from contextvars import ContextVar
from typing import Any

import pytest
from sqlalchemy import event, update

from democracy.storage.tables.member import MemberRow
from schema.ids import global_id
from tests.end_to_end.organisation import Organisation, Person, organisation
from tests.world import BEFORE, World

BOARD = """query ($id: ID!) { body(id: $id) { id code kind name unit { code }
    mandates { id role member { id name memberNumber email } body { code } } } }"""


@pytest.fixture
async def here(world_url: tuple[str, World]) -> AsyncIterator[Organisation]:
    url, world = world_url
    async with organisation(url, world) as running:
        running.at(BEFORE)
        yield running


async def test_a_unit_is_found_by_id_and_code_with_what_is_around_it(here: Organisation) -> None:
    anyone = Person(here.client)
    around = "id code kind name parent { code } ancestors { code } children { code } bodies { code unit { code } }"
    branch = (await anyone.ask(f'{{ unit(code: "granvik") {{ {around} }} }}'))["unit"]
    assert branch["id"] == global_id("Unit", here.world.units["granvik"])
    assert (branch["kind"], branch["parent"]["code"]) == ("LOCAL_BRANCH", "norrviken")
    assert [each["code"] for each in branch["ancestors"]] == ["norrviken", "party"]
    assert [each["code"] for each in branch["bodies"]] == ["granvik/board", "granvik/annual"]
    same = await anyone.ask(f"query ($id: ID!) {{ unit(id: $id) {{ {around} }} }}", id=branch["id"])
    assert same["unit"] == branch
    assert await anyone.ask('{ unit(code: "nowhere") { id } }') == {"unit": None}


async def test_units_are_paged_in_swedish_order(here: Organisation) -> None:
    anyone = Person(here.client)
    query = """query ($after: String, $under: ID) { units(first: 4, after: $after, filter: {under: $under}) {
        totalCount pageInfo { hasNextPage endCursor } nodes { name } } }"""
    under = global_id("Unit", here.world.units["party"])
    first = (await anyone.ask(query, under=under))["units"]
    rest = (await anyone.ask(query, under=under, after=first["pageInfo"]["endCursor"]))["units"]
    names = [each["name"] for each in (*first["nodes"], *rest["nodes"])]
    assert (first["totalCount"], len(names), first["pageInfo"]["hasNextPage"]) == (7, 7, True)
    assert names.index("Partiföreningen Stenvika") < names.index("Partiföreningen Åmossen")


@pytest.mark.parametrize(
    ("role", "names", "reached"),
    [("member", 3, 0), ("outsider", 0, 0), ("secretary", 3, 3)],
)
async def test_a_board_is_shown_to_those_who_elect_it(here: Organisation, role: str, names: int, reached: int) -> None:
    person = await here.sign_in(role)
    board = (await person.ask(BOARD, id=global_id("Body", here.world.bodies["district/board"])))["body"]
    members = [each["member"] for each in board["mandates"]]
    assert board["unit"]["code"] == "norrviken"
    assert len(members) == names
    assert sum(member["email"] is not None for member in members) == reached
    if names:
        assert [each["role"] for each in board["mandates"]] == ["CHAIR", "SECRETARY", "MEMBER"]


async def test_nobody_unknown_sees_who_sits_anywhere(here: Organisation) -> None:
    data = await Person(here.client).ask(BOARD, id=global_id("Body", here.world.bodies["district/board"]))
    assert data["body"]["mandates"] == []


async def test_a_viewer_sees_where_they_belong_and_what_they_hold(here: Organisation) -> None:
    query = (
        """{ viewer { memberships { voting hasRights effectiveOn unit { code } } mandates { role body { code } } } }"""
    )
    own = (await (await here.sign_in("secretary")).ask(query))["viewer"]
    assert own["memberships"] == [
        {"voting": True, "hasRights": True, "effectiveOn": "2020-01-31", "unit": {"code": "granvik"}}
    ]
    assert own["mandates"] == [{"role": "SECRETARY", "body": {"code": "district/board"}}]


async def test_everything_is_fetched_again_by_its_id(here: Organisation) -> None:
    person = await here.sign_in("member")
    board = (await person.ask(BOARD, id=global_id("Body", here.world.bodies["district/board"])))["body"]
    mandate = board["mandates"][0]
    ids = [board["id"], mandate["id"], mandate["member"]["id"], global_id("Unit", here.world.units["party"])]
    hidden = global_id("Member", here.world.members["outsider"])
    found = await person.ask("query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }", ids=[*ids, hidden])
    kinds = ["Body", "Mandate", "Member", "Unit"]
    assert found["nodes"] == [{"__typename": kind, "id": each} for kind, each in zip(kinds, ids, strict=True)] + [None]


async def test_roles_that_nobody_fills_are_told_for_a_unit_and_those_below(here: Organisation) -> None:
    query = "query ($id: ID!) { vacancies(unitId: $id) { role bodyId unit { code } } }"
    district = global_id("Unit", here.world.units["norrviken"])
    found = (await (await here.sign_in("member")).ask(query, id=district))["vacancies"]
    roles = {(each["unit"]["code"], each["role"]) for each in found}
    assert ("norrviken", "internal_feminism") in roles
    assert ("granvik", "treasurer") in roles
    assert ("norrviken", "chair") not in roles
    assert (await Person(here.client).ask(query, id=district))["vacancies"] == []


async def test_a_protected_member_is_in_no_list(here: Organisation) -> None:
    chair = here.world.members["chair"]
    async with here.app.database.unit(BEFORE) as unit:
        await unit.session.execute(update(MemberRow).where(MemberRow.id == chair).values(protected=True))
    person = await here.sign_in("member")
    board = (await person.ask(BOARD, id=global_id("Body", here.world.bodies["district/board"])))["body"]
    assert [each["role"] for each in board["mandates"]] == ["SECRETARY", "MEMBER"]
    found = await person.ask("query ($id: ID!) { node(id: $id) { id } }", id=global_id("Member", chair))
    assert found == {"node": None}


async def test_a_tree_with_its_boards_takes_a_fixed_number_of_statements(here: Organisation) -> None:
    person = await here.sign_in("secretary")
    query = """query ($under: ID) { units(first: 50, filter: {under: $under}) {
        nodes { name parent { name } bodies { name mandates { role member { name } } } } } }"""

    seen: list[str] = []
    asking = ContextVar("asking", default=False)  # what the workers ask meanwhile is no part of it

    @event.listens_for(here.app.database.reader.sync_engine, "before_cursor_execute")
    def _noted(*given: Any) -> None:
        if asking.get():
            seen.append(given[2])

    async def statements(under: str) -> tuple[int, int]:
        seen.clear()
        asking.set(True)
        data = await person.ask(query, under=here.id("Unit", under))
        asking.set(False)
        return len(data["units"]["nodes"]), len(seen)

    few, cost = await statements("norrviken")
    many, same = await statements("party")
    assert few < many
    # Whoever is signed in, units, bodies, mandates, members; and what stands above the list, where anything does.
    assert (cost, same) == (6, 5)


async def test_a_body_shows_who_may_do_what_in_it_by_the_statutes(here: Organisation) -> None:
    query = "query ($id: ID!) { body(id: $id) { rights { participant rights } } }"
    conference = global_id("Body", here.world.bodies["district/conference"])
    found = (await Person(here.client).ask(query, id=conference))["body"]["rights"]
    matrix = {row["participant"]: row["rights"] for row in found}
    assert matrix["DELEGATE"] == ["ATTEND", "SPEAK", "PROPOSE", "VOTE"]
    assert matrix["BOARD_MEMBER"] == ["ATTEND", "SPEAK", "PROPOSE"]
    assert matrix["MEMBER"] == ["ATTEND_IF_ROOM"]
    auditors = global_id("Body", here.world.bodies["district/auditors"])
    assert (await Person(here.client).ask(query, id=auditors))["body"]["rights"] == []
