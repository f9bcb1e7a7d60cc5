"""A small organisation to try things in: a party, two districts, three branches, and somebody in every role."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from democracy.domain.actors import Actor, Anonymous, Clock, Member, Operator, Staff
from democracy.domain.ids import new_id
from democracy.domain.kinds import BodyKind, MandateRole, MeetingKind, UnitKind
from democracy.domain.swedish import sort_key
from democracy.services.meetings import Meetings, Plan
from democracy.storage import statutes
from democracy.storage.tables.member import MandateRow, MemberRow, MembershipRow, StaffRow
from democracy.storage.tables.unit import BodyRow, UnitAncestorRow, UnitRow
from democracy.storage.unit_of_work import Database, Unit
from democracy.workers import sequencer
from workflows.statutes import packaged

STARTS = datetime(2026, 3, 21, 9, 0, tzinfo=UTC)
"""The district conference begins 21 March 2026 at 10.00 Swedish time."""

DEADLINE = datetime(2026, 2, 7, 23, 0, tzinfo=UTC)
"""42 days before, that day included: 7 February at 24.00."""

BEFORE = datetime(2026, 1, 10, 12, 0, tzinfo=UTC)
SINCE = date(2020, 1, 1)


@dataclass
class World:
    """Ids of everybody and everything, by name."""

    database: Database
    units: dict[str, UUID] = field(default_factory=dict)
    bodies: dict[str, UUID] = field(default_factory=dict)
    members: dict[str, UUID] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    staff: UUID = field(default_factory=new_id)
    meeting: UUID = field(default_factory=new_id)
    next_meeting: UUID = field(default_factory=new_id)
    annual_meeting: UUID = field(default_factory=new_id)

    def over(self, database: Database) -> "World":
        """The same world in another database, where more people may be named without anybody else's knowing them."""
        return replace(
            self,
            database=database,
            units=dict(self.units),
            bodies=dict(self.bodies),
            members=dict(self.members),
            numbers=dict(self.numbers),
        )

    def actor(self, role: str) -> Actor:
        """Somebody by their role in this world."""
        others: dict[str, Actor] = {
            "anonymous": Anonymous(),
            "clock": Clock(),
            "operator": Operator(),
            "staff": Staff(self.staff),
        }
        return others[role] if role in others else Member(self.members[role])


PEOPLE = {
    # Name in this world: (given name, family name, branch)
    "mover": ("Sofia", "Ängvide", "granvik"),
    "member": ("Dawit", "Alehage", "granvik"),
    "co_mover": ("Karin", "Mossgren", "stenvika"),
    "outsider": ("Gustav", "Almhed", "elsewhere"),
    "delegate": ("Nils-Erik", "Sjöhage", "stenvika"),
    "board": ("Åsa", "Fridlöv", "stenvika"),
    "chair": ("Örjan", "Tegnvik", "granvik"),
    "secretary": ("Rami", "Lundhammar", "granvik"),
    "presidium": ("Gunhild", "Bergvide", "stenvika"),
    "meeting_secretary": ("Inga", "Malmrot", "stenvika"),
    "auditor": ("Yusuf", "Ekfors", "granvik"),
    "branch_chair": ("Tora", "Kvistmark", "granvik"),
    "branch_secretary": ("Elin", "Rosvik", "granvik"),
    "neighbour": ("Ludvig", "Hedmark", "stenvika"),
    "invited": ("Vera", "Sandmo", "stenvika"),
    "party_secretary": ("Mona", "Tallrot", "granvik"),
    "party_chair": ("Wira", "Edholt", "elsewhere"),
    "birger": ("Birger", "Östlid", "stenvika"),
}

WITHOUT_EMAIL = frozenset({"birger"})

MANDATES = (
    ("board", "district/board", MandateRole.MEMBER),
    ("chair", "district/board", MandateRole.CHAIR),
    ("secretary", "district/board", MandateRole.SECRETARY),
    ("delegate", "district/conference", MandateRole.DELEGATE),
    ("presidium", "district/conference", MandateRole.CHAIR),
    ("meeting_secretary", "district/conference", MandateRole.SECRETARY),
    ("auditor", "district/auditors", MandateRole.AUDITOR),
    ("branch_chair", "granvik/board", MandateRole.CHAIR),
    ("branch_secretary", "granvik/board", MandateRole.SECRETARY),
    ("party_secretary", "party/board", MandateRole.SECRETARY),
    ("party_chair", "party/board", MandateRole.CHAIR),
)


async def build(database: Database) -> World:
    """Make the world, with a called conference, the next one planned, and a branch's annual meeting."""
    world = World(database)
    async with database.unit(BEFORE - timedelta(days=400)) as unit:
        await _units(unit, world)
        await unit.session.flush()
        _bodies(unit, world)
        await _people(unit, world)
        await unit.session.flush()
        _mandates(unit, world)
        await unit.session.flush()
        await statutes.adopt(unit.session, world.units["party"], packaged("vansterpartiet"), unit.now)
        await statutes.adopt(unit.session, world.units["norrviken"], packaged("norrviken"), unit.now)
    await _meetings(world)
    # What made the world is over when a test begins: its steps have their places.
    await sequencer.drain(database)
    return world


