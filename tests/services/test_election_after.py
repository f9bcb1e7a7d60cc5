"""What follows from an election: mandates, two posts, substitutes by order, leave, by-elections, referral, minutes."""

from datetime import date, timedelta

import pytest

from democracy.domain.actors import Member
from democracy.domain.ids import new_id
from democracy.domain.kinds import MandateRole, MeetingKind
from democracy.services.mandates import Mandates
from democracy.services.meetings import Meetings, Plan
from democracy.storage.tables.agenda import AgendaItemRow
from democracy.storage.tables.candidate_list import CandidateListRow, ListPlaceRow
from schema.ids import global_id
from tests.conference import NOW
from tests.elections import ENDS, Hall, by_state, codes
from workflows.candidate_list import CandidateListState
from workflows.item import ItemState
from workflows.proceedings import ItemKind

on_both = pytest.mark.parametrize("rules", ["vansterpartiet", "smaforeningen"])
"""Under the party's statutes, and under those of a small association."""


async def board_of_two(room: Hall, rules: str = "vansterpartiet") -> tuple[str, list[str]]:
    """Elected with one substitute, and in their places from the day after the conference."""
    await room.under(rules)
    board, (a, b, c) = await room.published(2, (0, 1, 2), substitutes=1)
    # Where every valid paper has as many names as there are seats, the meeting decides on substitutes.
    decided = rules == "smaforeningen"
    await room.paper(board, [([a, b], 5), ([b, c] if decided else [c], 2)])
    by_decision = {"substituteCandidacyIds": [c]} if decided else {}
    done = await room.do("presidium", "declareElection", electionId=board, **by_decision)
    assert (sorted(by_state(done, "ELECTED")), by_state(done, "SUBSTITUTE")) == (sorted([a, b]), [c])
    await room.close()
    return board, [a, b, c]


async def vacant(room: Hall, board: str) -> int:
    """Places that nobody fills."""
    found = await room.devices["o0"].ask("query ($id: ID!) { election(id: $id) { vacantSeats } }", id=board)
    number: int = found["election"]["vacantSeats"]
    return number


async def leaves(room: Hall) -> None:
    """One of the board resigns, and the board grants it."""
    gone, service = (await room.mandates())[0], Mandates(room.world.database, NOW + timedelta(days=1))
    await service.resign(gone.id, actor=Member(gone.member_id))
    await service.release(gone.id, date(2026, 3, 22), "DS § 9", actor=room.world.actor("secretary"))


@on_both
async def test_elected_to_two_posts_one_chooses_and_a_substitute_steps_in_by_order(room: Hall, rules: str) -> None:
    await room.under(rules)
    board, (a, first, b, c) = await room.published(2, (0, 3, 1, 2), substitutes=2)
    decided = rules == "smaforeningen"
    await room.paper(board, [([a, first], 5), ([b, first] if decided else [b], 2), ([c, first] if decided else [c], 1)])
    by_decision = {"substituteCandidacyIds": [b, c]} if decided else {}
    done = await room.do("presidium", "declareElection", electionId=board, **by_decision)
    assert (sorted(by_state(done, "ELECTED")), by_state(done, "SUBSTITUTE")) == (sorted([a, first]), [b, c])
    chair, (also,) = await room.published(1, (0,), title="Ordförande", role="CHAIR")
    await room.do("presidium", "electByAcclamation", electionId=chair, memberCandidacyIds=[also])
    wrong = await room.do("o1", "chooseOtherPost", candidacyId=b, otherCandidacyId=also)
    assert codes(wrong) == ["elected_once"]
    left = await room.do("o0", "chooseOtherPost", candidacyId=a, otherCandidacyId=also)
    assert left["state"] == "GAVE_UP"
    await room.close()
    assert await vacant(room, board) == 1
    out_of_turn = await room.do("secretary", "stepInSubstitute", electionId=board, candidacyId=c)
    assert codes(out_of_turn) == ["not_next"]
    filled = await room.do("secretary", "stepInSubstitute", electionId=board)
    assert filled["vacantSeats"] == 0
    assert codes(await room.do("secretary", "stepInSubstitute", electionId=board)) == ["no_vacancy"]


async def test_mandates_follow_when_the_meeting_closes_for_the_term(room: Hall) -> None:
    board, _ = await board_of_two(room)
    held = await room.mandates()
    assert [each.role.name for each in held] == ["MEMBER", "MEMBER", "SUBSTITUTE"]
    assert {(each.starts_on, each.ends_on) for each in held} == {(date(2026, 3, 21), ENDS)}
    assert await vacant(room, board) == 0


