"""Two member ballots through the API, from the order to the end: one advisory, with post, corrections and objections,
and one binding, with ranked alternatives, that too few take part in."""

import json
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from democracy.ballotbox.checkpoint import Checkpoint
from democracy.ballotbox.keys import with_sigs
from democracy.ballotbox.note import Note
from democracy.ballotbox.urn import finished, mixer_destroyed_leaf
from democracy.ballotbox.verifier import verify
from democracy.services.ballots.clock import hold_ballots
from democracy.services.urns.log import place_waiting, sign_checkpoint
from democracy.services.urns.seeds import API, LOCK
from democracy.storage import statutes, urns
from democracy.storage.outbox import mark_sent
from democracy.storage.tables.outbox import OutboxRow
from democracy.storage.tables.step import StepRow
from democracy.storage.tables.urn import SealedBallotRow
from schema.ids import global_id
from tests.end_to_end.organisation import Organisation, Person, organisation
from tests.urns import Held, new_seed
from tests.world import BEFORE, World
from workflows.engine import StepDenied
from workflows.statutes.loader import from_toml

DAY = timedelta(days=1)
OPENS = BEFORE + 10 * DAY
CLOSES = OPENS + 21 * DAY
DURING = OPENS + 3 * DAY
CERTIFYING = CLOSES + 15 * DAY
FIELDS = """id state outcome certifiedBy endedReason electorateSize electorateDigest viewerHasVoted
    turnout { electors digital byPost } turnoutByUnit { unitName units electors voted }
    corrections { id kind inForceAt } objections { id text finding answer }
    promise toSign { voids paper } actions { name allowed denials { code } } nextSteps { what who }
    result { outcome electors takenPart digital papers papersSpoilt quorumMet
        questions { number outcome winners blank options { code votes paper } } }"""
REFUSED = """... on NotAllowed { denials { code message paragraph { key } } } ... on NotFound { message }
    ... on InvalidInput { fields { path code message } } ... on Conflict { code }"""


@pytest.fixture
async def here(world_url: tuple[str, World], tmp_path: Path) -> AsyncIterator[Organisation]:
    url, world = world_url
    async with organisation(url, world, seeds_folder=tmp_path / "seeds") as running:
        running.at(BEFORE)
        yield running


async def do(person: Person, mutation: str, kind: str = "MemberBallot", /, **given: Any) -> dict[str, Any]:
    """The result of a mutation, with every kind of refusal spelt out."""
    name, fields = mutation[0].upper() + mutation[1:], FIELDS if kind == "MemberBallot" else "id"
    query = f"""mutation($input: {name}Input!) {{ found: {mutation}(input: $input) {{
        __typename ... on {kind} {{ {fields} }} {REFUSED} }} }}"""
    found: dict[str, Any] = (await person.ask(query, input=given))["found"]
    return found


def codes(refused: dict[str, Any]) -> list[str]:
    return [each["code"] for each in refused.get("denials") or refused["fields"]]


