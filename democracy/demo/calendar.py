"""When what happens to the motions of one meeting."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from democracy.demo import times
from democracy.demo.content import Motion
from democracy.demo.meetings import ORIGIN
from democracy.demo.times import moment
from workflows.motion import MotionState

FRESH = (MotionState.DRAFT, MotionState.SUBMITTED)
"""States of what has been written in the story's last days."""


@dataclass(frozen=True)
class Calendar:
    """The days of one meeting's motions, by local time."""

    first: date
    """The first day on which one comes in."""
    last: date
    """The last day before the board meets."""
    board: date
    """The board adopts its replies and decides what is stopped."""
    board_name: str
    decided: datetime | None = None

    def on_board(self, place: int) -> datetime:
        """When the board comes to the motion in that place."""
        return moment(self.board, 11) + timedelta(minutes=4 * place)

    def on_agenda(self, place: int) -> datetime:
        """When it is put on the agenda, two days later."""
        return self.on_board(place) + timedelta(days=2)

    def decision(self, place: int) -> str:
        """The board's decision, as its minutes have it."""
        return f"{self.board_name} {self.board}, § {place + 6}"


CALENDARS = {
    "district_conference_2025": Calendar(
        date(2025, 1, 7), date(2025, 2, 6), date(2025, 2, 22), "DS", moment(date(2025, 3, 22), 14)
    ),
    "district_conference_2026": Calendar(date(2025, 12, 8), date(2026, 1, 9), date(2026, 1, 24), "DS"),
    "election_conference_2026": Calendar(date(2026, 1, 12), date(2026, 1, 19), date(2026, 1, 24), "DS"),
    "congress_2026": Calendar(date(2026, 1, 8), date(2026, 1, 16), date(2026, 1, 25), "PS"),
    "annual_meeting_granvik_2026": Calendar(date(2026, 1, 21), date(2026, 1, 28), date(2026, 3, 1), "Styrelsen"),
    "annual_meeting_stenvika_2026": Calendar(date(2026, 1, 22), date(2026, 1, 28), date(2026, 3, 1), "Styrelsen"),
    "southern_conference_2026": Calendar(
        date(2025, 11, 24), date(2025, 12, 5), date(2026, 1, 10), "Distriktsstyrelsen"
    ),
    ORIGIN: Calendar(
        date(2025, 11, 4), date(2025, 11, 8), date(2025, 11, 18), "Styrelsen", moment(date(2025, 11, 22), 14)
    ),
}


def written(meeting: str, motions: Sequence[Motion]) -> Iterator[tuple[Motion, datetime]]:
    """Each motion to a meeting with the time of its first word."""
    calendar = CALENDARS[meeting]
    older = [each for each in motions if each.state not in FRESH]
    newer = [each for each in motions if each.state in FRESH]
    yield from zip(older, times.spread(len(older), moment(calendar.first, 8), moment(calendar.last, 20)), strict=True)
    days = moment(date(2026, 1, 28), 17), moment(date(2026, 1, 31), 20)
    yield from zip(newer, times.spread(len(newer), *days), strict=True)
