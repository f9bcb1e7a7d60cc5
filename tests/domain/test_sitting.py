"""The time that an item has taken."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from democracy.domain.sitting import Turn, treated

NOON = datetime(2026, 3, 21, 11, tzinfo=UTC)


def at(minutes: int) -> datetime:
    return NOON + timedelta(minutes=minutes)


def test_lunch_and_the_night_are_left_out() -> None:
    turns = [
        Turn(at(0), of_item=False, begins=True),
        Turn(at(5), of_item=True, begins=True),
        Turn(at(15), of_item=False, begins=False),
        Turn(at(75), of_item=False, begins=True),
        Turn(at(80), of_item=True, begins=False),
        Turn(at(1500), of_item=True, begins=True),
    ]
    assert treated(turns, at(1507)) == timedelta(minutes=10 + 5 + 7)
    assert treated(turns[:3], at(60)) == timedelta(minutes=10)
    assert treated([], at(60)) == timedelta()


TURNS = st.lists(st.tuples(st.integers(0, 500), st.booleans(), st.booleans()), max_size=12).map(
    lambda rows: [Turn(at(minute), of_item=item, begins=begins) for minute, item, begins in sorted(rows)]
)


@given(TURNS, st.integers(500, 600))
def test_it_is_never_less_than_nothing_nor_more_than_the_time_that_has_passed(turns: list[Turn], minute: int) -> None:
    found = treated(turns, at(minute))
    assert timedelta() <= found <= (at(minute) - turns[0].at if turns else timedelta())
