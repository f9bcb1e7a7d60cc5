"""A member's motion from the first draft to the follow-up, told over HTTP on both databases."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from schema.ids import global_id
from tests.end_to_end.organisation import Organisation, Person, organisation
from tests.proofs import proven
from tests.waiting import until
from tests.world import BEFORE, DEADLINE, STARTS, World

PASTED = """Motion om barnpassning på våra möten

På de senaste konferenserna har flera ombud tackat nej för att de inte kunnat lösa barnpassningen.
Barnpassning kostar, men mindre än att förlora aktiva.

Jag yrkar

•\tatt distriktet ska erbjuda barnpassning på distriktsårskonferenser
•\tatt behovet av barnpassning ska efterfrågas redan i kallelsen

Sofia Ängvide, Granvik
"""

ALL = """
    title reasoning category movers { name confirmedAt }
    clauses { id number text recommendation { outcome wording } decision { outcome asRecommended paragraph votesFor }
              followUp { bodyName dueOn report } }
    reply { reasons decision reservations { number text name } }
    actions { name label allowed closesAt denials { code message paragraph { number } } }
    nextSteps { what who by } deadlines { name at derivation }
    history { step from to by at proof { position leaf shown inclusion { size path checkpoint } } }
"""


@pytest.fixture
async def here(world_url: tuple[str, World]) -> AsyncIterator[Organisation]:
    url, world = world_url
    async with organisation(url, world) as running:
        running.at(BEFORE)
        yield running


async def the_motion(person: Person, motion: str) -> dict[str, Any]:
    data = await person.ask(f"query($id: ID!) {{ motion(id: $id) {{ id state receiptNumber {ALL} }} }}", id=motion)
    found: dict[str, Any] = data["motion"]
    return found


async def test_a_motion_goes_from_a_pasted_text_to_a_reported_follow_up(here: Organisation) -> None:
    meeting = global_id("Meeting", here.world.meeting)
    sofia, karin = await here.sign_in("mover"), await here.sign_in("co_mover")
    rami, gunhild = await here.sign_in("secretary"), await here.sign_in("presidium")

    # Sofia pastes her text; it is split, and she has forgotten nothing but a co-mover.
    draft = await sofia.do("createMotion", ALL, meetingId=meeting, text={"pasted": PASTED, "category": "ORGANISATION"})
    assert draft["title"] == "Barnpassning på våra möten"
    assert [clause["text"] for clause in draft["clauses"]] == [
        "att distriktet ska erbjuda barnpassning på distriktsårskonferenser.",
        "att behovet av barnpassning ska efterfrågas redan i kallelsen.",
    ]
    motion = draft["id"]

    # She takes the reasoning out to rewrite it, and is refused with the paragraph while it is missing.
    clauses = [{"text": clause["text"]} for clause in draft["clauses"]]
    empty = {"title": draft["title"], "reasoning": "", "clauses": clauses, "category": "ORGANISATION"}
    await sofia.do("updateMotion", motionId=motion, text=empty, expectedVersion=draft["version"])
    refused = await sofia.do("submitMotion", motionId=motion)
    assert refused["__typename"] == "NotAllowed"
    (denial,) = refused["denials"]
    assert denial["code"] == "reasoning_missing"
    assert denial["paragraph"]["key"] == "motion-form"
    assert "brödtext" in denial["message"]
    whole = {**empty, "reasoning": draft["reasoning"]}
    await sofia.do("updateMotion", motionId=motion, text=whole)

    # Karin is invited and confirms; before that her name is shown to nobody.
    invited = await sofia.do("inviteCoMover", ALL, motionId=motion, memberNumber=here.world.numbers["co_mover"])
    assert [mover["name"] for mover in invited["movers"]] == ["Sofia Ängvide", None]
    confirmed = await karin.do("confirmCoMover", ALL, motionId=motion)
    assert [mover["name"] for mover in confirmed["movers"]] == ["Sofia Ängvide", "Karin Mossgren"]

    submitted = await sofia.do("submitMotion", ALL, motionId=motion, idempotencyKey="lämnar in")
    assert (submitted["state"], submitted["receiptNumber"]) == ("SUBMITTED", 1)
    again = await sofia.do("submitMotion", motionId=motion, idempotencyKey="lämnar in")
    assert again["receiptNumber"] == 1

    # The day after the deadline Rami admits it, and records another that came on paper an hour before.
    here.at(DEADLINE + timedelta(days=1))
    assert (await rami.do("admitMotion", motionId=motion))["state"] == "ADMITTED"
    paper = await rami.do(
        "recordMotion",
        meetingId=meeting,
        text={"title": "Doftfria möten", "reasoning": "Två medlemmar kan inte komma.",
              "clauses": [{"text": "att distriktets möten ska vara doftfria."}]},
        memberNumber=here.world.numbers["member"],
        channel="PAPER",
        receivedAt=(DEADLINE - timedelta(hours=1)).isoformat(),
    )  # fmt: skip
    assert (paper["state"], paper["receiptNumber"]) == ("SUBMITTED", 2)

    # The board adopts a reply per att-sats; Åsa reserves herself.
    incomplete = await rami.do(
        "adoptBoardReply", motionId=motion, reasons="", decision="DS 12 februari, § 8", present=1,
        recommendations=[{"clause": 1, "outcome": "APPROVE_REWORDED"}],
    )  # fmt: skip
    assert {denial["code"] for denial in incomplete["denials"]} == {
        "recommendation_missing", "recommendation_incomplete", "reasons_missing", "board_not_quorate",
    }  # fmt: skip
    replied = await rami.do(
        "adoptBoardReply", ALL, motionId=motion, reasons="Behovet är olika. Kallelsen räcker.",
        decision="DS 12 februari, § 8", present=2,
        recommendations=[{"clause": 1, "outcome": "REJECT"}, {"clause": 2, "outcome": "APPROVE"}],
    )  # fmt: skip
    assert replied["state"] == "PREPARED"
    board = await here.sign_in("board")
    reserved = await board.do(
        "recordReplyReservation", ALL, motionId=motion, text="Jag yrkar bifall till hela motionen."
    )
    assert reserved["reply"]["reservations"][0]["name"] == "Åsa Fridlöv"
    scheduled = await rami.do("scheduleMotion", motionId=motion)
    assert (scheduled["state"], scheduled["documentNumber"]) == ("SCHEDULED", "B1")

    # Until the papers are out other members see nothing; afterwards everything.
    dawit = await here.sign_in("delegate")
    assert (await dawit.ask("query($id: ID!) { motion(id: $id) { id } }", id=motion))["motion"] is None
    await rami.do("sendPapers", meetingId=meeting)
    assert (await the_motion(dawit, motion))["clauses"][1]["recommendation"]["outcome"] == "APPROVE"

    # The conference decides the first att-sats against the board, by counted votes.
    here.at(STARTS)
    rami, gunhild = await here.sign_in("secretary"), await here.sign_in("presidium")
    opened = await gunhild.do("openMeeting", meetingId=meeting)
    assert opened["state"] == "OPENED"
    first, second = (clause["id"] for clause in replied["clauses"])
    await gunhild.do(
        "decideClause", clauseId=first, outcome="APPROVE", paragraph="§ 14", votes={"for": 31, "against": 22},
    )  # fmt: skip
    decided = await gunhild.do("decideClause", ALL, clauseId=second, outcome="APPROVE", paragraph="§ 14")
    assert decided["state"] == "DECIDED"
    assert [clause["decision"]["asRecommended"] for clause in decided["clauses"]] == [False, True]

    # The motion that came on paper was never prepared: the conference takes it in and defers it to the next one.
    await rami.do("admitMotion", motionId=paper["id"])
    late = await rami.do("scheduleMotion", ALL, motionId=paper["id"])
    refused = await gunhild.do("closeMeeting", meetingId=meeting)
    assert [denial["code"] for denial in refused["denials"]] == ["motions_undecided"]
    await gunhild.do(
        "decideClause", clauseId=late["clauses"][0]["id"], outcome="DEFER",
        deferredToId=global_id("Meeting", here.world.next_meeting),
    )  # fmt: skip
    assert (await gunhild.do("closeMeeting", meetingId=meeting))["state"] == "CLOSED"
    assert [step["step"] for step in (await the_motion(rami, paper["id"]))["history"]][-2:] == ["carry_over", "close"]

    # Somebody carries it out and reports.
    here.at(STARTS + timedelta(days=3))
    for clause in (first, second):
        await rami.do("assignFollowUp", clauseId=clause, bodyId=here.id("Body", "district/board"), dueOn="2026-10-01")
        await rami.do("reportFollowUp", clauseId=clause, report="Barnpassning ordnas från hösten.")
    closed = await rami.do("closeMotion", ALL, motionId=motion)
    assert closed["state"] == "CLOSED"
    assert closed["clauses"][0]["followUp"]["report"] == "Barnpassning ordnas från hösten."
    steps = [step["step"] for step in closed["history"]]
    assert steps[0] == "edit"
    assert steps[-1] == "close"
    await everything_is_proven(here, rami, motion)


async def everything_is_proven(here: Organisation, person: Person, motion: str) -> None:
    """Each step that is shown is the one that the signed ledger holds."""

    async def signed() -> bool:
        await here.app.sign_ledger()
        last = (await the_motion(person, motion))["history"][-1]["proof"]
        return last is not None and last["inclusion"] is not None

    await until(signed)
    key = here.app.ledger_key.signer.verifier
    for step in (await the_motion(person, motion))["history"]:
        held = proven(step["proof"], key)
        assert (held["rule"], held["from"], held["to"]) == (step["step"], step["from"], step["to"])
        assert [each.upper() for each in held["by"]] == step["by"]
        assert datetime.fromisoformat(held["at"]) == datetime.fromisoformat(step["at"])
        assert global_id("Motion", UUID(held["case"])) == motion


async def test_one_second_late_is_refused_with_code_paragraph_words_and_the_next_chance(here: Organisation) -> None:
    sofia = await here.sign_in("mover")
    meeting = global_id("Meeting", here.world.meeting)
    draft = await sofia.do("createMotion", meetingId=meeting, text={"pasted": PASTED})
    here.at(DEADLINE + timedelta(seconds=1))
    refused = await sofia.do("submitMotion", motionId=draft["id"])
    (denial,) = refused["denials"]
    assert denial["code"] == "deadline_passed"
    assert (denial["paragraph"]["key"], denial["paragraph"]["number"]) == ("motion-deadline", "N 4")
    assert denial["message"].startswith("Motionsstoppet gick ut 7 februari 2026 kl. 24.00.")
    assert "Nästa tillfälle: senast" in denial["message"]
    assert denial["nextChance"].startswith("2027-02-0")
    sofia.language = "en"
    in_english = await sofia.do("submitMotion", motionId=draft["id"])
    assert in_english["denials"][0]["message"].startswith("The deadline for motions passed at 7 February 2026, 24:00.")
    assert in_english["denials"][0]["code"] == "deadline_passed"


async def test_what_may_i_do_now_and_when_is_answered_with_every_reason(here: Organisation) -> None:
    sofia = await here.sign_in("mover")
    meeting = global_id("Meeting", here.world.meeting)
    draft = await sofia.do("createMotion", ALL, meetingId=meeting, text={"pasted": PASTED})
    actions = {action["name"]: action for action in draft["actions"]}
    assert actions["submit"]["allowed"] is True
    assert actions["submit"]["closesAt"] == DEADLINE.isoformat()
    assert actions["record"]["denials"][0]["code"] == "not_your_role"
    assert draft["nextSteps"][0] == {"what": "submit", "who": "MOVER", "by": DEADLINE.isoformat()}
    deadline = next(each for each in draft["deadlines"] if each["name"] == "motions")
    assert deadline["derivation"].startswith("42 dagar före 21 mars 2026")


async def test_a_reader_finds_motions_in_swedish_page_by_page(here: Organisation) -> None:
    sofia = await here.sign_in("mover")
    meeting = global_id("Meeting", here.world.meeting)
    for number in range(5):
        text = {"title": f"Lån {number}", "reasoning": "Om banklån.", "clauses": [{"text": "att vi ska låna."}]}
        await sofia.do("createMotion", meetingId=meeting, text=text)
    query = """query($first: Int, $after: String, $search: String) {
        motions(first: $first, after: $after, orderBy: OLDEST, filter: {search: $search, mine: true}) {
            totalCount nodes { title } pageInfo { hasNextPage endCursor } } }"""
    first = (await sofia.ask(query, first=3, search="lånen"))["motions"]
    assert first["totalCount"] == 5
    assert [node["title"] for node in first["nodes"]] == ["Lån 0", "Lån 1", "Lån 2"]
    rest = (await sofia.ask(query, first=3, after=first["pageInfo"]["endCursor"], search="lån"))["motions"]
    assert [node["title"] for node in rest["nodes"]] == ["Lån 3", "Lån 4"]
    assert rest["pageInfo"]["hasNextPage"] is False
    assert (await sofia.ask(query, first=3, search="lan"))["motions"]["totalCount"] == 0


async def test_the_inbox_holds_what_waits_for_each(here: Organisation) -> None:
    sofia, rami = await here.sign_in("mover"), await here.sign_in("secretary")
    meeting = global_id("Meeting", here.world.meeting)
    draft = await sofia.do("createMotion", meetingId=meeting, text={"pasted": PASTED})
    inbox = (
        """{ inbox { totalCount items { nextStep { what } case { ... on Motion { id } ... on Meeting { name } } } } }"""
    )

    def asked(data: dict[str, Any]) -> set[str]:
        return {item["nextStep"]["what"] for item in data["inbox"]["items"] if item["case"].get("id") == draft["id"]}

    assert asked(await sofia.ask(inbox)) == {"submit"}
    assert asked(await rami.ask(inbox)) == set()
    await sofia.do("submitMotion", motionId=draft["id"])
    assert asked(await sofia.ask(inbox)) == set()
    assert asked(await rami.ask(inbox)) == {"admit"}
