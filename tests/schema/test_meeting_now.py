"""What goes on in a meeting now, as an ombud's phone and the chair's screen show it at every turn of a decision."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest

from democracy.domain.actors import Member
from democracy.services.meetings import Meetings
from democracy.services.proceedings.floor import Floor, Request
from democracy.services.proceedings.gavel import Gavel
from democracy.services.proceedings.items import Items
from democracy.storage.tables.agenda import AgendaItemRow
from schema.ids import global_id
from tests.conference import NOW
from tests.deciding import Hall, at_passage
from tests.phones import Phones, phones
from tests.statements import recorded
from tests.world import World
from workflows.proceedings import Choice, ProposalKind
from workflows.question import QuestionState

NOW_QUERY = """query($id: ID!, $allowed: Boolean) { meeting(id: $id) { now {
    item { number title } nextItem { title } matter { title state } proposals { label kind text }
    question { id kind state text yesMeans noMeans proposals { label } named { label } answer }
    division { state yesMeans noMeans }
    speaker { name remainingSeconds } speakersList { name place }
    timeBudget { plannedSeconds usedSeconds leftSeconds endsAt } gavelMissing { questionId itemNumber text }
    viewerMay(allowed: $allowed) { noun id name kind label allowed denials { message } closesAt }
    nextSteps { noun id what label about } } } }"""


@dataclass
class Screens:
    """The hall with everybody's screens."""

    hall: Hall
    phones: Phones

    async def now(self, who: Member | None = None, **more: Any) -> dict[str, Any]:
        """What somebody sees: the chair, unless it is somebody else."""
        self.phones.now = self.hall.now
        meeting = global_id("Meeting", self.hall.conference.meeting)
        asked = await self.phones.ask((who or self.hall.chair).id, NOW_QUERY, id=meeting, **more)
        found: dict[str, Any] = asked["meeting"]["now"]
        return found

    async def next_step(self) -> str:
        """What the chair is to do first: and the rules must allow it."""
        seen = await self.now()
        first = seen["nextSteps"][0]
        may = {(each["noun"], each["name"]) for each in seen["viewerMay"]}
        # A division that nobody has asked for, and an item that is not open, have no options of their own yet.
        if first["noun"] != "item" and (first["noun"], first["what"]) != ("division", "open"):
            assert (first["noun"], first["what"]) in may, (first, may)
        return f"{first['noun']}.{first['what']}"

    async def may(self, who: Member) -> set[str]:
        """What somebody may do, as `noun.rule`."""
        return {f"{each['noun']}.{each['name']}" for each in (await self.now(who))["viewerMay"]}


@pytest.fixture
async def screens(world_url: tuple[str, World]) -> AsyncIterator[Screens]:
    url, template = world_url
    async with phones(url, NOW) as devices:
        world = replace(template, database=devices.app.database)
        yield Screens(await at_passage(world, ombud=57), devices)


async def test_the_chair_is_led_from_the_debate_to_the_gavel_and_every_step_is_allowed(screens: Screens) -> None:
    hall = screens.hall
    floor = Floor(hall.world.database, hall.now)
    fund = await hall.propose(ProposalKind.COUNTER, "En föreningsfond inrättas.", by=hall.ombud(1))
    await hall.propose(
        ProposalKind.REFER_BACK, by=hall.ombud(2), recipient="DS", instruction="Beräkna.", reason="Okänt.",
        back_at=hall.world.next_meeting,
    )  # fmt: skip
    speech = await floor.request(hall.conference.meeting, Request(), actor=hall.ombud(3))
    assert await screens.next_step() == "speech.give"
    await floor.give(hall.conference.meeting, actor=hall.chair)
    assert await screens.next_step() == "speech.end"
    await floor.end(speech, actor=hall.chair)
    assert await screens.next_step() == "matter.close_debate"
    await hall.debate_over()
    assert await screens.next_step() == "matter.propose_order"
    await hall.order()
    assert await screens.next_step() == "matter.approve_order"
    await hall.approve()

    seen = await screens.now()
    assert (seen["question"]["text"], seen["question"]["state"]) == ("Ska ärendet avgöras i dag?", "PUT")
    assert (seen["question"]["yesMeans"], seen["question"]["noMeans"]) == ("avgöras i dag", "återremiss")
    assert await screens.next_step() == "question.name"
    await hall.name(Choice.YES)
    assert await screens.next_step() == "question.gavel"
    await hall.gavel()

    seen = await screens.now()
    assert seen["question"]["text"] == "Vilket förslag ska mötet bifalla: A eller B? Svara ja på ett av dem."
    assert seen["question"]["yesMeans"] is None
    await hall.name(fund)
    seen = await screens.now()
    assert seen["question"]["named"] == {"label": "B"}
    assert seen["gavelMissing"]["text"].startswith("§ 14 huvudfrågan saknar bekräftat utfall. B?")
    await hall.ask_division()
    assert await screens.next_step() == "division.open"
    division = await hall.open_division()
    seen = await screens.now()
    assert seen["question"]["text"] == "Votering. Ja för A. Nej för B."
    assert (seen["division"]["state"], seen["division"]["yesMeans"]) == ("OPEN", "A")
    assert await screens.next_step() == "division.close"
    await hall.count(division, 20, 37)
    assert await screens.next_step() == "question.gavel"
    await hall.gavel()
    seen = await screens.now()
    assert (seen["matter"], seen["question"], seen["nextSteps"][0]["what"]) == (None, None, "close")


