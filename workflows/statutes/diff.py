"""What differs between two versions of statutes."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from workflows.statutes.codec import hints
from workflows.statutes.model import Statutes
from workflows.statutes.paragraph import Paragraph
from workflows.statutes.readable import readable

_TABLES = {"paragraphs", "settings", "sources", "interpretations"}


class Kind(StrEnum):
    """What happened to something from one version to the next."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True)
class Change:
    """One difference: in which part (`paragraphs`, `parameters` …), at which key, and both values."""

    kind: Kind
    part: str
    key: str
    old: Any
    new: Any

    def words(self, language: str = "sv") -> str:
        """The difference in one or two lines."""
        mark = {Kind.ADDED: "+", Kind.CHANGED: "~", Kind.REMOVED: "-"}[self.kind]
        values = " → ".join(readable(each, language) for each in (self.old, self.new) if each is not None)
        return f"{mark} {self.part}.{self.key}: {values}"


def diff(old: Statutes, new: Statutes) -> list[Change]:
    """Every difference, paragraphs first, then parameters, sources, interpretations and the rest."""
    return [
        *_paragraphs(old.paragraphs, new.paragraphs),
        *_tables("parameters", old.settings, new.settings),
        *_tables("sources", old.sources, new.sources),
        *_tables("interpretations", _interpretations(old), _interpretations(new)),
        *_tables("statutes", _head(old), _head(new)),
    ]


def _tables(part: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    for key in sorted(old.keys() | new.keys()):
        before, after = old.get(key), new.get(key)
        if before != after:
            kind = Kind.ADDED if key not in old else Kind.REMOVED if key not in new else Kind.CHANGED
            yield Change(kind, part, key, before, after)


def _paragraphs(old: Mapping[str, Paragraph], new: Mapping[str, Paragraph]) -> Iterator[Change]:
    """A paragraph that comes or goes is one difference; in one that stays, each field that changed is."""
    both = old.keys() & new.keys()
    yield from _tables("paragraphs", _texts(old, both), _texts(new, both))
    for key in sorted(both):
        yield from _tables("paragraphs", _fields(old[key]), _fields(new[key]))


def _texts(paragraphs: Mapping[str, Paragraph], but: Collection[str]) -> dict[str, Any]:
    return {key: f"§ {each.number}. {each.text}" for key, each in paragraphs.items() if key not in but}


def _fields(paragraph: Paragraph) -> dict[str, Any]:
    return {f"{paragraph.key}.{name}": getattr(paragraph, name) for name in hints(Paragraph)}


def _interpretations(statutes: Statutes) -> dict[str, Any]:
    return {
        f"{each.parameter} ({each.decided_on})": f"{each.decided_by}: {each.text}" for each in statutes.interpretations
    }


def _head(statutes: Statutes) -> dict[str, Any]:
    return {name: getattr(statutes, name) for name in hints(Statutes) if name not in _TABLES}
