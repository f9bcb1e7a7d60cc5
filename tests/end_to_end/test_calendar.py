"""Meetings in one's own calendar, from an address that only those who see them can read."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx2
from starlette.applications import Starlette
from starlette.requests import HTTPConnection

from democracy.app import Application
from democracy.domain.actors import Actor, Anonymous
from democracy.settings import Settings
from schema.calendar_files import calendar_files
from schema.context import Context
from schema.ids import global_id
from tests.world import BEFORE, World


@asynccontextmanager
async def reader(world: World, actor: Actor) -> AsyncIterator[httpx2.AsyncClient]:
    app = Application(Settings(database_url=world.database.url))

    async def context(connection: HTTPConnection, at: object) -> Context:
        return Context(app, connection, actor, BEFORE, "sv")

    routes = calendar_files(context, lambda: BEFORE)
    transport = httpx2.ASGITransport(app=Starlette(routes=list(routes)))
    async with httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1") as http:
        yield http
    await app.close()


async def test_a_member_has_a_meeting_and_its_deadlines_in_the_calendar(world: World) -> None:
    async with reader(world, world.actor("member")) as http:
        one = await http.get(f"/meetings/{global_id('Meeting', world.meeting)}.ics")
        all_ = await http.get(f"/units/{global_id('Unit', world.units['norrviken'])}/meetings.ics")
    assert (one.status_code, one.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    assert one.text.count("BEGIN:VEVENT") >= 2
    assert "SUMMARY:Motionsstopp: " in one.text
    assert f"UID:{world.meeting}@democracy" in all_.text
    assert all_.text.count("BEGIN:VCALENDAR") == 1


async def test_nobody_reads_a_calendar_without_signing_in_nor_one_that_is_not(world: World) -> None:
    path = f"/meetings/{global_id('Meeting', world.meeting)}.ics"
    async with reader(world, Anonymous()) as http:
        assert (await http.get(path)).status_code == 401
    async with reader(world, world.actor("member")) as http:
        wrong = [
            f"/meetings/{global_id('Meeting', world.units['party'])}.ics",
            "/meetings/hej.ics",
            "/units/x/meetings.ics",
        ]
        assert [(await http.get(each)).status_code for each in wrong] == [404, 404, 404]
