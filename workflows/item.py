"""An item of the agenda: opened, adjourned, closed."""

from enum import Enum


class ItemState(Enum):
    """Where an item of the agenda stands."""

    PLANNED = "planned"
    OPEN = "open"
    ADJOURNED = "adjourned"
    CLOSED = "closed"
    STRUCK = "struck"
