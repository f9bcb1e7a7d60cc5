"""Expected failures that cross the rooms. Each names its remedy; the edge turns them into union members."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


class DemocracyError(Exception):
    """Something that a caller can do something about."""


@dataclass(frozen=True)
class FieldError:
    """One field of an input that cannot be used: where it is, a stable code, and the values its message needs."""

    path: str
    code: str
    params: dict[str, Any] = field(default_factory=dict)


class InvalidInputError(DemocracyError):
    """The input cannot be understood, whatever the rules say. Carries every faulty field at once."""

    def __init__(self, *fields: FieldError) -> None:
        super().__init__(", ".join(f"{each.path}: {each.code}" for each in fields))
        self.fields = fields


class NotFoundError(DemocracyError):
    """There is no such thing, or it is not yours to see: the two are never told apart."""

    def __init__(self, noun: str, key: object = None) -> None:
        super().__init__(noun if key is None else f"{noun} {key}")
        self.noun = noun
        self.key = key


class ConflictError(DemocracyError):
    """Somebody else was first: another version is current, or a key has been used for something else."""

    def __init__(self, code: str, *, current: int | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.current = current


class SignInRefusedError(DemocracyError):
    """No session is opened: `wrong_credentials`, `too_many_attempts` (with the time of the next one), `link_invalid`.

    Which of these it is never depends on whether there is such a member.
    """

    def __init__(self, code: str, *, retry_at: datetime | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.retry_at = retry_at


class DatabaseNotReadyError(DemocracyError):
    """The database cannot be used as it is.

    Codes: `unreachable`, `no_file`, `not_migrated`, `newer` (than this program), `not_empty`, `broken_copy`,
    `missing_program`, `program_failed`. `reason` is what the database or the program said; it never holds a password.
    """

    def __init__(self, code: str, reason: str = "") -> None:
        super().__init__(f"{code}: {reason}" if reason else code)
        self.code = code
        self.reason = reason
