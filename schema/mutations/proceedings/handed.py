"""How something came to the meeting: what every mutation of somebody who takes part is told."""

from datetime import datetime
from typing import Protocol

import strawberry

from democracy.domain.kinds import Channel
from democracy.services.proceedings.receipt import Receipt
from schema.mutations.results import aware

FOR_WHOM = strawberry.field(
    default=None, description="Member number of somebody else, for whom the meeting's secretary records it."
)
CHANNEL = strawberry.field(default=Channel.DIGITAL, description="How it reached the meeting.")
RECEIVED = strawberry.field(default=None, description="When it reached the meeting; now, if left out.")


class Handed(Protocol):
    """An input of something that somebody hands in, or has recorded for them."""

    member_number: str | None
    channel: Channel
    received_at: datetime | None


def receipt_of(given: Handed) -> Receipt:
    """As the services take it."""
    received = aware(given.received_at, "receivedAt") if given.received_at else None
    return Receipt(number=given.member_number, channel=given.channel, received_at=received)
