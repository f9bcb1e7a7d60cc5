"""A calendar that programs read back."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from democracy.formats.ics import Event, to_ics

AT = datetime(2026, 1, 10, 8, tzinfo=UTC)
STARTS = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def written(**more: object) -> list[str]:
    event = Event("a@b", STARTS, STARTS + timedelta(hours=2), **{"summary": "Årsmöte", **more})  # type: ignore[arg-type]
    lines: list[str] = to_ics("Möten", [event], at=AT).decode().replace("\r\n ", "").split("\r\n")
    return lines


def test_a_meeting_stands_with_its_time_in_utc_its_place_and_its_version() -> None:
    found = written(place="Folkets hus, sal 2; uppgång B", about="Rad ett\nRad två", sequence=3)
    assert found == [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Democracy//SV", "X-WR-CALNAME:Möten", "BEGIN:VEVENT", "UID:a@b",
        "DTSTAMP:20260110T080000Z", "DTSTART:20260329T013000Z", "DTEND:20260329T033000Z", "SEQUENCE:3",
        "SUMMARY:Årsmöte", r"LOCATION:Folkets hus\, sal 2\; uppgång B", r"DESCRIPTION:Rad ett\nRad två",
        "STATUS:CONFIRMED", "END:VEVENT", "END:VCALENDAR", "",
    ]  # fmt: skip


def test_a_meeting_that_is_cancelled_says_so() -> None:
    assert "STATUS:CANCELLED" in written(cancelled=True)


@given(st.text())
def test_no_text_breaks_a_line_or_makes_one_too_long(text: str) -> None:
    page = to_ics(text, [Event("a", STARTS, None, text, text, text)], at=AT)
    lines = page.decode().split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    assert not any("\n" in line or "\r" in line for line in lines)
    whole = page.decode().replace("\r\n ", "").split("\r\n")
    assert [line for line in whole if line.startswith("BEGIN:")] == ["BEGIN:VCALENDAR", "BEGIN:VEVENT"]
