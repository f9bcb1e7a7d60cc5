"""What the styles of a DOCX file say: heading, numbering, emphasis; each style with those that it builds on."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from docx.oxml.ns import qn

Element: TypeAlias = Any
"""An lxml element, which has no types of its own."""

_HEADING = re.compile(r"(?:heading|rubrik)\s*(\d)", re.IGNORECASE)
_OFF = frozenset({"0", "false", "off", "none"})


@dataclass(frozen=True)
class StyleFacts:
    """None: the style does not say."""

    italic: bool | None = None
    bold: bool | None = None
    level: int | None = None
    """A heading's level, from 1."""
    numbering: tuple[str, int] | None = None
    """The list that it belongs to and the level in it, from 0."""


def value(element: Element, path: str) -> str | None:
    """The w:val of the first element at a path such as "w:pPr/w:pStyle"."""
    found = element.find("/".join(qn(each) for each in path.split("/")))
    return None if found is None else (found.get(qn("w:val")) or "")


def toggle(element: Element, path: str) -> bool | None:
    """Whether a property such as w:rPr/w:i is on; None when nothing is said."""
    said = value(element, path)
    return None if said is None else said.lower() not in _OFF


def numbering_of(element: Element) -> tuple[str, int] | None:
    """The list and level that a paragraph or style names itself; list "0" means no list."""
    number, level = value(element, "w:pPr/w:numPr/w:numId"), value(element, "w:pPr/w:numPr/w:ilvl")
    return None if number is None else (number, int(level or 0))


def outline_level(element: Element) -> int | None:
    """The heading level that the outline gives, from 1; 9 in the file means body text."""
    said = value(element, "w:pPr/w:outlineLvl")
    return int(said) + 1 if said and said.isdigit() and int(said) < 9 else None


class Styles:
    """The styles of one file by their ids."""

    def __init__(self, root: Element) -> None:
        self._elements = {each.get(qn("w:styleId")): each for each in root.findall(qn("w:style"))}
        self._facts: dict[str | None, StyleFacts] = {}

    def facts(self, style_id: str | None) -> StyleFacts:
        """What a style says, where it is silent what its base says."""
        if style_id not in self._facts:
            chain = [_own(each) for each in self._chain(style_id)]
            self._facts[style_id] = StyleFacts(
                next((each.italic for each in chain if each.italic is not None), None),
                next((each.bold for each in chain if each.bold is not None), None),
                next((each.level for each in chain if each.level is not None), None),
                next((each.numbering for each in chain if each.numbering is not None), None),
            )
        return self._facts[style_id]

    def _chain(self, style_id: str | None) -> Iterator[Element]:
        seen: set[str] = set()
        while style_id is not None and style_id in self._elements and style_id not in seen:
            seen.add(style_id)
            yield self._elements[style_id]
            style_id = value(self._elements[style_id], "w:basedOn")


def _own(style: Element) -> StyleFacts:
    name = value(style, "w:name") or ""
    heading = _HEADING.match(name)
    level = int(heading[1]) if heading else (1 if name.lower() == "title" else outline_level(style))
    return StyleFacts(toggle(style, "w:rPr/w:i"), toggle(style, "w:rPr/w:b"), level, numbering_of(style))
