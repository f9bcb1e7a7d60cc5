"""A sealed ballot through the API, as a voter's client casts it."""

import base64
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import httpx2
import pytest
from starlette.applications import Starlette

from democracy.ballotbox.manifest import read_manifest
from democracy.ballotbox.merkle import leaf_hash
from democracy.ballotbox.receipt import read_receipt
from democracy.ballotbox.roll import MyRoll
from democracy.services.urns.seeds import Seeds
from democracy.workers import urns
from schema.ids import global_id
from schema.urn_files import urn_files
from tests.schema.permissions.conftest import Installation
from tests.schema.permissions.edge import Edge
from tests.schema.permissions.seeds import AT
from tests.urns import Held

CAST = """mutation($input: CastBallotInput!) { castBallot(input: $input) { __typename
    ... on BallotReceipt { receipt } ... on NotAllowed { message denials { code } } ... on AlreadyCast { message }
    ... on InvalidInput { fields { path code message } } } }"""
URN = """query($id: ID!) { urn(id: $id) { manifest digest turnout logSize checkpoint { size note } leaves
    myRoll { member slot salt path } promise } }"""


@pytest.fixture
async def edge(installation: Installation) -> AsyncIterator[Edge]:
    """The seeded world, whose clock stands where the world looks."""
    async with installation.copied() as edge:
        edge.app.story_offset = AT - datetime.now(UTC)
        yield edge


def held(edge: Edge) -> Held:
    seeded = edge.seeded
    made = Held(edge.app.database, Seeds(seeded.folder), seeded.world.actor("secretary"), seeded.ballots["ballot_open"])
    made.urn = seeded.urns["ballot_open"]
    return made


async def given(edge: Edge, role: str, choice: str = "ja") -> dict[str, Any]:
    """The input of a vote."""
    own = held(edge)
    box = await own.box(edge.seeded.world.members[role], [choice], AT)
    sealed, m = base64.b64encode(box).decode(), (await own.m(AT)).hex()
    return {"urn": global_id("Urn", own.urn), "manifest": m, "sealed": sealed}


async def cast(edge: Edge, role: str, what: dict[str, Any]) -> dict[str, Any]:
    answer: dict[str, Any] = (await edge.data(role, CAST, {"input": what}))["castBallot"]
    return answer


async def asked(edge: Edge, role: str) -> dict[str, Any]:
    found: dict[str, Any] = (await edge.data(role, URN, {"id": global_id("Urn", held(edge).urn)}))["urn"]
    return found


async def test_a_voter_finds_their_slot_casts_and_gets_a_receipt_that_the_server_signed(edge: Edge) -> None:
    urn = await asked(edge, "member")
    manifest = read_manifest(urn["manifest"].encode())
    assert urn["digest"] == leaf_hash(urn["manifest"].encode()).hex()
    mine = urn["myRoll"]
    place = MyRoll(mine["member"], mine["slot"], mine["salt"], tuple(map(bytes.fromhex, mine["path"])))
    assert place.proves(manifest.roll.size, bytes.fromhex(manifest.roll.root))
    ballot = await given(edge, "member")
    answer = await cast(edge, "member", ballot)
    receipt = read_receipt(answer["receipt"].encode())
    assert receipt.signed_by(manifest.server)
    assert receipt.slot == mine["slot"]
    assert await cast(edge, "member", ballot) == answer
    again = await cast(edge, "member", await given(edge, "member", "nej"))
    assert again["__typename"] == "AlreadyCast"
    assert (await asked(edge, "neighbour"))["turnout"] == 1


async def test_the_ballot_is_in_the_log_when_the_worker_has_looked_and_the_checkpoint_covers_it(edge: Edge) -> None:
    await cast(edge, "member", await given(edge, "member"))
    assert await urns.round_of(edge.app.database, edge.app.seeds, AT) == 1
    urn = await asked(edge, "member")
    assert urn["checkpoint"]["size"] == urn["logSize"] == len(urn["leaves"])
    assert json.loads(urn["leaves"][-1])["t"] == "ballot"
    assert urn["checkpoint"]["note"].splitlines()[1] == str(urn["logSize"])


async def test_a_ballot_written_in_the_query_is_refused(edge: Edge) -> None:
    what = await given(edge, "member")
    written = ", ".join(f'{key}: "{value}"' for key, value in what.items())
    query = f"mutation {{ castBallot(input: {{{written}}}) {{ ... on InvalidInput {{ fields {{ code }} }} }} }}"
    answer = await edge.data("member", query)
    assert answer["castBallot"] == {"fields": [{"code": "literal_ballot"}]}
    assert (await asked(edge, "member"))["turnout"] == 0


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"sealed": "%%%"}, "not_base64"), ({"manifest": "xyz"}, "hex"), ({"manifest": "00" * 32}, "another_manifest")],
)
async def test_what_is_no_ballot_is_refused_in_words(edge: Edge, changes: dict[str, str], code: str) -> None:
    answer = await cast(edge, "member", await given(edge, "member") | changes)
    assert [each["code"] for each in answer["fields"]] == [code]
    assert answer["fields"][0]["message"]


@pytest.mark.parametrize("role", ["anonymous", "outsider"])
async def test_an_urn_that_somebody_may_not_see_is_not_there(edge: Edge, role: str) -> None:
    answer = await cast(edge, role, await given(edge, "member"))
    assert answer["__typename"] == "NotFound"


async def test_staff_see_the_urn_and_have_no_vote(edge: Edge) -> None:
    answer = await cast(edge, "staff", await given(edge, "member"))
    assert [each["code"] for each in answer["denials"]] == ["not_your_role", "not_an_elector"]


async def test_what_is_not_for_everybody_is_not_among_the_files(edge: Edge) -> None:
    own = held(edge)
    for role in ("member", "mover", "co_mover", "board", "neighbour"):
        await cast(edge, role, await given(edge, role))
    later = AT.replace(month=3)
    await own.closing(later).close(own.ballot, actor=edge.seeded.world.actor("clock"))
    await own.closing(later).hand_over(own.urn, actor=own.keeper)
    transport = httpx2.ASGITransport(app=Starlette(routes=urn_files(edge.app)))
    async with httpx2.AsyncClient(transport=transport, base_url="http://test") as http:
        address = f"/urns/{global_id('Urn', own.urn)}"
        assert (await http.get(f"{address}/bundle.zip")).status_code == 200
        for name in ("list-0", "secret", "final", "nonsense", "../seeds"):
            assert (await http.get(f"{address}/{name}")).status_code == 404
