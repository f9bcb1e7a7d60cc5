"""People in minutes. The kept text holds marks in their place, so that a name can be removed and the text still proven.

A mark is `{@id}`, `{@id:unit}` (with what they belong to in brackets) or `{@id:family}`; several in a row are
`{@id+id}`, and a genitive adds `+s`. What
somebody had noted in their own words is marked by `{=id}`, for the same reason.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Literal
from uuid import UUID

from democracy.domain.record.person import Person
from democracy.texts.minutes.plain import quoted
from democracy.texts.minutes.swedish import genitive, listed

Form = Literal["full", "unit", "family"]

REMOVED = "[namnet borttaget]"
TEXT_REMOVED = "[texten borttagen]"
PROTECTED = "[namnet skyddat]"
_SAID = re.compile(r"\n\n\{=([0-9a-f]{32})\}")
_MARK = re.compile(r"\{@([0-9a-f]{32}(?:\+[0-9a-f]{32})*)(?::(unit|family))?(\+s)?\}")


def mark(*members: UUID, form: Form = "full", owns: bool = False) -> str:
    """What stands for a person, or for several in a row, in the kept text."""
    ids = "+".join(each.hex for each in members)
    return f"{{@{ids}{'' if form == 'full' else f':{form}'}{'+s' if owns else ''}}}"


def said_mark(statement_id: UUID) -> str:
    """What stands for a person's own words, as a paragraph of its own."""
    return f"\n\n{{={statement_id.hex}}}"


def said_in(text: str) -> frozenset[UUID]:
    """Every statement whose words a text marks."""
    return frozenset(UUID(hex=found[1]) for found in _SAID.finditer(text))


def marked(text: str) -> frozenset[UUID]:
    """Everybody whom a text marks."""
    return frozenset(key for found in _MARK.finditer(text) for key in _ids(found))


def _ids(found: re.Match[str]) -> list[UUID]:
    return [UUID(hex=each) for each in found[1].split("+")]


def filled(text: str, people: Mapping[UUID, Person], said: Mapping[UUID, str | None] | None = None) -> str:
    """The text with names, and with people's own words: `said` holds them, and None for those that were erased.

    Where several of these people share a family name, it is written with the given name; so are those beside it.
    """
    words = said or {}
    shared = Counter(person.family for person in people.values())

    def name(found: re.Match[str]) -> str:
        those = [people[key] for key in _ids(found) if key in people]
        if not those:
            return found[0]
        alone = all(shared[person.family] == 1 for person in those)
        written = listed([_named(person, found[2] or "full", alone=alone) for person in those])
        return genitive(written) if found[3] else written

    def own(found: re.Match[str]) -> str:
        key = UUID(hex=found[1])
        if key not in words:
            return ""
        text = words[key]
        return f"\n\n{quoted(text)}" if text is not None else f"\n\n> {TEXT_REMOVED}"

    return _SAID.sub(own, _MARK.sub(name, text))


def hidden_names(text: str, people: Iterable[Person]) -> str:
    """The text with every full name of these people replaced by their mark: what somebody wrote by hand."""
    named = {f"{each.given} {each.family}": each.id for each in people if not each.erased and each.given}
    for name in sorted(named, key=len, reverse=True):
        found = re.compile(rf"(?<!\w){re.escape(name)}(s?)(?!\w)")
        text = found.sub(lambda match, key=named[name]: mark(key, owns=bool(match[1])), text)  # type: ignore[misc]
    return text


def _named(person: Person, form: str, *, alone: bool) -> str:
    if person.erased:
        return REMOVED
    if person.protected:
        return PROTECTED
    if form == "family" and alone:
        return person.family
    full = f"{person.given} {person.family}"
    return f"{full} ({person.belongs})" if form == "unit" and person.belongs else full
