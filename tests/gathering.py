"""A district conference that its services prepare: 23 branches, 220 delegates, 81 motions, a plan of 64 paragraphs."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from democracy.domain.actors import Actor, Member
from democracy.domain.ids import new_id
from democracy.domain.kinds import Category, Outcome, UnitKind
from democracy.domain.swedish import sort_key
from democracy.services.documents.amending import Amending
from democracy.services.documents.places import Change
from democracy.services.meetings import Meetings
from democracy.services.motions.admission import Admission
from democracy.services.motions.content import Content
from democracy.services.motions.decisions import Decisions
from democracy.services.motions.drafting import Drafting
from democracy.services.motions.replies import Recommendation, Replies, Reply
from democracy.services.proceedings.agenda import Agenda, Item
from democracy.services.proceedings.allotment import Allotments
from democracy.services.proceedings.delegates import Delegations, Named, Report
from democracy.services.proceedings.presence import Door, Presences
from democracy.storage.motions import ClauseText
from democracy.storage.tables.member import MemberRow, MembershipRow
from democracy.storage.tables.unit import UnitAncestorRow, UnitRow
from democracy.storage.unit_of_work import Unit
from tests.conference import Conference
from tests.deciding import Hall
from tests.documents import Plan, proposed
from tests.world import BEFORE, SINCE, STARTS, World
from workflows.proceedings import Formality, ItemKind, PlaceOperation

DELEGATES, SUBSTITUTES = 220, 2
SEATS_PER = 20
"""The statutes give a seat for each started twenty members."""
OWN = ("granvik", "stenvika")
"""The world's own branches, which have a seat each."""
NAMES = (
    "Almdal", "Björkskär", "Dalby", "Ekholma", "Forsvik", "Gransele", "Hallmyr", "Kvarnåker", "Lindö", "Mossbo",
    "Norrby", "Ormsjö", "Rosvik", "Sandhem", "Sundbro", "Tallmo", "Ulvsund", "Vallinge", "Vassmyra", "Åbacka",
    "Östervall",
)  # fmt: skip
GIVEN = (
    "Ada", "Bo", "Cilla", "Disa", "Egon", "Frida", "Greta", "Hugo", "Ines", "Jon", "Karin", "Lo", "Maj", "Nils", "Olga",
    "Per", "Rut", "Sten", "Tyra", "Ulf",
)  # fmt: skip
FAMILY = (
    "Alm", "Berg", "Dahl", "Ek", "Fors", "Gran", "Hed", "Kvist", "Lind", "Mo", "Näs", "Rot", "Sjö", "Tall", "Vik", "Ås",
    "Öst",
)  # fmt: skip
MOTIONS, CLAUSES, IN_BLOCK = 81, 240, 66
PARAGRAPHS, AMENDMENTS = 64, 60
QUOTED = "1"
"""The paragraph that quotes the programme."""


@dataclass
class Gathering(Hall):
    """The conference, where a few seconds pass with each act."""

    seconds: int = 15
    motions: list[UUID] = field(default_factory=list)
    items: dict[str, UUID] = field(default_factory=dict)
    """By title."""
    plan: Plan | None = None
    waiting: list[UUID] = field(default_factory=list)
    """Substitutes, two for each branch that has several seats."""

    def service(self, kind: type[Any]) -> Any:
        self.now += timedelta(seconds=self.seconds)
        return super().service(kind)

    @property
    def office(self) -> Actor:
        """The board's secretary, who prepares it."""
        return self.world.actor("secretary")


async def gathered(world: World) -> Gathering:
    """Everything until the doors have been opened and all the delegates are there."""
    hall = Gathering(Conference(world), now=BEFORE)
    branches = await _enrol(hall)
    await hall.service(Allotments).freeze(world.meeting, actor=hall.office)
    await _report(hall, branches)
    await _agenda(hall)
    await _motions(hall)
    await _amendments(hall)
    hall.now = STARTS - timedelta(days=21)
    await hall.service(Meetings).send_papers(world.meeting, actor=hall.office)
    await _arrive(hall)
    return hall