class Ballot:
    """A ballot under way: its secretary, its urn, and what people ask for by name."""

    def __init__(self, here: Organisation, secretary: Person) -> None:
        self.here, self.secretary = here, secretary
        self.id = ""
        self.people: dict[str, Person] = {}

    async def person(self, name: str) -> Person:
        if name not in self.people:
            self.people[name] = await self.here.sign_in(name)
        return self.people[name]

    async def later(self, at: datetime) -> None:
        """So much later that everybody signs in again."""
        self.here.at(at)
        self.people.clear()
        self.secretary = await self.person("party_secretary")

    async def do(self, mutation: str, /, by: str | None = None, **given: Any) -> dict[str, Any]:
        who = self.secretary if by is None else await self.person(by)
        return await do(who, mutation, ballotId=self.id, **given)

    async def seen(self, by: str) -> dict[str, Any]:
        query = f"query($id: ID!) {{ node(id: $id) {{ ... on MemberBallot {{ {FIELDS} }} }} }}"
        found: dict[str, Any] = (await (await self.person(by)).ask(query, id=self.id))["node"]
        return found

    async def prepare(self, **more: Any) -> None:
        """Write it down, order it, inform, count the electorate, announce it."""
        draft = {"bodyId": self.here.id("Body", "party/board"), "title": "Kollektivtrafiken", **TIMES, **more}
        self.id = (await do(self.secretary, "draftMemberBallot", ballot=draft))["id"]
        await self.do("orderMemberBallot", decision="PS 9 januari, § 4")
        await self.do("informMemberBallot", side="Ja-sidan", text="Bussen ska vara till för alla.", author="Tora")
        await self.do("informMemberBallot", side="Nej-sidan")
        await self.do("fixElectorate", countedOn="2026-01-01")
        assert (await self.do("announceMemberBallot"))["state"] == "ANNOUNCED"

    async def urn(self) -> None:
        """The urn, with keys of its own for officers and key holder."""
        actor, app = self.here.world.actor("party_secretary"), self.here.app
        key = next(iter(await self._keys()))
        self.held = Held(app.database, app.seeds, actor, key, mixers=[new_seed()])
        await self.held.prepare(self.here.app.now())

    async def _keys(self) -> list[Any]:
        from schema.ids import key_of

        return [key_of(self.id, "MemberBallot")]

    async def cast(self, name: str, choices: dict[str, list[str]]) -> dict[str, Any]:
        """Vote through the API."""
        import base64
        import secrets

        from democracy.ballotbox.ballot import Body, seal

        manifest, m = await self.held.manifest(self.here.app.now())
        body = Body({key: tuple(value) for key, value in choices.items()}, "A" * 16, "1234")
        slot = await self.held.slot(self.here.world.members[name])
        box = seal(manifest, m, slot, secrets.token_bytes(32), body.message(manifest))[0].box
        given = {"urn": global_id("Urn", self.held.urn), "manifest": m.hex(), "sealed": base64.b64encode(box).decode()}
        query = """mutation($input: CastBallotInput!) { castBallot(input: $input) { __typename
            ... on NotAllowed { denials { code } } } }"""
        found: dict[str, Any] = (await (await self.person(name)).ask(query, input=given))["castBallot"]
        return found

    async def sign_and_add(self, leaves: list[str], at: datetime) -> None:
        """Two officers sign on their own machines, and the office hands it in."""
        for each in leaves:
            signed = self.held.signed(json.loads(each))
            await self.held.building(at).add(self.held.urn, signed, actor=self.held.keeper)

    async def declare_destroyed(self) -> None:
        """Every key holder states that the key is destroyed, once."""
        at, building = self.here.app.now(), self.held.building(self.here.app.now())
        for number, each in enumerate(self.held.mixers, 1):
            leaf = mixer_destroyed_leaf(await self.held.m(at), number, each.sign)
            await building.add(self.held.urn, leaf, actor=self.held.keeper)
            with pytest.raises(StepDenied) as twice:
                await building.add(self.held.urn, leaf, actor=self.held.keeper)
            assert [denial.code for denial in twice.value.denials] == ["declared_already"]

    async def checkpoint(self, at: datetime) -> None:
        async with self.here.app.database.unit(at) as unit:
            row = await urns.locked(unit.session, self.held.urn)
            assert row is not None
            while await place_waiting(unit, row):
                pass
        await sign_checkpoint(self.here.app.database, self.here.app.seeds, self.held.urn, at)

    async def clock(self, at: datetime) -> None:
        self.here.at(at)
        await hold_ballots(self.here.app.seeds, self.here.app.database, self.here.app.now())


TIMES = {"opensAt": OPENS.isoformat(), "closesAt": CLOSES.isoformat()}
YES, NO = ("member", "mover", "co_mover", "chair", "party_chair"), ("delegate", "board")
VOTED = dict.fromkeys(YES, "ja") | dict.fromkeys(NO, "nej")


async def purposes(here: Organisation, purpose: str) -> set[Any]:
    """To whom messages of a purpose wait."""
    async with here.app.database.read() as connection:
        found = await connection.execute(select(OutboxRow.member_id).where(OutboxRow.purpose == purpose))
        return set(found.scalars())


async def test_an_advisory_ballot_from_the_order_to_the_end(here: Organisation) -> None:
    ballot = Ballot(here, await here.sign_in("party_secretary"))
    ballot.people["party_secretary"] = ballot.secretary
    members = here.world.members
    await ballot.prepare(questions=[{"text": "Ska partiet verka för gratis kollektivtrafik?"}])
    size = (await ballot.seen("party_chair"))["electorateSize"]
    assert size == len(members)
    assert (await ballot.seen("member"))["promise"].startswith("Den som driver servern och har urnans nyckel kan se")

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


async def boxes(here: Organisation) -> set[bytes]:
    async with here.app.database.read() as connection:
        return set((await connection.execute(select(SealedBallotRow.box))).scalars())


