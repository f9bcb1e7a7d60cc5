"""How a council is made up, and which routes are open: through the API, as those who record it and those who ask."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from democracy.domain.council_seats import Seat, changed_seats
from schema.ids import global_id
from tests.api import Client, tokens
from tests.council import RAISED, REFUSED, SIZE, Council, council
from tests.world import World

POLICY = "unitId routes { sort route closed ground } positions { position startsOn decision }"
PREVIEW = """query ($unit: ID!, $body: ID!, $position: PoliticalPosition!) { unitPolicy(unitId: $unit) {
    councilPreview(bodyId: $body, position: $position) { unitName members before after toElect leaving } } }"""
DAY = timedelta(days=1)


@pytest.fixture
async def room(world: World) -> AsyncIterator[Council]:
    async with council(world) as made:
        (token,) = await tokens(world, ["secretary"], RAISED)
        made.devices["secretary"] = Client(made.devices["member"].http, token)
        yield made


async def change(room: Council, who: str, name: str, **given_: Any) -> dict[str, Any]:
    kind = f"{name[0].upper()}{name[1:]}Input"
    query = f"""mutation ($input: {kind}!) {{ {name}(input: $input) {{ __typename
        ... on UnitPolicy {{ {POLICY} }} {REFUSED} }} }}"""
    return await room.devices[who].change(query, **given_)


async def preview(room: Council, position: str) -> dict[str, dict[str, Any]]:
    unit = global_id("Unit", room.world.units["norrviken"])
    found = await room.devices["member"].ask(PREVIEW, unit=unit, body=room.body("council"), position=position)
    return {each["unitName"]: each for each in found["unitPolicy"]["councilPreview"]}


async def test_the_council_shrinks_to_one_for_each_branch_when_power_is_lost(room: Council) -> None:
    large, small = await preview(room, "MAJORITY"), await preview(room, "OPPOSITION")
    granvik, stenvika = small["Partiföreningen Granvik"], small["Partiföreningen Stenvika"]
    assert sum(each["after"] for each in large.values()) == 26
    assert (granvik["before"], granvik["after"], len(granvik["leaving"])) == (SIZE - 2, 1, SIZE - 3)
    assert (stenvika["before"], stenvika["after"], stenvika["toElect"]) == (0, 1, 1)
    matter = await room.prepared(RAISED + 3 * DAY)
    opened = await room.asking(matter, RAISED + 2 * DAY)
    assert opened["state"] == "ASKING"
    given_ = {"bodyId": room.body("council"), "position": "OPPOSITION", "startsOn": "2026-10-14", "decision": "DS § 5"}
    nameless = await change(room, "secretary", "setPoliticalPosition", **given_ | {"decision": " "})
    assert [each["code"] for each in nameless["denials"]] == ["decision_missing"]
    assert (await change(room, "member", "setPoliticalPosition", **given_))["__typename"] == "NotAllowed"
    done = await change(room, "secretary", "setPoliticalPosition", **given_)
    assert done["positions"] == [{"position": "OPPOSITION", "startsOn": "2026-10-14", "decision": "DS § 5"}]
    again = await change(room, "secretary", "setPoliticalPosition", **given_)
    assert [each["code"] for each in again["denials"]] == ["begins_before_last"]
    room.at(RAISED + DAY)
    after = await preview(room, "OPPOSITION")
    assert (after["Partiföreningen Granvik"]["before"], after["Partiföreningen Granvik"]["leaving"]) == (1, [])
    # What was being asked is decided by those who were asked, though most of them have left the council.
    late = await room.do("delegate22", "answerWrittenProcedure", decisionId=matter, answer="YES")
    assert late["ownAnswer"]["answer"] == "YES"


async def test_a_route_that_the_policy_closes_is_refused_with_its_ground(room: Council) -> None:
    unit = global_id("Unit", room.world.units["norrviken"])
    route = {"unitId": unit, "sort": "AGREEMENT", "route": "COUNCIL", "closed": True, "decision": "Årskonferensen § 30"}
    done = await change(room, "secretary", "setDecisionRoute", **route)
    assert done["routes"][0]["ground"] == "Årskonferensen § 30"
    matter = {
        "bodyId": room.body("council"), "title": "Uppgörelse", "summary": "Om bostäder.", "sort": "AGREEMENT",
        "initiative": "GROUP",
    }  # fmt: skip
    refused = await room.do("leader", "raiseCouncilMatter", **matter)
    assert [each["code"] for each in refused["denials"]] == ["route_closed"]
    assert "Årskonferensen § 30" in refused["denials"][0]["message"]
    room.at(RAISED + DAY)
    await change(room, "secretary", "setDecisionRoute", **route | {"closed": False})
    assert (await room.do("leader", "raiseCouncilMatter", **matter))["__typename"] == "CouncilDecision"


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=5))
def test_nobody_leaves_a_branch_that_keeps_its_places_and_none_stays_beyond_them(sizes: list[tuple[int, int]]) -> None:
    branches = [(uuid4(), f"F{index}", 10) for index in range(len(sizes))]
    held = {key: [Seat(uuid4(), uuid4(), "") for _ in range(before)]
            for (key, _, _), (before, _) in zip(branches, sizes, strict=True)}  # fmt: skip
    allotted = {key: after for (key, _, _), (_, after) in zip(branches, sizes, strict=True)}
    for (key, _, _), found in zip(branches, changed_seats(branches, allotted, held), strict=True):
        stay = [seat for seat in held[key] if seat not in found.leaving]
        assert len(stay) == min(found.before, found.after)
        assert found.before - len(found.leaving) + found.to_elect == found.after
