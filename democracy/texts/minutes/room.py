"""What happens in the room while an item is open: roll, gavel, jäv, breaks, rules set aside, elections of officers."""

from collections.abc import Iterator
from datetime import timedelta

from democracy.domain.record.item import BarredRecord, ItemRecord
from democracy.domain.record.meeting import OfficerRecord, PauseRecord, RollRecord, WaiverRecord
from democracy.texts.minutes.elections import election_lines
from democracy.texts.minutes.names import mark
from democracy.texts.minutes.noted import interpretation_line, noted_lines
from democracy.texts.minutes.phrases import say, says
from democracy.texts.minutes.plain import sentence
from democracy.texts.minutes.told import Line, Told
from workflows.proceedings import OfficerRole

TOGETHER = timedelta(minutes=10)


def room_lines(told: Told, item: ItemRecord) -> list[Line]:
    """In the order in which it happened."""
    lines = [
        *_opens(told, item), *_barred(told, item), *_gavels(told, item), *_rolls(told, item), *_pauses(told, item),
        *_waivers(told, item), *_elected(told, item), *_noted(told, item),
        *(line for line in election_lines(told) if _within(told, item, line)),
    ]  # fmt: skip
    return sorted(lines, key=lambda line: (line.at, line.rank))


def _within(told: Told, item: ItemRecord, line: Line) -> bool:
    """Whether the item was the meeting's latest when something happened."""
    begun = [each for each in told.record.sittings if each.at <= line.at] or told.record.sittings[:1]
    return bool(begun) and begun[-1].item_id == item.id


def _opens(told: Told, item: ItemRecord) -> Iterator[Line]:
    """Whoever opened the meeting is named in its first item."""
    opener, at = told.record.opened_by, told.record.head.opened_at
    if at is None:
        return
    said = say("item.opened", name=mark(opener), at=told.at(at)) if opener else say("item.opens", at=told.at(at))
    line = Line(at, -1, "öppnar", said)
    if _within(told, item, line):
        yield line


def _barred(told: Told, item: ItemRecord) -> Iterator[Line]:
    """Those who say so one after the other stand in one sentence."""
    groups: list[list[BarredRecord]] = []
    for each in sorted(item.barred, key=lambda each: each.declared_at):
        if groups and each.declared_at - groups[-1][0].declared_at < TOGETHER:
            groups[-1].append(each)
        else:
            groups.append([each])
    for number, group in enumerate(groups, start=1):
        names = mark(*(each.member_id for each in group), form="family")
        yield Line(group[0].declared_at, 0, f"jäv-{number}", say("item.barred", names=names))
    for number, each in enumerate(item.barred, start=1):
        if each.lifted_at is not None:
            lifted = say("item.unbarred", names=mark(each.member_id, form="family"), at=told.at(each.lifted_at))
            yield Line(each.lifted_at, 9, f"jäv-{number}-hävt", lifted)


def _gavels(told: Told, item: ItemRecord) -> Iterator[Line]:
    for number, each in enumerate(told.record.gavels, start=1):
        text = say("item.gavel", name=mark(each.member_id), at=told.at(each.since))
        line = Line(each.since, 9, f"klubba-{number}", text)
        if each.item_id == item.id or (each.item_id is None and _within(told, item, line)):
            yield line


def voters(roll: RollRecord) -> str:
    """`57 röstberättigade`, with the votes where they are more or fewer than the voters."""
    if roll.votes != roll.voters:
        return say("roll.voters_votes", number=roll.voters, votes=roll.votes)
    return say("roll.voter") if roll.voters == 1 else say("roll.voters", number=roll.voters)


def _rolls(told: Told, item: ItemRecord) -> Iterator[Line]:
    before: RollRecord | None = None
    for roll in told.record.rolls:
        values = {"at": told.at(roll.fixed_at), "voters": voters(roll)}
        changed = before is not None and before.voters != roll.voters
        text = (
            say("roll.changed", before=before.voters, **values) if before and changed else say("roll.fixed", **values)
        )
        line = Line(roll.fixed_at, 6, f"röstlängd-{roll.number}", text)
        if _within(told, item, line):
            yield line
        before = roll


def _pauses(told: Told, item: ItemRecord) -> Iterator[Line]:
    for number, pause in enumerate(told.record.pauses, start=1):
        line = Line(pause.at, 9, f"paus-{number}", _pause(told, pause))
        if pause.item_id == item.id or (pause.item_id is None and _within(told, item, line)):
            yield line


def _pause(told: Told, pause: PauseRecord) -> str:
    key, at = "item.item_pause" if pause.item_id else "item.pause", told.at(pause.at)
    if pause.resumed_at is None:
        return say(f"{key}_open", at=at)
    return say(key, at=at, until=told.at(pause.resumed_at))


def _waivers(told: Told, item: ItemRecord) -> Iterator[Line]:
    for number, waiver in enumerate(told.record.waivers, start=1):
        line = Line(waiver.decided_at, 3, f"undantag-{number}", _waived(waiver))
        here = waiver.item_id == item.id or (waiver.item_id is None and _within(told, item, line))
        if here:
            yield line
        # One for an item ends with it, and needs no words.
        if here and waiver.ended_at is not None and waiver.item_id is None:
            text = say("waiver.ended", rule=_rule(waiver), at=told.at(waiver.ended_at))
            yield Line(waiver.ended_at, 9, f"undantag-{number}-slut", text)


def _waived(waiver: WaiverRecord) -> str:
    votes = ""
    if waiver.votes is not None:
        votes = say("waiver.votes", yes=waiver.votes[0], no=waiver.votes[1], abstained=waiver.votes[2])
    said = say("waiver.rule", rule=_rule(waiver), votes=votes, reason=sentence(waiver.reason))
    if waiver.objections:
        said += " " + say("waiver.objections", text=sentence(waiver.objections))
    return said


def _noted(told: Told, item: ItemRecord) -> Iterator[Line]:
    yield from (line for line in noted_lines(told) if _within(told, item, line))
    for number, each in enumerate(told.record.interpretations, start=1):
        line = interpretation_line(number, each)
        if each.item_id == item.id or (each.item_id is None and _within(told, item, line)):
            yield line


def _rule(waiver: WaiverRecord) -> str:
    key = f"rule.{waiver.rule}"
    return say(key if says(key) else "rule.other")


def _elected(told: Told, item: ItemRecord) -> Iterator[Line]:
    for role in OfficerRole:
        those = [each for each in told.record.officers if each.item_id == item.id and each.role is role]
        if those:
            names = mark(*(each.member_id for each in those))
            text = say("elected.line", names=names, role=say(f"elected.{role.name}"))
            yield Line(max(each.since for each in those), 8, f"val-{role.value}", text)
    for each in told.record.officers:
        if each.until is not None and each.until != told.record.head.closed_at:
            line = _leaves(told, each)
            if _within(told, item, line):
                yield line


def _leaves(told: Told, officer: OfficerRecord) -> Line:
    assert officer.until is not None  # noqa: S101 - asked only of those who left
    role = say(f"elected.{officer.role.name}")
    text = say("elected.left", names=mark(officer.member_id), role=role, at=told.at(officer.until))
    return Line(officer.until, 9, f"avgår-{officer.role.value}-{officer.member_id.hex[:6]}", text)
