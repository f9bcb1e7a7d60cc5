"""Tables, one file per noun. Importing this package fills `metadata`."""

from democracy.storage.tables import (
    account,
    agenda,
    ballot,
    council,
    division,
    document,
    election,
    floor,
    ledger,
    matter,
    meeting,
    member,
    minutes,
    motion,
    outbox,
    post,
    roll,
    step,
    unit,
    urn,
)
from democracy.storage.tables.base import Table

__all__ = [
    "account",
    "agenda",
    "ballot",
    "council",
    "division",
    "document",
    "election",
    "floor",
    "ledger",
    "matter",
    "meeting",
    "member",
    "metadata",
    "minutes",
    "motion",
    "outbox",
    "post",
    "roll",
    "step",
    "unit",
    "urn",
]  # fmt: skip

metadata = Table.metadata
