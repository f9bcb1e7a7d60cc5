"""Who stands: the committee's work that nobody sees, the pledge, and a protected identity."""

from sqlalchemy import select, update

from democracy.storage.tables.member import MemberRow
from democracy.storage.tables.outbox import OutboxRow
from schema.ids import global_id
from tests.conference import NOW
from tests.elections import Hall, by_state, codes
from tests.world import BEFORE


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
    await room.do("neighbour", "draftNominations", electionId=election, lines=lines)
    drafted = (await room.see("neighbour", election) or {})["committeeWork"]["draft"]
    assert [each["reasons"] for each in drafted] == ["Van ledare.", "Ny kraft."]
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


async def test_a_protected_identity_stands_in_no_list_before_it_agrees_to_be_named(room: Hall) -> None:
    async with room.world.database.unit(NOW) as unit:
        hidden = update(MemberRow).where(MemberRow.id == room.conference.ombud[0])
        await unit.session.execute(hidden.values(protected=True))
    election, _ = await room.published(1, (1,))
    person = global_id("Member", room.conference.ombud[0])
    added = await room.do("presidium", "addCandidate", electionId=election, memberId=person)
    assert (added["state"], added["name"]) == ("ASKED", "skyddad identitet")
    prepares = {each["id"]: each["name"] for each in (await room.see("secretary", election) or {})["candidacies"]}
    assert prepares[added["id"]] == "skyddad identitet"
    for who in ("o1", "board"):
        seen = await room.see(who, election) or {}
        assert added["id"] not in {each["id"] for each in seen["candidacies"]}
        found = await room.devices[who].ask("query ($id: ID!) { node(id: $id) { id } }", id=added["id"])
        assert found["node"] is None
    quietly = await room.do("o0", "acceptNomination", candidacyId=added["id"])
    assert codes(quietly) == ["name_hidden"]
    agreed = await room.do("o0", "acceptNomination", candidacyId=added["id"], showName=True)
    assert (agreed["state"], agreed["name"]) == ("ACCEPTED", "Lo Ombud 001")
    seen = await room.see("o1", election) or {}
    assert {each["id"]: each["name"] for each in seen["candidacies"]}[added["id"]] == "Lo Ombud 001"