async def test_counter_proposals_are_asked_for_against_what_stands_above_them(screens: Screens) -> None:
    hall = screens.hall
    for index, text in enumerate(("Fond.", "Heltid.", "Deltid.")):
        await hall.propose(ProposalKind.COUNTER, text, by=hall.ombud(index))
    await hall.ordered()
    made = await hall.proposals()
    assert (await screens.now())["question"]["text"].startswith("Vilket förslag ska mötet bifalla: A, B, C eller D?")
    await hall.name(made["A"].id)
    await hall.ask_division()
    put = (await screens.now())["question"]
    assert put["text"] == "Vilket förslag ska bli motförslag till A: B, C eller D? Svara ja på ett av dem."
    await hall.name(made["B"].id)
    await hall.ask_division(hall.ombud(2))
    put = (await screens.now())["question"]
    assert put["text"].startswith("Vilket förslag ska bli motförslag till B: C eller D?")
    await hall.find(made["C"].id)
    assert await screens.next_step() == "question.approve_voting"
    root = next(row for row in await hall.questions() if row.state is QuestionState.DIVIDING and row.level == 0)
    await hall.service(Gavel).approve_voting(root.id, actor=hall.chair)
    assert await screens.next_step() == "division.open"


async def test_a_phone_shows_what_its_owner_may_do_at_each_moment_and_nothing_else(screens: Screens) -> None:
    hall, tora = screens.hall, screens.hall.ombud(0)
    assert {"speech.request", "proposal.make"} <= await screens.may(tora)
    assert not {"speech.give", "matter.close_debate", "division.open"} & await screens.may(tora)
    await hall.change(AgendaItemRow, hall.item, proposals_close_at=hall.now)
    assert "proposal.make" not in await screens.may(tora)
    refused = [each for each in (await screens.now(tora, allowed=False))["viewerMay"] if each["name"] == "make"]
    assert refused[0]["denials"][0]["message"].startswith("Yrkandestopp var")
    await hall.ordered()
    assert "question.ask_division" in await screens.may(tora)
    await hall.ask_division(tora)
    await hall.open_division()
    board = Member(hall.world.members["board"])
    assert "question.ask_division" not in await screens.may(board)


async def test_the_time_of_an_item_leaves_the_meetings_breaks_out(screens: Screens) -> None:
    hall = screens.hall
    await hall.change(AgendaItemRow, hall.item, minutes_planned=20)
    database, chair, meeting = hall.world.database, hall.chair, hall.conference.meeting
    await Items(database, hall.now).adjourn(hall.item, actor=chair)
    await Items(database, hall.now).open(hall.item, actor=chair)
    hall.now += timedelta(minutes=12)
    await Meetings(database, hall.now).adjourn(meeting, actor=chair)
    hall.now += timedelta(minutes=60)
    assert (await screens.now())["nextSteps"][0]["what"] == "resume"
    await Meetings(database, hall.now).resume(meeting, actor=chair)
    hall.now += timedelta(minutes=11)
    budget = (await screens.now())["timeBudget"]
    assert (budget["plannedSeconds"], budget["usedSeconds"], budget["leftSeconds"]) == (1200, 1380, -180)


async def test_before_the_meeting_opens_nothing_goes_on(screens: Screens) -> None:
    later = global_id("Meeting", screens.hall.world.annual_meeting)
    member = screens.hall.world.members["member"]
    asked = await screens.phones.ask(
        member, "query($id: ID!) { meeting(id: $id) { now { item { title } } } }", id=later
    )
    assert asked["meeting"]["now"] is None


async def test_the_whole_screen_takes_a_fixed_number_of_statements(screens: Screens) -> None:
    hall, costs = screens.hall, []
    await screens.now(hall.ombud(0), allowed=None)  # statutes are read once by each process
    for count in (1, 5):
        for index in range(count):
            await hall.propose(ProposalKind.COUNTER, f"Förslag {count} {index}.", by=hall.ombud(index))
            asked = Request(member_id=hall.ombud(10 * count + index).id)
            await Floor(hall.world.database, hall.now).request(hall.conference.meeting, asked, actor=hall.secretary)
        with recorded(screens.phones.app.database.reader) as statements:
            await screens.now(hall.ombud(0), allowed=None)
        costs.append(len(statements))
    assert costs[0] == costs[1]
    assert costs[0] <= 25


async def test_a_screen_speaks_english_to_whoever_prefers_it(screens: Screens) -> None:
    hall = screens.hall
    await hall.ordered()
    meeting = global_id("Meeting", hall.conference.meeting)
    query = "query($id: ID!) { meeting(id: $id) { now { question { text } nextSteps { label } } } }"
    seen = (await screens.phones.ask(hall.chair.id, query, "en", id=meeting))["meeting"]["now"]
    assert seen["question"]["text"] == "Shall the meeting approve A?"
