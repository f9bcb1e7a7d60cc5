"""Branches report whom they have elected: their delegates (ombud) and substitutes in order."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from democracy.domain.actors import Actor
from democracy.domain.kinds import Channel
from democracy.errors import FieldError, InvalidInputError
from democracy.services.proceedings.delegate_case import (
    Branch,
    Elected,
    branch_of,
    hold_role,
    judged,
    new_row,
    record,
    resettle,
)
from democracy.services.proceedings.delegate_notices import tell_delegate
from democracy.services.use_case import Service, use_case
from democracy.storage import delegates
from democracy.storage.delegates import Candidate
from democracy.storage.ledger import Text
from democracy.storage.tables.roll import DelegateRow
from democracy.storage.unit_of_work import Unit
from workflows.delegate import DelegateFacts, DelegateState, rule_for
from workflows.engine import StepDenied
from workflows.statutes import Participant

MOST = 200
"""Nobody elects more in one decision."""


@dataclass(frozen=True)
class Named:
    """Somebody by their id or their membership number, with the votes of their place where the statutes allow it."""

    member_id: UUID | None = None
    number: str | None = None
    weight: int = 1
    proxies: int = 0


@dataclass(frozen=True)
class Report:
    """Whom a unit has elected, by which decision, and how the report came in."""

    meeting_id: UUID
    unit_id: UUID
    decision: str
    delegates: tuple[Named, ...] = ()
    substitutes: tuple[Named, ...] = ()
    """In the order in which they step in."""
    decided_on: date | None = None
    received_at: datetime | None = None
    channel: Channel = Channel.DIGITAL


class Delegations(Service):
    """Use cases of a unit's report."""

    @use_case
    async def report(self, unit: Unit, report: Report, *, actor: Actor) -> UUID:
        """Report delegates and substitutes: everybody or nobody. After the roll is fixed the meeting decides on them.

        Returns the meeting's id.
        """
        case = await unit.meetings.hold(report.meeting_id, actor=actor)
        led = await delegates.unit_roles(unit.session, actor, report.unit_id, unit.today)
        hold_role("report", case.roles | led, case)
        people = await _people(unit, report)
        branch = await branch_of(unit, case, report.unit_id, actor)
        branch = replace(branch, facts=_facts(branch, report))
        rows = _report(unit, branch, report, people, actor)
        unit.session.add_all(rows)
        await resettle(unit, branch.hall, [report.unit_id], [row.member_id for row in rows], actor)
        for row in rows:
            await tell_delegate(unit, row)
        return case.id


def _facts(branch: Branch, report: Report) -> DelegateFacts:
    return replace(branch.facts, decision_given=bool(report.decision.strip()), received_at=report.received_at)


def _report(
    unit: Unit, branch: Branch, report: Report, people: Sequence[tuple[Participant, Named, Candidate]], actor: Actor
) -> list[DelegateRow]:
    """A row for each, or every reason why not about every one of them."""
    rows: list[DelegateRow] = []
    refused: list[StepDenied] = []
    for participant, named, who in people:
        before = sum(row.participant is participant for row in rows)
        try:
            rows.append(_row(unit, branch, report, participant, named, who, before, actor))
        except StepDenied as denied:
            refused.append(denied)
    if refused:
        # What is wrong with the report itself is said once, however many are in it.
        reasons = {(each.code, str(each.params)): each for denied in refused for each in denied.denials}
        raise StepDenied(tuple(reasons.values())).under(branch.case.statutes)
    return rows


def _row(
    unit: Unit,
    branch: Branch,
    report: Report,
    participant: Participant,
    named: Named,
    who: Candidate,
    before: int,
    actor: Actor,
) -> DelegateRow:
    terms = branch.hall.delegates
    facts = replace(
        branch.facts_of(who, participant, before),
        weight_allowed=1 <= named.weight <= terms.max_weight,
        proxies_allowed=0 <= named.proxies <= terms.max_proxies,
    )
    step = judged(unit, branch, rule_for(facts, unit.now), DelegateState.REPORTED, facts, branch.roles, who)
    elected = Elected(
        report.decision.strip(), report.decided_on, report.channel, report.received_at or unit.now, facts.late(unit.now)
    )
    position = branch.filled.get(participant, (0, 0))[1] + before + 1
    row = new_row(unit, branch, who.id, participant, position, elected, weight=named.weight, proxies=named.proxies)
    text = Text("delegate", row.id, {"decision": elected.decision})
    told = {"late": elected.late, "weight": named.weight, "proxies": named.proxies, "channel": report.channel.name}
    record(unit, branch.case, row, step, actor, text, **told)
    return row


_Entry = tuple[str, Participant, Named]


async def _people(unit: Unit, report: Report) -> list[tuple[Participant, Named, Candidate]]:
    """Everybody in the report, delegates first. InvalidInputError names each who is unknown or stands twice."""
    entries = _entries(report)
    numbers = [named.number.strip() for _, _, named in entries if named.number]
    by_number = await delegates.by_number(unit.session, numbers)
    ids = [named.member_id or by_number.get((named.number or "").strip()) for _, _, named in entries]
    wanted = [each for each in ids if each]
    known = await delegates.candidates(unit.session, report.meeting_id, report.unit_id, wanted, unit.today)
    faults, found = list[FieldError](), dict[UUID, tuple[Participant, Named, Candidate]]()
    for (path, kind, named), member_id in zip(entries, ids, strict=True):
        if member_id is None or member_id not in known:
            faults.append(FieldError(path, "unknown_member"))
        elif member_id in found:
            faults.append(FieldError(path, "named_twice"))
        else:
            found[member_id] = kind, named, known[member_id]
    if faults:
        raise InvalidInputError(*faults)
    return list(found.values())


def _entries(report: Report) -> list[_Entry]:
    entries = [(f"delegates.{index}", Participant.DELEGATE, each) for index, each in enumerate(report.delegates)]
    entries += [(f"substitutes.{index}", Participant.SUBSTITUTE, each) for index, each in enumerate(report.substitutes)]
    if not entries:
        raise InvalidInputError(FieldError("delegates", "required"))
    if len(entries) > MOST:
        raise InvalidInputError(FieldError("delegates", "too_many", {"most": MOST}))
    return entries