async def test_the_term_is_that_of_the_statutes_unless_somebody_says_another(room: Hall) -> None:
    election = await room.prepare(1)
    seen = await room.devices["o0"].ask("query ($id: ID!) { election(id: $id) { endsOn } }", id=election)
    # Twelve months for a district's board, counted from the conference on 21 March 2026.
    assert seen["election"]["endsOn"] == "2027-03-21"


async def test_a_substitute_fills_a_leave_for_as_long_as_it_lasts(room: Hall) -> None:
    board, _ = await board_of_two(room)
    away = (await room.mandates())[0]
    service = Mandates(room.world.database, NOW + timedelta(days=1))
    await service.take_leave(away.id, date(2026, 3, 22), date(2026, 6, 30), actor=Member(away.member_id))
    # By order, and by itself.
    assert codes(await room.do("secretary", "stepInSubstitute", electionId=board)) == ["no_vacancy", "no_substitute"]
    stood_in = (await room.mandates())[-1]
    assert (stood_in.role.name, stood_in.ends_on) == ("MEMBER", date(2026, 6, 30))
    assert await vacant(room, board) == 0


@on_both
async def test_a_by_election_in_mid_term_is_voted_and_fills_what_is_vacant_for_the_rest_of_it(
    room: Hall, rules: str
) -> None:
    board, _ = await board_of_two(room, rules)
    await leaves(room)
    assert await vacant(room, board) == 1
    given = {
        "bodyId": global_id("Body", room.world.bodies["district/board"]), "title": "Fyllnadsval", "fillsId": board,
    }  # fmt: skip
    annual = global_id("Meeting", room.world.annual_meeting)
    elsewhere = await room.do("branch_secretary", "prepareElection", meetingId=annual, **given)
    assert codes(elsewhere) == ["other_unit"]
    await room.reconvene()
    await room.under(rules)
    next_year = global_id("Meeting", room.world.meeting)
    filled = await room.do("secretary", "prepareElection", meetingId=next_year, **given)
    assert (filled["state"], filled["seats"]) == ("NOMINATING", 1)
    await room.do("meeting_secretary", "publishNominations", electionId=filled["id"])
    stand = [await room.stands(filled["id"], index) for index in (3, 4)]
    await room.do("presidium", "decideElectionNumbers", electionId=filled["id"], seats=1)
    await room.paper(filled["id"], [(stand[:1], 3), (stand[1:], 5)])
    done = await room.do("presidium", "declareElection", electionId=filled["id"])
    assert by_state(done, "ELECTED") == stand[1:]
    await room.close()
    assert await vacant(room, board) == 0
    newest = (await room.mandates())[-1]
    assert (newest.member_id, newest.role, newest.ends_on) == (room.conference.ombud[4], MandateRole.MEMBER, ENDS)


async def test_the_minutes_tell_of_the_election_in_the_item_that_was_open(room: Hall) -> None:
    async with room.world.database.unit(NOW) as unit:
        item = AgendaItemRow(
            id=new_id(), meeting_id=room.conference.meeting, kind=ItemKind.ELECTION, state=ItemState.OPEN,
            position=1, number=7, title="Val av styrelse", opened_at=NOW,
        )  # fmt: skip
        unit.session.add(item)
    room.at(NOW + timedelta(minutes=5))
    election, (a, b, _) = await room.published(1, (0, 1, 2), substitutes=1)
    await room.paper(election, [([a], 5), ([b], 2)], blank=1)
    await room.do("presidium", "declareElection", electionId=election)
    async with room.world.database.unit(NOW) as unit:
        decided = CandidateListRow(
            id=new_id(), meeting_id=room.conference.meeting, state=CandidateListState.DECIDED, title="Norrvik", most=2,
            assembly="kommunfullmäktige", exception="Ingen kvinna ville.", decided_at=room.app.now(),
        )  # fmt: skip
        unit.session.add(decided)
        await unit.session.flush()
        for place, member in enumerate(room.conference.ombud[:2], 1):
            unit.session.add(
                ListPlaceRow(id=new_id(), list_id=decided.id, member_id=member, position=place, asked_at=NOW)
            )
    left, there = await room.prepare(title="Revisorer"), global_id("Meeting", room.world.next_meeting)
    await room.do("presidium", "referElection", electionId=left, meetingId=there, reason="Tiden räckte inte.")
    query = "query($id: ID!) { meeting(id: $id) { minutes { text } } }"
    meeting = global_id("Meeting", room.conference.meeting)
    text = (await room.devices["meeting_secretary"].ask(query, id=meeting))["meeting"]["minutes"]["text"]
    assert "antalet platser i valet »Ledamöter« är 1, med 1 ersättare." in text
    assert "(sedlar): Lo Ombud 001 5, Lo Ombud 002 2 och Lo Ombud 003 0. Blanka: 1. Ogiltiga: 0." in text
    assert "Mötet väljer »Ledamöter«: Lo Ombud 001." in text
    assert "Ersättare, i den ordningen: Lo Ombud 002." in text
    assert "Mötet fastställer listan »Norrvik« till kommunfullmäktige: 1. Lo Ombud 001, 2. Lo Ombud 002." in text
    assert text.count("Mötet gör undantag från könsfördelningen. Skäl: Ingen kvinna ville.") == 1
    assert "Mötet hänskjuter valet »Revisorer« till Distriktsårskonferens 2027. Skäl: Tiden räckte inte." in text


