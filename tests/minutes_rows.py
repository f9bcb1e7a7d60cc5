"""A record of a meeting as rows: what the services of a conference leave behind, written straight into the tables."""

import json
from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import update

from democracy.domain.ids import new_id
from democracy.domain.kinds import Channel, MandateRole, UnitKind
from democracy.domain.record.division import DivisionRecord
from democracy.domain.record.item import ItemRecord, MatterRecord
from democracy.domain.record.meeting import MeetingRecord
from democracy.domain.record.person import Person
from democracy.domain.record.proposal import ProposalRecord
from democracy.domain.swedish import sort_key
from democracy.storage.tables.agenda import AgendaItemRow, BarredRow, GavelRow, MeetingOfficerRow, WaiverRow
from democracy.storage.tables.division import CountRow, DivisionRow, StatementRow, VoteRow
from democracy.storage.tables.matter import (
    MatterDecisionRow,
    MatterRow,
    ProposalMoverRow,
    ProposalRow,
    QuestionOrderRow,
    QuestionRow,
)
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.member import MandateRow, MemberRow, MembershipRow
from democracy.storage.tables.roll import DelegateRow, RollEntryRow, RollRow
from democracy.storage.tables.unit import UnitAncestorRow, UnitRow
from democracy.storage.unit_of_work import Unit
from tests.world import SINCE, World
from workflows.delegate import DelegateState
from workflows.meeting import MeetingState
from workflows.statutes.kinds import Participant


async def write(world: World, record: MeetingRecord) -> UUID:
    """Write the record of the world's conference. Returns the id of its minutes."""
    async with world.database.unit(record.head.starts_at) as unit:
        units = await _units(unit, world, record)
        await _people(unit, world, record, units)
        await _meeting(unit, world, record)
        await _room(unit, world, record, units)
        for item in record.items:
            await write_item(unit, world, item)
        unit.minutes.begin(world.meeting)
        await unit.session.flush()
        minutes = await unit.minutes.of_meeting(world.meeting)
    assert minutes is not None
    return minutes


async def _units(unit: Unit, world: World, record: MeetingRecord) -> dict[str, UUID]:
    wanted = {seat.unit for roll in record.rolls for seat in roll.seats}
    made = {name: new_id() for name in sorted(wanted)}
    district = world.units["norrviken"]
    for name, key in made.items():
        unit.session.add(
            UnitRow(id=key, parent_id=district, kind=UnitKind.LOCAL_BRANCH, code=f"x-{name}", name=name,
                    sort_key=sort_key(name))
        )  # fmt: skip
    await unit.session.flush()
    for key in made.values():
        above = ((key, 0), (district, 1), (world.units["party"], 2))
        unit.session.add_all(UnitAncestorRow(unit_id=key, ancestor_id=each, distance=steps) for each, steps in above)
    await unit.session.flush()
    return made


async def _people(unit: Unit, world: World, record: MeetingRecord, units: dict[str, UUID]) -> None:
    for person in record.people.values():
        unit.session.add(
            MemberRow(id=person.id, given_name=person.given, family_name=person.family, language="sv",
                      sort_key=sort_key(f"{person.family} {person.given}"), protected=person.protected,
                      email=f"{person.id.hex}@exempel.example", email_key=person.id.hex)
        )  # fmt: skip
    await unit.session.flush()
    for person in record.people.values():
        _belongs(unit, world, person, units)
    await unit.session.flush()


def _belongs(unit: Unit, world: World, person: Person, units: dict[str, UUID]) -> None:
    branch = next((key for name, key in units.items() if name.endswith(f" {person.belongs}")), None)
    if branch is not None:
        unit.session.add(
            MembershipRow(id=new_id(), member_id=person.id, unit_id=branch, voting=True, fee_paid_on=SINCE,
                          effective_on=SINCE)
        )  # fmt: skip
    elif person.belongs == "DS":
        unit.session.add(
            MandateRow(id=new_id(), member_id=person.id, body_id=world.bodies["district/board"],
                       role=MandateRole.MEMBER, position=0, starts_on=SINCE)
        )  # fmt: skip


async def _meeting(unit: Unit, world: World, record: MeetingRecord) -> None:
    head = record.head
    state = MeetingState.CLOSED if head.closed_at else MeetingState.OPENED
    values = {"place": head.place, "opened_at": head.opened_at, "closed_at": head.closed_at, "state": state}
    await unit.session.execute(update(MeetingRow).where(MeetingRow.id == world.meeting).values(values))


