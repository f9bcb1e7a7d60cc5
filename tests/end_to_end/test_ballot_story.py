"""An advisory member ballot through the API, from the order to the end: post, corrections, reminders, objections."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from democracy.ballotbox.checkpoint import Checkpoint
from democracy.ballotbox.keys import with_sigs
from democracy.ballotbox.note import Note
from democracy.ballotbox.urn import finished
from democracy.ballotbox.verifier import verify
from democracy.services.urns.seeds import API, LOCK
from democracy.storage.outbox import mark_sent
from democracy.storage.tables.outbox import OutboxRow
from democracy.storage.tables.step import StepRow
from tests.end_to_end.balloting import (
    CLOSES,
    DAY,
    DURING,
    OPENS,
    VOTED,
    Ballot,
    ballots,
    boxes,
    codes,
    do,
    purposes,
)
from tests.end_to_end.organisation import Organisation
from tests.world import World
from workflows.engine import StepDenied


@pytest.fixture
async def here(world_url: tuple[str, World], tmp_path: Path) -> AsyncIterator[Organisation]:
    async with ballots(world_url, tmp_path) as running:
        yield running


async def test_an_advisory_ballot_from_the_order_to_the_end(here: Organisation) -> None:
    ballot = Ballot(here, await here.sign_in("party_secretary"))
    ballot.people["party_secretary"] = ballot.secretary
    members = here.world.members
    await ballot.prepare(questions=[{"text": "Ska partiet verka för gratis kollektivtrafik?"}])
    size = (await ballot.seen("party_chair"))["electorateSize"]
    assert size == len(members)
    assert (await ballot.seen("member"))["promise"].startswith("Den som driver servern och har urnans nyckel kan se")

    easy = {"name": "Ja-sidan", "readability": {"lix": 6, "words": 6}}
    assert (await ballot.seen("member"))["sides"] == [easy, {"name": "Nej-sidan", "readability": None}]

    # Somebody is taken out, with a reason and two officers, before the urn is drawn up
    reason = "Utträdd före mätdagen"
    proposed = await do(
        ballot.secretary, "proposeElectorateCorrection", "ElectorateCorrection",
        ballotId=ballot.id, memberId=here.id("Member", "neighbour"), kind="REMOVE", reason=reason,
    )  # fmt: skip
    alone = await do(ballot.secretary, "approveElectorateCorrection", correctionId=proposed["id"])
    assert codes(alone) == ["second_officer_missing"]
    chair = await ballot.person("party_chair")
    corrected = await do(chair, "approveElectorateCorrection", correctionId=proposed["id"])
    assert (corrected["electorateSize"], corrected["corrections"][0]["kind"]) == (size - 1, "REMOVE")

    await ballot.urn()
    assert "urn_not_ready" not in str(await ballot.do("checkMemberBallot"))
    await ballot.checkpoint(here.app.now())
    await ballot.clock(OPENS)
    assert members["member"] in await purposes(here, "ballot_open")

    here.at(DURING)
    await vote(ballot)
    await by_post(ballot)
    await remind(ballot)
    await close(ballot)
    await papers(ballot)
    await objections(ballot)
    await outcome(ballot)


async def vote(ballot: Ballot) -> None:
    for name, choice in VOTED.items():
        assert (await ballot.cast(name, {"1": [choice]}))["__typename"] == "BallotReceipt", name
    removed = await ballot.seen("neighbour")
    assert removed["turnout"] == {"electors": 17, "digital": 7, "byPost": 0}
    assert removed["result"] is None
    assert (await ballot.seen("member"))["viewerHasVoted"] is True
    assert (await ballot.seen("birger"))["viewerHasVoted"] is False
    inbox = "{ inbox { items { case { ... on MemberBallot { title } } nextStep { what } } } }"
    asked = (await (await ballot.person("birger")).ask(inbox))["inbox"]["items"]
    assert {"case": {"title": "Kollektivtrafiken"}, "nextStep": {"what": "cast"}} in asked
    assert (await (await ballot.person("member")).ask(inbox))["inbox"]["items"] == []


async def by_post(ballot: Ballot) -> None:
    """Two envelopes count; one comes from somebody who has voted, and is set aside unopened."""
    here = ballot.here
    for name in ("birger", "invited"):
        marked = await ballot.do("markPostalVote", memberId=here.id("Member", name))
        assert marked["__typename"] == "MemberBallot", marked
    assert marked["turnout"]["byPost"] == 2
    assert codes(await ballot.do("markPostalVote", memberId=here.id("Member", "member"))) == ["voted_already"]
    assert codes(await ballot.do("markPostalVote", memberId=here.id("Member", "birger"))) == ["envelope_marked_already"]
    assert codes(await ballot.do("markPostalVote", memberId=here.id("Member", "neighbour"))) == [
        "sender_not_an_elector"
    ]
    future = await ballot.do("markPostalVote", memberId=here.id("Member", "auditor"), receivedOn="2026-12-24")
    assert [each["message"] for each in future["fields"]] == ["Dagen ligger i framtiden."]
    await ballot.do("setEnvelopeAside", fault="VOTED_ALREADY", memberId=here.id("Member", "member"))
    refused = await ballot.cast("birger", {"1": ["nej"]})
    assert codes(refused) == ["voted_by_post"]
    assert await purposes(here, "ballot_postal") == {here.world.members[name] for name in ("birger", "invited")}
    assert codes(await ballot.do("markPostalVote", by="member", memberId=here.id("Member", "auditor"))) == [
        "not_your_role"
    ]


async def remind(ballot: Ballot) -> None:
    """Nobody who has voted is reminded; nothing tells who was, once the messages have left."""
    here = ballot.here
    assert (await ballot.do("remindVoters"))["state"] == "OPEN"
    waiting = await purposes(here, "ballot_reminder")
    voted = {here.world.members[name] for name in (*VOTED, "birger", "invited", "neighbour")}
    assert waiting == set(here.world.members.values()) - voted
    assert codes(await ballot.do("remindVoters")) == ["reminded_lately"]
    async with here.app.database.unit(here.app.now()) as unit:
        ids = list(await unit.session.scalars(select(OutboxRow.id).where(OutboxRow.purpose == "ballot_reminder")))
        for each in ids:
            await mark_sent(unit.session, each, unit.now)
    assert await purposes(here, "ballot_reminder") == set()
    # A week before it closes the clock does it by itself
    await ballot.clock(CLOSES - 7 * DAY)
    assert await purposes(here, "ballot_reminder") == waiting
    async with here.app.database.read() as connection:
        told = select(StepRow.record).where(StepRow.rule == "remind")
        records = list((await connection.execute(told)).scalars())
    assert len(records) == 2
    keeper = here.world.members["party_secretary"]
    assert not any(each.hex in str(records) for each in waiting - {keeper})


async def close(ballot: Ballot) -> None:
    here = ballot.here
    await ballot.checkpoint(CLOSES - DAY)
    here.at(CLOSES - DAY)
    assert codes(await ballot.do("closeMemberBallot")) == ["still_open"]
    await ballot.clock(CLOSES)
    await ballot.checkpoint(CLOSES)
    seen = await ballot.seen("member")
    assert (seen["state"], seen["result"], seen["toSign"]["voids"]) == ("CLOSED", None, [])
    # 17 voters in all: no unit has the set size, so nothing is shown by unit
    assert seen["turnoutByUnit"] == []
    assert len(await purposes(here, "ballot_slot")) == 17
    late = await ballot.do("markPostalVote", memberId=here.id("Member", "auditor"), receivedOn="2026-02-10")
    assert late["__typename"] == "MemberBallot", late
    waiting = (await ballot.seen("party_chair"))["toSign"]["voids"]
    assert [json.loads(each)["reason"] for each in waiting] == ["paper"] * 3
    with pytest.raises(StepDenied) as unsigned:
        await ballot.held.closing(CLOSES).hand_over(ballot.held.urn, actor=ballot.held.keeper)
    assert [each.code for each in unsigned.value.denials] == ["voids_missing"]
    await ballot.sign_and_add(waiting, CLOSES)
    assert (await ballot.seen("party_chair"))["toSign"] == {"voids": [], "paper": None}


async def papers(ballot: Ballot) -> None:
    """Two count, each alone; the figures agree on the second try, and two officers sign them."""
    first = [{"answers": [{"number": 1, "options": ["ja"]}], "number": 2}]
    wrong = [*first, {"answers": [{"number": 1, "options": ["kanske"]}], "number": 1}]
    refused = await ballot.do("countBallotPapers", papers=wrong)
    assert (codes(refused), refused["fields"][0]["path"]) == (["unknown_alternative"], "papers.1.answers")
    assert codes(await ballot.do("countBallotPapers", papers=first)) == ["not_the_envelopes"]
    await ballot.do("countBallotPapers", papers=first, spoilt=1)
    other = [{"answers": [{"number": 1, "options": ["ja"]}], "number": 1}, {"answers": [], "number": 1}]
    await ballot.do("countBallotPapers", by="party_chair", papers=other, spoilt=1)
    held, at = ballot.held, CLOSES
    await held.open_up(at)
    assert (await ballot.seen("party_chair"))["toSign"]["paper"] is None
    await ballot.do("countBallotPapers", by="party_chair", papers=first, spoilt=1)
    block = (await ballot.seen("party_chair"))["toSign"]["paper"]
    assert json.loads(block)["figures"] == {"1": {"ja": 2}}
    signed = finished(with_sigs(json.loads(block), *(each.sign for each in held.officers)))
    await held.closing(at).count(held.urn, signed, actor=held.keeper)
    await ballot.checkpoint(at)


async def objections(ballot: Ballot) -> None:
    here = ballot.here
    here.at(CLOSES + 3 * DAY)
    assert codes(await ballot.do("objectToBallot", by="board", text="  ")) == ["reason_missing"]
    own = await ballot.do("objectToBallot", by="board", text="Frågan var vinklad.")
    assert [each["text"] for each in own["objections"]] == ["Frågan var vinklad."]
    assert (await ballot.seen("member"))["objections"] == []
    await ballot.later(CLOSES + 20 * DAY)
    late = await ballot.do("objectToBallot", by="mover", text="Jag hann inte.")
    assert codes(late) == ["objections_closed"]
    assert late["denials"][0]["paragraph"]["key"] == "ballot-conduct"
    posted = await ballot.do(
        "objectToBallot", text="Kuvertet kom inte.", memberId=here.id("Member", "birger"), channel="POST",
        receivedAt=(CLOSES + 5 * DAY).isoformat(),
    )  # fmt: skip
    assert len(posted["objections"]) == 2
    assert (await ballot.do("countMemberBallot"))["state"] == "COUNTED"
    waits = await ballot.do("certifyBallot", decision="PS 3 mars, § 7")
    assert codes(waits) == ["objections_unanswered"]
    for each in posted["objections"]:
        answered = await do(
            ballot.secretary, "answerBallotObjection", objectionId=each["id"], finding="DISMISSED",
            answer="Frågan fastställdes av PS.", decision="PS 3 mars, § 6",
        )  # fmt: skip
    assert {each["finding"] for each in answered["objections"]} == {"DISMISSED"}
    again = await do(
        ballot.secretary,
        "answerBallotObjection",
        objectionId=each["id"],
        finding="UPHELD",
        answer="Jo.",
        decision="§ 7",
    )
    assert codes(again) == ["answered_already"]


async def outcome(ballot: Ballot) -> None:
    here = ballot.here
    counted = await ballot.seen("party_chair")
    assert counted["result"]["questions"] == [
        {"number": 1, "outcome": "CARRIED", "winners": ["ja"], "blank": 0, "options": [
            {"code": "ja", "votes": 7, "paper": 2}, {"code": "nej", "votes": 2, "paper": 0}]},
    ]  # fmt: skip
    assert (counted["result"]["takenPart"], counted["result"]["papersSpoilt"]) == (10, 1)
    assert (await ballot.seen("member"))["result"] is None
    assert codes(await ballot.do("certifyBallot", by="member", decision="§ 1")) == ["not_your_role"]
    certified = await ballot.do("certifyBallot", decision="PS 3 mars, § 7")
    assert (certified["state"], certified["certifiedBy"]) == ("CERTIFIED", "PS 3 mars, § 7")
    assert (await ballot.do("publishBallotResult"))["state"] == "PUBLISHED"
    assert (await ballot.seen("member"))["result"]["outcome"] == "CARRIED"
    assert len(await purposes(here, "ballot_result")) == 17
    assert codes(await ballot.do("finishMemberBallot")) == ["body_has_not_decided", "keys_not_declared"]
    await ballot.do("decideOnBallot", outcome="PS följer omröstningen.", decision="PS 3 mars, § 8")
    assert here.app.seeds.has(ballot.held.urn, API)
    assert codes(await ballot.do("finishMemberBallot")) == ["keys_not_declared"]
    await ballot.declare_destroyed()
    final = await ballot.do("finishMemberBallot")
    assert (final["state"], final["nextSteps"]) == ("FINAL", [])
    assert not any(here.app.seeds.has(ballot.held.urn, name) for name in (API, LOCK))
    await ballot.checkpoint(here.app.now())
    bundle = await ballot.held.bundle(here.app.now())
    last = Checkpoint.parse(Note.parse(bundle.checkpoints[-1]).text)
    assert (await urn_steps(here))[-1] == {"root": last.root.hex(), "size": last.size}, "the ledger has the log's end"
    verdict = verify(bundle, await ballot.held.trust(here.app.now()))
    assert verdict.unchecked[0] == "L_0, L_1 (destroyed)"
    assert await boxes(here) == {b""}
    assert await bundle_says(bundle) == {"ja": 5, "nej": 2}
    assert (await ballot.seen("member"))["viewerHasVoted"] is False
    assert (await ballot.do("annulMemberBallot", decision="§ 9", reason="Nej"))["denials"][0]["code"] == "wrong_state"


async def urn_steps(here: Organisation) -> list[Any]:
    """What came of each step of the urn, as the ledger has it."""
    async with here.app.database.read() as connection:
        told = select(StepRow.record).where(StepRow.workflow == "urn").order_by(StepRow.at, StepRow.id)
        return [json.loads(each)["outcome"] for each in (await connection.execute(told)).scalars()]


async def bundle_says(bundle: Any) -> dict[str, int]:
    found: dict[str, int] = json.loads(bundle.protocol)["tally"]
    return found
