"""`caseEvents` over both transports, from a real server: who sees what, and catching up."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from typing import Any

import pytest

from democracy.storage.reads.events import WORKFLOWS
from schema.asgi import create_app
from schema.ids import global_id
from schema.types.event import KINDS
from tests.end_to_end.organisation import Organisation, Person, organisation
from tests.schema.conftest import serving
from tests.schema.streams import TRANSPORTS, Heard
from tests.schema.streams import listening as listening_to
from tests.waiting import until
from tests.world import BEFORE, World

LISTEN = """subscription($after: String, $caseIds: [ID!]) {
    caseEvents(after: $after, caseIds: $caseIds) { position caseId workflow step label from to at } }"""
TEXT = {"title": "Fler bänkar", "reasoning": "Det finns för få.", "clauses": [{"text": "att ställa ut bänkar"}]}


@pytest.fixture
async def here(world_url: tuple[str, World]) -> AsyncIterator[Organisation]:
    url, world = world_url
    async with organisation(url, world) as running:
        running.at(BEFORE)
        yield running


@pytest.fixture
async def address(here: Organisation) -> AsyncIterator[str]:
    async with serving(create_app(application=here.app)) as address:
        yield address


def listening(address: str, person: Person, transport: str, **variables: Any) -> AbstractAsyncContextManager[Heard]:
    return listening_to(address, person, transport, LISTEN, **variables)


async def steps(heard: Heard, count: int) -> list[str]:
    return [(await anext(heard))["data"]["caseEvents"]["step"] for _ in range(count)]


async def a_motion(person: Person, here: Organisation) -> str:
    made = await person.do("createMotion", meetingId=global_id("Meeting", here.world.meeting), text=TEXT)
    return str(made["id"])


@TRANSPORTS
async def test_a_mover_hears_of_their_motion_as_it_happens(here: Organisation, address: str, transport: str) -> None:
    sofia = await here.sign_in("mover")
    async with listening(address, sofia, transport) as heard:
        await until(lambda: here.app.events.listeners == 1)
        motion = await a_motion(sofia, here)
        await sofia.do("submitMotion", motionId=motion)
        assert await steps(heard, 1) == ["edit"]  # writing the draft
        event = (await anext(heard))["data"]["caseEvents"]
    assert event["position"].isdigit()
    assert {name: event[name] for name in ("caseId", "workflow", "step", "from", "to", "at")} == {
        "caseId": motion,
        "workflow": "motion",
        "step": "submit",
        "from": "DRAFT",
        "to": "SUBMITTED",
        "at": event["at"],
    }
    await until(lambda: here.app.events.listeners == 0)


@TRANSPORTS
async def test_who_comes_back_hears_what_they_missed_and_nothing_twice(
    here: Organisation, address: str, transport: str
) -> None:
    sofia = await here.sign_in("mover")
    motion = await a_motion(sofia, here)
    async with listening(address, sofia, transport, after="0", caseIds=[motion]) as heard:
        last = (await anext(heard))["data"]["caseEvents"]["position"]
    await sofia.do("updateMotion", motionId=motion, text=TEXT)
    await sofia.do("submitMotion", motionId=motion)
    async with listening(address, sofia, transport, after=last, caseIds=[motion]) as heard:
        assert await steps(heard, 2) == ["edit", "submit"]


async def test_nobody_hears_of_a_case_that_they_may_not_see(here: Organisation, address: str) -> None:
    sofia, gustav, rami = [await here.sign_in(name) for name in ("mover", "outsider", "secretary")]
    motion = await a_motion(sofia, here)
    async with listening(address, gustav, "websocket", after="0", caseIds=[motion]) as stranger:
        nothing = asyncio.create_task(steps(stranger, 1))
        await sofia.do("submitMotion", motionId=motion)
        # Handed in, it is the secretary's too, with its history.
        async with listening(address, rami, "websocket", after="0", caseIds=[motion]) as office:
            assert await steps(office, 2) == ["edit", "submit"]
        assert not nothing.done()
        nothing.cancel()
        await asyncio.gather(nothing, return_exceptions=True)


async def test_a_stream_hears_nothing_after_its_session_has_ended(here: Organisation, address: str) -> None:
    sofia, again = await here.sign_in("mover"), await here.sign_in("mover")
    motion = await a_motion(sofia, here)
    async with listening(address, sofia, "websocket", after="0", caseIds=[motion]) as heard:
        last = (await anext(heard))["data"]["caseEvents"]["position"]
    await until(lambda: here.app.events.listeners == 0)
    async with (
        listening(address, sofia, "websocket", after=last, caseIds=[motion]) as ended,
        listening(address, again, "websocket", after=last, caseIds=[motion]) as goes_on,
    ):
        await until(lambda: here.app.events.listeners == 2)
        await sofia.ask("mutation { signOut { __typename } }")
        nothing = asyncio.create_task(steps(ended, 1))
        await again.do("submitMotion", motionId=motion)
        assert await steps(goes_on, 1) == ["submit"]
        assert not nothing.done()
        nothing.cancel()
        await asyncio.gather(nothing, return_exceptions=True)


@TRANSPORTS
async def test_who_is_not_signed_in_is_told(here: Organisation, address: str, transport: str) -> None:
    async with listening(address, Person(here.client), transport) as heard:
        errors = (await anext(heard))["errors"]
    assert [error["extensions"]["code"] for error in errors] == ["UNAUTHENTICATED"]


@TRANSPORTS
@pytest.mark.parametrize(
    "variables", [{"after": "last"}, {"after": "-1"}, {"caseIds": ["x"]}, {"caseIds": ["x"] * 101}]
)
async def test_what_cannot_be_read_is_told(
    here: Organisation, address: str, transport: str, variables: dict[str, Any]
) -> None:
    async with listening(address, await here.sign_in("mover"), transport, **variables) as heard:
        errors = (await anext(heard))["errors"]
    assert [error["extensions"]["code"] for error in errors] == ["INVALID_INPUT"]


def test_every_kind_of_case_that_is_heard_of_has_its_type() -> None:
    assert set(KINDS) == WORKFLOWS
