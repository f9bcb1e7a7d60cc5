"""How fast an election is counted: 25,000 ballots, 20 candidates, 9 seats, exact fractions."""

import importlib
import time
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest

from democracy.counting.ballots import Ballots
from democracy.counting.lots import Lots
from democracy.counting.stv import StvRule, count_stv
from democracy.formats.blt import read_blt, write_blt
from democracy.formats.lines import numbered_lines
from tests.counting.build import SEED, random_ballots

pytestmark = [pytest.mark.bench, pytest.mark.filterwarnings("ignore")]
SEATS, LIMIT = 9, 0.5


@pytest.fixture(scope="module")
def large() -> Ballots:
    return random_ballots(1, candidates=20, number=25_000, steepness=1.1, full=False)


def seconds(work: Callable[[], object], times: int = 3) -> float:
    """Processor time, the best of a few runs."""
    found = []
    for _ in range(times):
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
    return min(found)


def ours(known: Ballots, *, exact: bool = True) -> float:
    return seconds(lambda: count_stv(known, StvRule(SEATS, exact=exact), Lots(SEED)))


def test_a_partys_whole_membership_is_counted_in_exact_fractions_in_under_half_a_second(large: Ballots) -> None:
    exact, cut = ours(large), ours(large, exact=False)
    print(f"\n25,000 ballots, 20 candidates, 9 seats: exact {exact:.3f} s, five decimals {cut:.3f} s")
    assert exact < LIMIT


def test_beside_the_fastest_library(large: Ballots) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            stvpoll = importlib.import_module("stvpoll.scottish_stv")
            votelib = importlib.import_module("votelib.evaluate.sequential")
        except ImportError:
            pytest.skip("the libraries are not installed: uv sync --group oracles")
    flat, own = large.strict(), ours(large)
    selector = votelib.TransferableVoteSelector(transferer="Gregory", quota_function=lambda n, s: n // (s + 1) + 1)
    theirs = {
        "stvpoll": seconds(lambda: stvpoll.calculate_scottish_stv(tuple(range(20)), flat, SEATS), 1),
        "votelib": seconds(lambda: selector.evaluate(flat, SEATS), 1),
    }
    for name, taken in sorted(theirs.items(), key=lambda pair: pair[1]):
        print(f"\n{name}: {taken:.2f} s, {taken / own:.0f} times ours ({own:.3f} s)")
    assert own < min(theirs.values())


def test_reading_the_file_keeps_pace(large: Ballots, tmp_path: Path) -> None:
    file = tmp_path / "val.blt"
    file.write_text(write_blt(large, SEATS), encoding="utf-8")
    taken = seconds(lambda: read_blt(numbered_lines(file)))
    print(f"\nreading the same election as BLT: {taken:.3f} s, {taken / ours(large):.1f} times the count")
    assert taken < 10 * ours(large)
