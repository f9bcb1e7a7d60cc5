"""When a mandate is in force."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Tenure:
    """The dates of one mandate. `ends_on` and `leave_until` are last days, `released_on` the first day without it."""

    starts_on: date
    ends_on: date | None = None
    leave_from: date | None = None
    leave_until: date | None = None
    released_on: date | None = None

    def held(self, day: date) -> bool:
        """Whether somebody holds it on a day, on leave or not."""
        return (
            self.starts_on <= day
            and (self.ends_on is None or day <= self.ends_on)
            and (self.released_on is None or day < self.released_on)
        )

    def on_leave(self, day: date) -> bool:
        """Whether a day falls within the leave. A leave without an end lasts."""
        return (
            self.leave_from is not None
            and self.leave_from <= day
            and (self.leave_until is None or day <= self.leave_until)
        )

    def in_force(self, day: date) -> bool:
        """Whether its holder acts by it on a day."""
        return self.held(day) and not self.on_leave(day)
