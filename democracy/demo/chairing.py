"""What chair, secretary and delegates do at the table, one matter at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from democracy.demo.stage import Stage
from democracy.domain.actors import Member
from democracy.services.proceedings.announcing import Announcing
from democracy.services.proceedings.divisions import Divisions, Handed, Way
from democracy.services.proceedings.gavel import Gavel, Named
from democracy.services.proceedings.matters import Matters
from democracy.services.proceedings.orders import Orders, Suggestion
from democracy.services.proceedings.outcome import Count
from democracy.services.proceedings.proposal_steps import Wording
from democracy.services.proceedings.proposals import Proposals
from democracy.services.proceedings.receipt import Receipt
from democracy.storage import agenda_items
from democracy.storage.tables.matter import ProposalRow, QuestionRow
from workflows.proceedings import Choice, DivisionMethod, ProposalKind, QuestionKind
from workflows.question import QuestionState

OWN = Receipt()
_PUT = (QuestionState.PUT, QuestionState.NAMED)


@dataclass(frozen=True)
class Table:
    """The meeting at one moment, with who presides."""

    stage: Stage
    at: datetime
    chair: Member

    def service(self, kind: type[Any]) -> Any:
        """Use cases at this moment."""
        return kind(self.stage.database, self.at)

    async def matters(self, item_id: UUID) -> Sequence[UUID]:
        """What is to be decided under an item."""
        async with self.stage.database.unit(self.at) as unit:
            return list(await agenda_items.matters(unit.session, item_id))

    async def propose(self, matter_id: UUID, text: str, *, by: Member, nominees: tuple[UUID, ...] = ()) -> None:
        """Somebody proposes that the meeting approves something."""
        wording = Wording(ProposalKind.APPROVE, text, nominees=nominees)
        await self.service(Proposals).make(matter_id, wording, OWN, actor=by)

    async def order(self, matter_id: UUID) -> None:
        """The debate is closed, and the meeting approves the chair's order of questions."""
        await self.service(Matters).close_debate(matter_id, actor=self.chair)
        await self.service(Orders).propose(matter_id, Suggestion(), OWN, actor=self.chair)
        await self.service(Orders).approve(matter_id, actor=self.chair)

    async def decide(self, matter_id: UUID) -> None:
        """Everything that stands is decided by acclamation, as the board proposes."""
        await self.order(matter_id)
        while (question := await self._put(matter_id)) is not None:
            await self._name(matter_id, question)
            await self.service(Gavel).fall(question.id, actor=self.chair)

    async def divide(self, matter_id: UUID, count: Count, *, by: Member) -> None:
        """The same, but somebody asks for a division, by cards."""
        await self.order(matter_id)
        question = await self._put(matter_id)
        assert question is not None  # noqa: S101 - the order has put it
        await self._name(matter_id, question)
        divisions = self.service(Divisions)
        await divisions.request(question.id, Handed(), actor=by)
        division = await divisions.open(question.id, Way(DivisionMethod.SHOW_OF_CARDS), actor=self.chair)
        await divisions.close(division, count, actor=self.chair)
        await self.service(Announcing).announce(division, actor=self.chair)
        await self.service(Gavel).fall(question.id, actor=self.chair)

    async def _put(self, matter_id: UUID) -> QuestionRow | None:
        async with self.stage.database.unit(self.at) as unit:
            rows = await unit.matters.questions(matter_id)
            return next((row for row in reversed(rows) if row.state in _PUT), None)

    async def _name(self, matter_id: UUID, question: QuestionRow) -> None:
        if question.kind is QuestionKind.RIVALS:
            named = Named(proposal=(await self._best(matter_id)).id)
        else:
            named = Named(answer=Choice.YES)
        await self.service(Gavel).name(question.id, named, actor=self.chair)

    async def _best(self, matter_id: UUID) -> ProposalRow:
        """The board's proposal, or the first where it has none."""
        async with self.stage.database.unit(self.at) as unit:
            rows = await unit.matters.proposals(matter_id)
            return next((row for row in rows if row.from_board), rows[0])
