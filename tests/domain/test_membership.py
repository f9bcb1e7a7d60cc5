from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from democracy.domain.membership import Dates, FeeTerms, Standing, add_months, after_payment, lapses_on, paid_until

DAYS = st.dates(date(1990, 1, 1), date(2080, 12, 31))
TERMS = st.builds(
    FeeTerms,
    days_after_fee=st.integers(0, 120),
    fee_months=st.integers(1, 36),
    grace_days=st.integers(0, 200),
)
PARTY = FeeTerms(days_after_fee=30, fee_months=12, grace_days=90)


def test_rights_begin_thirty_days_after_the_fee() -> None:
    dates = after_payment(date(2026, 2, 1), PARTY)
    assert dates.effective_on == date(2026, 3, 3)
    assert not dates.has_rights(date(2026, 3, 2))
    assert dates.has_rights(date(2026, 3, 3))


@given(DAYS, TERMS, st.integers(0, 4000))
def test_rights_hold_from_their_first_day_until_the_grace_is_over(paid: date, terms: FeeTerms, later: int) -> None:
    dates, day = after_payment(paid, terms), paid + timedelta(days=later)
    begins = paid + timedelta(days=terms.days_after_fee)
    assert dates.has_rights(day) == (begins <= day < lapses_on(paid, terms))
    assert dates.has_rights(day) == dates.standing(day, terms).has_rights


@given(DAYS, TERMS, st.data())
def test_a_fee_before_the_grace_is_over_takes_no_day_of_rights_away(
    paid: date, terms: FeeTerms, data: st.DataObject
) -> None:
    first = after_payment(paid, terms)
    again = data.draw(st.dates(paid, lapses_on(paid, terms) - timedelta(days=1)))
    second = after_payment(again, terms, first)
    day = data.draw(st.dates(paid, lapses_on(again, terms)))
    assert second.effective_on == first.effective_on
    assert not first.has_rights(day) or second.has_rights(day)


@given(DAYS, TERMS, st.integers(0, 1000))
def test_a_fee_after_the_grace_is_a_new_beginning(paid: date, terms: FeeTerms, late: int) -> None:
    first = after_payment(paid, terms)
    again = lapses_on(paid, terms) + timedelta(days=late)
    assert after_payment(again, terms, first) == after_payment(again, terms)


def test_whoever_left_and_pays_again_begins_anew() -> None:
    left = Dates(date(2026, 1, 1), date(2026, 1, 31), date(2027, 4, 1), ended_on=date(2026, 6, 1))
    assert after_payment(date(2026, 7, 1), PARTY, left).effective_on == date(2026, 7, 31)


def test_a_membership_passes_through_every_standing() -> None:
    dates = after_payment(date(2026, 2, 1), PARTY)
    ended = Dates(dates.fee_paid_on, dates.effective_on, dates.lapses_on, date(2026, 5, 1))
    assert Dates().standing(date(2026, 2, 1), PARTY) is Standing.UNPAID
    assert dates.standing(date(2026, 3, 2), PARTY) is Standing.WAITING
    assert dates.standing(date(2027, 1, 31), PARTY) is Standing.IN_FORCE
    assert dates.standing(date(2027, 2, 1), PARTY) is Standing.IN_GRACE
    assert dates.standing(date(2027, 5, 2), PARTY) is Standing.LAPSED
    assert ended.standing(date(2026, 5, 1), PARTY) is Standing.ENDED


@given(DAYS, st.integers(0, 600))
def test_months_later_is_the_same_day_or_the_last_of_a_shorter_month(day: date, months: int) -> None:
    later = add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)


@given(DAYS, TERMS)
def test_grace_comes_after_what_the_fee_pays_for(paid: date, terms: FeeTerms) -> None:
    assert lapses_on(paid, terms) - paid_until(paid, terms) == timedelta(days=terms.grace_days)
