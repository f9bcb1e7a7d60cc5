"""A conference in progress with delegates who were reported in time and late, one of them there, and a fixed roll."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from democracy.domain.kinds import MeetingKind
from democracy.services.meetings import Meetings, Plan
from democracy.services.proceedings.allotment import Allotments
from democracy.services.proceedings.delegates import Delegations, Named, Report
from democracy.services.proceedings.presence import Door, Presences
from democracy.services.proceedings.roll import Rolls
from democracy.storage.tables.roll import DelegateRow
from tests.world import World

REMOTE = "https://video.example/zqattendedremoteqz"


async def seed_roll(world: World, at: datetime) -> dict[str, UUID]:
    """The meeting and what belongs to it, by the names in the table."""
    made: dict[str, UUID] = {}
    secretary, staff, presidium = world.actor("secretary"), world.actor("staff"), world.actor("presidium")
    meetings = Meetings(world.database, at)
    plan = Plan(
        world.bodies["district/conference"], world.bodies["district/board"], MeetingKind.DISTRICT_CONFERENCE,
        "Pågående konferens", at - timedelta(hours=1), remote_access=REMOTE,
    )  # fmt: skip
    meeting = made["attended"] = await meetings.plan(plan, actor=secretary)
    await meetings.call(meeting, actor=secretary)
    await Allotments(world.database, at).freeze(meeting, actor=secretary)
    early, delegations = at - timedelta(days=30), Delegations(world.database, at)
    for branch, name in (("granvik", "mover"), ("stenvika", "delegate")):
        people = (Named(world.members[name]),)
        report = Report(meeting, world.units[branch], "Årsmötet § 9", people, received_at=early)
        await delegations.report(report, actor=staff)
    await meetings.open(meeting, actor=presidium)
    made["there"] = await Presences(world.database, at).check_in(meeting, Door(), actor=world.actor("delegate"))
    made["roll"] = await Rolls(world.database, at).adjust(meeting, actor=presidium)
    substitute = (Named(world.members["member"]),)
    late = Report(meeting, world.units["granvik"], "Möte § 2", substitutes=substitute)
    await delegations.report(late, actor=staff)
    async with world.database.read() as connection:
        rows = await connection.execute(
            select(DelegateRow.member_id, DelegateRow.id).where(DelegateRow.meeting_id == meeting)
        )
        places = {row.member_id: row.id for row in rows}
    names = {"place": "mover", "other_place": "delegate", "late": "member"}
    return made | {case: places[world.members[name]] for case, name in names.items()}