async def bundle_says(bundle: Any) -> dict[str, int]:
    found: dict[str, int] = json.loads(bundle.protocol)["tally"]
    return found


RANKED = [
    {"text": "Vilken linje ska byggas först?", "form": "RANKED", "options": [
        {"code": code, "text": f"Linje {code}"} for code in ("norr", "soder", "vast")]},
    {"text": "Ska biljetten vara gratis?"},
]  # fmt: skip


async def bind(here: Organisation) -> None:
    """Statutes under which ballots bind, and half of the electorate has to take part."""
    file = (files("workflows.statutes") / "files" / "vansterpartiet.toml").read_text("utf-8")
    changed = file.replace('effect = "advisory"', 'effect = "binding"\nturnout = { numerator = 1, denominator = 2 }')
    assert changed != file
    async with here.app.database.unit(BEFORE) as unit:
        await statutes.adopt(unit.session, here.world.units["party"], from_toml(changed, "bindande.toml"), unit.now)


async def test_a_binding_ballot_with_a_ranked_question_falls_when_too_few_take_part(here: Organisation) -> None:
    await bind(here)
    ballot = Ballot(here, await here.sign_in("party_secretary"))
    ballot.people["party_secretary"] = ballot.secretary
    await ballot.prepare(questions=RANKED)
    await ballot.urn()
    await ballot.checkpoint(here.app.now())
    await ballot.clock(OPENS)
    for name in YES:
        assert (await ballot.cast(name, {"1": ["norr", "vast"], "2": ["ja"]}))["__typename"] == "BallotReceipt"
    for name in NO:
        await ballot.cast(name, {"1": ["vast", "norr", "soder"], "2": []})
    await ballot.checkpoint(DURING)
    await ballot.clock(CLOSES)
    await ballot.checkpoint(CLOSES)
    await ballot.held.finish(CLOSES)
    await ballot.later(CERTIFYING)
    counted = await ballot.do("countMemberBallot")
    result = counted["result"]
    assert (result["outcome"], result["quorumMet"], result["takenPart"]) == ("NO_QUORUM", False, 7)
    ranked, plain = result["questions"]
    assert (ranked["outcome"], ranked["winners"]) == ("CHOSEN", ["norr"])
    assert [each["votes"] for each in ranked["options"]] == [7, 2, 7]
    assert (plain["outcome"], plain["blank"]) == ("NO_QUORUM", 2)
    assert (await ballot.do("certifyBallot", decision="PS 3 mars, § 7"))["state"] == "CERTIFIED"
    await ballot.do("publishBallotResult")
    refused = await ballot.do("decideOnBallot", outcome="PS tycker annat.", decision="PS 3 mars, § 8")
    assert codes(refused) == ["binding_as_it_is"]
    why = "Nyckelhållaren har avlidit; boet har förstört datorn."
    assert (await ballot.do("finishMemberBallot", silence=why))["state"] == "FINAL"
    bundle = await ballot.held.bundle(here.app.now())
    protocol = json.loads(bundle.protocol or b"")
    assert protocol["questions"]["2"] == {"tally": {"": 2, "ja": 5}}
    assert protocol["questions"]["1"]["elected"] == ["norr"]


async def test_an_annulled_ballot_is_never_opened(here: Organisation) -> None:
    ballot = Ballot(here, await here.sign_in("party_secretary"))
    ballot.people["party_secretary"] = ballot.secretary
    await ballot.prepare(questions=[{"text": "Ska partiet verka för gratis kollektivtrafik?"}])
    await ballot.urn()
    await ballot.clock(OPENS)
    here.at(DURING)
    for name in YES:
        await ballot.cast(name, {"1": ["ja"]})
    assert codes(await ballot.do("annulMemberBallot", decision="", reason="")) == ["decision_missing", "reason_missing"]
    assert codes(await ballot.do("annulMemberBallot", by="member", decision="§ 1", reason="Jag vill")) == [
        "not_your_role"
    ]
    ended = await ballot.do("annulMemberBallot", decision="PS 1 mars, § 2", reason="Frågan var fel ställd.")
    assert (ended["state"], ended["endedReason"]) == ("ANNULLED", "Frågan var fel ställd.")
    assert len(await purposes(here, "ballot_annulled")) == 18
    await ballot.clock(DURING)
    assert not here.app.seeds.has(ballot.held.urn, LOCK)
    assert (await ballot.seen("member"))["result"] is None
    assert await boxes(here) == {b""}, "what was cast can never be opened"
