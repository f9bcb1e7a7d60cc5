"""The world with a case in every stage, each text marked so that it is known again wherever it comes out."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from democracy.domain.ids import new_id
from democracy.domain.kinds import Fault, MeetingKind, Outcome, SentAs
from democracy.services.meetings import Meetings, Plan
from democracy.services.motions.admission import Admission, Ground
from democracy.services.motions.content import Content
from democracy.services.motions.decisions import Decisions, Verdict
from democracy.services.motions.drafting import Drafting, UnitMover
from democracy.services.motions.follow_ups import FollowUps
from democracy.services.motions.forwarding import Forwarding, Sending
from democracy.services.motions.replies import Recommendation, Replies, Reply
from democracy.storage.motions import ClauseText
from democracy.storage.tables.agenda import AgendaItemRow
from democracy.storage.tables.motion import ClauseRow
from democracy.workers.sequencer import drain
from tests.schema.permissions.ballot_seeds import seed_ballots
from tests.schema.permissions.case_seeds import Cases, seed_cases
from tests.schema.permissions.council_seeds import Councils, seed_councils
from tests.schema.permissions.debates import DebateMaker, Debates
from tests.schema.permissions.document_seeds import Papers, decide_papers, lay_papers
from tests.schema.permissions.election_seeds import Elected, seed_elections
from tests.schema.permissions.floors import debate
from tests.schema.permissions.item_seeds import ItemSeeds
from tests.schema.permissions.minutes_seeds import KEPT, Kept, keep
from tests.schema.permissions.post_seeds import seed_posts
from tests.schema.permissions.roll_seeds import seed_roll
from tests.schema.permissions.rooms import ROOMS, RoomMaker, Rooms
from tests.world import BEFORE, STARTS, World

AT = BEFORE
"""When everything happens, and when everybody looks."""

LATER = date(2026, 10, 1)
BOARD_DECISION = "DS 12 februari, § 8"


@dataclass
class Seeded:
    """Ids of the cases, by name."""

    world: World
    folder: Path
    """Where the secrets of the urns are kept."""
    motions: dict[str, UUID] = field(default_factory=dict)
    meetings: dict[str, UUID] = field(default_factory=dict)
    clauses: dict[str, Sequence[UUID]] = field(default_factory=dict)
    speeches: dict[str, UUID] = field(default_factory=dict)
    ballots: dict[str, UUID] = field(default_factory=dict)
    items: dict[str, UUID] = field(default_factory=dict)
    roll: dict[str, UUID] = field(default_factory=dict)
    """Reported places, somebody's presence and a fixed roll, of the meeting `attended`."""
    waiver: UUID = field(default_factory=new_id)
    papers: Papers = field(default_factory=Papers)
    urns: dict[str, UUID] = field(default_factory=dict)
    """The urns of those ballots that have one."""
    correction: UUID = field(default_factory=new_id)
    """A correction of the electorate of `ballot_announced`, proposed by the secretary."""
    objection: UUID = field(default_factory=new_id)
    """An objection against `ballot_due` that waits for its answer."""
    rooms: Rooms = field(default_factory=Rooms)
    kept: Kept = field(default_factory=Kept)
    debates: Debates = field(default_factory=Debates)
    elected: Elected = field(default_factory=Elected)
    posts: dict[str, UUID] = field(default_factory=dict)
    councils: Councils = field(default_factory=Councils)
    cases: Cases = field(default_factory=Cases)


def mark(motion: str, part: str) -> str:
    """A word that stands in this part of this motion and nowhere else: letters only, so that search finds it."""
    return f"zq{motion}{part}qz".replace("_", "")


async def seed(world: World, folder: Path) -> Seeded:
    """Take motions to every stage, in meetings of every kind; the urns' secrets go to the folder."""
    seeded = Seeded(world, folder)
    maker = _Maker(seeded)
    await maker.meetings()
    await maker.before_the_papers()
    await maker.in_the_papers()
    seeded.papers = await lay_papers(world, seeded.meetings)
    await maker.decided()
    await decide_papers(world, seeded.papers)
    await maker.sent_on()
    await maker.left_waiting()
    await maker.remember_clauses()
    items = ItemSeeds(world, seeded.meetings, AT)
    seeded.items |= await items.make()
    seeded.waiver = await items.set_aside()
    await maker.remember_items()
    await maker.voted_on()
    seeded.speeches = await debate(world, seeded.meetings["opened"], AT)
    seeded.ballots, seeded.urns, seeded.correction, seeded.objection = await seed_ballots(world, seeded.folder)
    await maker.open(*KEPT)
    seeded.kept = await keep(world, seeded.meetings, mark)
    seeded.roll = await seed_roll(world, AT)
    seeded.meetings["attended"] = seeded.roll.pop("attended")
    seeded.elected = await seed_elections(world, seeded.meetings, mark)
    seeded.posts = await seed_posts(world, mark)
    seeded.councils = await seed_councils(world, mark)
    seeded.cases = await seed_cases(world, AT, mark)
    await drain(world.database)
    return seeded


