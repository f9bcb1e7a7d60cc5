"""A calendar that programs read (iCalendar, RFC 5545)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

_LONGEST = 75
"""Octets of a line, by RFC 5545, section 3.1."""


@dataclass(frozen=True)
class Event:
    """Something that happens. Times are aware."""

    uid: str
    starts_at: datetime
    ends_at: datetime | None
    summary: str
    place: str = ""
    about: str = ""
    sequence: int = 0
    """Grows with every change, so that a calendar takes the newest."""
    cancelled: bool = False


def to_ics(name: str, events: Sequence[Event], *, at: datetime) -> bytes:
    """The calendar of that name, as it is at a time; UTF-8, lines folded and ended as the format asks."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Democracy//SV", f"X-WR-CALNAME:{_escaped(name)}"]
    for event in events:
        lines += _event(event, at)
    return "".join(f"{_folded(line)}\r\n" for line in (*lines, "END:VCALENDAR")).encode()


def _event(event: Event, at: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"DTSTAMP:{_moment(at)}"
    yield f"DTSTART:{_moment(event.starts_at)}"
    if event.ends_at is not None:
        yield f"DTEND:{_moment(event.ends_at)}"
    yield f"SEQUENCE:{event.sequence}"
    yield f"SUMMARY:{_escaped(event.summary)}"
    if event.place:
        yield f"LOCATION:{_escaped(event.place)}"
    if event.about:
        yield f"DESCRIPTION:{_escaped(event.about)}"
    yield f"STATUS:{'CANCELLED' if event.cancelled else 'CONFIRMED'}"
    yield "END:VEVENT"


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    """Text as a value: what separates is escaped, and no line ends but by `\\n`; control characters are left out."""
    for plain, kept in (("\\", "\\\\"), (";", "\\;"), (",", "\\,")):
        text = text.replace(plain, kept)
    joined = "\\n".join(text.splitlines())
    return "".join(each for each in joined if each.isprintable() or each == "\t")


def _folded(line: str) -> str:
    """No line longer than the format allows, and no letter cut in two."""
    parts, length = [""], 0
    for each in line:
        size = len(each.encode())
        if length + size > _LONGEST:
            parts.append(" ")
            length = 1
        parts[-1] += each
        length += size
    return "\r\n".join(parts)
