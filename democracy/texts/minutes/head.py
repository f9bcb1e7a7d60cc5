"""The head of the minutes: what meeting it was, where and when, who was there and who ran it."""

from collections.abc import Iterator

from democracy.texts.minutes.names import mark
from democracy.texts.minutes.phrases import say
from democracy.texts.minutes.plain import inline
from democracy.texts.minutes.room import voters
from democracy.texts.minutes.section import Bound, Section
from democracy.texts.minutes.swedish import clock, moment
from democracy.texts.minutes.told import Told
from workflows.proceedings import OfficerRole


def head_section(told: Told) -> Section:
    """The head, all of which follows from what was recorded."""
    return Section(None, None, say("head.title"), (Bound("uppgifter", "\n".join(_facts(told))),), level=1)


def _facts(told: Told) -> Iterator[str]:
    head = told.record.head
    if head.part_of:
        yield say("head.part", name=inline(head.name), part_of=inline(head.part_of))
    else:
        yield say("head.meeting", name=inline(head.name))
    yield say("head.unit", unit=inline(head.unit))
    yield _time(told)
    if head.place:
        yield say("head.place", place=inline(head.place))
    if told.record.rolls:
        yield say("head.present", voters=voters(told.record.rolls[0]))
    if head.parts:
        yield say("head.parts", names=", ".join(inline(each) for each in head.parts))
    for role in OfficerRole:
        if names := _officers(told, role):
            yield say("head.officer", role=say(f"role.{role.name}"), names=names)


def _time(told: Told) -> str:
    head, start = told.record.head, moment(told.began, told.zone)
    if head.closed_at is None:
        return say("head.time_open", start=start)
    same = head.closed_at.astimezone(told.zone).date() == told.began.astimezone(told.zone).date()
    end = clock(head.closed_at, told.zone).removeprefix("kl. ") if same else moment(head.closed_at, told.zone)
    return say("head.time" if same else "head.time_days", start=start, end=end)


def _officers(told: Told, role: OfficerRole) -> str:
    those = dict.fromkeys(each.member_id for each in told.record.officers if each.role is role)
    return mark(*those) if those else ""
