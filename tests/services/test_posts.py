"""Posts and mandates through the API: templates, leave and stand-ins, resignation, co-opting, extension, vacancies."""

from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from democracy.services.term_reminders import remind_of_terms
from democracy.storage.tables.outbox import OutboxRow
from schema.ids import global_id
from tests.conference import NOW
from tests.elections import Hall, codes, hall
from tests.world import BEFORE, World

SHOWN = {
    "Mandate": "id role startsOn endsOn releasedOn standsInForId state nextSteps { what who } history { step }",
    "RoleTemplate": "id number state title",
    "SeatByRight": "id state",
    "Body": "mandates { endsOn }",
}
REFUSED = "... on NotAllowed { denials { code } } ... on InvalidInput { fields { code } } ... on NotFound { message }"
TEMPLATE = {
    "title": "Styrelseledamöter", "bodyKind": "BOARD", "role": "MEMBER", "unitKind": None, "termMonths": 24,
    "expectations": "Du läser handlingarna.", "holders": 3, "mustBeFilled": True, "decision": "DS § 2",
}  # fmt: skip


@pytest.fixture
async def room(world: World, tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(world, tmp_path / "seeds") as made:
        yield made


async def do(room: Hall, who: str, name: str, kind: str = "Mandate", **given: Any) -> dict[str, Any]:
    query = f"""mutation ($input: {name[0].upper()}{name[1:]}Input!) {{ {name}(input: $input) {{
        __typename ... on {kind} {{ {SHOWN[kind]} }} {REFUSED} }} }}"""
    return await room.devices[who].change(query, **given)


async def acting(room: Hall) -> list[dict[str, Any]]:
    """Who acts in the district's board."""
    query = "query ($id: ID!) { body(id: $id) { mandates { id role endsOn standsInForId member { id } } } }"
    body = global_id("Body", room.world.bodies["district/board"])
    found: list[dict[str, Any]] = (await room.devices["o0"].ask(query, id=body))["body"]["mandates"]
    return found


async def vacancies(room: Hall) -> list[tuple[str, str, int]]:
    query = "query ($id: ID!) { vacancies(unitId: $id) { ground title missing bodyId } }"
    found = await room.devices["o0"].ask(query, id=global_id("Unit", room.world.units["norrviken"]))
    board = global_id("Body", room.world.bodies["district/board"])
    # The statutes ask for roles that nobody has in this world: tried beside the register.
    here = [each for each in found["vacancies"] if each["bodyId"] == board and each["ground"] != "STATUTES"]
    return [(each["ground"], each["title"], each["missing"]) for each in here]


async def adopt(room: Hall, **more: Any) -> dict[str, Any]:
    given = {"unitId": global_id("Unit", room.world.units["norrviken"]), **TEMPLATE, **more}
    return await do(room, "secretary", "adoptRoleTemplate", "RoleTemplate", **given)


async def elected(room: Hall) -> tuple[str, list[str]]:
    """Two members and two substitutes of the board, by a template that says what the post is; the meeting closed."""
    prepared = await room.prepare(2, title="", substitutes=2)
    await room.do("meeting_secretary", "publishNominations", electionId=prepared)
    stand = [await room.stands(prepared, each) for each in range(4)]
    await room.do("presidium", "decideElectionNumbers", electionId=prepared, seats=2, substitutes=2)
    await room.do("presidium", "electByAcclamation", electionId=prepared, memberCandidacyIds=stand[:2],
                  substituteCandidacyIds=stand[2:])  # fmt: skip
    closed = "mutation ($input: CloseMeetingInput!) { closeMeeting(input: $input) { __typename } }"
    await room.devices["presidium"].change(closed, meetingId=global_id("Meeting", room.conference.meeting))
    room.at(NOW + timedelta(days=1))
    people = [global_id("Member", room.conference.ombud[each]) for each in range(4)]
    found = await acting(room)
    return prepared, [next(each["id"] for each in found if each["member"]["id"] == person) for person in people]


async def test_a_template_fills_in_what_its_election_leaves_unsaid_and_is_replaced_by_its_next_version(
    room: Hall,
) -> None:
    assert codes(await adopt(room, decision="", role=None)) == ["post_missing", "decision_missing"]
    assert codes(await adopt(room, termMonths=0)) == ["out_of_range"]
    await adopt(room, expectations="Du kommer.")
    second = await adopt(room)
    assert (second["number"], second["state"]) == (2, "IN_FORCE")
    election = await room.prepare(2, title="")
    query = """query ($id: ID!) { election(id: $id) { title expectations mustBeFilled inOrder endsOn
        roleTemplate { number } } }"""
    seen = (await room.devices["o0"].ask(query, id=election))["election"]
    assert seen == {
        "title": "Styrelseledamöter", "expectations": "Du läser handlingarna.", "mustBeFilled": True, "inOrder": True,
        "endsOn": "2028-03-21", "roleTemplate": {"number": 2},
    }  # fmt: skip
    other = {"templateId": second["id"], "role": "CHAIR", "title": "Ordförande", "seats": 1}
    wrong = await room.do("secretary", "prepareElection", meetingId=global_id("Meeting", room.conference.meeting),
                          bodyId=global_id("Body", room.world.bodies["district/board"]), **other)  # fmt: skip
    assert codes(wrong) == ["template_does_not_fit"]
    gone = await do(room, "secretary", "withdrawRoleTemplate", "RoleTemplate", templateId=second["id"], decision="§ 3")
    assert gone["state"] == "WITHDRAWN"


async def test_a_substitute_stands_in_while_a_leave_lasts_and_a_granted_resignation_leaves_a_vacancy(
    room: Hall,
) -> None:
    await adopt(room)
    election, (first, second, *_) = await elected(room)
    # With the board's member in this world, three hold the post.
    assert await vacancies(room) == []
    away = await do(room, "o0", "takeLeave", mandateId=first, firstDay="2026-03-22", lastDay="2026-06-30")
    assert [each["step"] for each in away["history"]] == ["take_leave"]
    stood_in = next(each for each in await acting(room) if each["standsInForId"] == first)
    assert (stood_in["role"], stood_in["endsOn"], stood_in["member"]["id"]) == (
        "MEMBER", "2026-06-30", global_id("Member", room.conference.ombud[2]),
    )  # fmt: skip
    assert ((await room.see("o0", election) or {})["vacantSeats"], await vacancies(room)) == (0, [])
    # The next one on leave is stood in for by the next substitute.
    await do(room, "secretary", "takeLeave", mandateId=second, firstDay="2026-03-22")
    assert sum(each["standsInForId"] is not None for each in await acting(room)) == 2
    back = await do(room, "o0", "endLeave", mandateId=first, lastDay="2026-03-22")
    room.at(NOW + timedelta(days=2))
    assert back["__typename"] == "Mandate"
    assert first in {each["id"] for each in await acting(room)}
    assert [each["standsInForId"] for each in await acting(room) if each["standsInForId"]] == [second]
    resigned = await do(room, "o0", "resignMandate", mandateId=first)
    assert resigned["nextSteps"] == [{"what": "release", "who": "SECRETARY"}]
    assert codes(await do(room, "o0", "grantResignation", mandateId=first, firstFreeDay="2026-03-23", decision="")) == [
        "not_your_role", "decision_missing",
    ]  # fmt: skip
    granted = await do(
        room, "secretary", "grantResignation", mandateId=first, firstFreeDay="2026-03-23", decision="DÅK § 9"
    )
    assert (granted["state"], granted["releasedOn"]) == ("RELEASED", "2026-03-23")
    assert await vacancies(room) == [("TEMPLATE", "Styrelseledamöter", 1)]
    assert (await room.see("o0", election) or {})["vacantSeats"] == 1
    # Nobody else than the holder and the secretary is told of it afterwards.
    gone = await room.devices["o1"].ask("query ($id: ID!) { node(id: $id) { id } }", id=first)
    own = await room.devices["o0"].ask("query ($id: ID!) { node(id: $id) { id } }", id=first)
    assert (gone["node"], own["node"]["id"]) == (None, first)


async def test_mandates_are_extended_and_ended_by_decision_and_the_co_opted_have_no_vote(room: Hall) -> None:
    await adopt(room)
    _, (first, *_) = await elected(room)
    body = global_id("Body", room.world.bodies["district/board"])
    assert codes(await do(room, "o1", "extendMandates", "Body", bodyId=body, lastDay="2028-06-30", decision="§ 4")) == [
        "not_your_role"
    ]
    nobody = await do(room, "secretary", "extendMandates", "Body", bodyId=body, lastDay="2026-06-30", decision="§ 4")
    assert codes(nobody) == ["nothing_to_extend"]
    longer = await do(room, "secretary", "extendMandates", "Body", bodyId=body, lastDay="2028-06-30", decision="§ 4")
    assert [each["endsOn"] for each in longer["mandates"]].count("2028-06-30") == 4
    given = {"bodyId": body, "memberId": global_id("Member", room.world.members["neighbour"]), "firstDay": "2026-03-23"}
    assert codes(await do(room, "secretary", "coOpt", **given, decision=" ")) == ["decision_missing"]
    joined = await do(room, "secretary", "coOpt", **given, decision="DS § 9")
    assert (joined["role"], [each["step"] for each in joined["history"]]) == ("CO_OPTED", ["co_opt"])
    assert codes(await do(room, "secretary", "coOpt", **given, decision="DS § 9")) == ["already_in"]
    ended = await do(room, "secretary", "endMandate", mandateId=first, lastDay="2026-03-31", decision="Har flyttat")
    assert (ended["state"], ended["releasedOn"]) == ("RELEASED", "2026-04-01")
    assert codes(await do(room, "o0", "resignMandate", mandateId=first)) == ["wrong_state"]


async def test_whoever_holds_the_place_sits_in_the_committee_by_right_and_nobody_else(room: Hall) -> None:
    committee, board = (global_id("Body", each) for each in (room.committee, room.world.bodies["district/board"]))
    election = await room.prepare(1, committeeId=committee)
    note = {"electionId": election, "text": "Ring henne."}
    assert codes(await room.do("board", "noteInCommittee", **note)) == ["not_your_role"]
    seat = {"bodyId": committee, "fromBodyId": board, "fromRole": "MEMBER", "decision": "DÅK § 7"}
    wrong = {**seat, "bodyId": board, "fromBodyId": committee, "decision": ""}
    assert codes(await do(room, "secretary", "grantSeatByRight", "SeatByRight", **wrong)) == [
        "decision_missing", "no_committee",
    ]  # fmt: skip
    granted = await do(room, "secretary", "grantSeatByRight", "SeatByRight", **seat)
    assert codes(await do(room, "secretary", "grantSeatByRight", "SeatByRight", **seat)) == ["granted_before"]
    assert (await room.do("board", "noteInCommittee", **note))["__typename"] == "Election"
    seen = [(await room.see(who, election) or {})["committeeWork"] for who in ("board", "neighbour", "secretary")]
    assert [bool(each) for each in seen] == [True, True, False]
    ended = {"seatId": granted["id"], "lastDay": NOW.date().isoformat(), "decision": "DÅK § 8"}
    assert (await do(room, "secretary", "endSeatByRight", "SeatByRight", **ended))["state"] == "ENDED"
    room.at(NOW + timedelta(days=1))
    assert codes(await room.do("board", "noteInCommittee", **note)) == ["not_your_role"]


async def test_a_term_that_ends_is_reminded_of_once_to_its_holder_and_to_those_who_lead(room: Hall) -> None:
    await adopt(room, remindDays=30)
    await elected(room)
    database = room.world.database
    assert await remind_of_terms(database, datetime(2028, 2, 20, tzinfo=UTC)) == 0
    assert await remind_of_terms(database, datetime(2028, 2, 22, tzinfo=UTC)) == 4
    assert await remind_of_terms(database, datetime(2028, 2, 23, tzinfo=UTC)) == 0
    async with database.read() as connection:
        told = (await connection.execute(select(OutboxRow.subject).where(OutboxRow.purpose == "term_ends"))).scalars()
        subjects = Counter(told)
    ends = "i Distriktsstyrelsen går ut 2028-03-21"
    assert subjects == {f"Ditt uppdrag {ends}": 4, f"Ett uppdrag {ends}": 8}


async def test_what_an_outgoing_officer_holds_is_handed_over_line_by_line(room: Hall) -> None:
    await adopt(room)
    _, (first, *_) = await elected(room)
    given = {"mandateId": first}
    assert codes(await do(room, "o0", "finishHandover", **given)) == ["no_handover"]
    assert codes(await do(room, "o1", "drawUpHandover", **given)) == ["not_your_role"]
    await do(room, "o0", "drawUpHandover", **given)
    await do(room, "o0", "drawUpHandover", **given)
    await do(room, "o0", "addHandoverLine", **given, text="Nyckel till lokalen")
    query = "query ($id: ID!) { node(id: $id) { ... on Mandate { handover { state left lines { id kind text } } } } }"
    listed = (await room.devices["o0"].ask(query, id=first))["node"]["handover"]
    lines = {each["text"]: each for each in listed["lines"]}
    assert lines["Distriktsårskonferens 2027"]["kind"] == "MEETING"
    assert lines["Nyckel till lokalen"]["kind"] == "OTHER"
    assert listed["left"] == len(listed["lines"]) == len(lines)
    assert (await room.devices["o1"].ask(query, id=first))["node"]["handover"] is None
    assert codes(await do(room, "o1", "tickHandoverLine", lineId=listed["lines"][0]["id"])) == ["not_your_role"]
    for each in listed["lines"]:
        assert codes(await do(room, "secretary", "finishHandover", **given)) == ["lines_left"]
        await do(room, "secretary", "tickHandoverLine", lineId=each["id"])
    assert codes(await do(room, "o0", "tickHandoverLine", lineId=listed["lines"][0]["id"])) == ["ticked_before"]
    assert (await do(room, "o0", "finishHandover", **given))["__typename"] == "Mandate"
    assert (await room.devices["o0"].ask(query, id=first))["node"]["handover"]["state"] == "DONE"


async def waits(room: Hall, who: str) -> list[tuple[str, str]]:
    """What waits for somebody in elections."""
    query = "{ inbox { items { case { __typename } nextStep { what } } } }"
    found = (await room.devices[who].ask(query))["inbox"]["items"]
    kinds = ("Election", "Candidacy", "Mandate")
    return sorted((each["case"]["__typename"], each["nextStep"]["what"]) for each in found
                  if each["case"]["__typename"] in kinds)  # fmt: skip


async def test_the_inbox_asks_nominees_the_committee_the_elected_and_whoever_fills_a_vacancy(room: Hall) -> None:
    unit = global_id("Unit", room.world.units["norrviken"])
    pledge = {"unitId": unit, "text": "Jag lovar.", "decision": "DS § 1"}
    first = await room.do("secretary", "adoptCandidatePledge", **pledge)
    election = await room.prepare(1, committeeId=global_id("Body", room.committee))
    room.at(BEFORE)
    person = global_id("Member", room.conference.ombud[3])
    asked = await room.do("o0", "nominate", electionId=election, memberId=person)
    assert await waits(room, "o3") == [("Candidacy", "accept"), ("Candidacy", "present")]
    # Nominations are open: nothing waits for the committee yet, and never for the secretary.
    assert (await waits(room, "neighbour"), await waits(room, "secretary"), await waits(room, "o1")) == ([], [], [])
    await room.do("o3", "presentCandidate", candidacyId=asked["id"], text="Jag är van.")
    await room.do("o3", "acceptNomination", candidacyId=asked["id"], pledgeId=first["id"])
    assert await waits(room, "o3") == []
    room.at(NOW)
    assert await waits(room, "neighbour") == [("Election", "publish")]
    second = await room.do("secretary", "adoptCandidatePledge", **{**pledge, "text": "Jag lovar mer."})
    assert await waits(room, "o3") == [("Candidacy", "sign")]
    again = {"candidacyId": asked["id"]}
    assert codes(await room.do("o3", "signCandidatePledge", **again, pledgeId=first["id"])) == ["pledge_unsigned"]
    await room.do("o3", "signCandidatePledge", **again, pledgeId=second["id"])
    assert await waits(room, "o3") == []


async def test_the_inbox_asks_to_accept_to_grant_a_resignation_and_to_fill_the_vacancy(room: Hall) -> None:
    await adopt(room)
    election, (first, *_) = await elected(room)
    assert await waits(room, "o0") == [("Candidacy", "declare_acceptance")]
    own = next(each["id"] for each in (await room.see("o0", election) or {})["candidacies"] if each["position"] == 1)
    await room.do("o0", "declareAcceptance", candidacyId=own)
    assert codes(await room.do("o0", "declareAcceptance", candidacyId=own)) == ["accepted_before"]
    assert (await waits(room, "o0"), await waits(room, "secretary")) == ([], [])
    await do(room, "o0", "resignMandate", mandateId=first)
    assert await waits(room, "secretary") == [("Mandate", "release")]
    free = {"firstFreeDay": "2026-03-22", "decision": "DÅK § 9"}
    await do(room, "secretary", "grantResignation", mandateId=first, **free)
    assert await waits(room, "secretary") == [("Election", "fill"), ("Election", "step_in")]
    next_year = global_id("Meeting", room.world.next_meeting)
    body = global_id("Body", room.world.bodies["district/board"])
    await room.do("secretary", "prepareElection", meetingId=next_year, bodyId=body, title="Fyllnadsval",
                  fillsId=election)  # fmt: skip
    assert ("Election", "fill") not in await waits(room, "secretary")
    assert "fill" in [each["step"] for each in (await room.see("o0", election) or {})["history"]]
    await room.do("secretary", "stepInSubstitute", electionId=election)
    assert ("Election", "step_in") not in await waits(room, "secretary")
