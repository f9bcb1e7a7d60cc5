"""How fast an urn of 25,000 ballots and three mixers is opened, counted and verified."""

import time
from collections.abc import Callable

import pytest

from democracy.ballotbox.mixing import mix
from democracy.ballotbox.opening import open_urn
from democracy.ballotbox.rules import count
from democracy.ballotbox.verifier import verify
from tests.ballotbox.urns import Played

pytestmark = pytest.mark.bench
VOTERS, MIXERS = 25_000, 3
OPENING_LIMIT, VERIFYING_LIMIT = 10, 2


def seconds(work: Callable[[], object]) -> float:
    """Processor time."""
    start = time.process_time()
    work()
    return time.process_time() - start


@pytest.fixture(scope="module")
def urn() -> Played:
    played = Played(size=VOTERS, mixers=MIXERS).accept()
    print(f"\nsealing {MIXERS + 1} layers: {seconds(lambda: played.vote(VOTERS)) / VOTERS * 1000:.2f} ms a ballot")
    return played.close()


def opened(urn: Played) -> None:
    records = urn.lists[0]
    for i, holder in enumerate(urn.mixing, start=1):
        records = list(mix(urn.m, i, records, holder.hpke).records)
    count(urn.manifest, open_urn(urn.manifest, urn.m, records, urn.lock.hpke).ballots)


def test_opening_and_counting_stays_within_its_limit(urn: Played) -> None:
    found = seconds(lambda: opened(urn))
    print(f"three mixers, opening and counting: {found:.1f} s")
    assert found < OPENING_LIMIT


def test_verifying_stays_within_its_limit(urn: Played) -> None:
    bundle = urn.mix().open().result().bundle
    found = min(seconds(lambda: verify(bundle, urn.trust)) for _ in range(3))
    print(f"verifying: {found:.2f} s")
    assert found < VERIFYING_LIMIT