async def _units(unit: Unit, world: World) -> None:
    tree = {
        "party": (None, UnitKind.PARTY, "Vänsterpartiet"),
        "norrviken": ("party", UnitKind.DISTRICT, "Norrvikens partidistrikt"),
        "granvik": ("norrviken", UnitKind.LOCAL_BRANCH, "Partiföreningen Granvik"),
        "stenvika": ("norrviken", UnitKind.LOCAL_BRANCH, "Partiföreningen Stenvika"),
        "norrmark": ("norrviken", UnitKind.LIGHT_BRANCH, "Norrmarks enkla förening"),
        "southern": ("party", UnitKind.DISTRICT, "Sydslättens partidistrikt"),
        "elsewhere": ("southern", UnitKind.LOCAL_BRANCH, "Partiföreningen Åmossen"),
    }
    for code, (parent, kind, name) in tree.items():
        world.units[code] = new_id()
        unit.session.add(
            UnitRow(
                id=world.units[code],
                parent_id=world.units[parent] if parent else None,
                kind=kind,
                code=code,
                name=name,
                sort_key=sort_key(name),
            )
        )
        await unit.session.flush()
        above: str | None = code
        distance = 0
        while above is not None:
            unit.session.add(
                UnitAncestorRow(unit_id=world.units[code], ancestor_id=world.units[above], distance=distance)
            )
            above, distance = tree[above][0], distance + 1


def _bodies(unit: Unit, world: World) -> None:
    bodies = {
        "party/congress": ("party", BodyKind.CONGRESS, "Kongressen"),
        "party/board": ("party", BodyKind.BOARD, "Partistyrelsen"),
        "district/conference": ("norrviken", BodyKind.DISTRICT_CONFERENCE, "Distriktsårskonferensen"),
        "district/board": ("norrviken", BodyKind.BOARD, "Distriktsstyrelsen"),
        "district/auditors": ("norrviken", BodyKind.AUDITORS, "Revisorerna"),
        "granvik/annual": ("granvik", BodyKind.ANNUAL_MEETING, "Årsmötet i Granvik"),
        "granvik/board": ("granvik", BodyKind.BOARD, "Styrelsen i Granvik"),
    }
    for code, (owner, kind, name) in bodies.items():
        world.bodies[code] = new_id()
        unit.session.add(
            BodyRow(
                id=world.bodies[code],
                unit_id=world.units[owner],
                kind=kind,
                code=code,
                name=name,
                sort_key=sort_key(name),
            )
        )


async def _people(unit: Unit, world: World) -> None:
    for index, (name, (given, family, branch)) in enumerate(PEOPLE.items(), start=1):
        world.members[name], world.numbers[name] = new_id(), f"{1000 + index}"
        email = None if name in WITHOUT_EMAIL else f"{name}@exempel.example"
        unit.session.add(
            MemberRow(
                id=world.members[name],
                number=world.numbers[name],
                given_name=given,
                family_name=family,
                sort_key=sort_key(f"{family} {given}"),
                email=email,
                email_key=email,
                language="sv",
                protected=False,
                joined_on=SINCE,
            )
        )
        await unit.session.flush()
        unit.session.add(
            MembershipRow(
                id=new_id(),
                member_id=world.members[name],
                unit_id=world.units[branch],
                voting=True,
                fee_paid_on=SINCE,
                effective_on=SINCE + timedelta(days=30),
            )
        )
    unit.session.add(
        StaffRow(
            id=world.staff,
            unit_id=world.units["norrviken"],
            name="Malin Åsbrink",
            email="malin@exempel.example",
            email_key="malin@exempel.example",
            title="Ombudsman",
            starts_on=SINCE,
        )
    )


def _mandates(unit: Unit, world: World) -> None:
    for name, body, role in MANDATES:
        unit.session.add(
            MandateRow(
                id=new_id(),
                member_id=world.members[name],
                body_id=world.bodies[body],
                role=role,
                position=0,
                starts_on=SINCE,
            )
        )


async def _meetings(world: World) -> None:
    secretary, branch = world.actor("secretary"), world.actor("branch_secretary")
    meetings = Meetings(world.database, BEFORE - timedelta(days=120))
    conference = Plan(
        body_id=world.bodies["district/conference"],
        board_id=world.bodies["district/board"],
        kind=MeetingKind.DISTRICT_CONFERENCE,
        name="Distriktsårskonferens 2026",
        starts_at=STARTS,
    )
    world.meeting = await meetings.plan(conference, actor=secretary)
    await meetings.call(world.meeting, actor=secretary)
    next_year = Plan(
        body_id=conference.body_id,
        board_id=conference.board_id,
        kind=conference.kind,
        name="Distriktsårskonferens 2027",
        starts_at=STARTS.replace(year=2027),
    )
    world.next_meeting = await meetings.plan(next_year, actor=secretary)
    annual = Plan(
        body_id=world.bodies["granvik/annual"],
        board_id=world.bodies["granvik/board"],
        kind=MeetingKind.ANNUAL_MEETING,
        name="Årsmöte i Granvik 2026",
        starts_at=datetime(2026, 2, 1, 13, 0, tzinfo=UTC),
    )
    world.annual_meeting = await meetings.plan(annual, actor=branch)
    await meetings.call(world.annual_meeting, actor=branch)
