"""Jäv: whoever is barred from an item takes no part in it; the roll and the base of its votes are the smaller."""

from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from democracy.domain.actors import Actor, Member
from democracy.domain.ids import new_id
from democracy.domain.kinds import Channel
from democracy.services.motions.case import required
from democracy.services.proceedings.judging import reason_text, take_item
from democracy.services.proceedings.persons import Person, person_of
from democracy.services.use_case import Service, use_case
from democracy.storage import chairs, statutes
from democracy.storage.item_case import ItemCase
from democracy.storage.ledger import Text
from democracy.storage.tables.agenda import BarredRow
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.unit_of_work import Unit
from democracy.texts.words import phrase
from workflows.item import ITEM
from workflows.statutes.parameters.boards import Conflict

TERM = timedelta(days=366)
"""How far back a board's responsibility is looked for when its discharge is decided: the year behind."""
LANGUAGE = "sv"
"""In which the record gives a reason of its own."""


@dataclass(frozen=True)
class Declared:
    """How somebody's conflict of interest became known: by themselves, or to the secretary by another channel."""

    reason: str
    channel: Channel = Channel.DIGITAL


class Barring(Service):
    """Use cases of conflicts of interest."""

    @use_case
    async def declare(
        self, unit: Unit, item_id: UUID, declared: Declared, person: Person | None = None, *, actor: Actor
    ) -> UUID:
        """Say that one is barred from an item oneself (anmäla jäv). Whoever records for the room says it for another.

        Returns the item's id.
        """
        case = await unit.items.open(item_id, actor=actor)
        rule = "declare_conflict" if person is None else "bar"
        if person is None and isinstance(actor, Member):
            member_id = actor.id
        else:
            member_id = await person_of(unit, person, hold=(ITEM, rule), roles=case.roles, statutes=case.statutes)
        await bar(unit, case, member_id, declared.reason, actor, rule=rule, channel=declared.channel)
        return item_id

    @use_case
    async def lift(self, unit: Unit, item_id: UUID, person: Person, reason: str, *, actor: Actor) -> UUID:
        """Record that the meeting finds that somebody is not barred."""
        case = await unit.items.open(item_id, actor=actor)
        member_id = await person_of(unit, person, hold=(ITEM, "lift_bar"), roles=case.roles, statutes=case.statutes)
        row = await unit.items.barred(item_id, member_id)
        barred = row is not None and row.lifted_at is None
        facts = replace(case.facts, barred=barred, reason_given=bool(reason.strip()))
        outcome = {"member": member_id.hex}
        texts = reason_text("barred", item_id, reason)
        await take_item(unit, case, "lift_bar", actor, facts=facts, outcome=outcome, texts=texts)
        if row is not None:
            row.lifted_at = unit.now
        return item_id


async def bar(
    unit: Unit,
    case: ItemCase,
    member_id: UUID,
    reason: str,
    actor: Actor,
    *,
    rule: str = "bar",
    channel: Channel = Channel.DIGITAL,
) -> None:
    """Bar somebody from an item, and record it. Somebody who was barred once and may take part again is barred anew."""
    row = await unit.items.barred(case.id, member_id)
    barred = row is not None and row.lifted_at is None
    facts = replace(case.facts, barred=barred, reason_given=bool(reason.strip()))
    outcome = {"member": member_id.hex, "channel": channel.name}
    text = Text("barred", case.id, {"reason": reason.strip()}, member_id)
    await take_item(unit, case, rule, actor, facts=facts, outcome=outcome, texts=[text])
    said = required("reason", reason, longest=1_000)
    if row is None:
        unit.session.add(
            BarredRow(id=new_id(), item_id=case.id, member_id=member_id, reason=said, declared_at=unit.now)
        )
    else:
        row.reason, row.declared_at, row.lifted_at = said, unit.now, None
    await unit.session.flush()


async def bar_those_responsible(unit: Unit, item_id: UUID, actor: Actor) -> None:
    """On discharge the board neither votes nor presides, where the statutes say so."""
    case = await unit.items.case(item_id, actor=actor)
    meeting = await unit.meetings.row(case.meeting_id)
    for member_id in await _responsible(unit, meeting):
        row = await unit.items.barred(item_id, member_id)
        if row is None:
            await bar(unit, case, member_id, phrase("responsible", LANGUAGE), actor)


async def _responsible(unit: Unit, meeting: MeetingRow) -> list[UUID]:
    digest = meeting.statutes_digest
    rules = (await statutes.by_digest(unit.session, digest))[digest]
    if Conflict.OWN_DISCHARGE not in rules.parameters.boards.conflicts:
        return []
    return list(await chairs.responsible_for(unit.session, meeting, meeting.starts_at - TERM))
