"""Identifiers: those that sort by their time of making, and those that must not tell it."""

import threading
import time
from collections.abc import Callable
from secrets import randbits
from uuid import UUID, uuid4

_VERSION = 7 << 76
_VARIANT = 0b10 << 62
_COUNTER_BITS = 42
_TAIL_BITS = 32


class OrderedIds:
    """Makes UUIDv7 (RFC 9562) that only grow, also when the clock stands still or steps back.

    48 bits of Unix milliseconds, a counter of 42 bits that starts at random each millisecond (method 1 of section
    6.2), 32 random bits. Safe to call from several threads.
    """

    def __init__(self, milliseconds: Callable[[], int] = lambda: time.time_ns() // 1_000_000) -> None:
        self._milliseconds = milliseconds
        self._lock = threading.Lock()
        self._last = -1
        self._counter = 0

    def make(self) -> UUID:
        """Return an id greater than every id that this object has made before."""
        with self._lock:
            self._advance()
            last, counter = self._last, self._counter
        high, low = counter >> 30, counter & ((1 << 30) - 1)
        return UUID(int=last << 80 | _VERSION | high << 64 | _VARIANT | low << _TAIL_BITS | randbits(_TAIL_BITS))

    def _advance(self) -> None:
        now = self._milliseconds()
        if now > self._last:
            self._start(now)
        elif self._counter + 1 < 1 << _COUNTER_BITS:
            self._counter += 1
        else:
            self._start(self._last + 1)

    def _start(self, millisecond: int) -> None:
        # The highest bit stays clear, so that a millisecond always has room for 2^41 ids.
        self._last = millisecond
        self._counter = randbits(_COUNTER_BITS - 1)


_IDS = OrderedIds()


def new_id() -> UUID:
    """Return a UUIDv7: later ids are greater, within this process without exception."""
    return _IDS.make()


def unordered_id() -> UUID:
    """Return a UUIDv4, for what must not tell when it was made: ballots, confidential cases."""
    return uuid4()
