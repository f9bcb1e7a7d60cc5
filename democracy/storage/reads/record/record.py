"""The record of one meeting."""

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

from democracy.domain.record.item import ItemRecord
from democracy.domain.record.meeting import MeetingRecord
from democracy.storage.reads.record.elections import read_elections, read_lists, read_referrals
from democracy.storage.reads.record.head import read_head
from democracy.storage.reads.record.items import read_items
from democracy.storage.reads.record.people import read_people
from democracy.storage.reads.record.room import (
    read_gavels,
    read_interpretations,
    read_officers,
    read_rolls,
    read_waivers,
)
from democracy.storage.reads.record.steps import Steps, read_steps
from democracy.storage.statutes import Connected


async def read_record(connection: Connected, meeting_id: UUID) -> MeetingRecord | None:
    """All of it; None where there is no such meeting. Asks for nobody's right to see it: the caller has."""
    head = await read_head(connection, meeting_id)
    if head is None:
        return None
    steps = await read_steps(connection, meeting_id)
    items = await read_items(connection, meeting_id, steps)
    record = MeetingRecord(
        head=head,
        people={},
        items=items,
        officers=await read_officers(connection, meeting_id),
        gavels=await read_gavels(connection, meeting_id),
        rolls=await read_rolls(connection, meeting_id),
        waivers=await read_waivers(connection, meeting_id),
        pauses=steps.pauses(),
        opened_by=steps.opener(),
        interpretations=await read_interpretations(connection, meeting_id),
        noted=steps.noted(),
        elections=await read_elections(connection, meeting_id),
        lists=await read_lists(connection, meeting_id),
        referrals=await read_referrals(connection, meeting_id),
        sittings=steps.sittings() or Steps.of_items(items),
    )
    return replace(record, people=await read_people(connection, meeting_id, sorted(set(_named(record)))))


def _named(record: MeetingRecord) -> Iterator[UUID]:
    if record.opened_by is not None:
        yield record.opened_by
    yield from (each.member_id for each in record.officers)
    yield from (each.member_id for each in record.gavels)
    yield from (seat.member_id for roll in record.rolls for seat in roll.seats)
    yield from (member for election in record.elections for member in election.named)
    yield from (member for each in record.lists for member in each.members)
    for item in record.items:
        yield from _in_item(item)


def _in_item(item: ItemRecord) -> Iterator[UUID]:
    yield from (each.member_id for each in item.statements)
    yield from (each.member_id for each in item.barred)
    yield from item.motion.movers if item.motion else ()
    for matter in item.matters:
        said = (
            matter.member_id,
            *(each.member_id for each in matter.orders),
            *(each.asked_by for each in matter.questions),
            *(each.asked_by for each in matter.divisions),
            *(mover.member_id for proposal in matter.proposals for mover in proposal.movers),
            *(member for division in matter.divisions for _, member in division.votes),
        )
        yield from (each for each in said if each is not None)
