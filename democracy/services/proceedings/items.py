"""An item of the agenda is opened, adjourned and taken up again, and closed: one at a time."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from democracy.domain.actors import Actor
from democracy.services.proceedings.barring import bar_those_responsible
from democracy.services.proceedings.floor import clear_floor
from democracy.services.proceedings.judging import reason_text, take_item, telling
from democracy.services.proceedings.matters import take_matter
from democracy.services.proceedings.preparing import prepare_matters
from democracy.services.use_case import Service, use_case
from democracy.storage import agenda_items, chairs
from democracy.storage.forgotten import division_going_on, forgotten_gavel
from democracy.storage.item_case import ItemCase
from democracy.storage.tables.agenda import AgendaItemRow
from democracy.storage.unit_of_work import Unit
from workflows.denial import Said
from workflows.engine import StepDenied
from workflows.item import ITEM, ItemState
from workflows.matter import MatterState
from workflows.proceedings import ItemKind


class Items(Service):
    """Use cases of one item."""

    @use_case
    async def open(self, unit: Unit, item_id: UUID, *, actor: Actor) -> UUID:
        """Open an item: it gets its §, and the one before it is closed where nothing is left to decide.

        Refused while a gavel is missing, naming the question, and while something is undecided.
        """
        case = await _make_room(unit, await unit.items.open(item_id, actor=actor), "open", actor)
        row = await unit.items.row(item_id)
        outcome = {"number": await unit.items.number(row)}
        await take_item(unit, case, "open", actor, outcome=outcome)
        await _begin(unit, row, actor)
        await _give_back_the_gavel(unit, case.meeting_id, but=item_id)
        return item_id

    @use_case
    async def adjourn(
        self, unit: Unit, item_id: UUID, until: datetime | None = None, reason: str | None = None, *, actor: Actor
    ) -> UUID:
        """Adjourn the item that is open (ajournera ärendet): it is taken up again by opening it, under the same §."""
        case = await unit.items.open(item_id, actor=actor)
        told = await told_of(unit, case.meeting_id)
        outcome = {"number": case.number, "until": until.isoformat() if until else None}
        await take_item(
            unit, case, "adjourn", actor, outcome=outcome, texts=reason_text("item", item_id, reason), told=told
        )
        row = await unit.items.row(item_id)
        row.adjourned_until = until
        await clear_floor(unit, case.meeting_id, item_id, keep_list=True, actor=actor)
        await _give_back_the_gavel(unit, row.meeting_id)
        return item_id

    @use_case
    async def close(self, unit: Unit, item_id: UUID, *, actor: Actor) -> UUID:
        """Close the item that is open: everything under it has been decided."""
        await unit.items.open(item_id, actor=actor)
        await lapse_empty(unit, item_id, actor)
        await close_item(unit, await unit.items.case(item_id, actor=actor), actor)
        await _give_back_the_gavel(unit, (await unit.items.row(item_id)).meeting_id)
        return item_id

    @use_case
    async def reopen(self, unit: Unit, item_id: UUID, reason: str, *, actor: Actor) -> UUID:
        """Take up a closed item again (återuppta), so that the meeting can reopen a matter under it. It keeps its §."""
        given = bool(reason.strip())
        case = await _make_room(unit, await unit.items.open(item_id, actor=actor), "reopen", actor, reason_given=given)
        outcome, texts = {"number": case.number}, reason_text("item", item_id, reason)
        await take_item(unit, case, "reopen", actor, outcome=outcome, texts=texts)
        (await unit.items.row(item_id)).closed_at = None
        await _give_back_the_gavel(unit, case.meeting_id, but=item_id)
        return item_id


async def close_item(unit: Unit, case: ItemCase, actor: Actor) -> None:
    """Close an item. What was set aside for it is in force again."""
    told = await told_of(unit, case.meeting_id)
    ended = await unit.items.end_waivers(case.id)
    await take_item(unit, case, "close", actor, outcome={"number": case.number, "waivers": ended}, told=told)
    row = await unit.items.row(case.id)
    row.closed_at = unit.now
    await clear_floor(unit, case.meeting_id, case.id, actor=actor)
    for part in await unit.items.rows(row.meeting_id, AgendaItemRow.parent_id == row.id):
        await close_unopened(unit, part, actor)


async def lapse_empty(unit: Unit, item_id: UUID, actor: Actor) -> None:
    """What nobody proposes anything on lapses when the meeting leaves its item."""
    for matter_id in await agenda_items.matters(unit.session, item_id):
        case = await unit.matters.case(matter_id, actor=actor)
        if case.state in {MatterState.OPEN, MatterState.DEBATE_CLOSED} and case.facts.standing == 0:
            await take_matter(unit, case, "lapse", actor=actor, follows=True)


async def close_unopened(unit: Unit, row: AgendaItemRow, actor: Actor) -> None:
    """Close an item that was decided without being opened by itself: within its block, or as a motion alone."""
    if row.state in {ItemState.PLANNED, ItemState.ADJOURNED}:
        await take_item(unit, await unit.items.case(row.id, actor=actor), "close_unopened", actor, follows=True)
        row.closed_at = unit.now


async def _begin(unit: Unit, row: AgendaItemRow, actor: Actor) -> None:
    row.opened_at, row.adjourned_until = row.opened_at or unit.now, None
    if row.kind is ItemKind.DISCHARGE:
        await unit.session.flush()
        await bar_those_responsible(unit, row.id, actor)
    await prepare_matters(unit, row.id, actor=actor)


async def _give_back_the_gavel(unit: Unit, meeting_id: UUID, *, but: UUID | None = None) -> None:
    """Whoever was given the gavel for one item gives it back when the meeting leaves that item: last of all."""
    await chairs.end_gavel_of_items(unit.session, meeting_id, unit.now, but=but)


async def _make_room(unit: Unit, case: ItemCase, rule: str, actor: Actor, *, reason_given: bool = True) -> ItemCase:
    """Close the item that is open, so that another can be: once it is certain that the other may be."""
    before = await unit.items.being_treated(case.meeting_id)
    if before is not None:
        await lapse_empty(unit, before, actor)
        case = await unit.items.case(case.id, actor=actor)
    facts = replace(case.facts, reason_given=reason_given)
    try:
        ITEM.step(rule, case.state, facts, roles=case.roles, now=unit.now, waived=case.waived)
    except StepDenied as denied:
        raise telling(denied, await told_of(unit, case.meeting_id)).under(case.statutes) from None
    if before is not None:
        await close_item(unit, await unit.items.case(before, actor=actor), actor)
        case = await unit.items.case(case.id, actor=actor)
    return replace(case, facts=replace(case.facts, reason_given=reason_given))


async def told_of(unit: Unit, meeting_id: UUID) -> dict[str, Mapping[str, Said]]:
    """What a refusal says of the question whose gavel is missing, and of the division that is not over."""
    found, going_on = (
        await forgotten_gavel(unit.session, meeting_id), await division_going_on(unit.session, meeting_id)
    )  # fmt: skip
    told: dict[str, Mapping[str, Said]] = {} if found is None else {"gavel_missing": found.said()}
    return told | ({} if going_on is None else {"division_open": going_on})
