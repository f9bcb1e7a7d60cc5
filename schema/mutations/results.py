"""What every mutation answers with: the changed object, read anew, or why not."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

import strawberry

from democracy.errors import FieldError, InvalidInputError, NotFoundError
from schema.context import Info
from schema.ids import key_of
from schema.types.meeting import Meeting
from schema.types.motion import Motion
from schema.types.proceedings.minutes import Minutes

KEY = strawberry.field(
    default=None,
    description="A string of your own, new for each intention. Repeat the request with the same key after a lost "
    "answer: it is carried out once. Kept seven days.",
)
VERSION = strawberry.field(
    default=None,
    description="The `version` that you read. If somebody has changed it since, the answer is Conflict.",
)


async def read_motion(info: Info, key: UUID) -> Motion:
    """The motion as it is now."""
    info.context.fresh()
    view = await info.context.loaders.motion.load(key)
    if view is None:
        raise NotFoundError("motion", key)
    return Motion.of(view)


async def read_meeting(info: Info, key: UUID) -> Meeting:
    """The meeting as it is now."""
    info.context.fresh()
    view = await info.context.loaders.meeting.load(key)
    if view is None:
        raise NotFoundError("meeting", key)
    return Meeting.of(view)


async def read_minutes(info: Info, key: UUID) -> Minutes:
    """The minutes as they are now."""
    info.context.fresh()
    view = await info.context.loaders.minutes.minutes.load(key)
    if view is None:
        raise NotFoundError("minutes", key)
    return Minutes.of(view)


def aware(at: datetime, path: str) -> datetime:
    """A time with its zone; InvalidInputError for one without, which could mean any hour."""
    if at.tzinfo is None:
        raise InvalidInputError(FieldError(path, "no_zone"))
    return at


class OfMotion(Protocol):
    """An input that names a motion."""

    motion_id: strawberry.ID


class OfClause(Protocol):
    """An input that names an att-sats."""

    clause_id: strawberry.ID


class OfMinutes(Protocol):
    """An input that names minutes."""

    minutes_id: strawberry.ID


class OfMeeting(Protocol):
    """An input that names a meeting."""

    meeting_id: strawberry.ID


def motion_key(given: OfMotion) -> UUID:
    """The motion that an input names."""
    return key_of(given.motion_id, "Motion", path="motionId")


def clause_key(given: OfClause) -> UUID:
    """The att-sats that an input names."""
    return key_of(given.clause_id, "Clause", path="clauseId")


def meeting_key(given: OfMeeting) -> UUID:
    """The meeting that an input names."""
    return key_of(given.meeting_id, "Meeting", path="meetingId")


def minutes_key(given: OfMinutes) -> UUID:
    """The minutes that an input names."""
    return key_of(given.minutes_id, "Minutes", path="minutesId")
