"""Where a client that comes back goes on."""

from typing import Annotated

import strawberry

from democracy.errors import FieldError, InvalidInputError

After = Annotated[
    str | None,
    strawberry.argument(description="The position of the last event that you had. Without it you hear from now on."),
]


def position_of(after: str | None) -> int | None:
    """The position that a client gave; InvalidInputError for anything else than one."""
    if after is None:
        return None
    if not (after.isascii() and after.isdigit() and len(after) < 19):
        raise InvalidInputError(FieldError("after", "cursor"))
    return int(after)
