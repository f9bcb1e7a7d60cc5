"""`meetingEvents` over both transports, from a real server: who hears, catching up, and what a full hall costs."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any

import pytest

from schema.asgi import create_app
from schema.ids import global_id
from tests.end_to_end.organisation import Organisation, Person, organisation
from tests.schema.conftest import serving
from tests.schema.streams import TRANSPORTS, Heard, listening
from tests.statements import recorded
from tests.waiting import until
from tests.world import BEFORE, World

LISTEN = """subscription($meeting: ID!, $after: String) {
    meetingEvents(meetingId: $meeting, after: $after) { position noun id step label from to at } }"""


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


def conference(here: Organisation) -> str:
    return global_id("Meeting", here.world.meeting)


async def told(heard: Heard) -> dict[str, Any]:
    event: dict[str, Any] = (await anext(heard))["data"]["meetingEvents"]
    return event


async def codes(heard: Heard) -> list[str]:
    return [error["extensions"]["code"] for error in (await anext(heard))["errors"]]


@TRANSPORTS
async def test_a_member_hears_what_happens_in_the_meeting_in_their_own_language(
    here: Organisation, address: str, transport: str
) -> None:
    member, rami, meeting = await here.sign_in("member"), await here.sign_in("secretary"), conference(here)
    async with listening(address, member, transport, LISTEN, meeting=meeting) as heard:
        await until(lambda: here.app.events.listeners == 1)
        await rami.do("sendPapers", meetingId=meeting)
        event = await told(heard)
    assert event["position"].isdigit()
    assert {name: event[name] for name in ("noun", "id", "step", "label", "from", "to")} == {
        "noun": "meeting",
        "id": meeting,
        "step": "send_papers",
        "label": "Skicka ut handlingarna",
        "from": "CALLED",
        "to": "CALLED",
    }
    await until(lambda: here.app.events.listeners == 0)


@TRANSPORTS
async def test_who_lost_the_connection_hears_what_they_missed_and_nothing_twice(
    here: Organisation, address: str, transport: str
) -> None:
    member, rami, meeting = await here.sign_in("member"), await here.sign_in("secretary"), conference(here)
    async with listening(address, member, transport, LISTEN, meeting=meeting, after="0") as heard:
        steps = [await told(heard), await told(heard)]
    assert [event["step"] for event in steps] == ["plan", "call"]
    await rami.do("sendPapers", meetingId=meeting)
    async with listening(address, member, transport, LISTEN, meeting=meeting, after=steps[-1]["position"]) as heard:
        assert (await told(heard))["step"] == "send_papers"
        await rami.do("openMeeting", meetingId=meeting)
        assert (await told(heard))["step"] == "open"


async def test_another_meeting_is_not_heard(here: Organisation, address: str) -> None:
    rami, meeting = await here.sign_in("secretary"), conference(here)
    async with listening(address, rami, "websocket", LISTEN, meeting=meeting) as heard:
        await until(lambda: here.app.events.listeners == 1)
        await rami.do("callMeeting", meetingId=global_id("Meeting", here.world.next_meeting))
        await rami.do("sendPapers", meetingId=meeting)
        assert (await told(heard))["step"] == "send_papers"


@TRANSPORTS
@pytest.mark.parametrize(
    ("who", "variables", "code"),
    [
        (None, {}, "UNAUTHENTICATED"),
        ("outsider", {}, "NOT_FOUND"),
        ("member", {"meeting": "x"}, "INVALID_INPUT"),
        ("member", {"after": "last"}, "INVALID_INPUT"),
    ],
)
async def test_whoever_may_not_listen_is_told_why(
    here: Organisation, address: str, transport: str, who: str | None, variables: dict[str, Any], code: str
) -> None:
    person = await here.sign_in(who) if who else Person(here.client)
    given = {"meeting": conference(here), **variables}
    async with listening(address, person, transport, LISTEN, **given) as heard:
        assert await codes(heard) == [code]


async def test_a_stream_hears_nothing_after_its_session_has_ended(here: Organisation, address: str) -> None:
    ended, goes_on, rami = [await here.sign_in(name) for name in ("member", "member", "secretary")]
    meeting = conference(here)
    async with (
        listening(address, ended, "websocket", LISTEN, meeting=meeting) as silent,
        listening(address, goes_on, "websocket", LISTEN, meeting=meeting) as heard,
    ):
        await until(lambda: here.app.events.listeners == 2)
        await ended.ask("mutation { signOut { __typename } }")
        nothing = asyncio.create_task(told(silent))
        await rami.do("sendPapers", meetingId=meeting)
        assert (await told(heard))["step"] == "send_papers"
        assert not nothing.done()
        nothing.cancel()
        await asyncio.gather(nothing, return_exceptions=True)


async def test_an_event_costs_as_many_statements_for_twenty_listeners_as_for_one(
    here: Organisation, address: str
) -> None:
    people = [await here.sign_in(name) for name in ("member", "delegate", "board", "mover", "auditor")]
    meeting, costs = conference(here), []
    rami = await here.sign_in("secretary")
    async with AsyncExitStack() as stack:
        for listeners, step in ((1, "sendPapers"), (20, "openMeeting")):
            streams = []
            while here.app.events.listeners < listeners:
                count = here.app.events.listeners
                opened = listening(address, people[count % len(people)], "websocket", LISTEN, meeting=meeting)
                streams.append(await stack.enter_async_context(opened))
                await until(lambda count=count: here.app.events.listeners == count + 1)
            with recorded(here.app.database.reader) as statements:
                await rami.do(step, meetingId=meeting)
                await asyncio.gather(*(told(stream) for stream in streams))
            costs.append(sum("session" in statement and "meeting" in statement for statement in statements))
    assert costs == [2, 2]
