from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from democracy.counting.exact import decimal, exact, number
from democracy.counting.faults import CountError


def test_a_fraction_is_written_exactly_beside_its_decimal() -> None:
    assert number(Fraction(46, 9)) == {"exact": "46/9", "decimal": "5.11111"}


@pytest.mark.parametrize(
    ("value", "shown"),
    [(Fraction(1, 2), "0.5"), (Fraction(1, 3), "0.33333"), (Fraction(2, 3), "0.66667"), (7, "7"), (0, "0")],
)
def test_decimals_are_rounded_half_up_without_trailing_zeros(value: Fraction | int, shown: str) -> None:
    assert decimal(value) == shown


@given(st.fractions(max_denominator=10**9))
def test_what_is_written_can_be_read_back(value: Fraction) -> None:
    assert Fraction(exact(value)) == value
    assert abs(Fraction(decimal(value)) - value) <= Fraction(1, 2 * 10**5)


def test_a_fraction_too_long_to_be_read_back_is_refused() -> None:
    with pytest.raises(CountError, match="fraction_too_long"):
        exact(Fraction(1, 3**10000))
