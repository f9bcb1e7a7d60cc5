from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.statutes.deadlines import DayOfYear, DeadlineRule, Period, TimeUnit, add_months, local_day

STOCKHOLM = ZoneInfo("Europe/Stockholm")
DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
RULES = st.builds(DeadlineRule, st.integers(0, 400), st.sampled_from(TimeUnit), st.booleans())


def last_day(count: int, unit: str, anchor: date, *, inclusive: bool = True) -> date:
    return DeadlineRule(count, TimeUnit(unit), inclusive).derive(anchor, STOCKHOLM).last_day


def test_three_months_before_27_january_is_met_on_27_october() -> None:
    derived = DeadlineRule(3, TimeUnit.MONTHS).derive(date(2026, 1, 27), STOCKHOLM)
    assert derived.last_day == date(2025, 10, 27)
    assert datetime(2025, 10, 27, 23, 59, 59, tzinfo=STOCKHOLM) < derived.at
    assert datetime(2025, 10, 28, tzinfo=STOCKHOLM) == derived.at


@pytest.mark.parametrize(
    ("count", "unit", "anchor", "last"),
    [
        (6, "months", date(2026, 5, 9), date(2025, 11, 9)),
        (90, "days", date(2026, 5, 9), date(2026, 2, 8)),
        (42, "days", date(2026, 3, 21), date(2026, 2, 7)),
        (2, "weeks", date(2026, 3, 21), date(2026, 3, 7)),
        (3, "months", date(2026, 5, 31), date(2026, 2, 28)),
        (3, "months", date(2028, 5, 31), date(2028, 2, 29)),
        (1, "months", date(2026, 3, 31), date(2026, 2, 28)),
        (12, "months", date(2028, 2, 29), date(2027, 2, 28)),
        (0, "days", date(2026, 3, 21), date(2026, 3, 21)),
    ],
)
def test_a_deadline_is_counted_backwards(count: int, unit: str, anchor: date, last: date) -> None:
    assert last_day(count, unit, anchor) == last
    assert last_day(count, unit, anchor, inclusive=False) == last - timedelta(days=1)


def test_both_changes_of_daylight_saving_time_leave_the_local_day_whole() -> None:
    spring = DeadlineRule(1, TimeUnit.DAYS).derive(date(2026, 3, 30), STOCKHOLM)
    autumn = DeadlineRule(1, TimeUnit.DAYS).derive(date(2026, 10, 26), STOCKHOLM)
    assert (spring.last_day, spring.at) == (date(2026, 3, 29), datetime(2026, 3, 29, 22, tzinfo=UTC))
    assert (autumn.last_day, autumn.at) == (date(2026, 10, 25), datetime(2026, 10, 25, 23, tzinfo=UTC))
    day_before = DeadlineRule(2, TimeUnit.DAYS)
    assert spring.at - day_before.derive(date(2026, 3, 30), STOCKHOLM).at == timedelta(hours=23)
    assert autumn.at - day_before.derive(date(2026, 10, 26), STOCKHOLM).at == timedelta(hours=25)


def test_a_meeting_shortly_after_local_midnight_counts_from_its_local_day() -> None:
    opens = datetime(2026, 3, 20, 23, 30, tzinfo=UTC)
    derived = DeadlineRule(42, TimeUnit.DAYS).derive(opens, STOCKHOLM)
    assert derived.anchor == date(2026, 3, 21)
    assert derived.last_day == date(2026, 2, 7)


def test_a_midnight_that_the_clock_skips_ends_the_day_when_the_clock_jumps() -> None:
    beirut = ZoneInfo("Asia/Beirut")
    derived = DeadlineRule(0, TimeUnit.DAYS).derive(date(2024, 3, 30), beirut)
    assert local_day(derived.at, beirut) == date(2024, 3, 31)
    assert local_day(derived.at - timedelta(seconds=1), beirut) == date(2024, 3, 30)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        DeadlineRule(1, TimeUnit.DAYS).derive(datetime(2026, 3, 21), STOCKHOLM)  # noqa: DTZ001 - the point


def test_a_period_runs_from_the_day_after_the_event() -> None:
    thirty = Period(30, TimeUnit.DAYS)
    assert thirty.derive(datetime(2026, 2, 26, 15, tzinfo=UTC), STOCKHOLM).last_day == date(2026, 3, 28)
    assert thirty.derive(datetime(2026, 3, 2, 9, tzinfo=UTC), STOCKHOLM).last_day == date(2026, 4, 1)


def test_the_derivation_is_shown_in_both_languages() -> None:
    derived = DeadlineRule(42, TimeUnit.DAYS).derive(date(2026, 3, 21), STOCKHOLM)
    assert derived.words() == "42 dagar före 21 mars 2026, dagen själv inräknad: till och med 7 februari 2026 kl. 24.00"
    assert derived.words("en") == (
        "42 days before 21 March 2026, that day itself included: up to and including 7 February 2026 at 24.00"
    )
    month = DeadlineRule(3, TimeUnit.MONTHS, inclusive=False).derive(date(2026, 5, 31), STOCKHOLM)
    assert month.words() == (
        "3 månader före 31 maj 2026, dagen själv inte inräknad: till och med 27 februari 2026 kl. 24.00"
        " (månaden har ingen dag 31, så dess sista dag räknas)"
    )
    after = Period(1, TimeUnit.WEEKS).derive(date(2026, 3, 21), STOCKHOLM)
    assert after.words() == "1 vecka efter 21 mars 2026, som inte räknas med: till och med 28 mars 2026 kl. 24.00"


@given(RULES, DAYS)
def test_the_deadline_includes_its_last_day_and_nothing_more(rule: DeadlineRule, anchor: date) -> None:
    derived = rule.derive(anchor, STOCKHOLM)
    assert local_day(derived.at - timedelta(microseconds=1), STOCKHOLM) == derived.last_day
    assert local_day(derived.at, STOCKHOLM) == derived.last_day + timedelta(days=1)


@given(RULES, DAYS, st.integers(0, 40))
def test_a_later_meeting_never_has_an_earlier_deadline(rule: DeadlineRule, anchor: date, later: int) -> None:
    assert rule.derive(anchor, STOCKHOLM).at <= rule.derive(anchor + timedelta(days=later), STOCKHOLM).at


@given(DAYS, st.integers(-400, 400))
def test_months_keep_the_day_or_take_the_last_one(day: date, months: int) -> None:
    moved = add_months(day, months)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day == day.day or (moved.day < day.day and (moved + timedelta(days=1)).day == 1)


@given(DAYS)
def test_the_latest_turn_of_the_year_is_within_the_last_year(day: date) -> None:
    latest = DayOfYear(1, 1).latest(day)
    assert (latest.month, latest.day) == (1, 1)
    assert latest <= day < latest.replace(year=latest.year + 1)


@pytest.mark.parametrize("wrong", [lambda: DeadlineRule(-1, TimeUnit.DAYS), lambda: Period(0, TimeUnit.DAYS)])
def test_a_count_that_runs_the_wrong_way_is_refused(wrong: object) -> None:
    with pytest.raises(ValueError, match="or more"):
        wrong()  # type: ignore[operator]


def test_a_day_that_some_years_lack_is_refused() -> None:
    with pytest.raises(ValueError, match="every year"):
        DayOfYear(2, 29)