async def _enrol(hall: Gathering) -> dict[UUID, list[UUID]]:
    """Who could be sent, by branch: the seats follow from how many they are."""
    world = hall.world
    found: dict[UUID, list[UUID]] = {
        world.units["granvik"]: [world.members[each] for each in ("mover", "member")],
        world.units["stenvika"]: [world.members[each] for each in ("delegate", "co_mover")],
    }
    seats = [10 + (index < DELEGATES - len(OWN) - 10 * len(NAMES)) for index in range(len(NAMES))]
    async with world.database.unit(BEFORE - timedelta(days=300)) as unit:
        for name, count in zip(NAMES, seats, strict=True):
            branch = await _branch(unit, world, name)
            found[branch] = _members(unit, branch, len(found), count * SEATS_PER - 9)[: count + SUBSTITUTES]
            await unit.session.flush()
    return found


async def _branch(unit: Unit, world: World, name: str) -> UUID:
    row = UnitRow(
        id=new_id(), parent_id=world.units["norrviken"], kind=UnitKind.LOCAL_BRANCH, code=sort_key(name),
        name=f"Partiföreningen {name}", sort_key=sort_key(name),
    )  # fmt: skip
    unit.session.add(row)
    await unit.session.flush()
    above = (row.id, world.units["norrviken"], world.units["party"])
    unit.session.add_all(UnitAncestorRow(unit_id=row.id, ancestor_id=key, distance=at) for at, key in enumerate(above))
    return row.id


def _members(unit: Unit, branch: UUID, place: int, count: int) -> list[UUID]:
    rows = []
    for index in range(count):
        given, family = GIVEN[(index + 3 * place) % len(GIVEN)], FAMILY[(index * 7 + place) % len(FAMILY)]
        family = f"{family}{('', 'gren', 'berg', 'ström', 'dal')[(index + place) % 5]}"
        rows.append(
            MemberRow(
                id=new_id(), number=f"{place:02}{index:04}", given_name=given, family_name=family,
                sort_key=sort_key(f"{family} {given}"), language="sv", protected=False, joined_on=SINCE,
            )
        )  # fmt: skip
    unit.session.add_all(rows)
    unit.session.add_all(
        MembershipRow(
            id=new_id(), member_id=row.id, unit_id=branch, voting=True, fee_paid_on=SINCE,
            effective_on=SINCE + timedelta(days=30),
        )
        for row in rows
    )  # fmt: skip
    return [row.id for row in rows]


async def _report(hall: Gathering, branches: dict[UUID, list[UUID]]) -> None:
    """Each branch's delegates take turns, so that neighbours on the list come from different branches."""
    sent: list[list[UUID]] = []
    for branch, people in branches.items():
        spare = min(SUBSTITUTES, len(people) - 1)
        delegates, substitutes = people[:-spare], people[-spare:]
        report = Report(
            hall.world.meeting, branch, "Årsmötet § 9", tuple(Named(each) for each in delegates),
            tuple(Named(each) for each in substitutes),
        )  # fmt: skip
        await hall.service(Delegations).report(report, actor=hall.office)
        sent.append(delegates)
        hall.waiting += substitutes
    most = max(len(each) for each in sent)
    hall.conference.ombud += [each[turn] for turn in range(most) for each in sent if turn < len(each)]
    assert len(hall.conference.ombud) == DELEGATES


async def _agenda(hall: Gathering) -> None:
    for form in Formality:
        await _point(hall, Item(ItemKind.FORMALITIES, FORMS[form], form))
    await _point(hall, Item(ItemKind.REPORT, "Verksamhetsberättelse", presenter="Örjan Tegnvik (DS)"))
    await _point(hall, Item(ItemKind.DISCHARGE, "Ansvarsfrihet för distriktsstyrelsen"))
    await _point(hall, Item(ItemKind.MOTION_BLOCK, "Motioner i block"))


FORMS = {
    Formality.ROLL: "Röstlängd", Formality.CHAIR: "Val av mötesordförande",
    Formality.SECRETARY: "Val av mötessekreterare",
    Formality.VERIFIERS: "Val av justerare", Formality.TELLERS: "Val av rösträknare",
    Formality.NOTICE: "Mötets utlysning", Formality.AGENDA: "Dagordning", Formality.PROCEDURE: "Mötesordning",
}  # fmt: skip


