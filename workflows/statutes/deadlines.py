"""Deadlines: counted backwards from a meeting or forwards from an event, in local days.

A deadline of a day includes that day until 24.00 local time. The instant that comes out, `at`, is the first one that
is too late, so what is received at `t` is in time when `t < at`.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from workflows.statutes.derivation import derivation


class TimeUnit(StrEnum):
    """What a deadline is counted in. A month is a calendar month."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"


@dataclass(frozen=True)
class Derived:
    """A deadline worked out for one occasion, with everything that shows how.

    `last_day` is the last local day in time and `at` (UTC) the first instant too late. `count` is negative when it was
    counted backwards. `clamped` says that the month has no such day, so that its last day was taken.
    """

    last_day: date
    at: datetime
    anchor: date
    count: int
    unit: TimeUnit
    inclusive: bool
    zone: str
    clamped: bool

    def words(self, language: str = "sv") -> str:
        """How the deadline was derived, in Swedish ("sv") or English ("en")."""
        return derivation(
            self.anchor,
            self.last_day,
            count=self.count,
            unit=self.unit.value,
            inclusive=self.inclusive,
            clamped=self.clamped,
            language=language,
        )


@dataclass(frozen=True)
class DeadlineRule:
    """So many days, weeks or calendar months before a day.

    Where `inclusive`, the day that is reached by counting is itself in time: three months before 27 January is met on
    27 October. Otherwise that many whole days, weeks or months must lie between, and 26 October is the last day.
    """

    count: int
    unit: TimeUnit
    inclusive: bool = True

    def __post_init__(self) -> None:
        if self.count < 0:
            raise ValueError("a deadline is counted backwards already: write count as 0 or more")

    def derive(self, anchor: date | datetime, zone: ZoneInfo) -> Derived:
        """The deadline for what takes place at `anchor`, whose local day in `zone` is counted from."""
        return _derive(anchor, -self.count, self.unit, zone, inclusive=self.inclusive)


@dataclass(frozen=True)
class Period:
    """So many days, weeks or calendar months after an event, whose own day is not counted."""

    count: int
    unit: TimeUnit

    def __post_init__(self) -> None:
        if self.count < 1:
            raise ValueError("a period runs forwards: write count as 1 or more")

    def derive(self, anchor: date | datetime, zone: ZoneInfo) -> Derived:
        """The end of the period that starts when something happens at `anchor`."""
        return _derive(anchor, self.count, self.unit, zone, inclusive=True)


@dataclass(frozen=True)
class DayOfYear:
    """A day that every year has: 31 March, never 29 February."""

    month: int
    day: int

    def __post_init__(self) -> None:
        try:
            date(2001, self.month, self.day)
        except ValueError:
            raise ValueError("month and day have to be a day that every year has") from None

    def latest(self, day: date) -> date:
        """The last such day up to and including `day`."""
        this_year = date(day.year, self.month, self.day)
        return this_year if this_year <= day else this_year.replace(year=day.year - 1)


def add_months(day: date, months: int) -> date:
    """The same day so many calendar months later (earlier if negative); a month's last day where it is too short."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def local_day(moment: date | datetime, zone: ZoneInfo) -> date:
    """The calendar day of a moment where `zone` is. A moment needs a zone of its own; a day is itself."""
    if not isinstance(moment, datetime):
        return moment
    if moment.tzinfo is None:
        raise ValueError("a moment without a zone has no local day: give it one, UTC for instance")
    return moment.astimezone(zone).date()


def end_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The first instant after a local day, in UTC."""
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=zone).astimezone(UTC)


def _derive(anchor: date | datetime, count: int, unit: TimeUnit, zone: ZoneInfo, *, inclusive: bool) -> Derived:
    start = local_day(anchor, zone)
    reached = _count(start, count, unit)
    last_day = reached if inclusive else reached - timedelta(days=1)
    return Derived(
        last_day=last_day,
        at=end_of_day(last_day, zone),
        anchor=start,
        count=count,
        unit=unit,
        inclusive=inclusive,
        zone=zone.key,
        clamped=unit is TimeUnit.MONTHS and reached.day != start.day,
    )


def _count(start: date, count: int, unit: TimeUnit) -> date:
    if unit is TimeUnit.MONTHS:
        return add_months(start, count)
    return start + timedelta(days=count * (7 if unit is TimeUnit.WEEKS else 1))
