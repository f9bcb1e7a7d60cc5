"""Votes on devices and in the sealed urn: figures come out, names and choices never together."""

from typing import Any

from sqlalchemy import func, select, text

from democracy.domain.minutes_verdict import MinutesFault
from democracy.services.verifying.minutes import verify_minutes, verify_within
from democracy.storage.tables.election import ElectionVoteRow
from democracy.storage.tables.urn import UrnRow
from schema.ids import key_of
from tests.elections import Hall, by_state, codes


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
    steps = [each["step"] for each in (await room.see("o0", election) or {})["history"]]
    assert steps == ["open", "close", "declare"]
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


async def in_urn(room: Hall, election: str) -> dict[str, Any]:
    opened = await room.do("presidium", "openElection", electionId=election, method="URN")
    ballot: dict[str, Any] = opened["rounds"][0]
    return ballot


async def test_a_secret_election_is_cast_sealed_and_only_the_ballots_come_out(room: Hall) -> None:
    election, (a, b, c) = await room.published(2, (0, 1, 2))
    await room.do("o5", "requestSecretElection", electionId=election)
    ballot = await in_urn(room, election)
    assert (ballot["secret"], ballot["method"]) == (True, "URN")
    openly = await room.do("o0", "castElectionVote", electionId=election, candidacyIds=[a])
    assert codes(openly) == ["voted_on_paper"]
    typed = await room.do("board", "enterElectionPapers", electionId=election, ballots=[], blank=1)
    assert codes(typed) == ["voted_on_devices"]
    for index in range(4):
        await room.seal(ballot["urnId"], index, [a, b])
    few = await room.do("presidium", "closeElection", electionId=election)
    assert few["__typename"] == "NotAllowed"
    await room.seal(ballot["urnId"], 4, [a, b, c])
    await room.seal(ballot["urnId"], 5, [c])
    await room.seal(ballot["urnId"], 5, [])
    await room.seal(ballot["urnId"], 6, [a])
    counted = await room.do("presidium", "closeElection", electionId=election)
    figures = counted["rounds"][0]["figures"]
    assert figures["blank"] == 1
    assert {each["candidacyId"]: each["votes"] for each in figures["candidates"]}[c] == 1
    done = await room.do("presidium", "declareElection", electionId=election)
    assert by_state(done, "ELECTED") == [a, b]
    assert '"too_many_names":1' in done["protocol"]
    await minutes_agree(room)


async def minutes_agree(room: Hall) -> None:
    """The minutes of a meeting that has elected in an urn are verified; ballots altered by hand are found."""
    database = room.world.database
    assert (await verify_minutes(database)).findings == []
    async with database.writer.connect() as connection:
        await connection.execute(text("UPDATE election_round SET content = replace(content, 'blank', 'tomma')"))
        report = await verify_within(connection, database.zone)
        await connection.rollback()
    assert {each.fault for each in report.findings} == {MinutesFault.FIGURES_DIFFER}


async def test_an_election_is_cancelled_with_its_urn_open_and_nothing_of_it_is_counted(room: Hall) -> None:
    election, (a, _) = await room.published(1, (0, 1))
    ballot = await in_urn(room, election)
    for index in range(6):
        await room.seal(ballot["urnId"], index, [a])
    told = {"electionId": election, "reason": "Fel namn på sedeln."}
    assert codes(await room.do("presidium", "cancelElection", **told | {"reason": " "})) == ["reason_missing"]
    gone = await room.do("presidium", "cancelElection", **told)
    assert (gone["state"], gone["rounds"][0]["figures"]) == ("CANCELLED", None)
    assert "wrong_state" in codes(await room.do("presidium", "closeElection", electionId=election))
    async with room.world.database.read() as reader:
        state = select(UrnRow.state).where(UrnRow.id == key_of(ballot["urnId"], "Urn"))
        assert (await reader.execute(state)).scalar_one().name == "SPOILT"
    # The vote is taken again, in an election of its own.
    again, (also,) = await room.published(1, (0,))
    assert (await room.do("presidium", "electByAcclamation", electionId=again, memberCandidacyIds=[also]))["state"] == (
        "ELECTED"
    )