async def _room(unit: Unit, world: World, record: MeetingRecord, units: dict[str, UUID]) -> None:
    unit.session.add_all(agenda_item(world, each) for each in record.items if each.parent_id is None)
    await unit.session.flush()
    unit.session.add_all(agenda_item(world, each) for each in record.items if each.parent_id is not None)
    delegates = {seat.member_id: seat for roll in record.rolls for seat in roll.seats if seat.elected}
    unit.session.add_all(
        DelegateRow(id=key, meeting_id=world.meeting, unit_id=units[seat.unit], member_id=key, position=position,
                    participant=Participant.DELEGATE, state=DelegateState.ACCEPTED, late=False, decision="§ 9",
                    channel=Channel.DIGITAL, received_at=record.head.starts_at, recorded_at=record.head.starts_at,
                    weight=1, proxies=0)
        for position, (key, seat) in enumerate(delegates.items())
    )  # fmt: skip
    await unit.session.flush()
    for position, officer in enumerate(record.officers):
        unit.session.add(
            MeetingOfficerRow(id=new_id(), meeting_id=world.meeting, member_id=officer.member_id, role=officer.role,
                              position=position, item_id=officer.item_id, since=officer.since, until=officer.until)
        )  # fmt: skip
    unit.session.add_all(
        GavelRow(id=new_id(), meeting_id=world.meeting, member_id=each.member_id, item_id=each.item_id,
                 since=each.since, until=next_one.since if next_one else None)
        for each, next_one in zip(record.gavels, (*record.gavels[1:], None), strict=False)
    )  # fmt: skip
    unit.session.add_all(
        WaiverRow(id=each.id, meeting_id=world.meeting, item_id=each.item_id, workflow=each.rule.partition(".")[0],
                  code=each.rule.partition(".")[2], reason=each.reason, objections=each.objections,
                  votes_for=each.votes and each.votes[0], votes_against=each.votes and each.votes[1],
                  votes_abstained=each.votes and each.votes[2], decided_at=each.decided_at, ended_at=each.ended_at)
        for each in record.waivers
    )  # fmt: skip
    await _rolls(unit, world, record, units)


async def _rolls(unit: Unit, world: World, record: MeetingRecord, units: dict[str, UUID]) -> None:
    for roll in record.rolls:
        key = new_id()
        unit.session.add(
            RollRow(id=key, meeting_id=world.meeting, number=roll.number, fixed_at=roll.fixed_at, voters=roll.voters,
                    votes=roll.votes)
        )  # fmt: skip
        await unit.session.flush()
        unit.session.add_all(
            RollEntryRow(roll_id=key, member_id=seat.member_id, unit_id=units[seat.unit], votes=seat.votes,
                         delegate_id=seat.member_id if seat.elected else None)
            for seat in roll.seats
        )  # fmt: skip
    await unit.session.flush()


def agenda_item(world: World, item: ItemRecord) -> AgendaItemRow:
    """The item itself."""
    return AgendaItemRow(
        id=item.id, meeting_id=world.meeting, parent_id=item.parent_id, kind=item.kind, formality=item.formality,
        state=item.state, position=item.position, number=item.number, title=item.title, presenter=item.presenter,
        opened_at=item.opened_at, closed_at=item.closed_at, version=0,
    )  # fmt: skip


async def write_item(unit: Unit, world: World, item: ItemRecord) -> None:
    """What happened under an item of the agenda that is there."""
    for matter in item.matters:
        await _matter(unit, world, item, matter)
    unit.session.add_all(
        BarredRow(id=new_id(), item_id=item.id, member_id=each.member_id, reason="jäv", declared_at=each.declared_at,
                  lifted_at=each.lifted_at)
        for each in item.barred
    )  # fmt: skip
    unit.session.add_all(
        StatementRow(id=each.id, meeting_id=world.meeting, item_id=item.id, matter_id=each.matter_id,
                     member_id=each.member_id, kind=each.kind, proposal_id=each.proposal_id, text=each.text,
                     channel=Channel.FLOOR, received_at=each.recorded_at, recorded_at=each.recorded_at)
        for each in item.statements
    )  # fmt: skip
    await unit.session.flush()


