"""Elections of persons through the API: acclamation, ballots, lots, substitutes, and what is told to whom."""

from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from democracy.counting.lots import commit
from democracy.domain.actors import Member
from democracy.domain.ids import new_id
from democracy.domain.kinds import Gender
from democracy.services.mandates import Mandates
from democracy.storage.tables.agenda import AgendaItemRow
from democracy.storage.tables.election import ElectionRow, ElectionVoteRow
from democracy.storage.tables.member import MandateRow
from democracy.storage.tables.outbox import OutboxRow
from schema.ids import global_id
from tests.conference import NOW
from tests.elections import Hall, codes, hall
from tests.world import BEFORE, World
from workflows.item import ItemState
from workflows.proceedings import ItemKind

SHARES = {"o0": "11" * 16, "o1": "22" * 16}


@pytest.fixture
async def room(world: World, tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(world, tmp_path / "seeds") as made:
        yield made


def by_state(election: dict[str, Any], state: str) -> list[str]:
    return [each["id"] for each in election["candidacies"] if each["state"] == state]


async def test_no_more_candidates_than_seats_are_elected_by_acclamation_after_the_numbers(room: Hall) -> None:
    election = await room.prepare(2, substitutes=1)
    await room.do("meeting_secretary", "publishNominations", electionId=election)
    first, second, third = [await room.stands(election, each) for each in range(3)]
    given = {"electionId": election, "memberCandidacyIds": [first, second], "substituteCandidacyIds": [third]}
    assert codes(await room.do("presidium", "electByAcclamation", **given)) == ["numbers_undecided"]
    too_many = await room.do("presidium", "decideElectionNumbers", electionId=election, seats=1, substitutes=2)
    assert codes(too_many) == ["too_many_substitutes"]
    await room.do("presidium", "decideElectionNumbers", electionId=election, seats=2, substitutes=1)
    twice = await room.do("presidium", "electByAcclamation", **given | {"substituteCandidacyIds": [second]})
    assert codes(twice) == ["lists_do_not_fit"]
    done = await room.do("presidium", "electByAcclamation", **given)
    assert (done["state"], by_state(done, "ELECTED"), by_state(done, "SUBSTITUTE")) == (
        "ELECTED", [first, second], [third],
    )  # fmt: skip


async def test_more_candidates_than_seats_need_a_vote(room: Hall) -> None:
    election, stand = await room.published(1, (0, 1))
    refused = await room.do("presidium", "electByAcclamation", electionId=election, memberCandidacyIds=stand)
    assert set(codes(refused)) == {"more_than_seats", "lists_do_not_fit"}


async def test_exactly_half_is_not_enough_and_a_second_ballot_decides(room: Hall) -> None:
    election, (a, b, c) = await room.published(1, (0, 1, 2))
    counted = await room.paper(election, [([a], 4), ([b], 3), ([c], 1)])
    assert codes(await room.do("presidium", "declareElection", electionId=election)) == ["second_due"]
    assert counted["rounds"][0]["figures"]["candidates"][0] == {"candidacyId": a, "votes": 4}
    second = await room.do("presidium", "goOnToSecondBallot", electionId=election)
    assert second["state"] == "SECOND"
    decided = await room.paper(election, [([a], 3), ([b], 5)])
    assert decided["rounds"][1]["candidateIds"] == [a, b]
    done = await room.do("presidium", "declareElection", electionId=election)
    assert (by_state(done, "ELECTED"), sorted(by_state(done, "NOT_ELECTED"))) == ([b], sorted([a, c]))


async def test_more_over_the_line_than_seats_elects_those_with_the_most_votes(room: Hall) -> None:
    election, (a, b, c) = await room.published(2, (0, 1, 2))
    await room.paper(election, [([a, b], 4), ([a, c], 3), ([b, c], 1)], blank=0)
    done = await room.do("presidium", "declareElection", electionId=election)
    assert by_state(done, "ELECTED") == [a, b]


async def test_a_tie_at_the_cut_is_settled_by_shares_that_nobody_could_choose(room: Hall) -> None:
    election, (a, b, c) = await room.published(2, (0, 1, 2))
    for who, share in SHARES.items():
        given = await room.do(who, "commitElectionLot", electionId=election, commitment=commit(bytes.fromhex(share)))
        assert given["__typename"] == "Election"
    tied = await room.paper(election, [([a, b], 3), ([a, c], 3), ([b, c], 2)])
    assert tied["lotNeeded"] is not None
    assert (await room.see("o0", election) or {})["lotNeeded"] is None
    assert codes(await room.do("presidium", "declareElection", electionId=election)) == ["lot_needed"]
    wrong = await room.do("o0", "revealElectionLot", electionId=election, share="33" * 16)
    assert codes(wrong) == ["share_unknown"]
    await room.do("o0", "revealElectionLot", electionId=election, share=SHARES["o0"])
    await room.do("presidium", "drawElectionLot", electionId=election)
    done = await room.do("presidium", "declareElection", electionId=election)
    assert a in by_state(done, "ELECTED")
    assert len(by_state(done, "ELECTED")) == 2
    assert '"withheld"' in done["protocol"]


async def test_a_lot_by_hand_needs_two_witnesses_and_just_those_who_are_equal(room: Hall) -> None:
    election, (a, b, c) = await room.published(1, (0, 1, 2))
    await room.paper(election, [([a], 2), ([b], 2), ([c], 2)])
    first, second = await room.numbers(3, 4)
    alone = await room.do(
        "presidium", "drawElectionLot", electionId=election, order=[a, b, c], witnessNumbers=[first, first]
    )
    assert codes(alone) == ["witnesses_missing"]
    others = await room.do(
        "presidium", "drawElectionLot", electionId=election, order=[a, b], witnessNumbers=[first, second]
    )
    assert codes(others) == ["lot_does_not_fit"]
    drawn = await room.do(
        "presidium", "drawElectionLot", electionId=election, order=[c, a, b], witnessNumbers=[first, second]
    )
    assert drawn["lotNeeded"] is None
    await room.do("presidium", "goOnToSecondBallot", electionId=election)
    decided = await room.paper(election, [([c], 5), ([a], 3)])
    assert set(decided["rounds"][1]["candidateIds"]) == {a, c}


async def test_whoever_steps_back_after_the_first_ballot_is_not_on_the_second(room: Hall) -> None:
    election, (a, b, c) = await room.published(1, (0, 1, 2))
    await room.paper(election, [([a], 3), ([b], 3), ([c], 2)])
    still = await room.do("o0", "withdrawCandidacy", candidacyId=a)
    assert codes(still) == ["voting_begun"]
    await room.do("presidium", "goOnToSecondBallot", electionId=election)
    assert (await room.do("o0", "withdrawCandidacy", candidacyId=a))["state"] == "WITHDRAWN"
    await room.paper(election, [([b], 8)])
    done = await room.do("presidium", "declareElection", electionId=election)
    assert (by_state(done, "ELECTED"), by_state(done, "WITHDRAWN")) == ([b], [a])


async def test_blank_and_invalid_papers_are_told_and_do_not_raise_the_line(room: Hall) -> None:
    election, (a, b) = await room.published(1, (0, 1))
    counted = await room.paper(election, [([a], 3), ([b], 2), ([a, b], 1)], blank=1, invalid=1)
    assert counted["rounds"][0]["figures"]["blank"] == 1
    assert counted["rounds"][0]["figures"]["invalid"] == 1
    done = await room.do("presidium", "declareElection", electionId=election)
    assert by_state(done, "ELECTED") == [a]


async def test_papers_are_typed_in_twice_and_have_to_agree(room: Hall) -> None:
    election, (a, b) = await room.published(1, (0, 1))
    await room.do("presidium", "openElection", electionId=election, method="PAPERS")
    one = [{"candidacyIds": [a], "number": 8}]
    many = await room.do("presidium", "enterElectionPapers", electionId=election, ballots=one, blank=1)
    assert codes(many) == ["more_papers_than_voters"]
    await room.do("board", "enterElectionPapers", electionId=election, ballots=one)
    assert codes(await room.do("presidium", "closeElection", electionId=election)) == ["counts_missing"]
    other = [{"candidacyIds": [b], "number": 8}]
    await room.do("presidium", "enterElectionPapers", electionId=election, ballots=other)
    assert codes(await room.do("presidium", "closeElection", electionId=election)) == ["counts_differ"]
    guest = await room.do("member", "enterElectionPapers", electionId=election, ballots=one)
    assert "not_your_role" in codes(guest)


async def test_an_open_vote_on_devices_leaves_figures_and_no_names(room: Hall) -> None:
    election, (a, b) = await room.published(1, (0, 1))
    await room.do("presidium", "openElection", electionId=election, method="DEVICES")
    for who in ("o0", "o1", "o2"):
        assert (await room.do(who, "castElectionVote", electionId=election, candidacyIds=[b]))["state"] == "OPEN"
    await room.do("o2", "castElectionVote", electionId=election, candidacyIds=[a])
    both = await room.do("o3", "castElectionVote", electionId=election, candidacyIds=[a, b])
    assert codes(both) == ["names_do_not_fit"]
    assert "not_in_roll" in codes(await room.do("member", "castElectionVote", electionId=election, candidacyIds=[a]))
    await room.do("presidium", "closeElection", electionId=election)
    done = await room.do("presidium", "declareElection", electionId=election)
    assert by_state(done, "ELECTED") == [b]
    assert [each["step"] for each in done["history"]][-3:] == ["open", "close", "declare"]
    async with room.world.database.read() as reader:
        assert (await reader.execute(select(func.count()).select_from(ElectionVoteRow))).scalar_one() == 0


async def test_whoever_asks_for_a_secret_election_gets_papers_and_no_acclamation(room: Hall) -> None:
    election, (a,) = await room.published(1, (0,))
    await room.do("o5", "requestSecretElection", electionId=election)
    acclaimed = await room.do("presidium", "electByAcclamation", electionId=election, memberCandidacyIds=[a])
    assert codes(acclaimed) == ["ballot_asked"]
    devices = await room.do("presidium", "openElection", electionId=election, method="DEVICES")
    assert codes(devices) == ["secret_on_paper"]
    assert codes(await room.do("presidium", "openElection", electionId=election, method="DEVICES", secret=True)) == [
        "secret_on_paper"
    ]
    papers = await room.do("presidium", "openElection", electionId=election, method="PAPERS", secret=True)
    assert papers["rounds"][0]["secret"] is True


async def test_a_secret_election_is_cast_sealed_and_only_the_ballots_come_out(room: Hall) -> None:
    election, (a, b, c) = await room.published(2, (0, 1, 2))
    await room.do("o5", "requestSecretElection", electionId=election)
    opened = await room.do("presidium", "openElection", electionId=election, method="URN")
    assert (opened["rounds"][0]["secret"], opened["rounds"][0]["method"]) == (True, "URN")
    urn = opened["rounds"][0]["urnId"]
    openly = await room.do("o0", "castElectionVote", electionId=election, candidacyIds=[a])
    assert codes(openly) == ["voted_on_paper"]
    typed = await room.do("board", "enterElectionPapers", electionId=election, ballots=[], blank=1)
    assert codes(typed) == ["voted_on_devices"]
    for index in range(4):
        await room.seal(urn, index, [a, b])
    few = await room.do("presidium", "closeElection", electionId=election)
    assert few["__typename"] == "NotAllowed"
    await room.seal(urn, 4, [a, b, c])
    await room.seal(urn, 5, [c])
    await room.seal(urn, 5, [])
    await room.seal(urn, 6, [a])
    counted = await room.do("presidium", "closeElection", electionId=election)
    figures = counted["rounds"][0]["figures"]
    assert figures["blank"] == 1
    assert {each["candidacyId"]: each["votes"] for each in figures["candidates"]}[c] == 1
    done = await room.do("presidium", "declareElection", electionId=election)
    assert by_state(done, "ELECTED") == [a, b]
    assert '"too_many_names":1' in done["protocol"]


async def test_the_genders_are_represented_or_the_reasons_are_recorded(room: Hall) -> None:
    await room.genders(o0=Gender.MAN, o1=Gender.MAN, o2=Gender.WOMAN)
    election, (a, b) = await room.published(2, (0, 1))
    refused = await room.do("presidium", "electByAcclamation", electionId=election, memberCandidacyIds=[a, b])
    assert codes(refused) == ["representation_unmet"]
    assert refused["message"].startswith("Könsfördelningen följer inte stadgarna.")
    empty = await room.do("presidium", "exceptFromRepresentation", electionId=election, reason=" ")
    assert codes(empty) == ["reason_missing"]
    await room.do("presidium", "exceptFromRepresentation", electionId=election, reason="Inga kvinnor har tackat ja.")
    done = await room.do("presidium", "electByAcclamation", electionId=election, memberCandidacyIds=[a, b])
    assert done["state"] == "ELECTED"
    assert done["representationOfElected"] == {"met": False, "women": None, "men": None}


async def test_the_quota_elects_the_next_of_the_other_gender_over_the_line(room: Hall) -> None:
    await room.genders(o0=Gender.MAN, o1=Gender.MAN, o2=Gender.WOMAN)
    election, (a, b, c) = await room.published(2, (0, 1, 2))
    await room.paper(election, [([a, b], 3), ([a, c], 4), ([b, c], 1)])
    done = await room.do("presidium", "declareElection", electionId=election)
    assert sorted(by_state(done, "ELECTED")) == sorted([a, c])


async def test_under_a_small_associations_own_statutes_the_most_votes_win_at_once(room: Hall) -> None:
    await room.under("smaforeningen")
    election, (a, b, c) = await room.published(1, (0, 1, 2), substitutes=1)
    await room.paper(election, [([a], 3), ([b], 2), ([c], 2)])
    done = await room.do("presidium", "declareElection", electionId=election, substituteCandidacyIds=[c])
    assert (by_state(done, "ELECTED"), by_state(done, "SUBSTITUTE")) == ([a], [c])
    # Their mandates begin with the election.
    assert done["vacantSeats"] == 0
    assert "seat" in [each["step"] for each in done["history"]]


async def test_under_a_small_associations_own_statutes_nobody_nominates_for_a_branch(room: Hall) -> None:
    await room.under("smaforeningen")
    election = await room.prepare(1)
    asked = await room.do("o0", "nominate", electionId=election, memberId=global_id("Member", room.conference.ombud[1]))
    assert asked["state"] == "ASKED"
    branch = global_id("Unit", room.world.units["granvik"])
    refused = await room.do(
        "meeting_secretary", "nominate", electionId=election, unitId=branch, decision="Möte § 2",
        memberId=global_id("Member", room.conference.ombud[2]),
    )  # fmt: skip
    assert codes(refused) == ["may_not_nominate"]


async def test_elected_to_two_posts_one_chooses_and_a_substitute_steps_in_by_order(room: Hall) -> None:
    board, (a, first, b, c) = await room.published(2, (0, 3, 1, 2), substitutes=2)
    await room.paper(board, [([a, first], 5), ([b], 2), ([c], 1)])
    done = await room.do("presidium", "declareElection", electionId=board)
    assert (by_state(done, "ELECTED"), by_state(done, "SUBSTITUTE")) == ([a, first], [b, c])
    chair, (also,) = await room.published(1, (0,), title="Ordförande", role="CHAIR")
    await room.do("presidium", "electByAcclamation", electionId=chair, memberCandidacyIds=[also])
    wrong = await room.do("o1", "chooseOtherPost", candidacyId=b, otherCandidacyId=also)
    assert codes(wrong) == ["elected_once"]
    left = await room.do("o0", "chooseOtherPost", candidacyId=a, otherCandidacyId=also)
    assert left["state"] == "GAVE_UP"
    closed = "mutation ($input: CloseMeetingInput!) { closeMeeting(input: $input) { __typename } }"
    meeting = global_id("Meeting", room.conference.meeting)
    assert (await room.devices["presidium"].change(closed, meetingId=meeting))["__typename"] == "Meeting"
    room.at(NOW + timedelta(days=1))
    assert (await room.see("o1", board) or {})["vacantSeats"] == 1
    out_of_turn = await room.do("secretary", "stepInSubstitute", electionId=board, candidacyId=c)
    assert codes(out_of_turn) == ["not_next"]
    filled = await room.do("secretary", "stepInSubstitute", electionId=board)
    assert filled["vacantSeats"] == 0
    assert codes(await room.do("secretary", "stepInSubstitute", electionId=board)) == ["no_vacancy"]


async def test_the_committee_works_unseen_until_it_publishes_and_the_meeting_beats_it_in_one_place(room: Hall) -> None:
    election = await room.prepare(2, committeeId=global_id("Body", room.committee))
    sofia, dawit = (global_id("Member", room.world.members[name]) for name in ("mover", "member"))
    room.at(BEFORE)
    asked = await room.do("o0", "nominate", electionId=election, memberId=sofia)
    also = await room.do("neighbour", "nominate", electionId=election, memberId=dawit)
    twice = await room.do("o0", "nominate", electionId=election, memberId=sofia)
    assert codes(twice) == ["nominated_before"]
    for who in ("meeting_secretary", "secretary", "board", "o1"):
        seen = await room.see(who, election) or {}
        assert (seen["candidacies"], seen["committeeWork"], seen["representationOfCandidates"]) == ([], None, None)
    assert codes(await room.do("secretary", "noteInCommittee", electionId=election, text="Nå?")) == ["not_your_role"]
    await room.do("neighbour", "noteInCommittee", electionId=election, text="Är hon kvar i länet?")
    lines = [
        {"candidacyId": asked["id"], "reasons": "Van ledare."},
        {"candidacyId": also["id"], "reasons": "Ny kraft."},
    ]
    drafted = await room.do("neighbour", "draftNominations", electionId=election, lines=lines)
    assert [each["reasons"] for each in drafted["committeeWork"]["draft"]] == ["Van ledare.", "Ny kraft."]
    assert codes(await room.do("neighbour", "publishNominations", electionId=election)) == ["nominations_open"]
    room.at(NOW)
    assert codes(await room.do("o0", "nominate", electionId=election, memberId=dawit)) == ["deadline_passed"]
    assert codes(await room.do("secretary", "publishNominations", electionId=election)) == ["committee_publishes"]
    await room.do("mover", "acceptNomination", candidacyId=asked["id"])
    await room.do("member", "acceptNomination", candidacyId=also["id"])
    await room.do("neighbour", "publishNominations", electionId=election)
    seen = await room.see("o1", election) or {}
    assert [each["proposedReasons"] for each in seen["candidacies"]] == ["Van ledare.", "Ny kraft."]
    assert (seen["committeeWork"], "länet" in str(seen)) == (None, False)
    third = await room.stands(election, 2)
    await room.do("presidium", "decideElectionNumbers", electionId=election, seats=2)
    await room.paper(election, [([asked["id"], third], 5), ([also["id"]], 3)])
    done = await room.do("presidium", "declareElection", electionId=election)
    assert sorted(by_state(done, "ELECTED")) == sorted([asked["id"], third])


async def test_a_nominee_signs_the_pledge_in_its_current_version(room: Hall) -> None:
    election, pledge = await room.prepare(1), {"unitId": global_id("Unit", room.world.units["norrviken"])}
    first = await room.do("secretary", "adoptCandidatePledge", text="Jag lovar.", decision="DS § 3", **pledge)
    assert codes(await room.do("o1", "adoptCandidatePledge", text="Nej.", decision="§ 1", **pledge)) == [
        "not_your_role"
    ]
    room.at(BEFORE)
    asked = await room.do(
        "o1", "nominate", electionId=election, memberId=global_id("Member", room.world.members["mover"])
    )
    async with room.world.database.unit(NOW) as unit:
        (told,) = await unit.session.scalars(select(OutboxRow).where(OutboxRow.purpose == "election_asked"))
    assert (told.member_id, "Ledamöter" in told.body) == (room.world.members["mover"], True)
    mine = (await room.devices["mover"].ask("{ myCandidacies { id state } }"))["myCandidacies"]
    assert mine == [{"id": asked["id"], "state": "ASKED"}]
    second = await room.do("secretary", "adoptCandidatePledge", text="Jag lovar mer.", decision="DS § 9", **pledge)
    assert (first["number"], second["number"]) == (1, 2)
    old = await room.do("mover", "acceptNomination", candidacyId=asked["id"], pledgeId=first["id"])
    assert codes(old) == ["pledge_unsigned"]
    assert codes(await room.do("o1", "presentCandidate", candidacyId=asked["id"], text="Hon.")) == ["not_your_role"]
    written = await room.do("mover", "presentCandidate", candidacyId=asked["id"], text="Jag är snickare.")
    assert written["presentation"] == "Jag är snickare."
    accepted = await room.do("mover", "acceptNomination", candidacyId=asked["id"], pledgeId=second["id"])
    assert (accepted["state"], accepted["pledgeSigned"]) == ("ACCEPTED", True)


async def board_of_two(room: Hall) -> tuple[str, list[str]]:
    """Elected with one substitute, and in their places from the day after the conference."""
    board, (a, b, c) = await room.published(2, (0, 1, 2), substitutes=1)
    await room.paper(board, [([a, b], 5), ([c], 2)])
    done = await room.do("presidium", "declareElection", electionId=board)
    assert by_state(done, "SUBSTITUTE") == [c]
    closed = "mutation ($input: CloseMeetingInput!) { closeMeeting(input: $input) { __typename } }"
    meeting = global_id("Meeting", room.conference.meeting)
    assert (await room.devices["presidium"].change(closed, meetingId=meeting))["__typename"] == "Meeting"
    room.at(NOW + timedelta(days=1))
    return board, [a, b, c]


async def mandates(room: Hall) -> list[MandateRow]:
    """Those of the delegates in the board, as they were made."""
    board, people = room.world.bodies["district/board"], room.conference.ombud
    async with room.world.database.unit(NOW) as unit:
        wanted = select(MandateRow).where(MandateRow.body_id == board, MandateRow.member_id.in_(people))
        return list(await unit.session.scalars(wanted.order_by(MandateRow.id)))


async def test_mandates_follow_when_the_meeting_closes_with_the_term_of_the_statutes(room: Hall) -> None:
    board, _ = await board_of_two(room)
    held = await mandates(room)
    assert [each.role.name for each in held] == ["MEMBER", "MEMBER", "SUBSTITUTE"]
    # Twelve months for a district's board, counted from the conference on 21 March 2026.
    assert {(each.starts_on, each.ends_on) for each in held} == {(date(2026, 3, 21), date(2027, 3, 21))}
    assert (await room.see("o0", board) or {})["vacantSeats"] == 0


async def test_a_substitute_fills_a_leave_for_as_long_as_it_lasts(room: Hall) -> None:
    board, _ = await board_of_two(room)
    away = (await mandates(room))[0]
    service = Mandates(room.world.database, NOW + timedelta(days=1))
    holder = Member(away.member_id)
    await service.take_leave(away.id, date(2026, 3, 22), date(2026, 6, 30), actor=holder)
    assert (await room.see("o0", board) or {})["vacantSeats"] == 1
    await room.do("secretary", "stepInSubstitute", electionId=board)
    stood_in = (await mandates(room))[-1]
    assert (stood_in.role.name, stood_in.ends_on) == ("MEMBER", date(2026, 6, 30))
    assert (await room.see("o0", board) or {})["vacantSeats"] == 0


async def test_a_by_election_in_mid_term_fills_what_is_vacant_for_the_rest_of_it(room: Hall) -> None:
    board, _ = await board_of_two(room)
    gone, service = (await mandates(room))[0], Mandates(room.world.database, NOW + timedelta(days=1))
    await service.resign(gone.id, actor=Member(gone.member_id))
    await service.release(gone.id, date(2026, 3, 22), "DS § 9", actor=room.world.actor("secretary"))
    assert (await room.see("o0", board) or {})["vacantSeats"] == 1
    given = {
        "bodyId": global_id("Body", room.world.bodies["district/board"]), "title": "Fyllnadsval", "fillsId": board,
    }  # fmt: skip
    annual = global_id("Meeting", room.world.annual_meeting)
    elsewhere = await room.do("branch_secretary", "prepareElection", meetingId=annual, **given)
    assert codes(elsewhere) == ["other_unit"]
    next_year = global_id("Meeting", room.world.next_meeting)
    filled = await room.do("secretary", "prepareElection", meetingId=next_year, **given)
    assert (filled["state"], filled["seats"]) == ("NOMINATING", 1)
    async with room.world.database.unit(NOW) as unit:
        row = (await unit.session.scalars(select(ElectionRow).where(ElectionRow.fills_id.is_not(None)))).one()
    assert row.ends_on == date(2027, 3, 21)


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
    query = "query($id: ID!) { meeting(id: $id) { minutes { text } } }"
    meeting = global_id("Meeting", room.conference.meeting)
    text = (await room.devices["meeting_secretary"].ask(query, id=meeting))["meeting"]["minutes"]["text"]
    assert "antalet platser i valet »Ledamöter« är 1, med 1 ersättare." in text
    assert "(sedlar): Lo Ombud 001 5, Lo Ombud 002 2 och Lo Ombud 003 0. Blanka: 1. Ogiltiga: 0." in text
    assert "Mötet väljer »Ledamöter«: Lo Ombud 001." in text
    assert "Ersättare, i den ordningen: Lo Ombud 002." in text
