"""Many drafts at once, put straight into the database: what a test begins with, not what it tests."""

from uuid import UUID

from democracy.domain.ids import new_id
from democracy.domain.kinds import Category, Channel
from democracy.storage.tables.motion import ClauseRow, MotionRow, MoverRow
from tests.world import BEFORE, World
from workflows.motion import MotionState

MEMBERS = ("mover", "member", "co_mover", "delegate", "board", "chair", "auditor", "branch_chair")


async def drafts(world: World, count: int, clauses: int = 1) -> list[tuple[str, UUID]]:
    """So many complete drafts to the conference, by eight members in turn: the mover's name and the motion."""
    made = [(MEMBERS[number % len(MEMBERS)], new_id()) for number in range(count)]
    async with world.database.unit(BEFORE) as unit:
        for name, motion in made:
            unit.session.add(_motion(world, motion, name))
        await unit.session.flush()
        for name, motion in made:
            unit.session.add(_mover(world, motion, name))
            for number in range(1, clauses + 1):
                text = f"att distriktet ska göra det {number} gånger till nästa konferens."
                unit.session.add(ClauseRow(id=new_id(), motion_id=motion, number=number, text=text))
    return made


def _motion(world: World, motion: UUID, name: str) -> MotionRow:
    return MotionRow(
        id=motion,
        meeting_id=world.meeting,
        state=MotionState.DRAFT,
        category=Category.GENERAL,
        title="Kvällsbussar till Granvik",
        reasoning="Den sista bussen går 18.40. Den som arbetar kväll kommer inte hem.\n\n" * 4,
        created_at=BEFORE,
        created_by=world.members[name],
        channel=Channel.DIGITAL,
    )


def _mover(world: World, motion: UUID, name: str) -> MoverRow:
    return MoverRow(
        id=new_id(),
        motion_id=motion,
        member_id=world.members[name],
        position=0,
        channel=Channel.DIGITAL,
        invited_at=BEFORE,
        confirmed_at=BEFORE,
    )
