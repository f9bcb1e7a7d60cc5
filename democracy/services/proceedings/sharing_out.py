"""Counting an allotment: the statutes' rule, the members on its day, the seats that follow."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from zoneinfo import ZoneInfo

from democracy.counting.allotment import SWEDISH_FIRST, AllotmentRule, allot
from democracy.counting.allotment import Method as CountingMethod
from democracy.counting.faults import CountError
from democracy.counting.lots import Lots, PhysicalLot
from democracy.counting.protocol import Protocol
from democracy.storage import allotments
from democracy.storage.allotments import SendingUnit
from democracy.storage.meeting_case import MeetingCase
from democracy.storage.statutes import Connected
from democracy.storage.unit_of_work import Database
from workflows.allotment import AllotmentFacts
from workflows.meeting import MeetingState
from workflows.statutes import Resolved
from workflows.statutes.deadlines import add_months, end_of_day
from workflows.statutes.parameters.delegates import Allotment, Method

LAST_SEAT = "last seat"
"""The only tie that an allotment meets."""


@dataclass(frozen=True)
class Counted:
    """An allotment as it was counted; without a protocol where it cannot be."""

    counted_on: date | None
    units: tuple[SendingUnit, ...]
    protocol: Protocol | None
    facts: AllotmentFacts

    @property
    def seats(self) -> dict[str, int]:
        """The seats of each unit, by its code."""
        return dict(self.protocol.more["allotted"]) if self.protocol else {}


async def count(
    connection: Connected, case: MeetingCase, rules: Resolved, zone: ZoneInfo, lot: PhysicalLot | None = None
) -> Counted:
    """Count the seats of a meeting by its statutes, on the day that they name. Writes nothing."""
    terms, starts_at = rules.parameters.delegates, case.facts.starts_at
    rule = terms.allotment.get(case.kind)
    coming = case.state in (MeetingState.PLANNED, MeetingState.CALLED)
    if rule is None or starts_at is None:
        return Counted(None, (), None, AllotmentFacts(meeting_coming=coming, rule_given=False))
    day = terms.snapshot.on(starts_at, zone)
    units = await allotments.sending_units(connection, case.id, day, _born_until(rules, day))
    protocol = _allot(units, rule, _paragraph(rules, case), day, lot)
    facts = AllotmentFacts(
        meeting_coming=coming,
        counted_after=end_of_day(day, zone),
        countable=protocol is not None,
        lot_drawn=protocol is None or protocol.settled,
    )
    return Counted(day, tuple(units), protocol, facts)


async def preview(database: Database, case: MeetingCase, rules: Resolved) -> Counted:
    """What the count would give now."""
    async with database.read() as connection:
        return await count(connection, case, rules, database.zone)


def counting_rule(rule: Allotment, paragraph: str) -> AllotmentRule:
    """The statutes' rule in the words of the count."""
    if rule.method is Method.EQUAL:
        return AllotmentRule(CountingMethod.BRACKETS, brackets=((None, rule.minimum),), paragraph=paragraph)
    first = rule.first_divisor
    return AllotmentRule(
        CountingMethod(rule.method.replace("_", "-")),
        minimum=rule.minimum,
        outside=not rule.minimum_inside_total,
        first=Fraction(first.numerator, first.denominator) if first else SWEDISH_FIRST,
        per=rule.per or 0,
        brackets=tuple((each.members, each.seats) for each in rule.brackets),
        paragraph=paragraph,
    )


def _allot(
    units: Sequence[SendingUnit], rule: Allotment, paragraph: str, day: date, lot: PhysicalLot | None
) -> Protocol | None:
    members = {each.code: len(each.members) for each in units}
    lots = Lots(physical={LAST_SEAT: lot} if lot else {})
    try:
        protocol = allot(members, rule.total, counting_rule(rule, paragraph), lots, snapshot=day.isoformat())
    except CountError as error:
        if error.code == "physical_lot_names":
            return allot(members, rule.total, counting_rule(rule, paragraph), snapshot=day.isoformat())
        return None
    return replace(protocol, roll={"members": sum(members.values()), "digest": _digest(units)})


def _digest(units: Sequence[SendingUnit]) -> str:
    """SHA-256 over who was counted where: proves that a later list of the same people is the one that was counted."""
    lines = [f"{unit.code} {member.hex}" for unit in units for member in unit.members]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _paragraph(rules: Resolved, case: MeetingCase) -> str:
    source = rules.source_of(f"delegates.allotment.{case.kind.value}")
    return source.paragraph.number if source else ""


def _born_until(rules: Resolved, day: date) -> date | None:
    """The last day of birth that is old enough for a vote; None where every age is."""
    minimum = rules.parameters.membership.minimum_age
    return add_months(day, -12 * minimum) if minimum else None
