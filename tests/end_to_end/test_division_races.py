"""Voting at once at two servers on one database: every vote is in or refused, and there is one outcome."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import httpx2
import pytest

from democracy.app import Application
from democracy.domain.actors import Actor
from democracy.services.proceedings.divisions import Divisions, Handed, Way
from democracy.services.proceedings.gavel import Gavel
from democracy.services.proceedings.presence import Door, Presences
from democracy.services.proceedings.votes import Votes
from democracy.settings import Settings
from democracy.storage.tables.matter import QuestionRow
from democracy.storage.tables.roll import RollEntryRow
from schema.context import context_factory_of
from schema.edge import build_app
from schema.ids import global_id, key_of
from schema.schema import schema
from tests.api import Client, tokens
from tests.conference import NOW
from tests.divisions import Choice, Room, VoteRow, room
from tests.world import World
from workflows.engine import StepDenied
from workflows.proceedings import DivisionMethod
from workflows.question import QuestionState

ROUNDS = 3
VOTERS = 12
SHOWN = """{ __typename ... on Division { id state ownAnswer figures { yes no abstained } }
    ... on NotAllowed { message denials { code } } ... on Conflict { code } }"""


def mutation(name: str) -> str:
    """A mutation that takes one input."""
    return f"mutation ($input: {name[0].upper()}{name[1:]}Input!) {{ {name}(input: $input) {SHOWN} }}"


@dataclass
class Hall:
    """A room with two servers, and a device for everybody at each of them."""

    room: Room
    apps: list[Application]
    devices: dict[UUID, list[Client]]

    async def all_at_once(self, *asked: tuple[UUID, str, dict[str, Any]]) -> list[dict[str, Any]]:
        """Who does what with which input, each at the next server."""
        return await asyncio.gather(
            *(self.devices[who][n % 2].change(mutation(name), **given) for n, (who, name, given) in enumerate(asked))
        )

    @property
    def chair(self) -> UUID:
        return self.room.chair.id

    @property
    def ombud(self) -> list[UUID]:
        return self.room.conference.ombud


@pytest.fixture
async def hall(world: World) -> AsyncIterator[Hall]:
    made = await room(world, VOTERS)
    world.members.update({f"ombud {n}": member for n, member in enumerate(made.conference.ombud)})
    names = ["presidium", "meeting_secretary", *(f"ombud {n}" for n in range(VOTERS))]
    issued = await tokens(world, names, NOW)
    async with AsyncExitStack() as stack:
        found = Hall(made, [], {world.members[name]: [] for name in names})
        for _ in range(2):
            app = Application(Settings(database_url=world.database.url, pool_size=8))
            app.story_offset = NOW - datetime.now(UTC)
            stack.push_async_callback(app.close)
            found.apps.append(app)
            transport = httpx2.ASGITransport(app=build_app(app, schema, context_factory_of(app), app.settings))
            http = await stack.enter_async_context(httpx2.AsyncClient(transport=transport, base_url="http://localhost"))
            for name, token in zip(names, issued, strict=True):
                found.devices[world.members[name]].append(Client(http, token))
        yield found


async def opened(hall: Hall, method: DivisionMethod = DivisionMethod.DEVICES) -> str:
    """A division in which everybody may vote."""
    if not await hall.room.count(QuestionRow, QuestionRow.state == QuestionState.DIVIDING):
        await hall.room.ask()
    return global_id("Division", await hall.room.open(method))


async def annulled(hall: Hall, division: str) -> None:
    """So that it can be taken again."""
    (answer,) = await hall.all_at_once((hall.chair, "annulDivision", {"divisionId": division, "reason": "Igen"}))
    assert answer["__typename"] == "Division"


def codes(answer: dict[str, Any]) -> set[str]:
    return {denial["code"] for denial in answer.get("denials", [])}


async def test_a_vote_that_races_the_closing_is_in_or_out_and_the_answer_says_which(hall: Hall) -> None:
    for _ in range(ROUNDS):
        division = await opened(hall)
        votes = [(who, "castVote", {"divisionId": division, "choice": "YES"}) for who in hall.ombud]
        closing = (hall.chair, "closeDivision", {"divisionId": division})
        *answers, closed = await hall.all_at_once(*votes[:6], *votes[6:], closing)
        assert closed["state"] == "CLOSED"
        counted = [each for each in answers if each["__typename"] == "Division"]
        refused = [each for each in answers if each["__typename"] == "NotAllowed"]
        assert len(counted) + len(refused) == VOTERS
        assert all(codes(each) == {"wrong_state"} for each in refused)
        # Read by the chair: nobody else sees the figures yet.
        (shown,) = await hall.all_at_once((hall.chair, "announceDivision", {"divisionId": division}))
        assert shown["figures"] == {"yes": len(counted), "no": 0, "abstained": 0} or not counted
        await annulled(hall, division)


async def test_of_two_who_close_or_announce_at_once_one_does_it(hall: Hall) -> None:
    secretary = hall.room.secretary.id
    division = await opened(hall)
    await hall.all_at_once((hall.ombud[0], "castVote", {"divisionId": division, "choice": "NO"}))
    for name in ("closeDivision", "announceDivision"):
        answers = await hall.all_at_once(
            (hall.chair, name, {"divisionId": division}), (secretary, name, {"divisionId": division})
        )
        assert sorted(each["__typename"] for each in answers) == ["Division", "NotAllowed"]
        (lost,) = [each for each in answers if each["__typename"] == "NotAllowed"]
        assert "wrong_state" in codes(lost)
    row = await hall.room.row(_key(division))
    assert (row.yes, row.no, row.winner) == (0, 1, Choice.NO)
    steps = [step.rule for step in await hall.room.steps(row.id)]
    assert steps == ["request", "open", "close", "announce"]


async def test_one_voter_who_presses_eight_times_on_two_devices_has_one_vote(hall: Hall) -> None:
    division = await opened(hall)
    voter = hall.ombud[0]
    given = [{"divisionId": division, "choice": choice} for choice in ("YES", "NO") * 4]
    answers = await hall.all_at_once(*((voter, "castVote", each) for each in given))
    assert {each["__typename"] for each in answers} == {"Division"}
    assert await hall.room.count(VoteRow) == 1
    await hall.all_at_once((hall.chair, "closeDivision", {"divisionId": division}))
    row = await hall.room.row(_key(division))
    assert (row.yes or 0) + (row.no or 0) == 1


async def test_of_many_who_ask_at_once_one_has_asked_and_the_others_are_told(hall: Hall) -> None:
    question = global_id("Question", hall.room.question)
    answers = await hall.all_at_once(*((who, "requestDivision", {"questionId": question}) for who in hall.ombud[:6]))
    asked = [each for each in answers if each["__typename"] == "Division"]
    refused = [each for each in answers if each["__typename"] == "NotAllowed"]
    assert (len(asked), len(refused)) == (1, 5)
    assert all(codes(each) == {"already_ordered"} for each in refused)


async def test_of_two_who_open_at_once_one_opens_it(hall: Hall) -> None:
    await hall.room.ask()
    given = {"questionId": global_id("Question", hall.room.question), "method": "DEVICES"}
    answers = await hall.all_at_once(
        (hall.chair, "openDivision", given), (hall.room.secretary.id, "openDivision", given)
    )
    assert sorted(each["__typename"] for each in answers) == ["Division", "NotAllowed"]


async def test_who_checks_out_while_it_is_opened_and_voted_on_is_in_the_roll_or_not_at_all(hall: Hall) -> None:
    deciding = hall.room
    await deciding.ask()
    leaver, others = deciding.ombud(0), [deciding.ombud(n) for n in range(1, VOTERS)]
    first, second = (app.database for app in hall.apps)

    async def opens() -> UUID:
        way = Way(DivisionMethod.DEVICES)
        return await Divisions(first, NOW).open(deciding.question, way, actor=deciding.chair)

    async def leaves() -> UUID:
        return await Presences(second, NOW).check_out(deciding.world.meeting, Door(), actor=leaver)

    division, _ = await asyncio.gather(opens(), leaves())

    async def votes(actor: Actor, number: int) -> bool:
        try:
            await Votes((first, second)[number % 2], NOW).cast(division, Choice.YES, actor=actor)
        except StepDenied:
            return False
        return True

    was_in, *rest = await asyncio.gather(*(votes(actor, n) for n, actor in enumerate((leaver, *others))))
    assert all(rest)
    row = await deciding.row(division)
    in_roll = await deciding.count(RollEntryRow, RollEntryRow.roll_id == row.roll_id)
    assert (in_roll, row.entitled) == ((VOTERS, VOTERS) if was_in else (VOTERS - 1, VOTERS - 1))


async def test_the_gavel_falls_or_a_division_is_ordered_never_both(hall: Hall) -> None:
    deciding = hall.room
    first, second = (app.database for app in hall.apps)

    async def tried(work: Any) -> str:
        try:
            await work
        except StepDenied as refused:
            return ", ".join(sorted(denial.code for denial in refused.denials))
        return "done"

    fell, asked = await asyncio.gather(
        tried(Gavel(first, NOW).fall(deciding.question, actor=deciding.chair)),
        tried(Divisions(second, NOW).request(deciding.question, Handed(), actor=deciding.ombud(0))),
    )
    async with deciding.world.database.unit(NOW) as unit:
        state = (await unit.session.get_one(QuestionRow, deciding.question)).state
    assert (fell == "done") != (asked == "done"), (fell, asked)
    assert state is (QuestionState.DECIDED if fell == "done" else QuestionState.DIVIDING)
    if asked != "done":
        assert "gavel_fallen" in asked


def _key(given: str) -> UUID:

    return key_of(given, "Division")