async def _point(hall: Gathering, item: Item) -> None:
    hall.items[item.title] = await hall.service(Agenda).add(hall.world.meeting, item, actor=hall.office)


async def _motions(hall: Gathering) -> None:
    """The first of them in the block; 79 with three att-satser, one with two and one with one."""
    for index in range(MOTIONS):
        count = {MOTIONS - 1: 1, MOTIONS - 2: 2}.get(index, 3)
        await _motion(hall, index, count)


async def _motion(hall: Gathering, index: int, count: int) -> None:
    texts = [f"att distriktet under 2026 prövar förslag {index + 1}.{part}" for part in range(1, count + 1)]
    content = Content(f"Förslag {index + 1}", "Det behövs.", tuple(map(ClauseText, texts)), Category.GENERAL)
    mover = hall.ombud(index)
    motion: UUID = await hall.service(Drafting).create(hall.world.meeting, content, actor=mover)
    await hall.service(Drafting).submit(motion, actor=mover)
    await hall.service(Admission).admit(motion, actor=hall.office)
    outcomes: Sequence[Outcome] = (Outcome.REJECT, Outcome.APPROVE, Outcome.CONSIDERED_ANSWERED)
    advice = tuple(Recommendation(part, outcomes[(index + part) % 3]) for part in range(1, count + 1))
    reply = Reply("Se vad som redan görs.", advice, "DS 9 januari, § 8", present=3)
    await hall.service(Replies).adopt(motion, reply, actor=hall.office)
    block = hall.items["Motioner i block"] if index < IN_BLOCK else None
    title = f"Förslag {index + 1}"
    await _point(hall, Item(ItemKind.MOTION, title, motion_id=motion, block_id=block))
    await hall.service(Decisions).schedule(motion, actor=hall.office)
    hall.motions.append(motion)


def text_of_plan() -> str:
    """Numbered paragraphs under headings, the first of them a quotation."""
    lines = ["## Inledning", "", "1. *Arbete är mer än lön. Det binder oss samman.*", "*Ur Solpartiets program*"]
    for number in range(2, PARAGRAPHS + 1):
        if number % 8 == 0:
            lines += ["", f"## Område {number // 8}", ""]
        lines.append(f"{number}. Distriktet arbetar med uppgift {number} under året.")
    return "\n".join(lines)


async def _amendments(hall: Gathering) -> None:
    """Rivals on one passage in two, additions, a passage that moves."""
    plan = hall.plan = await proposed(hall.world, text=text_of_plan())
    numbers = [2 + (index * 5) % 31 for index in range(AMENDMENTS - 6)]
    changes = [
        Change(PlaceOperation.REPLACE, plan.keys[str(number)], text=f"Distriktet gör uppgift {number} på sätt {way}.")
        for way, number in enumerate(numbers, start=1)
    ]
    changes += [Change(PlaceOperation.DELETE, plan.keys[str(number)]) for number in (5, 40)]
    changes += [Change(PlaceOperation.INSERT, plan.keys[at], text=f"Nytt efter {at}.") for at in ("1", "50", "64")]
    changes.append(Change(PlaceOperation.MOVE, plan.keys["60"], to_paragraph_id=plan.keys["33"]))
    for index, change in enumerate(changes):
        await hall.service(Amending).submit(plan.id, change, actor=hall.ombud(100 + index))
    await _point(hall, Item(ItemKind.PROPOSAL, "Verksamhetsplan", document_id=plan.id))


async def _arrive(hall: Gathering) -> None:
    hall.now = STARTS - timedelta(hours=2)
    table = [hall.chair, hall.secretary, *(hall.world.actor(each) for each in ("board", "chair", "secretary"))]
    people = [*table, *(Member(each) for each in hall.conference.ombud)]
    for each in people:
        await hall.service(Presences).check_in(hall.world.meeting, Door(), actor=each)


def moment(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of the conference, whose first day is 1, by Swedish time."""
    return STARTS.replace(hour=0) + timedelta(days=day - 1, hours=hour - 1, minutes=minute)
