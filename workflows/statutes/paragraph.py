"""A paragraph of the statutes, and an interpretation of one."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Paragraph:
    """One rule as people read it, under the key that the rulebook knows it by.

    `number` is the printed number (a range such as "4–7", or "?" where it was not found); the texts are in our own
    words. `verified` says whether the rule was read in a source, and `source` which one, or that none was found.
    `valid_from` is the first day of this wording. `open` lets a lower level put its own text under the same key.
    """

    key: str
    number: str
    text: str
    valid_from: date
    verified: bool
    source: str
    text_en: str | None = None
    open: bool = False


@dataclass(frozen=True)
class Interpretation:
    """How an unclear paragraph is to be read, decided by the body that the statutes name, or by a meeting.

    The value of the parameter that it settles lies under the same `parameter` path in the settings of its set.
    """

    parameter: str
    paragraph: str
    decided_by: str
    decided_on: date
    text: str
