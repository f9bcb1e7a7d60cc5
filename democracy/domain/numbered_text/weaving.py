"""The adopted text, woven from the text that was laid before a meeting and the amendments that it approved."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Generic, TypeAlias

from democracy.domain.numbered_text.amendments import BEGINNING, Amendment, Fault, Operation, faults
from democracy.domain.numbered_text.collisions import CONTRADICTIONS, CollisionKind, Key, collision, collisions
from democracy.domain.numbered_text.headings import Headings
from democracy.domain.numbered_text.paragraphs import (
    Paragraph,
    Place,
    Point,
    letter_at,
    lettered,
    parts_of,
    suffix_at,
)
from democracy.domain.numbered_text.slots import Slot, Slots


@dataclass(frozen=True)
class Decided(Generic[Key]):
    """An amendment that was approved, and the decision that approved it."""

    amendment: Amendment
    decision: Key


@dataclass(frozen=True)
class WovenPoint(Generic[Key]):
    """A point as it now stands, where it comes from (None: it is new), and the decisions that made it so."""

    point: Point
    origin: Place | None
    decisions: tuple[Key, ...] = ()


@dataclass(frozen=True)
class Passage(Generic[Key]):
    """A paragraph of the adopted text; `decisions` made its own text or its place, each point has its own."""

    paragraph: Paragraph
    origin: Place | None
    points: tuple[WovenPoint[Key], ...] = ()
    decisions: tuple[Key, ...] = ()


@dataclass(frozen=True)
class Removed(Generic[Key]):
    """What a decision took away."""

    place: Place
    decisions: tuple[Key, ...]


@dataclass(frozen=True)
class Woven(Generic[Key]):
    """The adopted text and what is no longer in it."""

    passages: tuple[Passage[Key], ...]
    removed: tuple[Removed[Key], ...]


_Paragraphs: TypeAlias = Slots[Place, Passage[Key]]
_Points: TypeAlias = Slots[Place, WovenPoint[Key]]


class UnweavableError(ValueError):
    """The decisions do not make one text: some contradict each other, or one does not fit the text at all."""

    def __init__(self, pairs: Sequence[tuple[object, object]], misfits: Sequence[tuple[object, Fault]]) -> None:
        super().__init__(f"{len(pairs)} contradictions, {len(misfits)} amendments that do not fit")
        self.pairs = tuple(pairs)
        """The decisions that contradict each other, two by two."""
        self.misfits = tuple(misfits)
        """Decisions with what makes their amendment impossible."""


def weave(text: Sequence[Paragraph], decided: Sequence[Decided[Key]]) -> Woven[Key]:
    """Weave. Every place is a place in `text`, whatever is moved or taken away before it.

    What is added in one gap stands in the order of `decided`. An added paragraph is named after the one that it
    follows ("17 A"); nothing else is numbered anew. Raises UnweavableError.
    """
    _check(text, decided)
    return _Loom(text, _together(decided)).weave()


def _check(text: Sequence[Paragraph], decided: Sequence[Decided[Key]]) -> None:
    misfits = [(each.decision, fault) for each in decided for fault in faults(text, each.amendment)]
    found = collisions({index: each.amendment for index, each in enumerate(decided)})
    pairs = [
        (decided[each.one].decision, decided[each.other].decision) for each in found if each.kind in CONTRADICTIONS
    ]
    if pairs or misfits:
        raise UnweavableError(pairs, misfits)


def _together(decided: Sequence[Decided[Key]]) -> list[tuple[Amendment, tuple[Key, ...]]]:
    """Amendments with the same meaning are carried out once, for all their decisions."""
    kept: list[tuple[Amendment, tuple[Key, ...]]] = []
    for each in decided:
        for index, (amendment, decisions) in enumerate(kept):
            if collision(amendment, each.amendment) is CollisionKind.SAME:
                kept[index] = (amendment, (*decisions, each.decision))
                break
        else:
            kept.append((each.amendment, (each.decision,)))
    return kept


class _Loom(Generic[Key]):
    def __init__(self, text: Sequence[Paragraph], work: list[tuple[Amendment, tuple[Key, ...]]]) -> None:
        self._text = {each.place: each for each in text}
        self._work = work
        self._paragraphs: _Paragraphs[Key] = Slots((each.place, Passage(each, each.place)) for each in text)
        self._points: dict[Place, _Points[Key]] = {each.place: Slots(_points(each)) for each in text}
        self._removed: list[Removed[Key]] = []

    def weave(self) -> Woven[Key]:
        # New words first, so that a passage that is both reworded and moved moves with them.
        for amendment, decisions in sorted(self._work, key=lambda each: each[0].operation is not Operation.REPLACE):
            (self._change_point if amendment.place.letter else self._change_paragraph)(amendment, decisions)
        return Woven(tuple(self._named()), tuple(self._removed))

    def _change_paragraph(self, amendment: Amendment, decisions: tuple[Key, ...]) -> None:
        place = amendment.place
        if amendment.operation is Operation.INSERT:
            new = _reworded(Passage[Key](Paragraph(0, ""), None), amendment.text, decisions)
            self._paragraphs.put_beside(place, amendment.side, new)
            return
        passage = self._paragraphs.take(place)
        passage = replace(passage, decisions=(*passage.decisions, *decisions))
        if amendment.operation is Operation.REPLACE:
            self._points[place] = Slots(())
            self._paragraphs.put(place, _reworded(passage, amendment.text, decisions))
        elif amendment.destination is not None:
            self._paragraphs.put_beside(amendment.destination, amendment.side, passage)
        else:
            self._removed.append(Removed(place, decisions))

    def _change_point(self, amendment: Amendment, decisions: tuple[Key, ...]) -> None:
        place, points = amendment.place, self._points[amendment.place.paragraph]
        if amendment.operation is Operation.INSERT:
            points.put_beside(place, amendment.side, WovenPoint(Point("", _one_line(amendment.text)), None, decisions))
            return
        taken = points.take(place)
        taken = replace(taken, decisions=(*taken.decisions, *decisions))
        if amendment.operation is Operation.REPLACE:
            points.put(place, replace(taken, point=replace(taken.point, text=_one_line(amendment.text))))
        elif amendment.destination is not None:
            home = self._points[amendment.destination.paragraph]
            home.put_beside(amendment.destination, amendment.side, taken)
        else:
            self._removed.append(Removed(place, decisions))

    def _named(self) -> Iterator[Passage[Key]]:
        headings, names, follows = Headings(), _Names(self._text), BEGINNING
        for slot in (Slot(BEGINNING, after=self._paragraphs.beginning), *self._paragraphs):
            for passage in slot.before:
                yield from self._finished(names.name(passage, follows), headings)
            headings.pass_by(self._text[slot.key].headings if slot.key in self._text else ())
            follows = slot.key
            for passage in (*slot.own, *slot.after):
                yield from self._finished(names.name(passage, follows), headings)

    def _finished(self, passage: Passage[Key], headings: Headings) -> Iterator[Passage[Key]]:
        """Give the passage under its headings. One that lost its last point and has no text of its own is gone."""
        passage = self._with_points(passage)
        if passage.paragraph.text:
            above, nearest = headings.above()
            yield replace(passage, paragraph=replace(passage.paragraph, headings=above, heading=nearest))

    def _with_points(self, passage: Passage[Key]) -> Passage[Key]:
        woven = list(self._points[passage.origin].values()) if passage.origin else []
        points = tuple(_lettered(passage.origin, [*woven, *passage.points]))
        paragraph = replace(passage.paragraph, points=tuple(each.point for each in points))
        return replace(passage, paragraph=paragraph, points=points)


class _Names:
    """Names for what is added: the number of the paragraph that it follows and the next free letter."""

    def __init__(self, taken: Iterable[Place]) -> None:
        self._taken = set(taken)

    def name(self, passage: Passage[Key], follows: Place) -> Passage[Key]:
        if passage.origin is not None:
            return passage
        places = (Place(follows.number, suffix_at(index)) for index in count())
        place = next(each for each in places if each not in self._taken)
        self._taken.add(place)
        return replace(passage, paragraph=replace(passage.paragraph, number=place.number, suffix=place.suffix))


def _points(paragraph: Paragraph) -> Iterator[tuple[Place, WovenPoint[Key]]]:
    for point in paragraph.points:
        place = replace(paragraph.place, letter=point.letter)
        yield place, WovenPoint(point, place)


def _reworded(passage: Passage[Key], text: str, decisions: tuple[Key, ...]) -> Passage[Key]:
    lead, points = parts_of(text)
    made = tuple(WovenPoint[Key](each, None, decisions) for each in lettered(points))
    return replace(passage, paragraph=replace(passage.paragraph, lead=lead), points=made, decisions=decisions)


def _lettered(home: Place | None, points: list[WovenPoint[Key]]) -> Iterator[WovenPoint[Key]]:
    """Points keep their letters at home; what came from elsewhere gets the next one that is free."""
    stays = [each for each in points if each.origin is not None and each.origin.paragraph == home]
    taken = {each.point.letter for each in stays}
    for each in points:
        if each in stays:
            yield each
        else:
            letter = next(letter for letter in map(letter_at, count()) if letter not in taken)
            taken.add(letter)
            yield replace(each, point=replace(each.point, letter=letter))


def _one_line(text: str) -> str:
    lead, points = parts_of(text)
    return " ".join(" ".join((lead, *points)).split())
