"""Differences between two texts in whole words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

# "C.H.", "LO:s" and "höger-vänster-frågor" are one word each; a sentence's full stop is not part of its last word.
_TOKEN = re.compile(r"\s+|(?:[^\W\d_]\.){2,}|[^\W_]+(?:[-–:'’/.][^\W_]+)*|.", re.DOTALL)
# Beyond this many changes a reader is better served by the old text and the new; it also bounds the work.
_MOST_CHANGES = 600


class SegmentKind(StrEnum):
    """What became of some words."""

    EQUAL = "equal"
    INSERT = "insert"
    DELETE = "delete"


@dataclass(frozen=True)
class Segment:
    """Words that stand in both texts, only in the new (INSERT) or only in the old (DELETE)."""

    kind: SegmentKind
    text: str


def word_diff(old: str, new: str) -> tuple[Segment, ...]:
    """Give the segments from old to new, deletions before insertions.

    EQUAL and DELETE together are the old text to the letter, EQUAL and INSERT the new.
    """
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    start = _common(before, after)
    end = _common(before[start:][::-1], after[start:][::-1])
    script = _script(before[start : len(before) - end], after[start : len(after) - end])
    equal = [(SegmentKind.EQUAL, token) for token in before[:start]]
    tail = [(SegmentKind.EQUAL, token) for token in before[len(before) - end :]]
    segments = list(_segments([*equal, *script, *tail]))
    return tuple(
        Segment(kind, "".join(each.text for each in stretch))
        for kind, stretch in groupby(segments, lambda each: each.kind)
    )


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _script(old: list[str], new: list[str]) -> list[tuple[SegmentKind, str]]:
    trace = _trace(old, new)
    if trace is None:
        return [*((SegmentKind.DELETE, each) for each in old), *((SegmentKind.INSERT, each) for each in new)]
    return list(_backwards(old, new, trace))[::-1]


def _trace(old: list[str], new: list[str]) -> list[dict[int, int]] | None:
    """Myers' shortest edit script, greedy: how far each diagonal came after each number of changes."""
    furthest: dict[int, int] = {1: 0}
    trace: list[dict[int, int]] = []
    for changes in range(min(len(old) + len(new), _MOST_CHANGES) + 1):
        reached: dict[int, int] = {}
        for diagonal in range(-changes, changes + 1, 2):
            x = _step(furthest, diagonal, changes)
            while x < len(old) and 0 <= x - diagonal < len(new) and old[x] == new[x - diagonal]:
                x += 1
            reached[diagonal] = x
            if x >= len(old) and x - diagonal >= len(new):
                return [*trace, furthest]
        trace.append(furthest)
        furthest = {**furthest, **reached}
    return None


def _step(furthest: dict[int, int], diagonal: int, changes: int) -> int:
    if _is_down(furthest, diagonal, changes):
        return furthest[diagonal + 1]
    return furthest[diagonal - 1] + 1


def _is_down(furthest: dict[int, int], diagonal: int, changes: int) -> bool:
    """Whether the last change on the way to this diagonal was an insertion."""
    return diagonal == -changes or (diagonal != changes and furthest[diagonal - 1] < furthest[diagonal + 1])


def _backwards(old: list[str], new: list[str], trace: list[dict[int, int]]) -> Iterator[tuple[SegmentKind, str]]:
    x, y = len(old), len(new)
    for changes in range(len(trace) - 1, -1, -1):
        down = _is_down(trace[changes], x - y, changes)
        came = x - y + (1 if down else -1)
        start = trace[changes][came] if changes else 0
        while x > start and y > (start - came if changes else 0):
            x, y = x - 1, y - 1
            yield SegmentKind.EQUAL, old[x]
        if changes and down:
            y -= 1
            yield SegmentKind.INSERT, new[y]
        elif changes:
            x -= 1
            yield SegmentKind.DELETE, old[x]


def _segments(script: list[tuple[SegmentKind, str]]) -> Iterator[Segment]:
    """Gather words; a space between two changes belongs to both, so that a phrase is one change."""
    stretches = [(equal, list(items)) for equal, items in groupby(script, lambda each: each[0] is SegmentKind.EQUAL)]
    held: list[tuple[SegmentKind, str]] = []
    for index, (equal, items) in enumerate(stretches):
        between = 0 < index < len(stretches) - 1
        if equal and not (between and all(text.isspace() for _, text in items)):
            yield from _change(held)
            held = []
            yield Segment(SegmentKind.EQUAL, "".join(text for _, text in items))
        else:
            held.extend(items)
    yield from _change(held)


def _change(items: list[tuple[SegmentKind, str]]) -> Iterator[Segment]:
    old, new, kept = (
        "".join(text for found, text in items if found in kinds)
        for kinds in (
            {SegmentKind.DELETE, SegmentKind.EQUAL},
            {SegmentKind.INSERT, SegmentKind.EQUAL},
            {SegmentKind.EQUAL},
        )
    )
    if kept in {old, new}:
        yield from _beside(kept, Segment(SegmentKind.DELETE, old) if kept == new else Segment(SegmentKind.INSERT, new))
        return
    yield from (Segment(kind, text) for kind, text in ((SegmentKind.DELETE, old), (SegmentKind.INSERT, new)) if text)


def _beside(kept: str, changed: Segment) -> Iterator[Segment]:
    """Part a change that only adds or only takes away from the space that stays, which may stand at either end."""
    kind, text = changed.kind, changed.text
    parts: tuple[tuple[SegmentKind, str], ...]
    if text == kept:
        parts = ((SegmentKind.EQUAL, kept),)
    elif text.startswith(kept):
        parts = ((SegmentKind.EQUAL, kept), (kind, text[len(kept) :]))
    elif text.endswith(kept):
        parts = ((kind, text[: len(text) - len(kept)]), (SegmentKind.EQUAL, kept))
    else:
        old, new = (text, kept) if kind is SegmentKind.DELETE else (kept, text)
        parts = ((SegmentKind.DELETE, old), (SegmentKind.INSERT, new))
    yield from (Segment(each, part) for each, part in parts if part)
