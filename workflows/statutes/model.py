"""One set of statutes, as one level adopted it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from workflows.statutes.canonical import canonical, plain
from workflows.statutes.errors import UnknownParagraphError
from workflows.statutes.kinds import Level
from workflows.statutes.paragraph import Interpretation, Paragraph
from workflows.statutes.tree import Settings, covers


@dataclass(frozen=True)
class Statutes:
    """One adopted set: paragraphs by key, and the settings that rules read, by dotted path.

    A set need not set everything: what it leaves out may be set above or below. `sources` says which paragraph a
    setting rests on, by the longest path that covers it; `open` names settings that a lower level may set otherwise.
    `valid_from` is the first day the set applies. `source` says where the set as a whole was found.
    """

    name: str
    organisation: str
    level: Level
    language: str
    valid_from: date
    source: str
    paragraphs: Mapping[str, Paragraph]
    settings: Settings
    sources: Mapping[str, str]
    open: tuple[str, ...] = ()
    interpretations: tuple[Interpretation, ...] = ()

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the canonical JSON, in hexadecimal."""
        return hashlib.sha256(canonical(plain(self)).encode()).hexdigest()

    def paragraph(self, key: str) -> Paragraph:
        """The paragraph under a key; UnknownParagraphError if this set has none."""
        try:
            return self.paragraphs[key]
        except KeyError:
            raise UnknownParagraphError(key) from None

    def paragraph_key_of(self, path: str) -> str:
        """The key of the paragraph that a setting rests on. The loader refuses a setting that rests on none."""
        return self.sources[max((prefix for prefix in self.sources if covers(prefix, path)), key=len)]

    def interpretation_of(self, path: str) -> Interpretation | None:
        """The latest interpretation that settled a setting."""
        found = [each for each in self.interpretations if each.parameter == path]
        return max(found, key=lambda each: each.decided_on, default=None)

    def leaves_open(self, path: str) -> bool:
        """Whether a lower level may set this otherwise."""
        return any(covers(prefix, path) for prefix in self.open)
