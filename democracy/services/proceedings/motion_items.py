"""A motion that is put on the agenda gets an item of its own, which goes with it."""

from uuid import UUID

from democracy.domain.actors import Actor, Clock
from democracy.services.proceedings.agenda import Item, added, insert_item
from democracy.services.proceedings.judging import take_item
from democracy.storage.counters import next_number
from democracy.storage.unit_of_work import Unit
from democracy.texts.words import phrase
from workflows.item import ItemState
from workflows.proceedings import ItemKind

LANGUAGE = "sv"
"""In which an item that the system makes is named."""


async def put_on_agenda(unit: Unit, motion_id: UUID, actor: Actor) -> None:
    """Give a motion its item, last on the agenda of its meeting, unless it has one."""
    motion = await unit.motions.row(motion_id)
    existing = await unit.items.of_motion(motion_id, motion.meeting_id)
    if existing is not None:
        if existing.state is ItemState.STRUCK:
            case = await unit.items.case(existing.id, actor=Clock())
            await take_item(unit, case, "restore", actor, follows=True)
        return
    # The meeting is shared by those who schedule at once; this series lets one at a time to the end of the agenda.
    await next_number(unit.session, f"agenda-end:{motion.meeting_id.hex}")
    title = phrase("motion_item", LANGUAGE, number=motion.document_number, title=motion.title)
    row = await insert_item(unit, motion.meeting_id, Item(ItemKind.MOTION, title, motion_id=motion_id))
    opened = (await unit.meetings.row(motion.meeting_id)).opened_at is not None
    await added(unit, row, "add_late" if opened else "add", actor, title, follows=True)


async def take_off_agenda(unit: Unit, motion_id: UUID, meeting_id: UUID, actor: Actor) -> None:
    """Strike the item of a motion that is no longer treated at a meeting: withdrawn, or moved to another."""
    row = await unit.items.of_motion(motion_id, meeting_id)
    if row is not None and row.state is ItemState.PLANNED:
        await unit.session.flush()
        case = await unit.items.case(row.id, actor=Clock())
        await take_item(unit, case, "remove", actor, follows=True)
