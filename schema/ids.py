"""Opaque global ids: what kind of thing, and which."""

import base64
import binascii
from uuid import UUID

import strawberry

from democracy.errors import FieldError, InvalidInputError


def global_id(kind: str, key: UUID) -> strawberry.ID:
    """The id under which a client knows a thing."""
    return strawberry.ID(base64.urlsafe_b64encode(f"{kind}:{key.hex}".encode()).decode().rstrip("="))


def maybe_global_id(kind: str, key: UUID | None) -> strawberry.ID | None:
    """The same where there may be nothing."""
    return None if key is None else global_id(kind, key)


def parsed(given: str) -> tuple[str, UUID] | None:
    """Kind and key of an id that we made; None for anything else."""
    try:
        kind, _, key = base64.urlsafe_b64decode(given + "=" * (-len(given) % 4)).decode().partition(":")
        return kind, UUID(hex=key)
    except (ValueError, binascii.Error):
        return None


def key_of(given: str, *kinds: str, path: str = "id") -> UUID:
    """The key of an id of one of these kinds; InvalidInputError naming the field for any other."""
    found = parsed(given)
    if found is None or found[0] not in kinds:
        raise InvalidInputError(FieldError(path, "id", {"kind": " / ".join(kinds)}))
    return found[1]


def is_of(given: str, kind: str) -> bool:
    """Whether an id is of this kind."""
    found = parsed(given)
    return found is not None and found[0] == kind


def maybe_key(given: str | None, *kinds: str, path: str = "id") -> UUID | None:
    """The same where the field may be left out."""
    return None if given is None else key_of(given, *kinds, path=path)
