"""An item of the agenda as a § of the minutes."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from democracy.domain.record.item import ItemRecord
from democracy.domain.record.meeting import MeetingRecord
from democracy.texts.minutes.blocks import block_lines, decided_in_block
from democracy.texts.minutes.matters import matter_lines
from democracy.texts.minutes.names import mark
from democracy.texts.minutes.phrases import say
from democracy.texts.minutes.plain import inline
from democracy.texts.minutes.room import room_lines
from democracy.texts.minutes.section import Bound, Section
from democracy.texts.minutes.statements import statement_lines
from democracy.texts.minutes.swedish import listed
from democracy.texts.minutes.told import Line, Told


def item_section(told: Told, item: ItemRecord) -> Section:
    """The § of an item that was opened."""
    told = replace(told, since=item.opened_at)
    heading = say("item.heading", number=item.number, title=inline(item.title))
    intro = say("item.presents", presenter=inline(item.presenter)) if item.presenter else ""
    return Section(item.id, item.number, heading, tuple(_bound(told, item)), intro)


def _bound(told: Told, item: ItemRecord) -> Iterator[Bound]:
    lines = [
        *_motion(item),
        *_told_once(_woven(told, item)),
        *block_lines(told, item),
        *statement_lines(item),
        *_closes(told, item),
    ]
    for before, line in pairwise([None, *lines]):
        assert line is not None  # noqa: S101 - only the first of all has none before it
        yield Bound(line.key, line.text, _goes_on(before, line))


def _told_once(lines: Iterator[Line]) -> Iterator[Line]:
    """The meeting's own forms can be decided as a matter and be noted for the meeting too: it is one decision."""
    forms, seen = {say(f"formality.{name}") for name in ("NOTICE", "NOTICE_NOT", "AGENDA")}, set[str]()
    for line in lines:
        if line.text not in seen & forms:
            yield line
        seen.add(line.text)


def _goes_on(before: Line | None, line: Line) -> bool:
    """A decision goes on after the vote that made it, a request for a division after what it was asked against."""
    return line.joins and before is not None and before.rank in (5, 6, 7) and "\n" not in before.text


def _motion(item: ItemRecord) -> Iterator[Line]:
    if item.motion is None or item.opened_at is None:
        return
    movers = listed(
        [*(mark(each, form="unit") for each in item.motion.movers), *(inline(each) for each in item.motion.units)]
    )
    if movers:
        key = "item.motion" if item.motion.number else "item.motion_unnumbered"
        yield Line(item.opened_at, 0, "motion", say(key, number=item.motion.number, movers=movers))


def _woven(told: Told, item: ItemRecord) -> Iterator[Line]:
    """What happens in the room stands where it happened: within the point that was being decided."""
    room = room_lines(told, item)
    if decided_in_block(item):
        yield from room
        return
    for place, matter in enumerate(item.matters):
        lines = matter_lines(told, item, matter)
        over = None if place == len(item.matters) - 1 else matter.decided_at
        mine = [line for line in room if over is None or line.at <= over]
        room = [line for line in room if line not in mine]
        yield from sorted([*lines, *mine], key=lambda line: (line.at, line.rank))
    yield from room


def _closes(told: Told, item: ItemRecord) -> Iterator[Line]:
    closed = told.record.head.closed_at
    if closed is not None and _last(told.record) is item:
        yield Line(closed, 11, "avslutas", say("item.closes", at=told.at(closed)))


def _last(record: MeetingRecord) -> ItemRecord | None:
    return max((each for each in record.items if each.number), key=lambda each: each.number or 0, default=None)
