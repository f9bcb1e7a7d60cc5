"""How a document would be read, as JSON and in words."""

import json
from collections.abc import Iterator

from democracy.domain.numbered_text.paragraphs import Paragraph
from democracy.domain.numbered_text.reading import Reading
from democracy.formats.documents.faults import note_words

_WIDTH = 88


def as_list(reading: Reading) -> str:
    """A JSON list of `{number, heading, text, locked, provenance, subanchors}`.

    `text` is the whole paragraph, each point on a line of its own after "- "; `subanchors` are the points by letter.
    `number` is a number, or "17 A" for a paragraph that was once inserted after 17.
    """
    return json.dumps([_as_object(each) for each in reading.paragraphs], ensure_ascii=False, indent=2)


def _as_object(paragraph: Paragraph) -> dict[str, object]:
    return {
        "number": str(paragraph.place) if paragraph.suffix else paragraph.number,
        "heading": paragraph.heading,
        "text": paragraph.text,
        "locked": paragraph.locked,
        "provenance": paragraph.provenance,
        "subanchors": [{"anchor": each.letter, "text": each.text} for each in paragraph.points],
    }


def preview(reading: Reading, name: str) -> str:
    """Figures, every paragraph with its heading and lock, and what should be looked at."""
    return "\n".join([*_figures(reading, name), *_paragraphs(reading), *_notes(reading)])


def _figures(reading: Reading, name: str) -> Iterator[str]:
    locked = sum(each.locked for each in reading.paragraphs)
    points = sum(len(each.points) for each in reading.paragraphs)
    yield f"{name}: {len(reading.paragraphs)} stycken, {points} underpunkter, {locked} låsta. Inget har sparats."


def _paragraphs(reading: Reading) -> Iterator[str]:
    for each in reading.paragraphs:
        yield from (f"\n{'#' * heading.level} {heading.text}" for heading in each.headings)
        lock = f" [låst: {each.provenance or 'källa saknas'}]" if each.locked else ""
        yield f"{each.place}.{lock} {_short(each.lead)}".rstrip()
        yield from (f"   {point.letter}) {_short(point.text)}" for point in each.points)


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _WIDTH else f"{flat[:_WIDTH].rstrip()} …"


def _notes(reading: Reading) -> Iterator[str]:
    if reading.notes:
        yield "\nAtt titta på:"
        yield from (f"- {note_words(each, 'sv')}" for each in reading.notes)
