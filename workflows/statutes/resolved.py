"""A level's own set under the higher levels: the statutes that its cases are tried by."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Any

from workflows.statutes.canonical import canonical, plain
from workflows.statutes.codec import Decoder
from workflows.statutes.errors import Fault, StatutesError, UnknownParagraphError, UnknownParameterError
from workflows.statutes.kinds import Level
from workflows.statutes.model import Statutes
from workflows.statutes.paragraph import Interpretation, Paragraph
from workflows.statutes.parameters import Parameters
from workflows.statutes.tree import assemble, known


@dataclass(frozen=True)
class Source:
    """Where a parameter's value comes from. `interpretation` where an interpretation settled it."""

    level: Level
    statutes: str
    paragraph: Paragraph
    interpretation: Interpretation | None = None


@dataclass(frozen=True)
class Overruled:
    """A setting of a lower level that a higher level does not leave open; the higher one prevails."""

    path: str
    level: Level
    by: Level


@dataclass(frozen=True)
class Resolved:
    """The sets from the highest level down to the own one, merged.

    The higher level prevails; a lower one fills what is not set above or was left open there (docs/decisions/020).
    """

    levels: tuple[Statutes, ...]
    parameters: Parameters
    owners: Mapping[str, Statutes]
    overruled: tuple[Overruled, ...]

    @cached_property
    def digest(self) -> str:
        """SHA-256 in hexadecimal over the canonical JSON of all levels, the highest first."""
        return hashlib.sha256(canonical([plain(each) for each in self.levels]).encode()).hexdigest()

    @cached_property
    def paragraphs(self) -> Mapping[str, Paragraph]:
        """Every paragraph by key, each from the level that prevails."""
        return paragraphs_of(self.levels)

    def paragraph(self, key: str) -> Paragraph:
        """The paragraph that a rule rests on; UnknownParagraphError if no level has it."""
        try:
            return self.paragraphs[key]
        except KeyError:
            raise UnknownParagraphError(key) from None

    def source_of(self, parameter: str) -> Source | None:
        """Where a setting (`motions.deadline.congress`) comes from; None if no level sets it and a default applies.

        Raises UnknownParameterError for a path that is no setting.
        """
        if not known(parameter):
            raise UnknownParameterError(parameter)
        owner = self.owners.get(parameter)
        if owner is None:
            return None
        key = owner.paragraph_key_of(parameter)
        paragraph = owner.paragraphs.get(key) or self.paragraph(key)
        return Source(owner.level, owner.name, paragraph, owner.interpretation_of(parameter))


def resolve(*levels: Statutes) -> Resolved:
    """Merge sets, given from the highest level to the lowest. StatutesError names whatever is missing or at odds."""
    ranks = [each.level.rank for each in levels]
    if not levels or ranks != sorted(set(ranks)):
        raise StatutesError(Fault("", "level", "levels must fall from one set to the next.", "Give the highest first."))
    owners, overruled = owners_of(levels)
    decoder = Decoder(levels[-1].name)
    parameters = assemble({path: owner.settings[path] for path, owner in owners.items()}, decoder)
    if parameters is None:
        raise StatutesError(*decoder.faults)
    return Resolved(levels, parameters, MappingProxyType(owners), overruled)


def valid_on(versions: Iterable[Statutes], day: date) -> Statutes | None:
    """The version in force on a day: the one that became valid last, and of several on one day the last given."""
    valid = sorted((each for each in versions if each.valid_from <= day), key=lambda each: each.valid_from)
    return valid[-1] if valid else None


def paragraphs_of(levels: Iterable[Statutes]) -> Mapping[str, Paragraph]:
    """Every paragraph by key, the highest level's unless it leaves its text open to those below."""
    found: dict[str, Paragraph] = {}
    for statutes in levels:
        found |= {key: each for key, each in statutes.paragraphs.items() if key not in found or found[key].open}
    return MappingProxyType(found)


def owners_of(levels: Iterable[Statutes]) -> tuple[dict[str, Statutes], tuple[Overruled, ...]]:
    """The set that each setting comes from, and the settings that a higher level overrules."""
    owners: dict[str, Statutes] = {}
    overruled = []
    for statutes in levels:
        for path, value in statutes.settings.items():
            above = owners.get(path)
            if above is None or above.leaves_open(path):
                owners[path] = statutes
            elif _differs(above.settings[path], value):
                overruled.append(Overruled(path, statutes.level, above.level))
    return owners, tuple(overruled)


def _differs(above: Any, own: Any) -> bool:
    return bool(above != own)
