"""The roll (röstlängd) as an annex: the first one in full, then what changed each time it was fixed anew."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from democracy.domain.record.meeting import RollRecord, RollSeat
from democracy.texts.minutes.names import mark
from democracy.texts.minutes.phrases import say
from democracy.texts.minutes.plain import inline
from democracy.texts.minutes.room import voters
from democracy.texts.minutes.section import Bound, Section
from democracy.texts.minutes.told import Told


def annex_section(told: Told) -> Section | None:
    """The annex; None while no roll has been fixed. Only people who were elected to the meeting are named in it."""
    rolls = told.record.rolls
    if not rolls:
        return None
    first = say("roll.annex_first", at=told.at(rolls[0].fixed_at), voters=voters(rolls[0]))
    later = (Bound(f"röstlängd-{roll.number}", _later(told, before, roll)) for before, roll in pairwise(rolls))
    bound = (Bound("röstlängd", f"{first}\n\n{_table(told, rolls[0])}"), *later)
    return Section(None, None, say("roll.annex"), bound)


def _table(told: Told, roll: RollRecord) -> str:
    units: dict[str, list[RollSeat]] = defaultdict(list)
    for seat in roll.seats:
        units[seat.unit].append(seat)
    rows = [
        say("roll.annex_row", unit=inline(unit), count=len(seats), names=_names(told, seats))
        for unit, seats in units.items()
    ]
    return "\n".join([say("roll.annex_head"), *rows])


def _names(told: Told, seats: Sequence[RollSeat]) -> str:
    elected = [_seat(each) for each in seats if each.elected]
    return ", ".join(elected) if elected else say("roll.annex_members")


def _seat(seat: RollSeat) -> str:
    name = mark(seat.member_id)
    return say("roll.with_votes", name=name, votes=seat.votes) if seat.votes != 1 else name


def _later(told: Told, before: RollRecord, roll: RollRecord) -> str:
    change = " ".join(_changes(before, roll)) or say("roll.annex_same")
    values = {"number": roll.number, "at": told.at(roll.fixed_at), "voters": voters(roll)}
    return say("roll.annex_later", change=change, **values)


def _changes(before: RollRecord, roll: RollRecord) -> Iterator[str]:
    here, there = {each.member_id for each in roll.seats}, {each.member_id for each in before.seats}
    for key, seats, others in (("roll.annex_in", roll.seats, there), ("roll.annex_out", before.seats, here)):
        those = [
            f"{_seat(each)} ({inline(each.unit)})" for each in seats if each.member_id not in others and each.elected
        ]
        if those:
            yield say(key, names=", ".join(those))
