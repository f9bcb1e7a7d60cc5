"""How long somebody waits who has tried too often."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Throttle:
    """So many attempts are free; each one after them doubles the wait, up to the longest."""

    name: str
    """What is throttled: part of the digest that is counted."""
    free: int
    first: timedelta
    longest: timedelta
    forgets: timedelta = timedelta(days=1)
    """After this long without an attempt, everything begins anew."""

    def wait(self, attempts: int) -> timedelta:
        """The wait before the next attempt, when `attempts` have been made."""
        if attempts < self.free:
            return timedelta()
        doublings = min(attempts - self.free, 30)
        return min(self.first * (1 << doublings), self.longest)


SIGN_IN = Throttle("sign-in", free=5, first=timedelta(seconds=5), longest=timedelta(minutes=15))
"""Per account as it was named. A day of guessing leaves room for about a hundred guesses."""
SIGN_IN_ADDRESS = Throttle("sign-in-address", free=100, first=timedelta(seconds=1), longest=timedelta(minutes=1))
"""Per network address: wide, because a whole conference may share one."""
LINK = Throttle("link", free=3, first=timedelta(minutes=5), longest=timedelta(hours=6))
"""Per account: nobody's letter box is filled by a stranger."""
LINK_ADDRESS = Throttle("link-address", free=30, first=timedelta(seconds=10), longest=timedelta(minutes=10))
CHECK_IN = Throttle("check-in", free=20, first=timedelta(seconds=2), longest=timedelta(minutes=5))
"""Wrong codes at one meeting from one network address, or by one person. A whole door may share an address."""
CHECK_IN_MEETING = Throttle("check-in-meeting", free=1000, first=timedelta(seconds=1), longest=timedelta(minutes=1))
"""Wrong codes at one meeting from anywhere: a code has 2^40 forms, so that a thousand guesses find nobody."""
