"""For how long an item has been treated: while it was open and the meeting sat."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Turn:
    """That the item or its meeting began or stopped."""

    at: datetime
    of_item: bool
    """Otherwise of the meeting."""
    begins: bool


def treated(turns: Iterable[Turn], now: datetime) -> timedelta:
    """The time up to now, from turns in their order. Breaks of the meeting and of the item are left out."""
    total, since, item_open, sits = timedelta(), None, False, True
    for turn in turns:
        if since is not None:
            total += turn.at - since
        if turn.of_item:
            item_open = turn.begins
        else:
            sits = turn.begins
        since = turn.at if item_open and sits else None
    return total + (now - since if since is not None else timedelta())
