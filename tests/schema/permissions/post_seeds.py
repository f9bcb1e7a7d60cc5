"""Posts: a role template that is in force and a mandate that can be left; each text marked."""

from collections.abc import Callable
from uuid import UUID

from sqlalchemy import select

from democracy.domain.ids import new_id
from democracy.domain.kinds import BodyKind, HandoverKind, MandateRole
from democracy.services.handovers import Handovers
from democracy.services.role_templates import RoleTemplates, Template
from democracy.services.seats_by_right import Seat, SeatsByRight
from democracy.storage.tables.member import MandateRow
from democracy.storage.tables.post import HandoverLineRow
from tests.elections import committee_body
from tests.world import BEFORE, World

MANDATES = ("mandate_board",)
TEMPLATES = ("template_auditor",)
SEATS = ("seat_auditor",)


async def seed_posts(world: World, mark: Callable[[str, str], str]) -> dict[str, UUID]:
    """The auditors of the district must be two, and are one. Ids by case."""
    service = RoleTemplates(world.database, BEFORE)
    template = Template(
        f"Revisor {mark('template', 'title')}", BodyKind.AUDITORS, MandateRole.AUDITOR, holders=2,
        expectations=f"Noggrann {mark('template', 'expected')}.", must_be_filled=True,
    )  # fmt: skip
    adopted = await service.adopt(world.units["norrviken"], template, "DS § 8", actor=world.actor("secretary"))
    async with world.database.read() as connection:
        place = (MandateRow.member_id == world.members["board"], MandateRow.role == MandateRole.MEMBER)
        mandate = (await connection.execute(select(MandateRow.id).where(*place))).scalar_one()
    committee = await _committee(world)
    seat = Seat(world.bodies["district/auditors"], MandateRole.AUDITOR, f"DS {mark('seat', 'decision')}")
    granted = await SeatsByRight(world.database, BEFORE).grant(committee, seat, actor=world.actor("secretary"))
    handovers, holder = Handovers(world.database, BEFORE), world.actor("board")
    await handovers.draw_up(mandate, actor=holder)
    await handovers.add(mandate, f"Nyckel {mark('handover', 'line')}", actor=holder)
    async with world.database.read() as connection:
        written = select(HandoverLineRow.id).where(HandoverLineRow.kind == HandoverKind.OTHER)
        line = (await connection.execute(written)).scalar_one()
    return {
        "template_auditor": adopted, "mandate_board": mandate, "seat_auditor": granted, "committee": committee,
        "line": line,
    }  # fmt: skip


async def _committee(world: World) -> UUID:
    body = new_id()
    async with world.database.unit(BEFORE) as unit:
        unit.session.add(committee_body(body, world.units["norrviken"]))
    return body
