"""From the fee to a member's rights, and out of them again. A day means the organisation's own, local day."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum


@dataclass(frozen=True)
class FeeTerms:
    """What the statutes say about the fee: days until it gives rights, months it pays for, days of grace after that."""

    days_after_fee: int
    fee_months: int
    grace_days: int


class Standing(Enum):
    """What a membership is on one day."""

    UNPAID = "unpaid"
    WAITING = "waiting"
    """The fee is paid; the rights have not begun."""
    IN_FORCE = "in_force"
    IN_GRACE = "in_grace"
    """The fee no longer pays for the day, but the rights remain."""
    LAPSED = "lapsed"
    ENDED = "ended"

    @property
    def has_rights(self) -> bool:
        """Whether a member's rights hold."""
        return self in {Standing.IN_FORCE, Standing.IN_GRACE}


@dataclass(frozen=True)
class Dates:
    """The dates of one membership, as the register keeps them."""

    fee_paid_on: date | None = None
    effective_on: date | None = None
    """First day with rights."""
    lapses_on: date | None = None
    """First day without rights unless the fee is paid again."""
    ended_on: date | None = None
    """First day on which the membership no longer exists."""

    def has_rights(self, day: date) -> bool:
        """Whether a member's rights hold on a day."""
        return (
            self.effective_on is not None
            and self.effective_on <= day
            and (self.lapses_on is None or day < self.lapses_on)
            and (self.ended_on is None or day < self.ended_on)
        )

    def standing(self, day: date, terms: FeeTerms) -> Standing:
        """What the membership is on a day."""
        if self.ended_on is not None and day >= self.ended_on:
            return Standing.ENDED
        if self.effective_on is None:
            return Standing.UNPAID
        if day < self.effective_on:
            return Standing.WAITING
        if self.lapses_on is not None and day >= self.lapses_on:
            return Standing.LAPSED
        if self.fee_paid_on is not None and day >= paid_until(self.fee_paid_on, terms):
            return Standing.IN_GRACE
        return Standing.IN_FORCE


def paid_until(fee_paid_on: date, terms: FeeTerms) -> date:
    """The first day that a fee no longer pays for."""
    return add_months(fee_paid_on, terms.fee_months)


def lapses_on(fee_paid_on: date, terms: FeeTerms) -> date:
    """The first day without rights unless the fee is paid again: after the time it pays for, and the grace."""
    return paid_until(fee_paid_on, terms) + timedelta(days=terms.grace_days)


def after_payment(fee_paid_on: date, terms: FeeTerms, earlier: Dates | None = None) -> Dates:
    """The dates that a fee gives.

    Rights begin `days_after_fee` days after it. A fee that continues an earlier membership moves no rights forward:
    whoever pays again before the grace is over has had them all along.
    """
    begins = fee_paid_on + timedelta(days=terms.days_after_fee)
    if earlier is not None and earlier.effective_on is not None and _continues(fee_paid_on, earlier):
        begins = min(begins, earlier.effective_on)
    return Dates(fee_paid_on, begins, lapses_on(fee_paid_on, terms))


def _continues(fee_paid_on: date, earlier: Dates) -> bool:
    if earlier.ended_on is not None and fee_paid_on >= earlier.ended_on:
        return False
    return earlier.lapses_on is None or fee_paid_on < earlier.lapses_on


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or that month's last day where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