async def test_a_meeting_with_an_election_undecided_is_not_closed_and_refers_it_on_by_decision(room: Hall) -> None:
    election = await room.prepare(2, committeeId=global_id("Body", room.committee))
    await room.do("neighbour", "noteInCommittee", electionId=election, text="Vi hann inte.")
    close = """mutation ($input: CloseMeetingInput!) {
        closeMeeting(input: $input) { ... on NotAllowed { denials { code } } } }"""
    here, there = (global_id("Meeting", each) for each in (room.world.meeting, room.world.next_meeting))
    refused = await room.devices["presidium"].change(close, meetingId=here)
    assert codes(refused) == ["elections_undecided"]
    given = {"electionId": election, "meetingId": there, "reason": "Tiden räckte inte."}
    assert codes(await room.do("presidium", "referElection", **given | {"reason": " "})) == ["reason_missing"]
    assert codes(await room.do("presidium", "referElection", **given | {"meetingId": here})) == ["no_coming_meeting"]
    assert codes(await room.do("o0", "referElection", **given)) == ["not_your_role"]
    assert (await room.do("presidium", "referElection", **given))["id"] == here
    seen = await room.see("neighbour", election) or {}
    came = [{"fromMeetingId": here, "toMeetingId": there, "reason": "Tiden räckte inte."}]
    assert (seen["meetingId"], seen["referrals"]) == (there, came)
    assert [each["text"] for each in seen["committeeWork"]["notes"]] == ["Vi hann inte."]
    await room.close()


async def test_an_election_that_has_been_voted_on_is_finished_or_cancelled_and_not_referred(room: Hall) -> None:
    election, (a, b) = await room.published(1, (0, 1))
    await room.paper(election, [([a], 4), ([b], 4)])
    there = global_id("Meeting", room.world.next_meeting)
    left = await room.do("presidium", "referElection", electionId=election, meetingId=there, reason="Sent.")
    assert codes(left) == ["wrong_state"]


async def test_a_cancelled_meetings_elections_go_to_the_coming_one_that_takes_over(room: Hall) -> None:
    later = global_id("Meeting", room.world.next_meeting)
    prepared = await room.do(
        "secretary", "prepareElection", meetingId=later, title="Revisorer", seats=2,
        bodyId=global_id("Body", room.world.bodies["district/board"]),
    )  # fmt: skip
    cancel = """mutation ($input: CancelMeetingInput!) { cancelMeeting(input: $input) {
        __typename ... on NotAllowed { denials { code } } } }"""
    alone = await room.devices["secretary"].change(cancel, meetingId=later, reason="Lokalen brann.")
    assert codes(alone) == ["elections_without_meeting"]
    bodies = room.world.bodies
    plan = Plan(
        bodies["district/conference"], bodies["district/board"], MeetingKind.DISTRICT_CONFERENCE, "I stället",
        NOW + timedelta(days=200),
    )  # fmt: skip
    other = await Meetings(room.world.database, NOW).plan(plan, actor=room.world.actor("secretary"))
    instead = global_id("Meeting", other)
    gone = await room.devices["secretary"].change(cancel, meetingId=later, reason="Lokalen brann.", successorId=instead)
    assert gone["__typename"] == "Meeting"
    assert (await room.see("secretary", prepared["id"]) or {})["meetingId"] == instead