async def _matter(unit: Unit, world: World, item: ItemRecord, matter: MatterRecord) -> None:
    unit.session.add(
        MatterRow(id=matter.id, meeting_id=world.meeting, item_id=item.id, kind=matter.kind, state=matter.state,
                  position=matter.position, title=matter.title, opened_at=matter.opened_at,
                  decided_at=matter.decided_at, member_id=matter.member_id, version=0)
    )  # fmt: skip
    await unit.session.flush()
    # Those that others point at come first.
    for proposal in sorted(matter.proposals, key=lambda each: bool(each.reconciled_into_id or each.adds_to_id)):
        await _proposal(unit, world, matter, proposal)
    orders = [
        QuestionOrderRow(id=each.id, matter_id=matter.id, by_chair=each.by_chair, member_id=each.member_id,
                         content=json.dumps({"main": each.main_id.hex if each.main_id else None, "form": "nested",
                                             "today": _hex(each.first_ids), "rivals": _hex(each.rival_ids),
                                             "additions": _hex(each.addition_ids)}),
                         proposed_at=each.proposed_at, approved_at=each.approved_at, dropped_at=each.dropped_at)
        for each in matter.orders
    ]  # fmt: skip
    unit.session.add_all(orders)
    await unit.session.flush()
    unit.session.add_all(
        QuestionRow(id=each.id, matter_id=matter.id, order_id=each.order_id or matter.orders[0].id, kind=each.kind,
                    state=each.state, position=each.position, level=each.level,
                    proposals=json.dumps(_hex(each.proposal_ids)), named_id=each.named_id, answer=each.answer,
                    named_at=each.named_at, division_asked_by=each.asked_by, division_asked_at=each.asked_at,
                    voting_approved_at=each.voting_approved_at, counted=False, winner_id=each.winner_id,
                    gavel_at=each.gavel_at, confirmed_late=each.confirmed_late)
        for each in matter.questions
    )  # fmt: skip
    unit.session.add_all(
        MatterDecisionRow(id=new_id(), matter_id=matter.id, meeting_id=world.meeting, outcome=each.outcome,
                          proposal_id=each.proposal_id, wording=each.wording, unanimous=each.unanimous,
                          in_block=each.in_block, by_minority=each.by_minority, decided_at=each.decided_at,
                          replaced_at=each.replaced_at, replaced_reason=each.replaced_reason)
        for each in matter.decisions
    )  # fmt: skip
    await unit.session.flush()
    for division in matter.divisions:
        await _division(unit, world, matter, division)


async def _proposal(unit: Unit, world: World, matter: MatterRecord, proposal: ProposalRecord) -> None:
    unit.session.add(
        ProposalRow(id=proposal.id, matter_id=matter.id, kind=proposal.kind, state=proposal.state, label=proposal.label,
                    text=proposal.text, adds_to_id=proposal.adds_to_id, reconciled_into_id=proposal.reconciled_into_id,
                    recipient=proposal.recipient, instruction=proposal.instruction, reason=proposal.reason,
                    back_by=proposal.back_by, from_board=proposal.from_board, of_motion=proposal.of_motion,
                    channel=Channel.FLOOR, received_at=proposal.received_at, recorded_at=proposal.received_at,
                    version=0)
    )  # fmt: skip
    await unit.session.flush()
    unit.session.add_all(
        ProposalMoverRow(id=new_id(), proposal_id=proposal.id, member_id=each.member_id,
                         body_id=world.bodies["district/board"] if each.body else None, position=position,
                         asked_at=proposal.received_at, accepted_at=proposal.received_at, left_at=each.left_at)
        for position, each in enumerate(proposal.movers)
    )  # fmt: skip
    await unit.session.flush()


async def _division(unit: Unit, world: World, matter: MatterRecord, division: DivisionRecord) -> None:
    figures = division.figures
    unit.session.add(
        DivisionRow(id=division.id, meeting_id=world.meeting, matter_id=matter.id, question_id=division.question_id,
                    number=division.number, role=division.role, yes_id=division.yes_id, no_id=division.no_id,
                    yes_means=division.yes_means, no_means=division.no_means, method=division.method,
                    trial=division.trial, state=division.state, entitled=division.entitled, asked_by=division.asked_by,
                    opened_at=division.at, closed_at=division.at, yes=figures and figures.yes,
                    no=figures and figures.no, abstained=figures and figures.abstained,
                    blank=figures and figures.blank, winner=division.winner, casting_vote=division.casting_vote,
                    annulled_at=division.annulled_at, annulled_reason=division.annulled_reason, version=0)
    )  # fmt: skip
    await unit.session.flush()
    for each in division.corrections:
        old, new = new_id(), new_id()
        for key, counted, replaced in ((new, each.after, None), (old, each.before, new)):
            unit.session.add(
                CountRow(id=key, division_id=division.id, yes=counted.yes, no=counted.no, abstained=counted.abstained,
                         blank=counted.blank, at=each.at, replaced_by_id=replaced, reason=each.reason)
            )  # fmt: skip
            await unit.session.flush()
    unit.session.add_all(
        VoteRow(division_id=division.id, member_id=member, choice=choice, votes=1, at=division.at)
        for choice, member in division.votes
    )


def _hex(ids: Iterable[UUID]) -> list[str]:
    return [each.hex for each in ids]
