import time
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from uuid import RFC_4122, UUID

from hypothesis import given
from hypothesis import strategies as st

from democracy.domain.ids import OrderedIds, new_id, unordered_id

MILLISECONDS = st.integers(0, 2**47)


def milliseconds_of(made: UUID) -> int:
    return made.int >> 80


def test_a_new_id_is_a_version_7_uuid_that_tells_its_time() -> None:
    before = time.time_ns() // 1_000_000
    made = new_id()
    after = time.time_ns() // 1_000_000
    assert (made.version, made.variant) == (7, RFC_4122)
    assert before <= milliseconds_of(made) <= after + 1


@given(st.lists(MILLISECONDS, min_size=2, max_size=50))
def test_ids_grow_whatever_the_clock_does(clock: list[int]) -> None:
    readings = iter(clock)
    ids = OrderedIds(lambda: next(readings))
    made = [ids.make() for _ in clock]
    assert all(earlier < later for earlier, later in pairwise(made))
    assert all((each.version, each.variant) == (7, RFC_4122) for each in made)


@given(st.lists(MILLISECONDS, min_size=2, max_size=50))
def test_text_and_bytes_sort_as_the_ids_do(clock: list[int]) -> None:
    readings = iter(clock)
    ids = OrderedIds(lambda: next(readings))
    made = [ids.make() for _ in clock]
    assert sorted(made, key=str) == made
    assert sorted(made, key=lambda each: each.bytes) == made
    assert sorted(made, key=lambda each: each.hex) == made


def test_a_clock_that_stands_still_gives_many_growing_ids() -> None:
    ids = OrderedIds(lambda: 1_000)
    made = [ids.make() for _ in range(5_000)]
    assert all(earlier < later for earlier, later in pairwise(made))
    assert {milliseconds_of(each) for each in made} == {1_000}


def test_a_full_counter_borrows_the_next_millisecond() -> None:
    ids = OrderedIds(lambda: 1_000)
    first = ids.make()
    ids._counter = 2**42 - 1
    second = ids.make()
    assert second > first
    assert milliseconds_of(second) == 1_001


def test_threads_never_get_the_same_id_and_each_sees_its_own_grow() -> None:
    with ThreadPoolExecutor(8) as threads:
        batches = list(threads.map(lambda _: [new_id() for _ in range(2_000)], range(8)))
    assert all(earlier < later for batch in batches for earlier, later in pairwise(batch))
    assert len({each for batch in batches for each in batch}) == 16_000


def test_an_unordered_id_is_random_and_tells_no_time() -> None:
    made = [unordered_id() for _ in range(200)]
    assert {each.version for each in made} == {4}
    assert len(set(made)) == 200
    assert made != sorted(made)
