"""What a check of statutes found."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """An error keeps statutes from being adopted; a warning is worth a look; a note is worth knowing."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True)
class Finding:
    """One finding: how bad, a stable code, the paragraph or parameter, and what about it."""

    severity: Severity
    code: str
    key: str
    message: str

    def __str__(self) -> str:
        """One line for people."""
        return f"{self.severity}: {self.key}: {self.message}"


def error(code: str, key: str, message: str) -> Finding:
    """Something that has to be put right."""
    return Finding(Severity.ERROR, code, key, message)


def warning(code: str, key: str, message: str) -> Finding:
    """Something that is allowed but seldom meant."""
    return Finding(Severity.WARNING, code, key, message)


def note(code: str, key: str, message: str) -> Finding:
    """Something that readers should know."""
    return Finding(Severity.NOTE, code, key, message)
