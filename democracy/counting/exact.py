"""Exact numbers in writing: "46/9" beside the decimal that people read."""

from fractions import Fraction

from democracy.counting.faults import CountError

PLACES = 5
# Python reads and writes integers of at most 4,300 digits as text; a protocol that cannot be read back proves nothing.
LONGEST = 4000
_LONGEST_BITS = LONGEST * 3


def exact(number: Fraction | int) -> str:
    """The number as a whole number or a fraction in its lowest terms.

    Raises CountError `fraction_too_long` past some 4,000 digits, where exact surpluses of many seats end up.
    """
    value = Fraction(number)
    if max(value.numerator.bit_length(), value.denominator.bit_length()) > _LONGEST_BITS:
        raise CountError("fraction_too_long", digits=LONGEST)
    return str(value)


def decimal(number: Fraction | int, places: int = PLACES) -> str:
    """The number rounded half up to at most so many decimals, without trailing zeros, with a point."""
    value = Fraction(number)
    scaled, scale = value * 10**places, 10**places
    whole, part = divmod(abs((2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)), scale)
    digits = f"{part:0{places}d}".rstrip("0") if places else ""
    sign = "-" if value < 0 and (whole or part) else ""
    return f"{sign}{whole}.{digits}" if digits else f"{sign}{whole}"


def number(value: Fraction | int) -> dict[str, str]:
    """How a protocol writes a number that may be a fraction."""
    return {"exact": exact(value), "decimal": decimal(value)}
