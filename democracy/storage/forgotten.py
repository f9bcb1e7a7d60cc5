"""The question on which an outcome was named and no gavel fell: which it is, for whoever is asked to confirm it."""

import json
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import aliased

from democracy.storage.matter_case import GOING_ON
from democracy.storage.statutes import Connected
from democracy.storage.tables.agenda import AgendaItemRow
from democracy.storage.tables.division import DivisionRow
from democracy.storage.tables.matter import MatterRow, ProposalRow, QuestionOrderRow, QuestionRow
from workflows.denial import Said
from workflows.proceedings import Choice, QuestionKind
from workflows.question import QuestionState


@dataclass(frozen=True)
class Forgotten:
    """A question with what the chair found."""

    question_id: UUID
    number: int | None
    """The § of its item."""
    kind: QuestionKind
    answer: Choice | None
    named: str | None
    """What the chair calls the proposal that was named: A, B, E."""

    def said(self) -> dict[str, Said]:
        """The values of the message that asks for the gavel. Words are keys, said in the reader's language."""
        addition = self.kind is QuestionKind.ADDITION
        found = f"forgotten.found.{self.kind.name}_{(self.answer or Choice.YES).name}"
        return {
            "place": f"§ {self.number}",
            "what": f"forgotten.question.{self.kind.name}",
            "label": f" {self.named}" if addition and self.named else "",
            "outcome": found if self.kind is not QuestionKind.RIVALS or self.named is None else self.named,
        }


async def division_going_on(connection: Connected, meeting_id: UUID) -> dict[str, Said] | None:
    """The values of the message that a division is not over: where it is, and what ja and nej mean."""
    rows = await connection.execute(
        select(AgendaItemRow.number, DivisionRow.yes_means, DivisionRow.no_means)
        .join(MatterRow, MatterRow.id == DivisionRow.matter_id)
        .join(AgendaItemRow, AgendaItemRow.id == MatterRow.item_id)
        .where(DivisionRow.meeting_id == meeting_id, DivisionRow.state.in_(GOING_ON))
        .limit(1)
    )
    row = rows.first()
    if row is None:
        return None
    said: dict[str, Said] = {"place": f"§ {row.number}"}
    return said if row.yes_means is None else {**said, "what": f"JA {row.yes_means}, NEJ {row.no_means}"}


async def forgotten_gavel(connection: Connected, meeting_id: UUID) -> Forgotten | None:
    """The first such question of a meeting, in the order in which they were put."""
    named = aliased(ProposalRow)
    rows = await connection.execute(
        select(
            QuestionRow.id, AgendaItemRow.number, QuestionRow.kind, QuestionRow.answer, QuestionRow.proposals,
            named.label,
        )
        .join(MatterRow, MatterRow.id == QuestionRow.matter_id)
        .join(AgendaItemRow, AgendaItemRow.id == MatterRow.item_id)
        .join(QuestionOrderRow, QuestionOrderRow.id == QuestionRow.order_id)
        .outerjoin(named, named.id == QuestionRow.named_id)
        .where(
            MatterRow.meeting_id == meeting_id,
            QuestionRow.state == QuestionState.NAMED,
            QuestionOrderRow.dropped_at.is_(None),
        )
        .order_by(AgendaItemRow.number, MatterRow.position, QuestionRow.position, QuestionRow.level)
        .limit(1)
    )  # fmt: skip
    row = rows.first()
    if row is None:
        return None
    label = row.label if row.kind is not QuestionKind.ADDITION else await _label(connection, json.loads(row.proposals))
    return Forgotten(row.id, row.number, row.kind, row.answer, label)


async def _label(connection: Connected, proposals: list[str]) -> str | None:
    """What the chair calls the proposal that a question of its own is about."""
    wanted = [UUID(each) for each in proposals[:1]]
    return (await connection.execute(select(ProposalRow.label).where(ProposalRow.id.in_(wanted)))).scalars().first()
