"""The second story: a council decides in writing, under embargo; and the other ending, where five ask for a meeting."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from democracy.storage.tables.council import CouncilAskedRow
from democracy.storage.tables.member import MemberRow
from democracy.storage.tables.outbox import OutboxRow
from democracy.workers.clock import ClockWorker
from tests.council import PLACES, RAISED, Council, council
from tests.world import World

HOUR = timedelta(hours=1)
OPENED, CLOSES, LIFTS = RAISED + 2 * HOUR, RAISED + 38 * HOUR, RAISED + 44 * HOUR
MEETING, REPORT = RAISED + timedelta(days=14), RAISED + timedelta(days=28)
YES = [*PLACES[6:15], "chair_of_council", "secretary_of_council"]
NO = PLACES[15:18]
ABSTAIN = PLACES[18:19]
SILENT = PLACES[19:]
ASKING = ("delegate6", "delegate7", "delegate8", "delegate9")

READ = """mutation($input: OpenCouncilPaperInput!) { openCouncilPaper(input: $input) {
    __typename ... on OpenedCouncilPaper { text } } }"""


@pytest.fixture
async def room(world: World) -> AsyncIterator[Council]:
    async with council(world) as made:
        yield made


def codes(answer: dict[str, Any]) -> list[str]:
    return [each["code"] for each in answer["denials"]]


async def decided_on(room: Council, who: str, words: str) -> list[dict[str, Any]]:
    """What somebody finds in the register."""
    query = """query ($words: String!) { decisions(first: 10, filter: {search: $words}) {
        nodes { title text outcome ground inForceFrom inForceUntil case { id documentation } } } }"""
    found: list[dict[str, Any]] = (await room.devices[who].ask(query, words=words))["decisions"]["nodes"]
    return found


async def inbox(room: Council, who: str) -> list[dict[str, Any]]:
    """What waits for somebody."""
    query = "{ inbox(first: 20) { items { case { ... on CouncilDecision { id } } nextStep { what } } } }"
    found: list[dict[str, Any]] = (await room.devices[who].ask(query))["inbox"]["items"]
    return found


async def asked(room: Council) -> str:
    """Steps 1 to 5: raised, declared, confidential, one barred, the window opened."""
    matter = await room.raised()
    stamped = {"title": "Avtal", "text": "Sekretess enligt 19 kap. 3 § OSL. Får inte spridas."}
    secret = await room.do("leader", "attachCouncilPaper", decisionId=matter, **stamped)
    assert codes(secret) == ["secret_by_law"]
    assert secret["denials"][0]["force"] == "LAW"
    matter_ready = await room.prepared(LIFTS)
    declared = await room.do(
        "secretary_of_council", "declareCouncilMatter", decisionId=matter_ready, decision="AU § 41",
        reason="Det gäller tusen hem.", principle=True, urgent=True,
    )  # fmt: skip
    assert (declared["principleBy"], declared["initiative"]) == ("AU § 41", "GROUP")
    conflict = await room.do("barred", "declareCouncilConflict", decisionId=matter_ready, reason="Anställd i bolaget.")
    assert (conflict["papers"], conflict["report"]) == ([], None)
    room.at(OPENED)
    opened = await room.asking(matter_ready, CLOSES)
    assert (opened["state"], opened["answersNeeded"], opened["meetingsNeeded"]) == ("ASKING", 15, 5)
    assert [each["attempts"] for each in opened["asked"]] == [1] * 22
    return matter_ready


async def answered(room: Council, matter: str) -> None:
    """Step 6: seventeen answer, one by telephone, four are never reached."""
    for answer, people in (("YES", YES), ("NO", NO), ("ABSTAIN", ABSTAIN)):
        for name in people:
            done = await room.do(name, "answerWrittenProcedure", "id state", decisionId=matter, answer=answer)
            assert done["__typename"] == "CouncilDecision", (name, done)
    for channel in ("TELEPHONE", "TELEPHONE"):
        await room.do(
            "secretary_of_council", "logContactAttempt", "id", decisionId=matter, memberId=room.member("unreached"),
            channel=channel,
        )  # fmt: skip
    by_phone = await room.do(
        "secretary_of_council", "answerWrittenProcedure", decisionId=matter, memberId=room.member("unreached"),
        answer="YES", channel="TELEPHONE",
    )  # fmt: skip
    assert {"name": "Siv Mårdhult", "answered": True, "attempts": 3} in by_phone["asked"]
    last = await room.do("fifth", "answerWrittenProcedure", decisionId=matter, answer="ABSTAIN")
    assert last["ownAnswer"]["answer"] == "ABSTAIN"
    twice = await room.do("fifth", "answerWrittenProcedure", decisionId=matter, answer="NO")
    assert codes(twice) == ["answered_already"]


async def test_a_council_decides_in_writing_under_embargo(room: Council) -> None:
    matter = await asked(room)
    waiting = {"case": {"id": matter}, "nextStep": {"what": "answer"}}
    assert waiting in await inbox(room, "delegate6")
    await answered(room, matter)
    assert waiting not in await inbox(room, "delegate6")
    for name in ASKING:
        await room.do(name, "requestCouncilMeeting", "id", decisionId=matter)
    await room.do("delegate6", "reserveInWriting", "id", decisionId=matter, text="Priset är för högt.")
    # 7: nobody outside finds it, and nobody inside learns how it goes.
    assert await room.see("member", matter) is None
    everything = "{ councilDecisions(first: 10) { totalCount nodes { id } } }"
    none = {"councilDecisions": {"totalCount": 0, "nodes": []}}
    assert await room.devices["member"].ask(everything) == none
    chair = await room.see("chair_of_council", matter)
    assert chair is not None
    assert (chair["figures"], chair["reservations"], chair["minutes"]) == (None, [], None)
    assert {each["step"] for each in chair["history"]}.isdisjoint({"answer", "ask_meeting", "reserve", "seek"})
    paper = (await room.see("delegate6", matter) or {})["papers"][0]["id"]
    assert (await room.devices["delegate6"].change(READ, paperId=paper))["text"] == "Vi sammanfattar den här."
    assert (await room.devices["barred"].change(READ, paperId=paper))["__typename"] == "NotAllowed"
    assert (await room.devices["member"].change(READ, paperId=paper))["__typename"] == "NotFound"
    early = await room.do("chair_of_council", "closeWrittenProcedure", decisionId=matter)
    assert codes(early) == ["window_open"]
    # 8: the clock closes it; nobody answers after its time, closed or not.
    room.at(CLOSES)
    late = await room.do(SILENT[0], "answerWrittenProcedure", decisionId=matter, answer="NO")
    assert codes(late) == ["window_closed"]
    await ClockWorker(room.world.database, lambda: CLOSES).round()
    decided = await room.see("chair_of_council", matter)
    assert decided is not None
    assert decided["figures"] == {
        "asked": 22, "answered": 17, "yes": 12, "no": 3, "abstained": 2, "meetingsAsked": 4,
    }  # fmt: skip
    assert (decided["state"], decided["outcome"]) == ("DECIDED", "APPROVED")
    assert "22 sökta, 17 svarade: 12 ja, 3 nej, 2 avstår. 4 begärde möte" in decided["minutes"]
    assert decided["reservations"] == [{"name": "Ledamot Nummer6", "text": "Priset är för högt."}]
    assert decided["accessLog"] == [{"name": "Ledamot Nummer6", "paper": "Uppgörelsen"}]
    for name in ("chair_of_council", "delegate7"):
        signed = await room.do(name, "signWrittenMinutes", decisionId=matter)
        assert signed["accessLog"] == ([] if name == "delegate7" else decided["accessLog"])
    found = await decided_on(room, "chair_of_council", "godkänns")
    assert [each["ground"] for each in found] == ["Per capsulam, AU § 41"]
    assert found[0]["case"] == {"id": matter, "documentation": "/docs/council_decision"}
    assert await decided_on(room, "member", "godkänns") == []
    # 9: the group is bound, and somebody is responsible.
    await room.do(
        "secretary_of_council", "assignCouncilDecision", "id", decisionId=matter, memberId=room.member("leader"),
        reportBy="2026-11-10", groupId=room.body("group"),
    )  # fmt: skip
    assert {"case": {"id": matter}, "nextStep": {"what": "report_back"}} in await inbox(room, "leader")
    # 10: the embargo lifts by itself: no worker has run since.
    room.at(LIFTS - timedelta(seconds=1))
    assert await room.see("member", matter) is None
    room.at(LIFTS)
    member = await room.see("member", matter)
    assert member is not None
    assert len(await decided_on(room, "member", "uppgörelser")) == 1
    assert (member["outcome"], member["accessLog"], member["asked"], len(member["papers"])) == ("APPROVED", [], [], 1)
    assert (await room.devices["barred"].change(READ, paperId=paper))["text"]
    # 11: reported to the next meeting, which changes nothing.
    room.at(MEETING)
    item = await room.item(MEETING, "Anmälan")
    reported = await room.do("secretary_of_council", "reportCouncilDecision", decisionId=matter, itemId=item)
    assert (reported["state"], reported["outcome"], reported["reportedItemId"]) == ("DECIDED", "APPROVED", item)
    undone = await room.do("chair_of_council", "withdrawCouncilMatter", decisionId=matter, reason="Ångrat.")
    assert "wrong_state" in codes(undone)
    # 12: carried out, explained, closed.
    room.at(REPORT)
    unexplained = await room.do("secretary_of_council", "closeCouncilMatter", decisionId=matter)
    assert codes(unexplained) == ["not_reported_back", "not_explained"]
    await room.do("leader", "reportBackCouncilDecision", "id", decisionId=matter, text="Undertecknat 19 oktober.")
    await room.do("chair_of_council", "explainCouncilDecision", "id", decisionId=matter, rationale="Fler bostäder.")
    closed = await room.do("secretary_of_council", "closeCouncilMatter", decisionId=matter)
    assert (closed["state"], closed["carriedOut"]) == ("CLOSED", "Undertecknat 19 oktober.")


async def test_the_fifth_who_asks_stops_it_and_no_answer_is_ever_shown(room: Council) -> None:
    matter = await asked(room)
    for name, answer in (("delegate6", "YES"), ("fifth", "NO")):
        await room.do(name, "answerWrittenProcedure", "id", decisionId=matter, answer=answer)
    for name in ASKING:
        await room.do(name, "requestCouncilMeeting", "id", decisionId=matter)
    stopped = await room.do("fifth", "requestCouncilMeeting", decisionId=matter)
    assert (stopped["state"], stopped["ownAnswer"]["answer"], stopped["figures"]) == ("CALLED", None, None)
    assert "Förfarandet avbröts sedan 5 ledamöter begärt möte." in stopped["minutes"]
    async with room.world.database.read() as connection:
        left = select(func.count()).select_from(CouncilAskedRow).where(CouncilAskedRow.answer.is_not(None))
        assert (await connection.execute(left)).scalar_one() == 0
        letters = select(OutboxRow.channel, func.count()).where(OutboxRow.purpose == "council_asked")
        sent = {row[0]: row[1] for row in await connection.execute(letters.group_by(OutboxRow.channel))}
    assert sent == {"mail": 21, "letter": 1}
    unexplained = {"level": "DELEGATES", "embargoUntil": (LIFTS + 20 * HOUR).isoformat()}
    assert codes(
        await room.do("secretary_of_council", "setCouncilConfidentiality", decisionId=matter, **unexplained)
    ) == ["reason_missing"]
    longer = {**unexplained, "reason": "Mötet hålls först i kväll."}
    await room.do("secretary_of_council", "setCouncilConfidentiality", "id", decisionId=matter, **longer)
    room.at(LIFTS)
    assert await room.see("member", matter) is None
    item = await room.item(LIFTS + HOUR, "Uppgörelsen")
    room.at(LIFTS + 2 * HOUR)
    decided = await room.do(
        "secretary_of_council", "decideCouncilMatter", decisionId=matter, itemId=item, outcome="APPROVED",
        text="Uppgörelsen godkänns, 12 ja mot 8 nej.",
    )  # fmt: skip
    assert (decided["state"], decided["decisionText"]) == ("DECIDED", "Uppgörelsen godkänns, 12 ja mot 8 nej.")


async def test_a_protected_identity_is_named_nowhere_in_a_matter(room: Council) -> None:
    matter = await asked(room)
    hidden = [room.world.members["barred"], room.world.members["unreached"]]
    async with room.world.database.unit(OPENED) as unit:
        await unit.session.execute(update(MemberRow).where(MemberRow.id.in_(hidden)).values(protected=True))
    seen = await room.see("secretary_of_council", matter)
    assert seen is not None
    assert [each["name"] for each in seen["conflicts"]] == ["skyddad identitet"]
    assert [each["name"] for each in seen["asked"]].count("skyddad identitet") == 1
    assert not {"Granberga", "Mårdhult"} & set(str(seen).replace("'", " ").split())
