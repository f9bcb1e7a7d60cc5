"""A meeting in progress that has come to a matter: proposals, the order of questions, the gavel."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, update

from democracy.domain.actors import Actor, Member
from democracy.domain.ids import new_id
from democracy.domain.kinds import Category, Outcome
from democracy.errors import DemocracyError
from democracy.services.motions.admission import Admission
from democracy.services.motions.content import Content
from democracy.services.motions.decisions import Decisions
from democracy.services.motions.drafting import Drafting
from democracy.services.motions.replies import Recommendation, Replies, Reply
from democracy.services.proceedings.announcing import Announcing
from democracy.services.proceedings.divisions import Divisions, Handed, Way
from democracy.services.proceedings.gavel import Gavel, Named
from democracy.services.proceedings.matters import Matters
from democracy.services.proceedings.orders import Orders, Suggestion
from democracy.services.proceedings.outcome import Count
from democracy.services.proceedings.preparing import prepare_matters, prepare_passage
from democracy.services.proceedings.proposal_steps import Wording
from democracy.services.proceedings.proposals import Proposals
from democracy.services.proceedings.receipt import Receipt
from democracy.storage import proposals, statutes
from democracy.storage.motions import ClauseText
from democracy.storage.tables.agenda import AgendaItemRow
from democracy.storage.tables.matter import MatterDecisionRow, MatterRow, ProposalRow, QuestionRow
from democracy.storage.tables.meeting import MeetingRow
from democracy.storage.tables.motion import ClauseRow, DecisionRow
from democracy.storage.tables.step import StepRow
from tests.conference import NOW, Conference, conference
from tests.world import BEFORE, World
from workflows.engine import StepDenied
from workflows.item import ItemState
from workflows.matter import MatterState
from workflows.motion import MotionState
from workflows.proceedings import Choice, DivisionMethod, ItemKind, ProposalKind
from workflows.proposal import ProposalState
from workflows.question import QuestionState
from workflows.statutes import packaged, resolve

OWN = Receipt()


class NothingPutError(DemocracyError):
    """The chair has put no question that this could be about."""


@dataclass
class Hall:
    """A conference at one matter."""

    conference: Conference
    item: UUID = field(default_factory=new_id)
    matter: UUID = field(default_factory=new_id)
    now: datetime = NOW

    @property
    def world(self) -> World:
        return self.conference.world

    @property
    def chair(self) -> Member:
        return self.conference.presidium

    @property
    def secretary(self) -> Member:
        return self.conference.meeting_secretary

    @property
    def board(self) -> Actor:
        return self.world.actor("board")

    def ombud(self, index: int) -> Member:
        return self.conference.actor(index)

    def service(self, kind: type[Any]) -> Any:
        """Use cases, as a request asks for them now."""
        return kind(self.world.database, self.now)

    async def propose(
        self, kind: ProposalKind, text: str = "", *, by: Actor | None = None, receipt: Receipt = OWN, **more: Any
    ) -> UUID:
        """Somebody proposes something; an addition adds to the matter unless it says something else."""
        if kind is ProposalKind.ADDITION:
            more.setdefault("adds_to", self.matter)
        service = self.service(Proposals)
        found: UUID = await service.make(self.matter, Wording(kind, text, **more), receipt, actor=by or self.ombud(0))
        return found

    async def debate_over(self) -> None:
        """The chair closes the debate."""
        await self.service(Matters).close_debate(self.matter, actor=self.chair)

    async def order(self, suggestion: Suggestion | None = None, by: Actor | None = None) -> None:
        """Somebody proposes an order of questions: the chair, unless somebody else does."""
        await self.service(Orders).propose(self.matter, suggestion or Suggestion(), OWN, actor=by or self.chair)

    async def approve(self) -> None:
        """The meeting approves the order."""
        await self.service(Orders).approve(self.matter, actor=self.chair)

    async def ordered(self, suggestion: Suggestion | None = None) -> None:
        """From the debate to the first question."""
        await self.debate_over()
        await self.order(suggestion)
        await self.approve()

    async def name(self, found: UUID | Choice) -> UUID:
        """The chair names what was found on the question that is being put."""
        question = await self.put()
        named = Named(answer=found) if isinstance(found, Choice) else Named(proposal=found)
        await self.service(Gavel).name(question, named, actor=self.chair)
        return question

    async def gavel(self, **more: Any) -> UUID:
        """The gavel falls on what was named last."""
        question = await self.put()
        await self.service(Gavel).fall(question, actor=self.chair, **more)
        return question

    async def find(self, found: UUID | Choice) -> None:
        """Acclamation, and the gavel."""
        await self.name(found)
        await self.gavel()

    async def ask_division(self, by: Actor | None = None) -> UUID:
        """Somebody asks for a division on the question that is being put."""
        question = await self.put()
        await self.service(Divisions).request(question, Handed(), actor=by or self.ombud(0))
        return question

    async def vote(self, yes: int, no: int, abstained: int = 0) -> None:
        """The division that comes next, by cards."""
        await self.count(await self.open_division(), yes, no, abstained)

    async def open_division(self) -> UUID:
        """The chair opens the division that comes next."""
        asked = await self.deepest(QuestionState.DIVIDING)
        service = self.service(Divisions)
        opened: UUID = await service.open(asked, Way(DivisionMethod.SHOW_OF_CARDS), actor=self.chair)
        return opened

    async def count(self, division: UUID, yes: int, no: int, abstained: int = 0) -> None:
        """The figures are given in and announced."""
        await self.service(Divisions).close(division, Count(yes, no, abstained), actor=self.chair)
        await self.service(Announcing).announce(division, actor=self.chair)

    async def put(self) -> UUID:
        """The question that is being put: the deepest one on which the gavel can fall or a division be asked for."""
        return await self.deepest(QuestionState.PUT, QuestionState.NAMED)

    async def deepest(self, *states: QuestionState) -> UUID:
        """The last question in one of these states. Raises NothingPutError where there is none."""
        found = [row.id for row in await self.questions() if row.state in states]
        if not found:
            raise NothingPutError
        return found[-1]

    async def questions(self) -> list[QuestionRow]:
        """The questions of the orders that stand."""
        async with self.world.database.unit(self.now) as unit:
            return list(await unit.matters.questions(self.matter))

    async def proposals(self) -> dict[str, ProposalRow]:
        """By label."""
        async with self.world.database.unit(self.now) as unit:
            return {row.label: row for row in await unit.matters.proposals(self.matter)}

    async def states(self) -> dict[str, ProposalState]:
        """Where each proposal stands, by label."""
        return {label: row.state for label, row in (await self.proposals()).items()}

    async def state(self) -> MatterState:
        """Where the matter stands."""
        async with self.world.database.unit(self.now) as unit:
            return (await unit.session.get_one(MatterRow, self.matter)).state

    async def decisions(self) -> list[MatterDecisionRow]:
        """What has been decided on the matter, replaced ones too."""
        async with self.world.database.unit(self.now) as unit:
            rows = await unit.session.scalars(
                select(MatterDecisionRow).where(MatterDecisionRow.matter_id == self.matter)
            )
            return sorted(rows, key=lambda row: row.id)

    async def steps(self) -> list[str]:
        """What the ledger holds of the meeting, in order."""
        async with self.world.database.read() as reader:
            rows = await reader.execute(
                select(StepRow.workflow, StepRow.rule)
                .where(StepRow.meeting_id == self.conference.meeting)
                .order_by(StepRow.at, StepRow.id)
            )
            return [f"{row.workflow}.{row.rule}" for row in rows]

    async def change(self, table: Any, key: UUID, **values: Any) -> None:
        """Set something as another part of the meeting would have."""
        async with self.world.database.unit(self.now) as unit:
            row = await unit.session.get_one(table, key)
            for name, value in values.items():
                setattr(row, name, value)


async def item(hall: Hall, kind: ItemKind = ItemKind.OTHER, number: int = 14, **more: Any) -> UUID:
    """Put an open item on the agenda."""
    async with hall.world.database.unit(hall.now) as unit:
        row = AgendaItemRow(
            id=new_id(), meeting_id=hall.conference.meeting, kind=kind, state=ItemState.OPEN, position=number,
            number=number, **{"title": "Verksamhetsplanen", "opened_at": hall.now, **more},
        )  # fmt: skip
        unit.session.add(row)
        await unit.session.flush()
        return row.id


async def at_passage(world: World, ombud: int = 6, text: str = "Distriktet anställer en ombudsman på halvtid.") -> Hall:
    """A conference that has opened § 14 and come to the plan's passage 17, with the board's text as proposal A."""
    hall = Hall(await conference(world, ombud))
    hall.item = await item(hall, ItemKind.PROPOSAL)
    async with world.database.unit(hall.now) as unit:
        hall.matter = await prepare_passage(unit, hall.item, new_id(), "Stycke 17", text, 17, actor=hall.chair)
    return hall


async def at_item(world: World, kind: ItemKind, ombud: int = 6, **more: Any) -> Hall:
    """A conference that has opened an item."""
    hall = Hall(await conference(world, ombud))
    hall.item = await item(hall, kind, **more)
    async with world.database.unit(hall.now) as unit:
        made = await prepare_matters(unit, hall.item, actor=hall.chair)
    hall.matter = made[0]
    return hall


def later(minutes: int) -> datetime:
    """Some minutes into it."""
    return NOW + timedelta(minutes=minutes)


async def scheduled(world: World, recommendations: Sequence[Recommendation], category: Category) -> UUID:
    """A motion on the agenda, with the board's recommendations on its att-satser."""
    texts = tuple(ClauseText(f"att distriktet gör sak {number}.") for number in range(1, len(recommendations) + 1))
    secretary, database = world.actor("secretary"), world.database
    content = Content("Cykelställ", "Det finns ingenstans att låsa cykeln.", texts, category)
    motion: UUID = await Drafting(database, BEFORE).create(world.meeting, content, actor=world.actor("mover"))
    await Drafting(database, BEFORE).submit(motion, actor=world.actor("mover"))
    await Admission(database, BEFORE).admit(motion, actor=secretary)
    reply = Reply("Gärna.", tuple(recommendations), "DS 12 februari, § 8", present=3)
    await Replies(database, BEFORE).adopt(motion, reply, actor=secretary)
    await Decisions(database, BEFORE).schedule(motion, actor=secretary)
    return motion


