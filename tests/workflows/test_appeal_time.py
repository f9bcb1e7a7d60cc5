"""Until when somebody may appeal."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workflows.zone import STOCKHOLM
from workflows.appeal_time import last_moment
from workflows.statutes import packaged
from workflows.statutes.parameters.appeals import Decision, Start
from workflows.statutes.resolved import resolve

ORDER = resolve(packaged("vansterpartiet")).parameters.appeals.against[Decision.BRANCH_REFUSED]
DECIDED = datetime(2026, 2, 25, 18, tzinfo=UTC)


def until(received: datetime | None, told: date | None = None, starts: Start = Start.NOTIFICATION) -> datetime | None:
    order = replace(ORDER, starts=starts)
    return last_moment(
        order, decided_at=DECIDED, verified_on=date(2026, 3, 10), received_at=received, told_until=told, zone=STOCKHOLM
    )


@pytest.mark.parametrize(
    ("received", "last_day"),
    [
        (datetime(2026, 2, 26, 9, tzinfo=UTC), date(2026, 3, 28)),  # the clocks go forward that night
        (datetime(2026, 3, 2, 9, tzinfo=UTC), date(2026, 4, 1)),
        (datetime(2026, 9, 25, 9, tzinfo=UTC), date(2026, 10, 25)),  # and back that day
        # Half past eleven in the evening in Sweden is that day, though it is another in London.
        (datetime(2026, 2, 26, 22, 30, tzinfo=UTC), date(2026, 3, 28)),
        (datetime(2026, 2, 26, 23, 30, tzinfo=UTC), date(2026, 3, 29)),
    ],
)
def test_the_last_day_is_counted_from_the_day_of_the_notice_and_lasts_until_midnight(
    received: datetime, last_day: date
) -> None:
    ends = until(received)
    assert ends is not None
    assert (ends - timedelta(seconds=1)).astimezone(STOCKHOLM).date() == last_day
    assert ends.astimezone(STOCKHOLM).date() == last_day + timedelta(days=1)


def test_a_time_that_has_not_begun_has_no_end() -> None:
    assert until(None) is None


@given(st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 1), timezones=st.just(UTC)), st.integers(-40, 400))  # noqa: DTZ001 - the strategy adds the zone
def test_a_later_day_that_somebody_was_told_holds_and_an_earlier_one_takes_nothing(
    received: datetime, days: int
) -> None:
    plain = until(received)
    told = received.astimezone(STOCKHOLM).date() + timedelta(days=days)
    ends = until(received, told)
    assert plain is not None
    assert ends is not None
    assert ends >= plain
    assert ends == plain or (ends - timedelta(seconds=1)).astimezone(STOCKHOLM).date() == told


def test_other_statutes_count_from_the_decision_or_from_the_minutes() -> None:
    assert until(None, starts=Start.DECISION) == datetime(2026, 3, 27, 23, tzinfo=UTC)
    assert until(None, starts=Start.MINUTES_VERIFIED) == datetime(2026, 4, 9, 22, tzinfo=UTC)
