"""Amendments (ändringsyrkanden) to one place of a text, and what makes one impossible whatever the meeting thinks."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from democracy.domain.numbered_text.paragraphs import Paragraph, Place

BEGINNING = Place(0)
"""What stands before the first paragraph: adding "after 0" adds at the very beginning."""


class Operation(StrEnum):
    """What is done to the place."""

    REPLACE = "replace"
    INSERT = "insert"
    DELETE = "delete"
    MOVE = "move"


class Side(StrEnum):
    """On which side of a place something is put."""

    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True)
class Amendment:
    """One change to one place. INSERT puts `text` beside `place`; MOVE puts the place beside `to`."""

    operation: Operation
    place: Place
    text: str = ""
    to: Place | None = None
    side: Side = Side.AFTER

    @property
    def destination(self) -> Place | None:
        """The place that it moves to, if it moves."""
        return self.to if self.operation is Operation.MOVE else None

    @property
    def beside(self) -> Place | None:
        """The place that what is added or moved will stand beside."""
        return self.place if self.operation is Operation.INSERT else self.destination


class FaultCode(StrEnum):
    """Why an amendment cannot be put to a text."""

    PLACE_UNKNOWN = "place_unknown"
    LOCKED = "locked"
    TEXT_MISSING = "text_missing"
    UNCHANGED = "unchanged"
    """It changes nothing."""
    DESTINATION_MISSING = "destination_missing"
    DESTINATION_UNKNOWN = "destination_unknown"


@dataclass(frozen=True)
class Fault:
    """A code, the place that it is about, and for a locked one what it quotes."""

    code: FaultCode
    place: Place
    provenance: str | None = None


def faults(text: Sequence[Paragraph], amendment: Amendment) -> tuple[Fault, ...]:
    """Every reason why the text cannot take the amendment; none when it can."""
    places = _Places(text)
    found: list[Fault] = []
    if not places.has(amendment.place, beginning=amendment.operation is Operation.INSERT):
        found.append(Fault(FaultCode.PLACE_UNKNOWN, amendment.place))
    found.extend(places.locked(amendment))
    if amendment.operation in {Operation.REPLACE, Operation.INSERT} and not amendment.text.strip():
        found.append(Fault(FaultCode.TEXT_MISSING, amendment.place))
    if amendment.operation is Operation.MOVE:
        found.extend(places.destination(amendment))
    if not found and places.is_unchanged(amendment):
        found.append(Fault(FaultCode.UNCHANGED, amendment.place))
    return tuple(found)


def text_at(text: Sequence[Paragraph], place: Place) -> str | None:
    """What stands at a place now; None when there is no such place."""
    paragraph = next((each for each in text if each.place == place.paragraph), None)
    if paragraph is None:
        return None
    if not place.letter:
        return paragraph.text
    point = paragraph.point(place.letter)
    return None if point is None else point.text


class _Places:
    def __init__(self, text: Sequence[Paragraph]) -> None:
        self._text = text
        self._paragraphs = {each.place: each for each in text}

    def has(self, place: Place, *, beginning: bool) -> bool:
        return (beginning and place == BEGINNING) or text_at(self._text, place) is not None

    def locked(self, amendment: Amendment) -> list[Fault]:
        """Beside a locked paragraph something may be added; into it nothing, and it stays where it is."""
        inside = [amendment.place] if amendment.operation is not Operation.INSERT or amendment.place.letter else []
        if amendment.destination and amendment.destination.letter:
            inside.append(amendment.destination)
        found = ((place, self._paragraphs.get(place.paragraph)) for place in inside)
        return [Fault(FaultCode.LOCKED, place, each.provenance) for place, each in found if each and each.locked]

    def destination(self, amendment: Amendment) -> list[Fault]:
        if amendment.to is None:
            return [Fault(FaultCode.DESTINATION_MISSING, amendment.place)]
        # A point is put beside a point, a paragraph beside a paragraph.
        alike = bool(amendment.to.letter) == bool(amendment.place.letter)
        if alike and self.has(amendment.to, beginning=True):
            return []
        return [Fault(FaultCode.DESTINATION_UNKNOWN, amendment.to)]

    def is_unchanged(self, amendment: Amendment) -> bool:
        if amendment.operation is Operation.REPLACE:
            return (text_at(self._text, amendment.place) or "").split() == amendment.text.split()
        return amendment.operation is Operation.MOVE and amendment.to == amendment.place
