"""When things happen in the story. Everything is local time in Norrviken."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Stockholm")


def moment(day: date, hour: int, minute: int = 0) -> datetime:
    """A local time of day, in UTC."""
    return datetime.combine(day, time(hour, minute), ZONE).astimezone(UTC)


REGISTER_READ = moment(date(2024, 9, 2), 8)
FEES_READ = moment(date(2025, 9, 1), 8)
"""The register is read again when the year's fees have come in."""
NEWCOMERS_READ = moment(date(2026, 1, 20), 8)
MISTAKE_PUT_RIGHT = moment(date(2026, 1, 29), 9)

BEGINS = moment(date(2026, 2, 2), 9)
"""A Monday morning, five days before the last day for motions to the district conference."""

COMPLETE_BY = moment(date(2026, 2, 7), 18)
"""Until when returned motions may be completed."""


def spread(count: int, first: datetime, last: datetime) -> Iterator[datetime]:
    """So many moments from `first`, evenly apart, all before `last`."""
    apart = (last - first) / max(count, 1)
    for index in range(count):
        yield first + index * apart


def next_morning(at: datetime, days: int = 1) -> datetime:
    """Nine o'clock, local time, so many days later."""
    return moment(at.astimezone(ZONE).date() + timedelta(days=days), 9, at.minute)
