"""A conference in which people ask for the floor: who asks, when, and what the list says."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, update

from democracy.domain.actors import Actor
from democracy.domain.ids import new_id
from democracy.domain.kinds import Gender
from democracy.services.proceedings.floor import Floor, Request
from democracy.services.proceedings.floor_rules import FloorRules
from democracy.storage.reads import floor as listed
from democracy.storage.tables.agenda import AgendaItemRow, WaiverRow
from democracy.storage.tables.floor import SpeechRow
from democracy.storage.tables.member import MemberRow
from democracy.storage.tables.roll import PresenceRow
from democracy.storage.tables.step import StepRow
from tests.conference import NOW, Conference
from workflows.engine import StepDenied
from workflows.item import ItemState
from workflows.proceedings import ItemKind, SpeechKind
from workflows.statutes import Participant

MINUTE = timedelta(minutes=1)
REPLY, ORDER = Request(SpeechKind.REPLY), Request(SpeechKind.POINT_OF_ORDER)


async def open_item(made: Conference, **more: object) -> UUID:
    values = {"kind": ItemKind.OTHER, "state": ItemState.OPEN, "position": 14, "number": 14, "title": "Plan", **more}
    async with made.world.database.unit(NOW) as unit:
        item = AgendaItemRow(id=new_id(), meeting_id=made.meeting, opened_at=NOW, **values)
        unit.session.add(item)
    return item.id


def at(made: Conference, minutes: float = 0) -> Floor:
    return Floor(made.world.database, NOW + minutes * MINUTE)


def rules(made: Conference, minutes: float = 0) -> FloorRules:
    return FloorRules(made.world.database, NOW + minutes * MINUTE)


async def ask(made: Conference, who: Actor, minutes: float = 0, asked: Request | None = None) -> UUID:
    return await at(made, minutes).request(made.meeting, asked or Request(), actor=who)


async def refusals(call: object) -> set[str]:
    with pytest.raises(StepDenied) as raised:
        await call  # type: ignore[misc]  # a coroutine
    return {denial.code for denial in raised.value.denials}


async def in_line(made: Conference) -> list[UUID]:
    """Who speaks and waits, in order."""
    async with made.world.database.read() as connection:
        return [view.id for view in await listed.on_the_list(connection, [made.meeting])]


async def row(made: Conference, speech: UUID) -> SpeechRow:
    async with made.world.database.unit(NOW) as unit:
        return await unit.floor.speech(speech)


async def steps(made: Conference) -> list[tuple[str, UUID | None]]:
    async with made.world.database.read() as connection:
        found = await connection.execute(
            select(StepRow.rule, StepRow.meeting_id)
            .where(StepRow.workflow.in_(["speech", "floor"]))
            .order_by(StepRow.id)
        )
        return [(rule, meeting) for rule, meeting in found]


def outcome(found: UUID | BaseException) -> str:
    if isinstance(found, StepDenied):
        return found.denials[0].code
    assert isinstance(found, UUID), found
    return str(found)


def here_as_mover(made: Conference, member: UUID) -> PresenceRow:
    return PresenceRow(
        id=new_id(), meeting_id=made.meeting, member_id=member, participant=Participant.MOVER, speaks=False,
        proposes=False, speaks_as_mover=True, voting=False, votes=1, remote=False, in_at=NOW,
    )  # fmt: skip


async def declare(made: Conference, genders: dict[int, Gender | None]) -> None:
    async with made.world.database.unit(NOW) as unit:
        for index, gender in genders.items():
            await unit.session.execute(update(MemberRow).where(MemberRow.id == made.ombud[index]).values(gender=gender))


async def item_of(made: Conference) -> UUID:
    async with made.world.database.read() as connection:
        return (await connection.execute(select(AgendaItemRow.id))).scalar_one()


async def waive(made: Conference, code: str) -> None:
    """As the meeting has decided."""
    waiver = WaiverRow(
        id=new_id(), meeting_id=made.meeting, item_id=await item_of(made), workflow="speech", code=code,
        reason="Mötet vill höra fler.", decided_at=NOW,
    )  # fmt: skip
    async with made.world.database.unit(NOW) as unit:
        unit.session.add(waiver)
