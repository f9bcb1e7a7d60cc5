from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from democracy.domain.mandates import Tenure

DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
MAYBE = st.none() | DAYS
TENURES = st.builds(Tenure, DAYS, MAYBE, MAYBE, MAYBE, MAYBE)


def test_a_mandate_is_held_from_its_first_day_to_its_last() -> None:
    tenure = Tenure(date(2026, 2, 1), date(2027, 1, 31))
    held = [date(2026, 1, 31), date(2026, 2, 1), date(2027, 1, 31), date(2027, 2, 1)]
    assert [tenure.in_force(day) for day in held] == [False, True, True, False]


def test_it_is_not_in_force_while_its_holder_is_on_leave_or_after_the_release() -> None:
    tenure = Tenure(date(2026, 1, 1), None, date(2026, 3, 1), date(2026, 3, 31), date(2026, 6, 1))
    days = [
        date(2026, 2, 28),
        date(2026, 3, 1),
        date(2026, 3, 31),
        date(2026, 4, 1),
        date(2026, 5, 31),
        date(2026, 6, 1),
    ]
    assert [tenure.in_force(day) for day in days] == [True, False, False, True, True, False]
    assert tenure.held(date(2026, 3, 15))


@given(TENURES, DAYS)
def test_in_force_means_held_and_not_on_leave(tenure: Tenure, day: date) -> None:
    assert tenure.in_force(day) == (tenure.held(day) and not tenure.on_leave(day))
    assert not tenure.held(tenure.starts_on - timedelta(days=1))
