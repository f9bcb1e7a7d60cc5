"""Story 1, steps 6, 9 and 11, over HTTP: a division as its people see it, in the story's words."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import httpx2
import pytest
from sqlalchemy import select

from democracy.app import Application
from democracy.settings import Settings
from democracy.storage.tables.account import IdempotencyRow
from democracy.storage.tables.step import KeptTextRow, StepRow
from schema.context import context_factory_of
from schema.edge import build_app
from schema.ids import global_id
from schema.schema import schema
from tests.api import Client, tokens
from tests.conference import NOW
from tests.divisions import Room, room
from tests.world import World

DIVISION = """id state number yesMeans noMeans entitled ownAnswer votesIn winner settledBy
    figures { yes no abstained blank } nextSteps { what who } history { step by }"""
STATEMENT = "id state name text kind"
REFUSED = """... on NotAllowed { message denials { code message paragraph { number } whoMay waivableBy } }
    ... on InvalidInput { fields { path code } } ... on NotFound { message }"""
NAMES = ("chair", "secretary", "teller", "tora", "nils", "board", "guest")


class Floor:
    """Devices of the people in the story."""

    def __init__(self, deciding: Room, devices: dict[str, Client]) -> None:
        self.room, self.devices = deciding, devices

    async def do(self, who: str, name: str, **given: Any) -> dict[str, Any]:
        noted = "Statement" in name or name.startswith("record")
        shown = f"... on Statement {{ {STATEMENT} }}" if noted else f"... on Division {{ {DIVISION} }}"
        kind = f"{name[0].upper()}{name[1:]}Input"
        query = f"mutation ($input: {kind}!) {{ {name}(input: $input) {{ __typename {shown} {REFUSED} }} }}"
        return await self.devices[who].change(query, **given)

    async def see(self, who: str, division: str) -> dict[str, Any]:
        query = f"query ($id: ID!) {{ division(id: $id) {{ {DIVISION} }} }}"
        found: dict[str, Any] = (await self.devices[who].ask(query, id=division))["division"]
        return found

    @property
    def question(self) -> str:
        return global_id("Question", self.room.question)


@pytest.fixture
async def floor(world: World) -> AsyncIterator[Floor]:
    deciding = await room(world, 57)
    people = {
        "chair": deciding.chair.id, "secretary": deciding.secretary.id, "teller": deciding.conference.ombud[50],
        "tora": deciding.conference.ombud[0], "nils": deciding.conference.ombud[1], "board": world.members["board"],
        "guest": world.members["member"],
    }  # fmt: skip
    await deciding.elect_teller(people["teller"])
    world.members.update(people)
    issued = await tokens(world, NAMES, NOW)
    app = Application(Settings(database_url=world.database.url, pool_size=4))
    app.story_offset = NOW - datetime.now(UTC)
    transport = httpx2.ASGITransport(app=build_app(app, schema, context_factory_of(app), app.settings))
    async with httpx2.AsyncClient(transport=transport, base_url="http://localhost") as http:
        yield Floor(deciding, {name: Client(http, token) for name, token in zip(NAMES, issued, strict=True)})
    await app.close()


async def test_a_division_from_the_voice_that_asks_to_the_figures_that_all_read(floor: Floor) -> None:
    guest = await floor.do("guest", "requestDivision", questionId=floor.question)
    assert guest["denials"][0]["code"] == "not_your_role"
    asked = await floor.do("tora", "requestDivision", questionId=floor.question)
    assert (asked["state"], asked["nextSteps"][0]["what"]) == ("ORDERED", "open")
    opened = await floor.do("chair", "openDivision", questionId=floor.question, method="TELLERS")
    assert (opened["yesMeans"], opened["noMeans"], opened["entitled"]) == ("A", "B", 57)
    division = opened["id"]
    wrong = await floor.do("teller", "enterFigures", divisionId=division, figures={"yes": 72, "no": 29, "abstained": 1})
    assert wrong["message"] == "72 + 29 + 1 = 102, röstlängden har 57. Räkna om."
    await floor.do("teller", "enterFigures", divisionId=division, figures={"yes": 27, "no": 29, "abstained": 1})
    await floor.do("chair", "closeDivision", divisionId=division)
    for who, sees in (("tora", False), ("guest", False), ("teller", True), ("chair", True)):
        assert ((await floor.see(who, division))["figures"] is not None) is sees
    announced = await floor.do("chair", "announceDivision", divisionId=division)
    assert (announced["winner"], announced["settledBy"]) == ("NO", "majority")
    assert (await floor.see("guest", division))["figures"] == {"yes": 27, "no": 29, "abstained": 1, "blank": 0}


async def test_a_vote_on_devices_tells_nobody_how_anybody_voted(floor: Floor) -> None:
    await floor.do("tora", "requestDivision", questionId=floor.question)
    opened = await floor.do("chair", "openDivision", questionId=floor.question, method="DEVICES")
    division = opened["id"]
    key = "samma nyckel"
    voted = await floor.do("nils", "castVote", divisionId=division, choice="NO", idempotencyKey=key)
    assert (voted["ownAnswer"], voted["votesIn"], voted["figures"]) == ("NO", None, None)
    again = await floor.do("nils", "castVote", divisionId=division, choice="YES", idempotencyKey=key)
    assert again["ownAnswer"] == "YES"
    seen = await floor.see("chair", division)
    assert (seen["votesIn"], seen["ownAnswer"], seen["figures"]) == (1, None, None)
    assert (await floor.see("tora", division))["votesIn"] is None
    refused = await floor.do("board", "castVote", divisionId=division, choice="YES")
    assert {each["code"] for each in refused["denials"]} >= {"not_your_role", "not_in_roll"}
    assert not any(name in refused["message"] for name in ("Lo", "Ombud"))
    await floor.do("chair", "closeDivision", divisionId=division)
    late = await floor.do("tora", "castVote", divisionId=division, choice="YES")
    assert late["message"] == "Rösta går inte nu: omröstningen är stängd."
    announced = await floor.do("chair", "announceDivision", divisionId=division)
    assert announced["figures"] == {"yes": 1, "no": 0, "abstained": 0, "blank": 0}
    assert [each["step"] for each in announced["history"]] == ["request", "open", "close", "announce"]
    assert (await floor.see("nils", division))["ownAnswer"] is None
    nils = floor.room.conference.ombud[1].hex
    async with floor.room.world.database.read() as reader:
        steps = (await reader.execute(select(StepRow.record, StepRow.actor_id))).all()
        texts = (await reader.execute(select(KeptTextRow.content))).scalars().all()
        keys = (await reader.execute(select(IdempotencyRow.actor))).scalars().all()
    assert not any(nils in row.record or (row.actor_id and row.actor_id.hex == nils) for row in steps)
    assert not any(nils in (text or "") for text in texts)
    assert not any(nils in actor for actor in keys)


async def test_the_reservation_of_the_story_and_the_note_in_its_place(floor: Floor) -> None:
    matter = global_id("Matter", floor.room.matter)
    await floor.room.decide(floor.room.proposals[0])
    refused = await floor.do("board", "recordReservation", matterId=matter)
    assert refused["message"] == "Reservation kräver att du deltog i beslutet. Du kan begära protokollsanteckning."
    assert refused["denials"][0]["paragraph"]["number"]
    note = await floor.do("board", "recordMinuteNote", matterId=matter, text="DS stod bakom halvtid.")
    assert (note["kind"], note["name"]) == ("MINUTE_NOTE", "Åsa Fridlöv")
    for_b = global_id("Proposal", floor.room.proposals[1])
    reserved = await floor.do("nils", "recordReservation", matterId=matter, proposalId=for_b, text="Fonden.")
    assert (reserved["state"], reserved["text"]) == ("RECORDED", "Fonden.")
    twice = await floor.do("nils", "recordReservation", matterId=matter)
    assert twice["denials"][0]["code"] == "made_before"
    taken_back = await floor.do("nils", "withdrawStatement", statementId=reserved["id"])
    assert taken_back["state"] == "WITHDRAWN"


async def test_bad_input_is_answered_with_the_field_and_the_remedy(floor: Floor) -> None:
    await floor.do("tora", "requestDivision", questionId=floor.question)
    opened = await floor.do("chair", "openDivision", questionId=floor.question, method="TELLERS")
    division = opened["id"]
    negative = await floor.do("teller", "enterFigures", divisionId=division, figures={"yes": -1, "no": 0})
    assert negative["fields"] == [{"path": "figures.yes", "code": "negative"}]
    strange = await floor.do("chair", "closeDivision", divisionId=floor.question)
    assert strange["fields"][0]["path"] == "divisionId"
    share = await floor.do("tora", "revealLotShare", divisionId=division, share="inte hex")
    assert share["fields"] == [{"path": "share", "code": "hex"}]
    nobody = await floor.do("secretary", "requestDivision", questionId=floor.question, memberNumber="finns inte")
    assert nobody["fields"] == [{"path": "memberNumber", "code": "unknown_member"}]
