"""A meeting in which an item is debated: the delegate has the floor, and a member of the board waits."""

from datetime import datetime, timedelta
from uuid import UUID

from democracy.domain.ids import new_id
from democracy.services.proceedings.floor import Floor, Request
from democracy.services.proceedings.floor_rules import FloorRules
from democracy.storage.tables.agenda import AgendaItemRow
from democracy.storage.tables.roll import PresenceRow
from tests.world import World
from workflows.item import ItemState
from workflows.proceedings import ItemKind, SpeechKind
from workflows.statutes.kinds import Participant

HERE = {"delegate": Participant.DELEGATE, "board": Participant.BOARD_MEMBER}
SPEECHES = {"speech_speaking": "delegate", "speech_waiting": "board"}
"""Whose each is."""


async def debate(world: World, meeting: UUID, at: datetime) -> dict[str, UUID]:
    """Open an item in the meeting and let it be debated; the speeches by name."""
    await _room(world, meeting, at)
    floor, chair = Floor(world.database, at), world.actor("presidium")
    found = {"speech_speaking": await floor.request(meeting, Request(), actor=world.actor("delegate"))}
    await floor.give(meeting, actor=chair)
    order = Request(SpeechKind.POINT_OF_ORDER)
    found["speech_waiting"] = await floor.request(meeting, order, actor=world.actor("board"))
    await FloorRules(world.database, at).draw_streck(meeting, at + timedelta(days=1), actor=chair)
    return found


async def _room(world: World, meeting: UUID, at: datetime) -> None:
    async with world.database.unit(at) as unit:
        item = AgendaItemRow(
            id=new_id(), meeting_id=meeting, kind=ItemKind.OTHER, state=ItemState.OPEN, position=90, number=90,
            title="Debatt", opened_at=at,
        )  # fmt: skip
        unit.session.add(item)
        unit.session.add_all(
            PresenceRow(
                id=new_id(), meeting_id=meeting, member_id=world.members[name], participant=participant, speaks=True,
                proposes=True, speaks_as_mover=False, voting=False, votes=1, remote=False, in_at=at,
            )
            for name, participant in HERE.items()
        )  # fmt: skip
