"""What a server tells its operator while people vote: neither that somebody did, nor anything by which to find out."""

import base64
from pathlib import Path

import httpx2
import pytest

from tests.api import Client
from tests.http_voters import Voting, voting
from tests.linkage import found_in
from tests.sealing import CAST
from tests.serving import serving
from tests.voting_hall import DURING
from tests.world import World

SIZE = 24
LITERAL = 'mutation {{ castBallot(input: {{urn: "{urn}", manifest: "{m}", sealed: "{sealed}"}}) {{ __typename }} }}'


def traces(here: Voting) -> list[bytes]:
    """Whatever names a voter, a device or a ballot, as bytes and as it may be written."""
    found = [secret for each in here.voters for secret in each.secrets]
    for each, member, token in zip(here.voters, here.made.members, here.tokens, strict=True):
        found += [token.encode(), str(member.id).encode(), member.id.hex.encode(), member.id.bytes]
        found += [each.box[:32], each.box[:32].hex().encode(), base64.b64encode(each.box[:33])]
    return [*found, *(each.encode() for each in here.digests), *(bytes.fromhex(each) for each in here.digests)]


async def figures(http: httpx2.AsyncClient) -> dict[str, str]:
    """Every figure of ours by its name and labels; those of the process and its health left out."""
    lines = (await http.get("/metrics")).text.splitlines()
    return dict(each.rsplit(" ", 1) for each in lines if each.startswith("democracy_") and "check" not in each)


async def refused(here: Voting, http: httpx2.AsyncClient) -> None:
    """Ballots that are not taken: a second one, somebody else's, one from nobody, one that is no ballot, a literal."""
    sealed = base64.b64encode(here.voters[1].box).decode()
    given = {"urn": here.urn, "manifest": here.m.hex()}
    for token, box in (
        (here.tokens[0], sealed),
        (here.tokens[2], sealed),
        ("nobody", sealed),
        (here.tokens[3], "AAAA"),
    ):
        told = await Client(http, token).change(CAST, **given, sealed=box)
        assert told["__typename"] != "BallotReceipt"
    await Client(http, here.tokens[4]).post(LITERAL.format(urn=here.urn, m=here.m.hex(), sealed=sealed))


@pytest.mark.parametrize("world_url", ["sqlite"], indirect=True)
async def test_neither_the_log_nor_the_figures_of_a_server_tell_that_somebody_voted(
    world: World, tmp_path: Path
) -> None:
    here = await voting(world, tmp_path, SIZE)
    wanted = traces(here)
    with serving(world.database.url, tmp_path, clock=DURING) as server:
        async with httpx2.AsyncClient(base_url=server.address, timeout=30) as http:
            await Client(http, here.tokens[0]).ask("{ viewer { name } }")
            quiet, lines = await figures(http), _operations(tmp_path)
            await here.everybody(server.address)
            assert len(here.receipts) == SIZE
            await refused(here, http)
            loud = await figures(http)
            await Client(http, here.tokens[0]).ask("{ viewer { name } }")
            everything = (await http.get("/metrics")).content
    assert any("viewer" in each for each in quiet), "other operations are counted"
    assert loud == quiet, "a vote moves no figure"
    log = (tmp_path / "server.log").read_bytes()
    assert _operations(tmp_path) == lines + 1, "nor does it leave a line: only the question after them does"
    assert b"castBallot" not in log + everything
    assert found_in(log + everything, wanted) == set()
    for planted in (here.made.members[5].id.hex, here.digests[6], here.voters[7].body.code):
        line = b'{"event": "operation", "who": "%s"}' % planted.encode()
        assert found_in(log + line, wanted) == {planted.encode()}, "what is planted is found"


def _operations(folder: Path) -> int:
    return (folder / "server.log").read_bytes().count(b'"event": "operation"')
