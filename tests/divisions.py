"""A question in a meeting in progress, to be voted on: put to the meeting as the chair would have put it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select

from democracy.domain.actors import Actor, Member
from democracy.domain.ids import new_id
from democracy.domain.kinds import Channel, Outcome
from democracy.domain.question_order import QuestionOrder
from democracy.services.proceedings.announcing import Announcing
from democracy.services.proceedings.divisions import Divisions, Handed, Way
from democracy.services.proceedings.lots import LotShares
from democracy.services.proceedings.outcome import Count
from democracy.services.proceedings.statements import Statements
from democracy.services.proceedings.tellers import Tellers
from democracy.services.proceedings.trials import Trials
from democracy.services.proceedings.votes import Votes
from democracy.storage.tables.agenda import AgendaItemRow, BarredRow, MeetingOfficerRow
from democracy.storage.tables.division import CountRow, DivisionRow, VoteRow
from democracy.storage.tables.matter import (
    MatterDecisionRow,
    MatterRow,
    ProposalMoverRow,
    ProposalRow,
    QuestionOrderRow,
    QuestionRow,
)
from democracy.storage.tables.member import MemberRow
from democracy.storage.tables.roll import PresenceRow
from democracy.storage.tables.step import StepRow
from democracy.storage.unit_of_work import Unit
from tests.conference import NOW, Conference, conference
from tests.world import World
from workflows.engine import StepDenied
from workflows.item import ItemState
from workflows.matter import MatterState
from workflows.proceedings import (
    Choice,
    DivisionMethod,
    ItemKind,
    MatterKind,
    OfficerRole,
    ProposalKind,
    QuestionKind,
)
from workflows.proposal import ProposalState
from workflows.question import QuestionState


@dataclass
class Room:
    """A conference with one open item, one matter, and a question named by the chair."""

    conference: Conference
    item: UUID
    matter: UUID
    question: UUID
    proposals: list[UUID]
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
    def divisions(self) -> Divisions:
        return Divisions(self.world.database, self.now)

    @property
    def votes(self) -> Votes:
        return Votes(self.world.database, self.now)

    @property
    def tellers(self) -> Tellers:
        return Tellers(self.world.database, self.now)

    @property
    def announcing(self) -> Announcing:
        return Announcing(self.world.database, self.now)

    @property
    def trials(self) -> Trials:
        return Trials(self.world.database, self.now)

    @property
    def lots(self) -> LotShares:
        return LotShares(self.world.database, self.now)

    @property
    def statements(self) -> Statements:
        return Statements(self.world.database, self.now)

    def ombud(self, index: int) -> Member:
        return self.conference.actor(index)

    async def ask(self, by: Actor | None = None, handed: Handed | None = None) -> UUID:
        """Somebody asks for a division."""
        return await self.divisions.request(self.question, handed or Handed(), actor=by or self.ombud(0))

    async def open(self, method: DivisionMethod = DivisionMethod.DEVICES, **more: Any) -> UUID:
        """The chair opens it."""
        return await self.divisions.open(self.question, Way(method, **more), actor=self.chair)

    async def counted(self, yes: int, no: int, abstained: int = 0) -> UUID:
        """A division by cards, closed with figures."""
        await self.ask()
        division = await self.open(DivisionMethod.SHOW_OF_CARDS)
        await self.divisions.close(division, Count(yes, no, abstained), actor=self.chair)
        return division

    async def row(self, division: UUID) -> DivisionRow:
        """As it is stored."""
        async with self.world.database.unit(self.now) as unit:
            return await unit.session.get_one(DivisionRow, division)

    async def count(self, table: Any, *where: Any) -> int:
        """How many rows there are."""
        async with self.world.database.read() as reader:
            return int((await reader.execute(select(func.count()).select_from(table).where(*where))).scalar_one())

    async def steps(self, case: UUID) -> list[Any]:
        """The rules that were followed on a case, in order, with what the ledger knows of each."""
        async with self.world.database.read() as reader:
            rows = await reader.execute(select(StepRow).where(StepRow.case_id == case).order_by(StepRow.at, StepRow.id))
            return list(rows)

    async def change(self, table: Any, key: UUID, **values: Any) -> None:
        """Set something as another part of the meeting would have."""
        async with self.world.database.unit(self.now) as unit:
            row = await unit.session.get_one(table, key)
            for name, value in values.items():
                setattr(row, name, value)

    async def number(self, member: UUID, number: str) -> str:
        """Give somebody a member number."""
        await self.change(MemberRow, member, number=number)
        return number

    async def bar(self, member: UUID) -> None:
        """Somebody is barred from the item."""
        async with self.world.database.unit(self.now) as unit:
            row = BarredRow(id=new_id(), item_id=self.item, member_id=member, reason="Egen sak", declared_at=self.now)
            unit.session.add(row)

    async def elect_teller(self, member: UUID) -> None:
        """The meeting elects somebody to count."""
        async with self.world.database.unit(self.now) as unit:
            unit.session.add(
                MeetingOfficerRow(
                    id=new_id(), meeting_id=self.world.meeting, member_id=member, role=OfficerRole.TELLER, position=1,
                    since=self.now,
                )
            )  # fmt: skip

    async def leave(self, member: UUID) -> None:
        """Somebody checks out."""
        async with self.world.database.unit(self.now) as unit:
            rows = await unit.session.scalars(select(PresenceRow).where(PresenceRow.member_id == member))
            for row in rows:
                row.out_at = self.now

    async def decide(self, proposal: UUID | None = None) -> None:
        """The gavel has fallen."""
        async with self.world.database.unit(self.now) as unit:
            unit.session.add(decision_on(self.matter, self.world.meeting, proposal, self.now))
        await self.change(QuestionRow, self.question, state=QuestionState.DECIDED)


@dataclass(frozen=True)
class Put:
    """A matter with the question that the chair has put on it."""

    matter: UUID
    question: UUID
    proposals: list[UUID]


async def item_in(unit: Unit, meeting: UUID, key: UUID) -> None:
    """Open an item of a meeting."""
    unit.session.add(
        AgendaItemRow(
            id=key, meeting_id=meeting, kind=ItemKind.OTHER, state=ItemState.OPEN, position=1, number=14,
            title="Verksamhetsplanen", opened_at=unit.now - timedelta(minutes=10), version=0,
        )
    )  # fmt: skip
    await unit.session.flush()


async def matter_in(
    unit: Unit, meeting: UUID, item: UUID, movers: Sequence[UUID], *, kind: QuestionKind = QuestionKind.RIVALS,
    kinds: Sequence[ProposalKind] = (ProposalKind.APPROVE, ProposalKind.COUNTER), position: int = 1,
) -> Put:  # fmt: skip
    """A matter with its proposals; the chair has put the question and named the first of them."""
    put, order = Put(new_id(), new_id(), [new_id() for _ in kinds]), new_id()
    unit.session.add(
        MatterRow(
            id=put.matter, meeting_id=meeting, item_id=item, kind=MatterKind.QUESTION, state=MatterState.ORDERED,
            position=position, title="Stycke 17", opened_at=unit.now, version=0,
        )
    )  # fmt: skip
    await unit.session.flush()
    for index, (key, each) in enumerate(zip(put.proposals, kinds, strict=True)):
        unit.session.add(
            ProposalRow(
                id=key, matter_id=put.matter, kind=each, state=ProposalState.MADE, label="ABCDEF"[index],
                text="Distriktet anställer en ombudsman.", from_board=index == 0, channel=Channel.FLOOR,
                received_at=unit.now, recorded_at=unit.now, version=0,
            )
        )  # fmt: skip
    await unit.session.flush()
    for mover, key in zip(movers, put.proposals, strict=False):
        unit.session.add(
            ProposalMoverRow(
                id=new_id(), proposal_id=key, member_id=mover, position=1, asked_at=unit.now, accepted_at=unit.now
            )
        )
    content = QuestionOrder(rivals=tuple(put.proposals)).json()
    times = {"proposed_at": unit.now, "approved_at": unit.now}
    unit.session.add(QuestionOrderRow(id=order, matter_id=put.matter, by_chair=True, content=content, **times))
    await unit.session.flush()
    unit.session.add(
        QuestionRow(
            id=put.question, matter_id=put.matter, order_id=order, kind=kind, state=QuestionState.NAMED, position=1,
            level=0,
            proposals=json.dumps([each.hex for each in put.proposals]),
            named_id=put.proposals[0], named_at=unit.now, confirmed_late=False,
            counted=False,
        )
    )  # fmt: skip
    await unit.session.flush()
    return put


def decision_on(put_matter: UUID, meeting: UUID, proposal: UUID | None, at: datetime) -> MatterDecisionRow:
    """What the gavel fell on."""
    return MatterDecisionRow(
        id=new_id(), matter_id=put_matter, meeting_id=meeting, outcome=Outcome.APPROVE, proposal_id=proposal,
        unanimous=False, in_block=False, decided_at=at,
    )  # fmt: skip


async def room(
    world: World, ombud: int = 6, *, kind: QuestionKind = QuestionKind.RIVALS,
    kinds: tuple[ProposalKind, ...] = (ProposalKind.APPROVE, ProposalKind.COUNTER),
) -> Room:  # fmt: skip
    """Open the conference, an item and a matter; the chair has put the question and named the first proposal."""
    made, item = await conference(world, ombud), new_id()
    async with world.database.unit(NOW) as unit:
        await item_in(unit, world.meeting, item)
        put = await matter_in(unit, world.meeting, item, made.ombud, kind=kind, kinds=kinds)
    return Room(made, item, put.matter, put.question, put.proposals)


__all__ = ["Choice", "CountRow", "Room", "VoteRow", "room"]


def codes(refused: pytest.ExceptionInfo[StepDenied]) -> set[str]:
    """Why not."""
    return {denial.code for denial in refused.value.denials}