@dataclass
class MotionHall(Hall):
    """A conference at the att-satser of a motion."""

    motion: UUID = field(default_factory=new_id)
    matters: list[UUID] = field(default_factory=list)

    async def clause_decisions(self) -> list[DecisionRow]:
        """The decisions in force on the motion's att-satser, in their order."""
        async with self.world.database.unit(self.now) as unit:
            rows = await unit.session.scalars(
                select(DecisionRow)
                .join(ClauseRow, ClauseRow.id == DecisionRow.clause_id)
                .where(ClauseRow.motion_id == self.motion, DecisionRow.replaced_at.is_(None))
                .order_by(ClauseRow.number)
            )
            return list(rows)

    async def motion_state(self) -> MotionState:
        """Where the motion stands."""
        async with self.world.database.unit(self.now) as unit:
            return (await unit.motions.row(self.motion)).state


async def at_motion(
    world: World, *outcomes: Recommendation, category: Category = Category.GENERAL, ombud: int = 6
) -> MotionHall:
    """A conference that has come to a motion; two att-satser that the board wants rejected unless something is said."""
    recommended = outcomes or (Recommendation(1, Outcome.REJECT), Recommendation(2, Outcome.APPROVE))
    motion = await scheduled(world, recommended, category)
    hall = MotionHall(await conference(world, ombud), motion=motion)
    hall.item = await item(hall, ItemKind.MOTION, motion_id=motion)
    async with world.database.unit(hall.now) as unit:
        hall.matters = await prepare_matters(unit, hall.item, actor=hall.chair)
    hall.matter = hall.matters[0]
    return hall


def codes(refused: pytest.ExceptionInfo[StepDenied]) -> set[str]:
    """Why not."""
    return {denial.code for denial in refused.value.denials}


async def movers(hall: Hall, label: str) -> list[UUID | None]:
    """Those who stand behind a proposal."""
    found = (await hall.proposals())[label]
    async with hall.world.database.unit(hall.now) as unit:
        return [each.member_id for each in await proposals.standing_movers(unit.session, found.id)]


async def under_another_order(hall: Hall) -> None:
    """Let the meeting follow a small association's own statutes."""
    async with hall.world.database.unit(hall.now) as unit:
        digest = await statutes.keep(unit.session, resolve(packaged("smaforeningen")))
        await unit.session.execute(
            update(MeetingRow).where(MeetingRow.id == hall.conference.meeting).values(statutes_digest=digest)
        )
