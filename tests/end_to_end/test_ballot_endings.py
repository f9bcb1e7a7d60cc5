"""Member ballots that end otherwise: a binding one that too few take part in, and one that is annulled."""

import json
from collections.abc import AsyncIterator
from importlib.resources import files
from pathlib import Path

import pytest

from democracy.services.urns.seeds import LOCK
from democracy.storage import statutes
from tests.end_to_end.balloting import (
    CERTIFYING,
    CLOSES,
    DURING,
    NO,
    OPENS,
    YES,
    Ballot,
    ballots,
    boxes,
    codes,
    purposes,
)
from tests.end_to_end.organisation import Organisation
from tests.world import BEFORE, World
from workflows.statutes.loader import from_toml


@pytest.fixture
async def here(world_url: tuple[str, World], tmp_path: Path) -> AsyncIterator[Organisation]:
    async with ballots(world_url, tmp_path) as running:
        yield running


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
