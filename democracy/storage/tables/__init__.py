"""Tables, one file per noun. Importing this package fills `metadata`."""

from democracy.storage.tables import account, meeting, member, motion, outbox, step, unit
from democracy.storage.tables.base import Table

__all__ = ["account", "meeting", "member", "metadata", "motion", "outbox", "step", "unit"]

metadata = Table.metadata
