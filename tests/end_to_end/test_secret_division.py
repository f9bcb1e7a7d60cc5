"""A secret division over HTTP, as the chair, the voters and the guests see it."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx2
import pytest
from sqlalchemy import select

from democracy.app import Application
from democracy.settings import Settings
from democracy.storage.tables.step import StepRow
from schema.context import context_factory_of
from schema.edge import build_app
from schema.ids import global_id
from schema.schema import schema
from tests.api import Client, tokens
from tests.conference import NOW
from tests.divisions import Room, room
from tests.sealing import URN, cast, paper_of
from tests.world import World

VOTERS = tuple(f"ombud {n}" for n in range(6))
NAMES = ("chair", "guest", *VOTERS)
SHOWN = """... on Division { id state winner figures { yes no abstained blank } urn { id turnout manifest meetingId } }
    ... on NotAllowed { message denials { code } } ... on InvalidInput { message fields { code } }"""


class Hall:
    """A meeting in progress, and everybody's devices."""

    def __init__(self, held: Room, devices: dict[str, Client]) -> None:
        self.room, self.devices = held, devices

    async def do(self, who: str, name: str, **given: Any) -> dict[str, Any]:
        kind = f"{name[0].upper()}{name[1:]}Input"
        query = f"mutation ($input: {kind}!) {{ {name}(input: $input) {{ __typename {SHOWN} }} }}"
        return await self.devices[who].change(query, **given)

    async def opened(self, **changes: Any) -> dict[str, Any]:
        question = global_id("Question", self.room.question)
        await self.do(VOTERS[0], "requestDivision", questionId=question)
        given = {"method": "SECRET", "decided": True, "sealed": True} | changes
        return await self.do("chair", "openDivision", questionId=question, **given)


@pytest.fixture
async def hall(world: World, tmp_path: Path) -> AsyncIterator[Hall]:
    held = await room(world)
    people = {name: held.conference.ombud[number] for number, name in enumerate(VOTERS)}
    world.members.update(people | {"chair": held.chair.id, "guest": world.members["member"]})
    issued = await tokens(world, NAMES, NOW)
    settings = Settings(database_url=world.database.url, pool_size=4, seeds_folder=tmp_path / "seeds")
    app = Application(settings)
    app.story_offset = NOW - datetime.now(UTC)
    transport = httpx2.ASGITransport(app=build_app(app, schema, context_factory_of(app), app.settings))
    async with httpx2.AsyncClient(transport=transport, base_url="http://localhost") as http:
        yield Hall(held, {name: Client(http, token) for name, token in zip(NAMES, issued, strict=True)})
    await app.close()


async def test_a_secret_division_from_the_chairs_word_to_figures_that_name_nobody(hall: Hall) -> None:
    division = await hall.opened()
    urn = division["urn"]["id"]
    assert division["urn"]["meetingId"] == global_id("Meeting", hall.room.world.meeting)
    for name, choice in zip(VOTERS, ("ja", "ja", "ja", "nej", "avstar", ""), strict=True):
        _, answer = await cast(hall.devices[name], urn, await paper_of(hall.devices[name], urn), choice)
        assert answer["__typename"] == "BallotReceipt"
    seen = (await hall.devices["guest"].ask(URN, id=urn))["urn"]
    assert (seen["turnout"], seen["myRoll"]) == (6, None)
    assert seen["promise"].startswith("Den som driver servern och har urnans nyckel kan se hur du röstat")
    figures = {"yes": 9, "no": 0, "abstained": 0, "blank": 0}
    typed = await hall.do("chair", "closeDivision", divisionId=division["id"], figures=figures)
    assert "counted_by_urn" in {each["code"] for each in typed["denials"]}
    await hall.do("chair", "closeDivision", divisionId=division["id"])
    announced = await hall.do("chair", "announceDivision", divisionId=division["id"])
    assert announced["figures"] == {"yes": 3, "no": 1, "abstained": 1, "blank": 1}
    assert announced["winner"] == "YES"
    _, late = await cast(hall.devices[VOTERS[0]], urn, await paper_of(hall.devices[VOTERS[0]], urn), "nej")
    assert late["__typename"] == "NotAllowed"
    assert await _steps_by_voters(hall) == {"division.request", "question.ask_division"}


async def _steps_by_voters(hall: Hall) -> set[str]:
    """What the ledger holds of the voters' doings: that one of them asked for a vote."""
    voters = {hall.room.ombud(number).id for number in range(len(VOTERS))}
    async with hall.room.world.database.unit(NOW) as unit:
        steps = await unit.session.scalars(select(StepRow).where(StepRow.meeting_id == hall.room.world.meeting))
        return {f"{step.workflow}.{step.rule}" for step in steps if step.actor_id in voters}


async def test_a_guest_casts_nothing_and_too_few_votes_are_not_opened(hall: Hall) -> None:
    division = await hall.opened()
    urn = division["urn"]["id"]
    paper = await paper_of(hall.devices[VOTERS[0]], urn)
    _, answer = await cast(hall.devices["guest"], urn, paper, "ja")
    assert answer["__typename"] == "NotFound"
    await cast(hall.devices[VOTERS[0]], urn, paper, "ja")
    closed = await hall.do("chair", "closeDivision", divisionId=division["id"])
    assert closed["message"].startswith("Bara 1 röster har kommit in, och färre än 5 öppnas aldrig")


async def test_only_a_secret_vote_is_sealed(hall: Hall) -> None:
    refused = await hall.opened(method="DEVICES")
    assert refused["__typename"] == "InvalidInput"
    assert "Bara sluten omröstning" in str(refused)
