"""Posts: a role template that is in force and a mandate that can be left; each text marked."""

from collections.abc import Callable
from uuid import UUID

from sqlalchemy import select

from democracy.domain.kinds import BodyKind, MandateRole
from democracy.services.role_templates import RoleTemplates, Template
from democracy.storage.tables.member import MandateRow
from tests.world import BEFORE, World

MANDATES = ("mandate_board",)
TEMPLATES = ("template_auditor",)


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
    return {"template_auditor": adopted, "mandate_board": mandate}
