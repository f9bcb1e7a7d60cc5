"""The numbers that a word processor gives to the items of its lists, counted as it counts them."""

from dataclasses import dataclass

from docx.oxml.ns import qn

from democracy.formats.documents.docx_styles import Element, value

_NUMBERS = frozenset({"decimal", "decimalZero"})


@dataclass(frozen=True)
class _List:
    shared: str
    """Lists that build on the same definition go on counting where the other stopped."""
    numbered: bool
    start: int
    restarts: bool


class Lists:
    """Gives each item of the outermost level its number, in the order of the file."""

    def __init__(self, root: Element | None) -> None:
        self._lists = {} if root is None else dict(_read(root))
        self._counts: dict[str, int] = {}
        self._begun: set[str] = set()

    def number(self, list_id: str, level: int) -> int | None:
        """The item's number; None for a bullet, a letter, an item inside another, or a list that is not defined."""
        found = self._lists.get(list_id)
        if found is None or level > 0 or not found.numbered:
            return None
        if found.shared not in self._counts or (found.restarts and list_id not in self._begun):
            self._counts[found.shared] = found.start - 1
        self._begun.add(list_id)
        self._counts[found.shared] += 1
        return self._counts[found.shared]


def _read(root: Element) -> list[tuple[str, _List]]:
    abstract = {each.get(qn("w:abstractNumId")): each for each in root.findall(qn("w:abstractNum"))}
    return [
        (each.get(qn("w:numId")), _list(each, shared, abstract.get(shared)))
        for each in root.findall(qn("w:num"))
        for shared in [value(each, "w:abstractNumId") or ""]
    ]


def _list(number: Element, shared: str, abstract: Element | None) -> _List:
    levels = [] if abstract is None else abstract.findall(qn("w:lvl"))
    outermost = next((each for each in levels if each.get(qn("w:ilvl")) == "0"), None)
    if outermost is None:
        return _List(shared, numbered=False, start=1, restarts=False)
    override = next((each for each in number.findall(qn("w:lvlOverride")) if each.get(qn("w:ilvl")) == "0"), None)
    again = None if override is None else value(override, "w:startOverride")
    start = int(again or value(outermost, "w:start") or 1)
    return _List(shared, value(outermost, "w:numFmt") in _NUMBERS, start, restarts=again is not None)