class _Maker:
    def __init__(self, seeded: Seeded) -> None:
        self.seeded, self.world = seeded, seeded.world
        database = self.world.database
        self.drafting, self.admission = Drafting(database, AT), Admission(database, AT)
        self.replies, self.decisions = Replies(database, AT), Decisions(database, AT)
        self.follow_ups, self.forwarding = FollowUps(database, AT), Forwarding(database, AT)
        self.meeting = Meetings(database, AT)
        self.mover, self.secretary = self.world.actor("mover"), self.world.actor("secretary")

    async def meetings(self) -> None:
        world, made = self.world, self.seeded.meetings
        made |= {"called": world.meeting, "planned": world.next_meeting, "branch": world.annual_meeting}
        plan = Plan(
            world.bodies["district/conference"], world.bodies["district/board"], MeetingKind.DISTRICT_CONFERENCE,
            "Extra konferens", STARTS + timedelta(days=1),
        )  # fmt: skip
        rooms = (f"room_{each}" for each in ROOMS)
        called = ("sent", "opened", "agenda", "paused", "idle", "closed", "deciding", *rooms, *KEPT)
        for name in called:
            made[name] = await self.meeting.plan(replace(plan, name=f"Konferens {name}"), actor=self.secretary)
            await self.meeting.call(made[name], actor=self.secretary)

    async def draft(self, name: str, meeting: str, *, alone: bool = False) -> UUID:
        """By the mover alone; or also by a co-mover, a branch, and with somebody who has not answered."""
        clauses = tuple(ClauseText(f"att {mark(name, part)} ska införas.") for part in ("first", "second"))
        content = Content(f"Motion {mark(name, 'title')}", f"Därför {mark(name, 'reasoning')}.", clauses)
        motion = await self.drafting.create(self.seeded.meetings[meeting], content, actor=self.mover)
        self.seeded.motions[name] = motion
        if alone:
            return motion
        numbers, granvik = self.world.numbers, self.world.units["granvik"]
        await self.drafting.invite(motion, numbers["co_mover"], actor=self.mover)
        await self.drafting.confirm(motion, actor=self.world.actor("co_mover"))
        await self.drafting.invite_unit(motion, granvik, actor=self.mover)
        decided = UnitMover(granvik, "Årsmötet, § 9", date(2026, 1, 5))
        await self.drafting.confirm(motion, decided, actor=self.world.actor("branch_chair"))
        await self.drafting.invite(motion, numbers["invited"], actor=self.mover)
        return motion

    async def submitted(self, name: str, meeting: str, *, alone: bool = False) -> UUID:
        motion = await self.draft(name, meeting, alone=alone)
        await self.drafting.submit(motion, actor=self.mover)
        return motion

    async def admitted(self, name: str, meeting: str, *, alone: bool = False) -> UUID:
        motion = await self.submitted(name, meeting, alone=alone)
        secretary = self.world.actor("branch_secretary") if meeting in {"branch", "left"} else self.secretary
        await self.admission.admit(motion, actor=secretary)
        return motion

    async def prepared(self, name: str, meeting: str) -> UUID:
        motion = await self.admitted(name, meeting)
        reply = Reply(
            reasons=f"Styrelsen anser {mark(name, 'reply')}.",
            recommendations=(
                Recommendation(1, Outcome.APPROVE_REWORDED, wording=f"att {mark(name, 'wording')} prövas."),
                Recommendation(2, Outcome.REJECT),
            ),
            decision=BOARD_DECISION,
            present=3,
        )
        await self.replies.adopt(motion, reply, actor=self.secretary)
        await self.replies.reserve(motion, f"Jag vill {mark(name, 'reservation')}.", actor=self.world.actor("board"))
        return motion

    async def scheduled(self, name: str, meeting: str) -> UUID:
        motion = await self.prepared(name, meeting)
        await self.decisions.schedule(motion, actor=self.secretary)
        return motion

    async def refused(self, name: str, meeting: str) -> UUID:
        motion = await self.submitted(name, meeting)
        ground = Ground(Fault.CATEGORY, f"Stoppad {mark(name, 'ground')}.", BOARD_DECISION)
        await self.admission.refuse(motion, ground, actor=self.secretary)
        return motion

    async def before_the_papers(self) -> None:
        await self.draft("draft", "called")
        withdrawn = await self.draft("withdrawn_draft", "called", alone=True)
        await self.drafting.withdraw(withdrawn, actor=self.mover)
        abroad = await self.draft("abroad", "called", alone=True)
        await self.drafting.invite(abroad, self.world.numbers["outsider"], actor=self.mover)
        submitted = await self.submitted("submitted", "called")
        await self.admission.note_fault(
            submitted, Fault.LOCKED_TEXT, f"Kanske {mark('submitted', 'fault')}.", actor=self.world.actor("staff")
        )
        await self.submitted("alone", "called", alone=True)
        returned = await self.submitted("returned", "called")
        note = f"Komplettera {mark('returned', 'completion')}."
        await self.admission.return_(returned, note, AT + timedelta(days=7), actor=self.secretary)
        await self.admitted("admitted", "called")
        await self.prepared("prepared", "called")

    async def in_the_papers(self) -> None:
        await self.prepared("papers", "sent")
        await self.meeting.send_papers(self.seeded.meetings["sent"], actor=self.secretary)

    async def decided(self) -> None:
        await self.scheduled("scheduled", "opened")
        await self.refused("stopped", "opened")
        meetings = {"decided": "opened", "assigned": "opened", "finished": "closed"}
        for name, meeting in meetings.items():
            await self.scheduled(name, meeting)
        await self.open("opened", "agenda", "paused", "idle", "closed")
        for name in meetings:
            await self.decide(name, "meeting_secretary")
        await self.assigned("assigned")
        for clause in await self.assigned("finished"):
            await self.follow_ups.report(clause, "Klart.", actor=self.secretary)
        await self.meeting.close(self.seeded.meetings["closed"], actor=self.secretary)

    async def sent_on(self) -> None:
        """A branch's motion that went on to the district, and one that may."""
        secretary = self.world.actor("branch_secretary")
        for name in ("origin", "local"):
            motion = await self.admitted(name, "branch", alone=True)
            await self.decisions.schedule(motion, actor=secretary)
        await self.meeting.send_papers(self.seeded.meetings["branch"], actor=secretary)
        await self.meeting.open(self.seeded.meetings["branch"], actor=secretary)
        for name in ("origin", "local"):
            await self.decide(name, "branch_secretary")
        sending = Sending(self.seeded.meetings["called"], SentAs.ADOPTED, "Årsmötet, § 12", date(2026, 1, 9))
        origin = self.seeded.motions["origin"]
        self.seeded.motions["forwarded"] = await self.forwarding.send_on(origin, sending, actor=secretary)

    async def left_waiting(self) -> None:
        """What a branch's meeting referred back before the next one was planned."""
        secretary, bodies, made = self.world.actor("branch_secretary"), self.world.bodies, self.seeded.meetings
        plan = Plan(
            bodies["granvik/annual"], bodies["granvik/board"], MeetingKind.ANNUAL_MEETING, "Extra årsmöte", STARTS
        )
        made["left"] = await self.meeting.plan(plan, actor=secretary)
        await self.meeting.call(made["left"], actor=secretary)
        motion = await self.admitted("waiting", "left", alone=True)
        await self.decisions.schedule(motion, actor=secretary)
        await self.meeting.send_papers(made["left"], actor=secretary)
        await self.meeting.open(made["left"], actor=secretary)
        for clause in await self.clause_ids(motion):
            back = Verdict(Outcome.REFER_BACK, recipient="Styrelsen")
            await self.decisions.decide(clause, back, actor=secretary)
        await self.meeting.close(made["left"], actor=secretary)
        made["later"] = await self.meeting.plan(replace(plan, name="Årsmöte 2027"), actor=secretary)

    async def open(self, *names: str) -> None:
        for name in names:
            await self.meeting.send_papers(self.seeded.meetings[name], actor=self.secretary)
            await self.meeting.open(self.seeded.meetings[name], actor=self.world.actor("presidium"))

    async def decide(self, name: str, by: str) -> None:
        for clause in await self.clause_ids(self.seeded.motions[name]):
            await self.decisions.decide(clause, Verdict(Outcome.APPROVE), actor=self.world.actor(by))

    async def assigned(self, name: str) -> Sequence[UUID]:
        """Give what was decided to the board of the branch."""
        clauses = await self.clause_ids(self.seeded.motions[name])
        for clause in clauses:
            await self.follow_ups.assign(clause, self.world.bodies["granvik/board"], LATER, actor=self.secretary)
        return clauses

    async def clause_ids(self, motion: UUID) -> Sequence[UUID]:
        statement = select(ClauseRow.id).where(ClauseRow.motion_id == motion).order_by(ClauseRow.number)
        async with self.world.database.read() as connection:
            return (await connection.execute(statement)).scalars().all()

    async def remember_clauses(self) -> None:
        for name, motion in self.seeded.motions.items():
            self.seeded.clauses[name] = await self.clause_ids(motion)

    async def voted_on(self) -> None:
        """Meetings in which something is voted on."""
        await self.open("deciding", *(f"room_{each}" for each in ROOMS))
        meetings = {each: self.seeded.meetings[f"room_{each}"] for each in ROOMS}
        self.seeded.rooms = await RoomMaker(self.world, meetings, mark).furnish()
        self.seeded.debates = await DebateMaker(self.world, self.seeded.meetings["deciding"], mark).furnish()

    async def remember_items(self) -> None:
        names = {motion: name for name, motion in self.seeded.motions.items()}
        statement = select(AgendaItemRow.id, AgendaItemRow.motion_id).where(AgendaItemRow.motion_id.is_not(None))
        async with self.world.database.read() as connection:
            for item, motion in await connection.execute(statement):
                if motion is not None:
                    self.seeded.items[f"item_of_{names[motion]}"] = item
