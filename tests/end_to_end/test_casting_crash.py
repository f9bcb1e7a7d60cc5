"""The server ends in the middle of a vote: nobody has voted without a ballot, and asking again tells how it stands."""

from pathlib import Path

import pytest

from democracy.ballotbox.receipt import read_receipt
from tests.dying import AFTER_COMMIT, BEFORE_ANSWER, BEFORE_COMMIT
from tests.http_voters import voting
from tests.serving import serving
from tests.voting_hall import DURING
from tests.world import World

VOTERS = 32


@pytest.mark.long
@pytest.mark.parametrize("moment", [BEFORE_COMMIT, AFTER_COMMIT, BEFORE_ANSWER])
async def test_nobody_has_voted_without_a_ballot_and_a_retry_gets_the_same_receipt(
    world: World, tmp_path: Path, moment: str
) -> None:
    here = await voting(world, tmp_path, VOTERS)
    url = world.database.url
    with serving(url, tmp_path, clock=DURING, dies=moment) as server:
        await here.everybody(server.address)
        assert server.process.wait(30) == -9
    stored = await here.made.digests()
    answered = {read_receipt(each.encode()).digest for each in here.receipts.values()}
    assert len(stored) == len(set(stored)) < VOTERS, "it ended in the middle"
    assert answered <= set(stored), "an answer means that the ballot is in"
    assert (set(stored) == answered) == (moment == BEFORE_COMMIT), "else somebody was not told"
    before = dict(here.receipts)
    with serving(url, tmp_path, clock=DURING) as server:
        assert await here.have_voted(server.address) == set(stored)
        await here.everybody(server.address)
    assert before.items() <= here.receipts.items()
    assert sorted(await here.made.digests()) == sorted(here.digests)
    assert {read_receipt(each.encode()).seq for each in here.receipts.values()} == {1}
